"""How agents come in: second factors, recovery codes, and wrong tries.

Of a second factor only what opens nothing by itself is stored: the secret sealed,
recovery codes and tokens as digests. All of it goes when the account is closed or the
factor forgotten; wrong tries are counted for a quarter of an hour.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
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
    Column("kind", Text, nullable=False, server_default="password"),
    CheckConstraint("octet_length(desk_sha256) = 32", name="desk_sha256_32"),
    CheckConstraint("kind IN ('password', 'code')", name="kind"),
    Index("ix_agent_try_agent_id_at", "agent_id", "at"),
)
"""``desk_sha256`` is the browser where the agent signed in before; NULL elsewhere."""

agent_factor = Table(
    "agent_factor",
    metadata,
    Column("agent_id", Uuid, ForeignKey("agent.id"), primary_key=True),
    Column("sealed_totp", LargeBinary, nullable=False),
    Column("totp_step", BigInteger, nullable=False),
    Column("enrolled_at", INSTANT, nullable=False),
)
"""One second factor an agent; ``totp_step`` is the last step whose code was used."""

agent_recovery = Table(
    "agent_recovery",
    metadata,
    Column("agent_id", Uuid, ForeignKey("agent_factor.agent_id"), primary_key=True),
    Column("code_sha256", LargeBinary, primary_key=True),
    Column("used_at", INSTANT),
    CheckConstraint("octet_length(code_sha256) = 32", name="code_sha256_32"),
)

agent_enrolment = Table(
    "agent_enrolment",
    metadata,
    Column("agent_id", Uuid, ForeignKey("agent.id"), primary_key=True),
    Column("token_sha256", LargeBinary, nullable=False),
    Column("sealed_totp", LargeBinary, nullable=False),
    Column("ends_at", INSTANT, nullable=False),
    UniqueConstraint("token_sha256", name="uq_agent_enrolment_token"),
    CheckConstraint("octet_length(token_sha256) = 32", name="token_sha256_32"),
    Index("ix_agent_enrolment_ends_at", "ends_at"),
)
"""Who typed the right password and may enrol: one token an agent, used up by using it.

The secret is fresh each time: one that somebody else may have looked at is never the
one that is enrolled.
"""
