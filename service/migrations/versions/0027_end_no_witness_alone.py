"""Let no agent alone end what an auditor receives, nor anybody before they are told.

Compatibility with the previous release: a table that it does not know.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_table(
        "subscription_ending",
        sa.Column("auditor_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(confirmed_by IS NULL) = (confirmed_at IS NULL)",
            name=op.f("ck_subscription_ending_confirmed"),
        ),
        sa.CheckConstraint(
            "confirmed_by <> asked_by", name=op.f("ck_subscription_ending_second_agent")
        ),
        sa.CheckConstraint(
            "confirmed_at IS NULL OR told_at IS NOT NULL",
            name=op.f("ck_subscription_ending_told_first"),
        ),
        sa.ForeignKeyConstraint(
            ["auditor_id"],
            ["auditor_subscription.id"],
            name=op.f("fk_subscription_ending_auditor_id_auditor_subscription"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"],
            ["agent.id"],
            name=op.f("fk_subscription_ending_asked_by_agent"),
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"],
            ["agent.id"],
            name=op.f("fk_subscription_ending_confirmed_by_agent"),
        ),
        sa.PrimaryKeyConstraint("auditor_id", name=op.f("pk_subscription_ending")),
    )


def downgrade() -> None:
    op.drop_table("subscription_ending")
