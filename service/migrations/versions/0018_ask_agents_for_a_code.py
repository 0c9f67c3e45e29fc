"""Ask agents for a second factor: enrolled once, used at every sign-in.

Every session ends: those open now were opened with a password alone.

Compatibility with the previous release: it reads and writes none of the new tables, and
its wrong tries are of passwords, as the new column takes for granted.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_table(
        "agent_factor",
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_totp", sa.LargeBinary(), nullable=False),
        sa.Column("totp_step", sa.BigInteger(), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_agent_factor_agent_id")
        ),
        sa.PrimaryKeyConstraint("agent_id", name=op.f("pk_agent_factor")),
    )
    op.create_table(
        "agent_recovery",
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("code_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "octet_length(code_sha256) = 32",
            name=op.f("ck_agent_recovery_code_sha256_32"),
        ),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agent_factor.agent_id"],
            name=op.f("fk_agent_recovery_agent_id"),
        ),
        sa.PrimaryKeyConstraint(
            "agent_id", "code_sha256", name=op.f("pk_agent_recovery")
        ),
    )
    op.create_table(
        "agent_enrolment",
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_totp", sa.LargeBinary(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "octet_length(token_sha256) = 32",
            name=op.f("ck_agent_enrolment_token_sha256_32"),
        ),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_agent_enrolment_agent_id")
        ),
        sa.PrimaryKeyConstraint("agent_id", name=op.f("pk_agent_enrolment")),
        sa.UniqueConstraint("token_sha256", name="uq_agent_enrolment_token"),
    )
    op.create_index(
        "ix_agent_enrolment_ends_at", "agent_enrolment", ["ends_at"], unique=False
    )
    op.add_column(
        "agent_try",
        sa.Column("kind", sa.Text(), nullable=False, server_default="password"),
    )
    op.create_check_constraint(
        op.f("ck_agent_try_kind"), "agent_try", "kind IN ('password', 'code')"
    )
    op.execute("DELETE FROM agent_session")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_agent_try_kind"), "agent_try", type_="check")
    op.drop_column("agent_try", "kind")
    op.drop_index("ix_agent_enrolment_ends_at", table_name="agent_enrolment")
    op.drop_table("agent_enrolment")
    op.drop_table("agent_recovery")
    op.drop_table("agent_factor")
