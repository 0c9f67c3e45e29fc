"""Keep who reopened a pair that was closed by mistake, when and why.

Compatibility with the previous release: a table that it does not know, and a decision
('different') that it does.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_table(
        "near_match_reopening",
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reopened_by", sa.Uuid(), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "reopened_by <> closed_by",
            name=op.f("ck_near_match_reopening_second_agent"),
        ),
        sa.ForeignKeyConstraint(
            ["first_id", "second_id"],
            ["near_match.first_id", "near_match.second_id"],
            name=op.f("fk_near_match_reopening_first_id_near_match"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"],
            ["agent.id"],
            name=op.f("fk_near_match_reopening_closed_by_agent"),
        ),
        sa.ForeignKeyConstraint(
            ["reopened_by"],
            ["agent.id"],
            name=op.f("fk_near_match_reopening_reopened_by_agent"),
        ),
        sa.PrimaryKeyConstraint(
            "first_id", "second_id", name=op.f("pk_near_match_reopening")
        ),
    )


def downgrade() -> None:
    op.drop_table("near_match_reopening")
