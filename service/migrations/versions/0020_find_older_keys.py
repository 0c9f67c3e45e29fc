"""Find the keys of people that an older release made: the worker makes them anew.

Compatibility with the previous release: it goes on making older keys; each is made anew
a minute later. An index changes no answer.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_index(
        "ix_registration_older_key",
        "registration",
        ["id"],
        unique=False,
        postgresql_where=sa.text("key_version < 2 AND sealed_identity IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_registration_older_key", table_name="registration")
