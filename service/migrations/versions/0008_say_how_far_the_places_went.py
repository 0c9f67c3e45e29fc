"""Say how far the places went: tier, quota and cut-off of each line of a night.

Compatibility with the previous release: it neither reads nor writes the new columns,
and they may be null; a night drawn by it shows no cut-off.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.add_column("entry", sa.Column("tier", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_entry_tier"), "entry", "tier IN ('in_time', 'late')"
    )
    op.add_column("entry", sa.Column("through", sa.Text(), nullable=True))
    op.add_column("entry", sa.Column("cut_off", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("entry", "cut_off")
    op.drop_column("entry", "through")
    op.drop_constraint(op.f("ck_entry_tier"), "entry")
    op.drop_column("entry", "tier")
