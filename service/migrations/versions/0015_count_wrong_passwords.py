"""Count the wrong passwords of agents, those of their own desk apart from the others.

Compatibility with the previous release: it neither reads nor writes this table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_table(
        "agent_try",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("desk_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "octet_length(desk_sha256) = 32", name=op.f("ck_agent_try_desk_sha256_32")
        ),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_agent_try_agent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent_try")),
    )
    op.create_index(
        "ix_agent_try_agent_id_at", "agent_try", ["agent_id", "at"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_agent_try_agent_id_at", table_name="agent_try")
    op.drop_table("agent_try")
