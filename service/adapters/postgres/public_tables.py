"""The tables of what everybody may know: suspensions and morning figures.

They stand in the same schema as those of ``tables``; migrations read all of them.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Table,
    Text,
    Uuid,
    text,
)

from service.adapters.postgres.tables import INSTANT, metadata

motif_suspension = Table(
    "motif_suspension",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("prefecture", Text, ForeignKey("prefecture.code"), nullable=False),
    Column("motif", Text, nullable=False),
    Column("since_on", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("meanwhile", Text, nullable=False),
    Column("suspended_at", INSTANT, nullable=False),
    Column("suspended_by", Uuid, ForeignKey("agent.id"), nullable=False),
    Column("reopened_at", INSTANT),
    Column("reopened_by", Uuid, ForeignKey("agent.id")),
    CheckConstraint(
        "(reopened_at IS NULL) = (reopened_by IS NULL)", name="reopened_by_someone"
    ),
    CheckConstraint("reopened_at >= suspended_at", name="in_order"),
    Index(
        "uq_motif_suspension_standing",
        "prefecture",
        "motif",
        unique=True,
        postgresql_where=text("reopened_at IS NULL"),
    ),
)
"""Nobody is received for a motif: since when, why, until when; never erased."""

morning_figures = Table(
    "morning_figures",
    metadata,
    Column("prefecture", Text, ForeignKey("prefecture.code"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("taken_at", INSTANT, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""One row a morning: what was published stays what was published."""
