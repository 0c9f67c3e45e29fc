"""The tables of evidence: signing keys, auditors, what witnesses were handed.

They stand in the same schema as those of ``tables``; migrations read both.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)

from service.adapters.postgres.tables import INSTANT, metadata

signing_key = Table(
    "signing_key",
    metadata,
    Column("public_key", LargeBinary, primary_key=True),
    Column("valid_from", INSTANT, primary_key=True),
    Column("valid_to", INSTANT),
    CheckConstraint("octet_length(public_key) = 32", name="public_key_32"),
    CheckConstraint("valid_to >= valid_from", name="in_order"),
    Index(
        "uq_signing_key_in_use",
        text("(valid_to IS NULL)"),
        unique=True,
        postgresql_where=text("valid_to IS NULL"),
    ),
)
"""Every key that ever signed a commitment, and when: one at a time, none forgotten."""

auditor_subscription = Table(
    "auditor_subscription",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("prefecture", Text, ForeignKey("prefecture.code"), nullable=False),
    Column("name", Text, nullable=False),
    Column("sealed_email", LargeBinary),
    Column("subscribed_at", INSTANT, nullable=False),
    Column("ended_at", INSTANT),
    CheckConstraint(
        "(ended_at IS NULL) = (sealed_email IS NOT NULL)",
        name="address_while_subscribed",
    ),
    Index(
        "ix_auditor_subscription_standing",
        "prefecture",
        postgresql_where=text("ended_at IS NULL"),
    ),
)
"""Who receives every commitment; the name is public, the address erased at the end."""

witness_delivery = Table(
    "witness_delivery",
    metadata,
    Column("night_id", BigInteger, ForeignKey("night.id"), primary_key=True),
    Column("witness", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("due_at", INSTANT),
    Column("attempts", SmallInteger, nullable=False, server_default=text("0")),
    Column("delivered_at", INSTANT),
    Column("document_sha256", LargeBinary),
    Column("last_error", Text),
    CheckConstraint(
        "(delivered_at IS NULL) = (document_sha256 IS NULL)", name="delivered"
    ),
    CheckConstraint("delivered_at IS NULL OR due_at IS NULL", name="done"),
    Index(
        "ix_witness_delivery_due",
        "due_at",
        postgresql_where=text("due_at IS NOT NULL"),
    ),
)
"""What each outside witness of a night was handed, and when; tried again until then."""

ALL_TABLES = metadata
"""The whole schema, once this module was read."""
