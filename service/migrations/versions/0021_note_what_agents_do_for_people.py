"""Note what agents do for people, and the calls that reached nobody.

Compatibility with the previous release: it neither reads nor writes this table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_table(
        "desk_act",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "act IN ('confirmed', 'declined', 'cancelled', 'corrected', 'contact', "
            "'claimed', 'withdrawn', 'not-reached')",
            name=op.f("ck_desk_act_act"),
        ),
        sa.CheckConstraint(
            "shown IN ('document', 'called', 'code')", name=op.f("ck_desk_act_shown")
        ),
        sa.CheckConstraint(
            "(shown IS NULL) = (act = 'not-reached')",
            name=op.f("ck_desk_act_known_before_the_act"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_desk_act_registration_id"),
        ),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_desk_act_agent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_act")),
    )
    op.create_index(
        "ix_desk_act_registration_id",
        "desk_act",
        ["registration_id", sa.literal_column("noted_at DESC")],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("ix_desk_act_registration_id", table_name="desk_act")
    op.drop_table("desk_act")
