"""Count what people are sent: deliveries by way, messages by day.

Compatibility with the previous release: it knows none of this and goes on as before;
the new column may be null.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.add_column("outbox", sa.Column("counted_on", sa.Date(), nullable=True))
    op.create_table(
        "delivery",
        sa.Column("outbox_id", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("way IN ('email', 'text')", name=op.f("ck_delivery_way")),
        sa.CheckConstraint(
            "outcome IN ('sent', 'refused')", name=op.f("ck_delivery_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name=op.f("fk_delivery_outbox_id")
        ),
        sa.PrimaryKeyConstraint("outbox_id", "way", name=op.f("pk_delivery")),
    )
    op.create_table(
        "message_day",
        sa.Column("applicant_key", sa.LargeBinary(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("messages", sa.SmallInteger(), nullable=False),
        sa.Column("anyones", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "messages BETWEEN 1 AND 6", name=op.f("ck_message_day_most_a_day")
        ),
        sa.CheckConstraint(
            "anyones BETWEEN 0 AND 3", name=op.f("ck_message_day_most_anyones")
        ),
        sa.PrimaryKeyConstraint(
            "applicant_key", "sent_on", name=op.f("pk_message_day")
        ),
    )


def downgrade() -> None:
    op.drop_table("message_day")
    op.drop_table("delivery")
    op.drop_column("outbox", "counted_on")
