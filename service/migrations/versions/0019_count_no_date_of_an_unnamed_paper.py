"""Count no date of an unnamed paper: as for « je ne sais pas », an agent looks first.

Whoever left the kind out was ordered by the date all the same; whoever named an unsure
one was not. Dates that an agent checked stay, and so does everything declared.

Compatibility with the previous release: it reads an empty date as it always did.
"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.execute(
        "UPDATE registration SET end_of_right_on = NULL, "
        "end_of_right_basis = 'kind-unknown' "
        "WHERE held_document IS NULL AND state IN ('live', 'served') "
        "AND end_of_right_basis IN ('printed-end', 'online-window') "
        "AND NOT EXISTS (SELECT FROM date_check WHERE state = 'standing' "
        "AND date_check.registration_id = registration.id)"
    )


def downgrade() -> None:
    """Nothing to undo: the date declared is still in the row."""
