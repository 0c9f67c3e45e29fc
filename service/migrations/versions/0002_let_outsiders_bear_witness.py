"""Let outsiders bear witness: keys, auditors, deliveries, postponement, policy.

Compatibility with the previous release: it knows none of this and goes on as before;
every new column may be null or has a default.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.add_column(
        "prefecture",
        sa.Column(
            "publishes", sa.Text(), server_default=sa.text("'full'"), nullable=False
        ),
    )
    op.create_check_constraint(
        op.f("ck_prefecture_publishes"),
        "prefecture",
        "publishes IN ('full', 'reduced')",
    )
    op.add_column("night", sa.Column("publishes", sa.Text(), nullable=True))
    op.add_column("night", sa.Column("postponed_at", INSTANT, nullable=True))
    op.create_check_constraint(
        op.f("ck_night_publishes"), "night", "publishes IN ('full', 'reduced')"
    )
    op.create_check_constraint(
        op.f("ck_night_postponed"),
        "night",
        "postponed_at IS NULL OR postponed_at > beacon_due_at",
    )
    _create_signing_key()
    _create_auditor_subscription()
    _create_witness_delivery()


def _create_signing_key() -> None:
    op.create_table(
        "signing_key",
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("valid_to", INSTANT, nullable=True),
        sa.CheckConstraint(
            "octet_length(public_key) = 32", name=op.f("ck_signing_key_public_key_32")
        ),
        sa.CheckConstraint(
            "valid_to >= valid_from", name=op.f("ck_signing_key_in_order")
        ),
        sa.PrimaryKeyConstraint(
            "public_key", "valid_from", name=op.f("pk_signing_key")
        ),
    )
    op.create_index(
        "uq_signing_key_in_use",
        "signing_key",
        [sa.text("(valid_to IS NULL)")],
        unique=True,
        postgresql_where=sa.text("valid_to IS NULL"),
    )


def _create_auditor_subscription() -> None:
    op.create_table(
        "auditor_subscription",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("prefecture", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sealed_email", sa.LargeBinary(), nullable=True),
        sa.Column("subscribed_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (sealed_email IS NOT NULL)",
            name=op.f("ck_auditor_subscription_address_while_subscribed"),
        ),
        sa.ForeignKeyConstraint(
            ["prefecture"],
            ["prefecture.code"],
            name=op.f("fk_auditor_subscription_prefecture"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auditor_subscription")),
    )
    op.create_index(
        "ix_auditor_subscription_standing",
        "auditor_subscription",
        ["prefecture"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _create_witness_delivery() -> None:
    op.create_table(
        "witness_delivery",
        sa.Column("night_id", sa.BigInteger(), nullable=False),
        sa.Column("witness", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column(
            "attempts", sa.SmallInteger(), server_default=sa.text("0"), nullable=False
        ),
        sa.Column("delivered_at", INSTANT, nullable=True),
        sa.Column("document_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(delivered_at IS NULL) = (document_sha256 IS NULL)",
            name=op.f("ck_witness_delivery_delivered"),
        ),
        sa.CheckConstraint(
            "delivered_at IS NULL OR due_at IS NULL",
            name=op.f("ck_witness_delivery_done"),
        ),
        sa.ForeignKeyConstraint(
            ["night_id"], ["night.id"], name=op.f("fk_witness_delivery_night_id")
        ),
        sa.PrimaryKeyConstraint(
            "night_id", "witness", name=op.f("pk_witness_delivery")
        ),
    )
    op.create_index(
        "ix_witness_delivery_due",
        "witness_delivery",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("witness_delivery")
    op.drop_table("auditor_subscription")
    op.drop_table("signing_key")
    op.drop_constraint(op.f("ck_night_postponed"), "night")
    op.drop_constraint(op.f("ck_night_publishes"), "night")
    op.drop_column("night", "postponed_at")
    op.drop_column("night", "publishes")
    op.drop_constraint(op.f("ck_prefecture_publishes"), "prefecture")
    op.drop_column("prefecture", "publishes")
