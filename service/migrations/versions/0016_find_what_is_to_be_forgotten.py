"""Find what is to be forgotten: the worker asks each minute, and reads no whole table.

Compatibility with the previous release: an index changes no answer.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_index(
        "ix_registration_to_forget",
        "registration",
        ["prefecture", "released_at"],
        unique=False,
        postgresql_where=sa.text(
            "released_at IS NOT NULL AND sealed_identity IS NOT NULL"
        ),
    )
    op.create_index("ix_answer_answered_at", "answer", ["answered_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_answer_answered_at", table_name="answer")
    op.drop_index("ix_registration_to_forget", table_name="registration")
