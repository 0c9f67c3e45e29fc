"""The table of issued papers, in the same schema as those of ``tables``."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from service.adapters.postgres.tables import INSTANT, metadata

issued_paper = Table(
    "issued_paper",
    metadata,
    Column("code", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column(
        "registration_id",
        Uuid,
        ForeignKey("registration.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("offer_id", Uuid, ForeignKey("offer.id", ondelete="CASCADE")),
    Column("subject", Text, nullable=False),
    Column("token", Text, nullable=False),
    Column("issued_at", INSTANT, nullable=False),
    CheckConstraint("code ~ '^[0-9A-Z]{12}$'", name="code_form"),
    CheckConstraint("kind IN ('acknowledgement', 'convocation')", name="kind"),
    CheckConstraint(
        "(kind = 'convocation') = (offer_id IS NOT NULL)", name="offer_of_convocation"
    ),
    UniqueConstraint("registration_id", "kind", "subject"),
    Index("ix_issued_paper_offer", "offer_id"),
)
"""Papers with a code. No personal data: they stay, as the registration's row does."""
