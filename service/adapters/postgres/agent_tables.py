"""Wrong passwords of agents: counted for a quarter of an hour, then forgotten."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Table,
    Uuid,
)

from service.adapters.postgres.tables import INSTANT, metadata

agent_try = Table(
    "agent_try",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("agent_id", Uuid, ForeignKey("agent.id"), nullable=False),
    Column("desk_sha256", LargeBinary),
    Column("at", INSTANT, nullable=False),
    CheckConstraint("octet_length(desk_sha256) = 32", name="desk_sha256_32"),
    Index("ix_agent_try_agent_id_at", "agent_id", "at"),
)
"""``desk_sha256`` is the browser where the agent signed in before; NULL elsewhere."""
