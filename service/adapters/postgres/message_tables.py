"""The tables of messages: what left on which way, and how many went to a person.

They stand in the same schema as those of ``tables``; migrations read both.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
)

from service.adapters.postgres.tables import INSTANT, metadata

delivery = Table(
    "delivery",
    metadata,
    Column("outbox_id", BigInteger, ForeignKey("outbox.id"), primary_key=True),
    Column("way", Text, primary_key=True),
    Column("outcome", Text, nullable=False),
    Column("at", INSTANT, nullable=False),
    CheckConstraint("way IN ('email', 'text')", name="way"),
    CheckConstraint("outcome IN ('sent', 'refused')", name="outcome"),
)
"""A message may go two ways; each one is handed over, or refused, once."""

message_day = Table(
    "message_day",
    metadata,
    Column("applicant_key", LargeBinary, primary_key=True),
    Column("sent_on", Date, primary_key=True),
    Column("messages", SmallInteger, nullable=False),
    Column("anyones", SmallInteger, nullable=False),
    CheckConstraint("messages BETWEEN 1 AND 6", name="most_a_day"),
    CheckConstraint("anyones BETWEEN 0 AND 3", name="most_anyones"),
)
"""How many messages a person was sent in a day: the cap of ``domain.sending``."""

ALL_TABLES = metadata
"""The whole schema, once this module was read."""
