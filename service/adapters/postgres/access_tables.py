"""The tables of getting back in: links, one-time codes and paper codes.

They stand in the same schema as those of ``tables``; migrations read both.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    Table,
    Uuid,
    text,
)

from service.adapters.postgres.tables import INSTANT, metadata

access_link = Table(
    "access_link",
    metadata,
    Column("secret_sha256", LargeBinary, primary_key=True),
    Column("registration_id", Uuid, ForeignKey("registration.id"), nullable=False),
    Column("expires_at", INSTANT, nullable=False),
    Index("ix_access_link_registration_id", "registration_id"),
)
"""A personal link sent in a message: another secret, that ends by itself."""

access_code = Table(
    "access_code",
    metadata,
    Column("request_sha256", LargeBinary, primary_key=True),
    Column("registration_id", Uuid, ForeignKey("registration.id")),
    Column("code_sha256", LargeBinary, nullable=False),
    Column("sealed_code", LargeBinary),
    Column("asked_at", INSTANT, nullable=False),
    Column("expires_at", INSTANT, nullable=False),
    Column("tries", SmallInteger, nullable=False, server_default=text("0")),
    Column("queued_at", INSTANT),
    Column("used_at", INSTANT),
    CheckConstraint("octet_length(request_sha256) = 32", name="request_sha256_32"),
    CheckConstraint("octet_length(code_sha256) = 32", name="code_sha256_32"),
    CheckConstraint("tries BETWEEN 0 AND 5", name="tries"),
    CheckConstraint("expires_at > asked_at", name="ends"),
    Index("ix_access_code_registration_id", "registration_id", "queued_at"),
    Index(
        "ix_access_code_unqueued",
        "asked_at",
        postgresql_where=text("queued_at IS NULL"),
    ),
)
"""A code asked for in one browser; without a registration when nobody was found, so
that both leave the same trace. The digest needs the browser's secret beside the code;
the sealed code is erased once it was sent, or after a day."""

paper_code = Table(
    "paper_code",
    metadata,
    Column("registration_id", Uuid, ForeignKey("registration.id"), primary_key=True),
    Column("code_sha256", LargeBinary, nullable=False),
    Column("issued_at", INSTANT, nullable=False),
    Column("issued_by", Uuid, ForeignKey("agent.id"), nullable=False),
    Column("expires_at", INSTANT, nullable=False),
    CheckConstraint("octet_length(code_sha256) = 32", name="code_sha256_32"),
)
"""A code on paper for a person who showed a document: one each, the last one counts."""
