"""The tables of organisations, helpers and mandates; same schema as ``tables``.

Personal data of helpers: their professional login and name, until the account is
closed. Personal data of applicants: none, but a file between dry run and confirmation,
sealed, for two hours at most.
"""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from service.adapters.postgres.tables import INSTANT, metadata

organisation = Table(
    "organisation",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("prefecture", Text, ForeignKey("prefecture.code"), nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("ceiling_live", Integer, nullable=False),
    Column("ceiling_per_day", Integer, nullable=False),
    Column("proposed_by", Uuid, ForeignKey("agent.id"), nullable=False),
    Column("proposed_at", INSTANT, nullable=False),
    Column("decided_by", Uuid, ForeignKey("agent.id")),
    Column("decided_at", INSTANT),
    Column("suspended_by", Uuid, ForeignKey("agent.id")),
    Column("suspended_at", INSTANT),
    Column("reason", Text, nullable=False, server_default=text("''")),
    UniqueConstraint("prefecture", "name", name="uq_organisation_name"),
    CheckConstraint(
        "state IN ('proposed', 'accepted', 'suspended', 'refused')", name="state"
    ),
    CheckConstraint("decided_by <> proposed_by", name="four_eyes"),
    CheckConstraint(
        "(state = 'proposed') = (decided_by IS NULL)", name="decided_by_someone"
    ),
    CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decided"),
    CheckConstraint(
        "(state = 'suspended') = (suspended_by IS NOT NULL)",
        name="suspended_by_someone",
    ),
    CheckConstraint("ceiling_live BETWEEN 1 AND 5000", name="ceiling_live"),
    CheckConstraint("ceiling_per_day BETWEEN 1 AND 500", name="ceiling_per_day"),
)
"""Vetted by two different agents: the database refuses one alone."""

helper = Table(
    "helper",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("organisation_id", Uuid, ForeignKey("organisation.id"), nullable=False),
    Column("login", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("is_lead", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("password_hash", Text),
    Column("sealed_totp", LargeBinary),
    Column("totp_step", BigInteger, nullable=False, server_default=text("0")),
    Column("invitation_sha256", LargeBinary),
    Column("invitation_ends_at", INSTANT),
    Column("invited_at", INSTANT, nullable=False),
    Column("enrolled_at", INSTANT),
    UniqueConstraint("login", name="uq_helper_login"),
    UniqueConstraint("invitation_sha256", name="uq_helper_invitation"),
    CheckConstraint("login = lower(login)", name="login_small"),
    CheckConstraint("state IN ('invited', 'active', 'closed')", name="state"),
    CheckConstraint(
        "state <> 'active' OR (password_hash IS NOT NULL AND sealed_totp IS NOT NULL "
        "AND enrolled_at IS NOT NULL AND invitation_sha256 IS NULL)",
        name="two_factors",
    ),
    Index("ix_helper_organisation_id", "organisation_id"),
)
"""No account is active without a password and a second factor."""

helper_recovery = Table(
    "helper_recovery",
    metadata,
    Column("helper_id", Uuid, ForeignKey("helper.id"), primary_key=True),
    Column("code_sha256", LargeBinary, primary_key=True),
    Column("used_at", INSTANT),
    CheckConstraint("octet_length(code_sha256) = 32", name="code_sha256_32"),
)

helper_try = Table(
    "helper_try",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("helper_id", Uuid, ForeignKey("helper.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", INSTANT, nullable=False),
    CheckConstraint("kind IN ('password', 'code')", name="kind"),
    Index("ix_helper_try_helper_id_at", "helper_id", "at"),
)

helper_session = Table(
    "helper_session",
    metadata,
    Column("token_sha256", LargeBinary, primary_key=True),
    Column("helper_id", Uuid, ForeignKey("helper.id"), nullable=False),
    Column("opened_at", INSTANT, nullable=False),
    Column("seen_at", INSTANT, nullable=False),
    Index("ix_helper_session_helper_id", "helper_id"),
)

helper_batch = Table(
    "helper_batch",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("organisation_id", Uuid, ForeignKey("organisation.id"), nullable=False),
    Column("helper_id", Uuid, ForeignKey("helper.id"), nullable=False),
    Column("sealed", LargeBinary),
    Column("uploaded_at", INSTANT, nullable=False),
    Column("done_at", INSTANT),
    CheckConstraint("done_at IS NULL OR sealed IS NULL", name="forgotten_once_done"),
    Index(
        "ix_helper_batch_waiting",
        "uploaded_at",
        postgresql_where=text("sealed IS NOT NULL"),
    ),
)

mandate = Table(
    "mandate",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("organisation_id", Uuid, ForeignKey("organisation.id"), nullable=False),
    Column("registration_id", Uuid, ForeignKey("registration.id"), nullable=False),
    Column("helper_id", Uuid, ForeignKey("helper.id"), nullable=False),
    Column("scopes", ARRAY(Text), nullable=False),
    Column("begins_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("opened_at", INSTANT, nullable=False),
    Column("ended_at", INSTANT),
    Column("ended_by", Text),
    CheckConstraint(
        "scopes <@ ARRAY['register', 'follow', 'correct', 'answer']::text[] "
        "AND cardinality(scopes) > 0",
        name="scopes",
    ),
    CheckConstraint(
        "ends_on BETWEEN begins_on AND begins_on + 366", name="within_a_year"
    ),
    CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended"),
    CheckConstraint(
        "ended_by IN ('person', 'helper', 'agent', 'time')", name="ended_by"
    ),
    Index(
        "uq_mandate_live",
        "organisation_id",
        "registration_id",
        unique=True,
        postgresql_where=text("ended_at IS NULL"),
    ),
    Index("ix_mandate_registration_id", "registration_id"),
    Index("ix_mandate_ends_on", "ends_on", postgresql_where=text("ended_at IS NULL")),
)
"""One live mandate per organisation and registration."""

mandate_act = Table(
    "mandate_act",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("mandate_id", Uuid, ForeignKey("mandate.id"), nullable=False),
    Column("helper_id", Uuid, ForeignKey("helper.id"), nullable=False),
    Column("act", Text, nullable=False),
    Column("at", INSTANT, nullable=False),
    CheckConstraint(
        "act IN ('registered', 'viewed', 'corrected', 'confirmed', 'declined', "
        "'cancelled')",
        name="act",
    ),
    Index("ix_mandate_act_mandate_id", "mandate_id"),
)
"""What was done in a person's name: the person reads all of it."""
