"""The table of what agents did for people; it stands in the schema of ``tables``."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Table,
    Text,
    Uuid,
    text,
)

from service.adapters.postgres.tables import INSTANT, metadata

desk_act = Table(
    "desk_act",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("registration_id", Uuid, ForeignKey("registration.id"), nullable=False),
    Column("agent_id", Uuid, ForeignKey("agent.id"), nullable=False),
    Column("act", Text, nullable=False),
    Column("shown", Text),
    Column("noted_at", INSTANT, nullable=False),
    CheckConstraint(
        "act IN ('confirmed', 'declined', 'cancelled', 'corrected', 'contact', "
        "'claimed', 'withdrawn', 'not-reached')",
        name="act",
    ),
    CheckConstraint("shown IN ('document', 'called', 'code')", name="shown"),
    CheckConstraint(
        "(shown IS NULL) = (act = 'not-reached')", name="known_before_the_act"
    ),
    Index("ix_desk_act_registration_id", "registration_id", text("noted_at DESC")),
)
"""One line an act. Nothing is done for a person who did not show who they are."""
