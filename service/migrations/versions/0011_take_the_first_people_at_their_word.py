"""Take the first people at their word: who registered before is proved.

Before this release the secret of the screen showed everything. Nobody loses what they
had: registrations made until now keep it, traces of repeated ones excepted.

Compatibility with the previous release: it does not read the column.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.execute(
        "UPDATE registration SET proved_at = registered_at "
        "WHERE proved_at IS NULL AND state <> 'joined'"
    )


def downgrade() -> None:
    """Nothing to undo: the column itself goes with the step before."""
