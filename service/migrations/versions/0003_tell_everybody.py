"""Tell everybody: suspended motifs and the figures of each morning.

Compatibility with the previous release: it knows neither table and goes on as before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    _create_motif_suspension()
    op.create_table(
        "morning_figures",
        sa.Column("prefecture", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("taken_at", INSTANT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["prefecture"],
            ["prefecture.code"],
            name=op.f("fk_morning_figures_prefecture"),
        ),
        sa.PrimaryKeyConstraint("prefecture", "day", name=op.f("pk_morning_figures")),
    )


def _create_motif_suspension() -> None:
    op.create_table(
        "motif_suspension",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("prefecture", sa.Text(), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("meanwhile", sa.Text(), nullable=False),
        sa.Column("suspended_at", INSTANT, nullable=False),
        sa.Column("suspended_by", sa.Uuid(), nullable=False),
        sa.Column("reopened_at", INSTANT, nullable=True),
        sa.Column("reopened_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(reopened_at IS NULL) = (reopened_by IS NULL)",
            name=op.f("ck_motif_suspension_reopened_by_someone"),
        ),
        sa.CheckConstraint(
            "reopened_at >= suspended_at", name=op.f("ck_motif_suspension_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["prefecture"],
            ["prefecture.code"],
            name=op.f("fk_motif_suspension_prefecture"),
        ),
        sa.ForeignKeyConstraint(
            ["suspended_by"],
            ["agent.id"],
            name=op.f("fk_motif_suspension_suspended_by"),
        ),
        sa.ForeignKeyConstraint(
            ["reopened_by"], ["agent.id"], name=op.f("fk_motif_suspension_reopened_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motif_suspension")),
    )
    op.create_index(
        "uq_motif_suspension_standing",
        "motif_suspension",
        ["prefecture", "motif"],
        unique=True,
        postgresql_where=sa.text("reopened_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("morning_figures")
    op.drop_table("motif_suspension")
