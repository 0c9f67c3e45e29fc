"""What organisations are written, and how their ceilings changed; same schema.

An invitation opens an account: its text is sealed until it was handed over, then gone.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)

from service.adapters.postgres.mandate_tables import organisation
from service.adapters.postgres.tables import INSTANT, metadata

organisation_mail = Table(
    "organisation_mail",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("organisation_id", Uuid, ForeignKey(organisation.c.id), nullable=False),
    Column("about", Text, nullable=False),
    Column("sealed", LargeBinary),
    Column("available_at", INSTANT, nullable=False),
    Column("queued_at", INSTANT, nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default=text("0")),
    Column("settled_at", INSTANT),
    Column("outcome", Text),
    CheckConstraint("about IN ('invitation', 'ceilings')", name="about"),
    CheckConstraint("outcome IN ('sent', 'refused', 'given-up')", name="outcome"),
    CheckConstraint(
        "(settled_at IS NULL) = (outcome IS NULL) AND "
        "(settled_at IS NULL) = (sealed IS NOT NULL)",
        name="settled",
    ),
    Index(
        "ix_organisation_mail_due",
        "available_at",
        postgresql_where=text("settled_at IS NULL"),
    ),
    Index("ix_organisation_mail_organisation_id", "organisation_id", "queued_at"),
)
"""Messages to organisations, written with their cause, handed over after it."""

ceiling_change = Table(
    "ceiling_change",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("organisation_id", Uuid, ForeignKey(organisation.c.id), nullable=False),
    Column("changed_by", Uuid, ForeignKey("agent.id"), nullable=False),
    Column("changed_at", INSTANT, nullable=False),
    Column("live_before", Integer, nullable=False),
    Column("per_day_before", Integer, nullable=False),
    Column("live", Integer, nullable=False),
    Column("per_day", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    CheckConstraint("reason <> ''", name="reason"),
    CheckConstraint("live <> live_before OR per_day <> per_day_before", name="changes"),
    Index("ix_ceiling_change_organisation_id", "organisation_id", "changed_at"),
)
"""Every change of an organisation's ceilings, with who and why."""
