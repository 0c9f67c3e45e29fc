"""Find a person's codes: an index, so that a flood of requests is counted quickly.

Compatibility with the previous release: an index changes no answer.
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_index(
        "ix_access_code_registration_id",
        "access_code",
        ["registration_id", "queued_at"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("ix_access_code_registration_id", table_name="access_code")
