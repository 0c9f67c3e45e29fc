"""The table of places that help; it stands in the same schema as ``tables``."""

from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Table,
    Text,
    Uuid,
)

from service.adapters.postgres.tables import metadata

help_place = Table(
    "help_place",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("prefecture", Text, ForeignKey("prefecture.code"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("postcode", Text, nullable=False),
    Column("town", Text, nullable=False),
    Column("phone", Text),
    Column("website", Text),
    Column("hours", Text, nullable=False),
    Column("languages", ARRAY(Text), nullable=False),
    Column("helps_with", ARRAY(Text), nullable=False),
    Column("is_step_free", Boolean),
    Column("checked_on", Date, nullable=False),
    CheckConstraint("postcode ~ '^[0-9]{5}$'", name="postcode"),
    CheckConstraint("cardinality(helps_with) > 0", name="helps_with"),
    CheckConstraint("website IS NULL OR website ~ '^https?://'", name="website"),
    Index("ix_help_place_prefecture", "prefecture"),
)
"""Public facts about public places; no personal data."""
