"""Find what somebody refused before they withdrew: asked at each registration.

Compatibility with the previous release: an index changes no answer.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_index(
        "ix_registration_withdrawn",
        "registration",
        ["applicant_key"],
        unique=False,
        postgresql_where=sa.text("state = 'withdrawn'"),
    )


def downgrade() -> None:
    op.drop_index("ix_registration_withdrawn", table_name="registration")
