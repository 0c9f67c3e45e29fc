"""The tables that keep insiders from a second luck: nights annulled in public."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    LargeBinary,
    Table,
    Text,
)

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
