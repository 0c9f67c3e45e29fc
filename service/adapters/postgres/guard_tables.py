"""The tables that keep insiders from a second luck, and a friend from band 0.

Nights annulled in public, and slots taken back, which a second agent confirms.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    text,
)

from service.adapters.postgres.evidence_tables import auditor_subscription
from service.adapters.postgres.tables import INSTANT, metadata

night_annulment = Table(
    "night_annulment",
    metadata,
    Column("night_id", BigInteger, ForeignKey("night.id"), primary_key=True),
    Column("annulled_at", INSTANT, nullable=False),
    Column("annulled_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("luck_was_known", Boolean, nullable=False),
    Column("document", LargeBinary, nullable=False),
    CheckConstraint("length(reason) BETWEEN 10 AND 300", name="reason"),
)
"""One row a night at most, never changed: triggers refuse one for a night that is not
stopped or is drawn, and every change of the night afterwards."""

slot_cancellation = Table(
    "slot_cancellation",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("slot_id", BigInteger, ForeignKey("slot.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("cancelled_by", Uuid, ForeignKey("agent.id"), nullable=False),
    Column("cancelled_at", INSTANT, nullable=False),
    Column("people", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("decided_by", Uuid, ForeignKey("agent.id")),
    Column("decided_at", INSTANT),
    CheckConstraint(
        "state IN ('nobody', 'awaiting', 'confirmed', 'refused')", name="state"
    ),
    CheckConstraint("(state = 'nobody') = (people = 0)", name="nobody"),
    CheckConstraint(
        "(state IN ('confirmed', 'refused')) = (decided_by IS NOT NULL) "
        "AND (decided_by IS NULL) = (decided_at IS NULL)",
        name="decided",
    ),
    CheckConstraint("decided_by <> cancelled_by", name="second_agent"),
    Index("ix_slot_cancellation_slot_id", "slot_id"),
    Index(
        "ix_slot_cancellation_awaiting",
        "cancelled_at",
        postgresql_where=text("state = 'awaiting'"),
    ),
)
"""One row an act: who took a slot back and why, and which other agent agreed."""

displaced_offer = Table(
    "displaced_offer",
    metadata,
    Column("offer_id", Uuid, ForeignKey("offer.id"), primary_key=True),
    Column("cancellation_id", Uuid, ForeignKey("slot_cancellation.id"), nullable=False),
    Index("ix_displaced_offer_cancellation_id", "cancellation_id"),
)
"""The places that a cancellation took from people who wait on."""

subscription_ending = Table(
    "subscription_ending",
    metadata,
    Column("auditor_id", Uuid, ForeignKey(auditor_subscription.c.id), primary_key=True),
    Column("asked_by", Uuid, ForeignKey("agent.id"), nullable=False),
    Column("asked_at", INSTANT, nullable=False),
    Column("told_at", INSTANT),
    Column("confirmed_by", Uuid, ForeignKey("agent.id")),
    Column("confirmed_at", INSTANT),
    CheckConstraint(
        "(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmed"
    ),
    CheckConstraint("confirmed_by <> asked_by", name="second_agent"),
    CheckConstraint("confirmed_at IS NULL OR told_at IS NOT NULL", name="told_first"),
)
"""Who asked to write to an auditor no more, when the auditor was told, who agreed."""
