"""Every table, with the constraints that make the promises hold.

The database judges uniqueness and once-only (`reliability.md` finding 2). Each column
of sealed personal data has its fate in ``retention`` (a test walks the whole schema).
"""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from service.adapters.postgres.state_column import NIGHT, OFFER, REGISTRATION

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

INSTANT = DateTime(timezone=True)
"""An aware instant; whatever happened or is due."""

WALL = DateTime(timezone=False)
"""A wall time of Europe/Paris: what a convocation says, whatever tzdata does."""

LIVE_OFFER = "state IN ('awaiting', 'confirmed')"

prefecture = Table(
    "prefecture",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("phone", Text),
    Column("publishes", Text, nullable=False, server_default=text("'full'")),
    CheckConstraint("code ~ '^[a-z0-9-]+$'", name="code"),
    CheckConstraint("publishes IN ('full', 'reduced')", name="publishes"),
)

ruleset = Table(
    "ruleset",
    metadata,
    Column("prefecture", Text, ForeignKey("prefecture.code"), primary_key=True),
    Column("version", Text, primary_key=True),
    Column("effective_on", Date, nullable=False),
    Column("content", JSONB, nullable=False),
)

site = Table(
    "site",
    metadata,
    Column("prefecture", Text, ForeignKey("prefecture.code"), primary_key=True),
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("motifs", ARRAY(Text), nullable=False),
)

registration = Table(
    "registration",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("prefecture", Text, ForeignKey("prefecture.code"), nullable=False),
    Column("motif", Text, nullable=False),
    Column("sites", ARRAY(Text), nullable=False),
    Column("reference", Text, nullable=False),
    Column("secret_sha256", LargeBinary, nullable=False),
    Column("applicant_key", LargeBinary, nullable=False),
    Column("key_version", SmallInteger, nullable=False),
    Column("state", REGISTRATION, nullable=False),
    Column("sealed_identity", LargeBinary),
    Column("sealed_contact", LargeBinary),
    Column("sealed_new_contact", LargeBinary),
    Column("new_contact_from", INSTANT),
    Column("language", Text, nullable=False),
    Column("held_document", Text),
    Column("permit_expires_on", Date),
    Column("permit_starts_on", Date),
    Column("entered_on", Date),
    Column("requested_on", Date),
    Column("end_of_right_on", Date),
    Column("end_of_right_basis", Text, nullable=False),
    Column("weekdays_excluded", ARRAY(SmallInteger), nullable=False),
    Column("dates_excluded", ARRAY(Date), nullable=False),
    Column("short_notice", Boolean, nullable=False),
    Column("people", SmallInteger, nullable=False),
    Column("channel", Text, nullable=False),
    Column("registered_at", INSTANT, nullable=False),
    Column("waiting_since_on", Date, nullable=False),
    Column("first_night_on", Date, nullable=False),
    Column("declines", SmallInteger, nullable=False, server_default=text("0")),
    Column("back_on", Date),
    Column("told_not_drawn_on", Date),
    Column("joined_to", Uuid, ForeignKey("registration.id")),
    Column("proved_at", INSTANT),
    Column("displaced_on", Date),
    Column("released_at", INSTANT),
    UniqueConstraint("reference", name="uq_registration_reference"),
    CheckConstraint(
        "state IN ('live', 'served', 'withdrawn', 'lapsed', 'joined')", name="state"
    ),
    CheckConstraint("octet_length(applicant_key) = 32", name="applicant_key_32"),
    CheckConstraint("octet_length(secret_sha256) = 32", name="secret_sha256_32"),
    CheckConstraint("people BETWEEN 1 AND 8", name="people"),
    CheckConstraint("cardinality(sites) > 0", name="sites"),
    CheckConstraint("(state = 'joined') = (joined_to IS NOT NULL)", name="joined"),
    CheckConstraint("state <> 'live' OR released_at IS NULL", name="live_not_released"),
    Index(
        "uq_registration_once",
        "applicant_key",
        "prefecture",
        "motif",
        unique=True,
        postgresql_where=text("released_at IS NULL"),
    ),
    Index(
        "ix_registration_standing",
        "prefecture",
        "first_night_on",
        postgresql_where=text("state = 'live'"),
    ),
    Index(
        "ix_registration_to_forget",
        "prefecture",
        "released_at",
        postgresql_where=text(
            "released_at IS NOT NULL AND sealed_identity IS NOT NULL"
        ),
    ),
)

slot = Table(
    "slot",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("prefecture", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("site", Text, nullable=False),
    Column("starts_at", WALL, nullable=False),
    Column("minutes", SmallInteger, nullable=False),
    Column("motifs", ARRAY(Text), nullable=False),
    Column("published_at", INSTANT, nullable=False),
    Column("published_by", Uuid, ForeignKey("agent.id"), nullable=False),
    UniqueConstraint("prefecture", "code", name="uq_slot_code"),
    CheckConstraint("minutes BETWEEN 5 AND 240", name="minutes"),
    CheckConstraint("cardinality(motifs) > 0", name="motifs"),
    Index("ix_slot_prefecture_starts_at", "prefecture", "starts_at"),
)

place = Table(
    "place",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("slot_id", BigInteger, ForeignKey("slot.id"), nullable=False),
    Column("number", SmallInteger, nullable=False),
    Column("withdrawn_at", INSTANT),
    UniqueConstraint("slot_id", "number", name="uq_place_number"),
)

night = Table(
    "night",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("prefecture", Text, ForeignKey("prefecture.code"), nullable=False),
    Column("held_on", Date, nullable=False),
    Column("state", NIGHT, nullable=False),
    Column("freeze_at", INSTANT, nullable=False),
    Column("brought_forward", Boolean, nullable=False, server_default=text("false")),
    Column("ruleset_version", Text),
    Column("frozen_at", INSTANT),
    Column("pool", LargeBinary),
    Column("nonces", LargeBinary),
    Column("pool_sha256", LargeBinary),
    Column("places", Integer),
    Column("committed_at", INSTANT),
    Column("commitment", LargeBinary),
    Column("commitment_sha256", LargeBinary),
    Column("signature_key", LargeBinary),
    Column("signature_value", LargeBinary),
    Column("beacon_chain", Text),
    Column("beacon_round", BigInteger),
    Column("beacon_due_at", INSTANT),
    Column("publishes", Text),
    Column("postponed_at", INSTANT),
    Column("revealed_at", INSTANT),
    Column("beacon_signature", LargeBinary),
    Column("randomness", LargeBinary),
    Column("drawn_at", INSTANT),
    Column("published_at", INSTANT),
    Column("notified_at", INSTANT),
    Column("stopped_at", INSTANT),
    Column("stopped_because", Text),
    UniqueConstraint("prefecture", "held_on", name="uq_night_held_on"),
    CheckConstraint(
        "state IN ('planned', 'frozen', 'committed', 'revealed', 'drawn', "
        "'published', 'notified')",
        name="state",
    ),
    CheckConstraint(
        "randomness IS NULL OR octet_length(randomness) = 32", name="randomness_32"
    ),
    CheckConstraint(
        "state = 'planned' OR (pool IS NOT NULL AND nonces IS NOT NULL)", name="frozen"
    ),
    CheckConstraint(
        "committed_at IS NULL OR (commitment IS NOT NULL AND beacon_round IS NOT NULL "
        "AND beacon_due_at > committed_at)",
        name="round_in_the_future",
    ),
    CheckConstraint("revealed_at IS NULL OR randomness IS NOT NULL", name="revealed"),
    CheckConstraint("publishes IN ('full', 'reduced')", name="publishes"),
    CheckConstraint(
        "postponed_at IS NULL OR postponed_at > beacon_due_at", name="postponed"
    ),
)

draw = Table(
    "draw",
    metadata,
    Column("night_id", BigInteger, ForeignKey("night.id"), primary_key=True),
    Column("outcome", LargeBinary, nullable=False),
    Column("served", Integer, nullable=False),
    Column("unserved", Integer, nullable=False),
    Column("free_places", Integer, nullable=False),
    Column("drawn_at", INSTANT, nullable=False),
)
"""One row a night, never updated: a second draw is impossible even by mistake."""

transcript = Table(
    "transcript",
    metadata,
    Column("night_id", BigInteger, ForeignKey("night.id"), primary_key=True),
    Column("gzipped", LargeBinary, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
)

entry = Table(
    "entry",
    metadata,
    Column("night_id", BigInteger, ForeignKey("night.id"), primary_key=True),
    Column("registration_id", Uuid, ForeignKey("registration.id"), primary_key=True),
    Column("label", LargeBinary, nullable=False),
    Column("band", SmallInteger, nullable=False),
    Column("ticket", LargeBinary),
    Column("rank", Integer),
    Column("result", Text),
    Column("tier", Text),
    Column("through", Text),
    Column("cut_off", Integer),
    UniqueConstraint("night_id", "label", name="uq_entry_label"),
    CheckConstraint("octet_length(label) = 32", name="label_32"),
    CheckConstraint(
        "result IN ('served', 'places_taken', 'no_suitable_place')", name="result"
    ),
    CheckConstraint("tier IN ('in_time', 'late')", name="tier"),
    Index("ix_entry_registration_id", "registration_id"),
)

offer = Table(
    "offer",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("night_id", BigInteger, ForeignKey("night.id"), nullable=False),
    Column("registration_id", Uuid, ForeignKey("registration.id"), nullable=False),
    Column("slot_id", BigInteger, ForeignKey("slot.id"), nullable=False),
    Column("state", OFFER, nullable=False),
    Column("made_at", INSTANT, nullable=False),
    Column("handed_over_at", INSTANT),
    Column("undeliverable_at", INSTANT),
    Column("confirm_by", INSTANT, nullable=False),
    Column("answered_at", INSTANT),
    CheckConstraint(
        "state IN ('awaiting', 'confirmed', 'declined', 'lapsed', 'cancelled')",
        name="state",
    ),
    Index(
        "uq_offer_live_registration",
        "registration_id",
        unique=True,
        postgresql_where=text(LIVE_OFFER),
    ),
    Index(
        "ix_offer_awaiting", "confirm_by", postgresql_where=text("state = 'awaiting'")
    ),
)

offer_place = Table(
    "offer_place",
    metadata,
    Column("offer_id", Uuid, ForeignKey("offer.id"), primary_key=True),
    Column("place_id", BigInteger, ForeignKey("place.id"), primary_key=True),
    Column("given_back_at", INSTANT),
    Index(
        "uq_offer_place_live",
        "place_id",
        unique=True,
        postgresql_where=text("given_back_at IS NULL"),
    ),
)
"""Which places an offer holds (a family holds several): one holder a place."""

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("once", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("registration_id", Uuid, ForeignKey("registration.id"), nullable=False),
    Column("night_id", BigInteger, ForeignKey("night.id")),
    Column("offer_id", Uuid, ForeignKey("offer.id")),
    Column("available_at", INSTANT, nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default=text("0")),
    Column("counted_on", Date),
    Column("about", LargeBinary),
    Column("done_at", INSTANT),
    Column("outcome", Text),
    Column("last_error", Text),
    UniqueConstraint("once", name="uq_outbox_once"),
    CheckConstraint("outcome IN ('sent', 'stale', 'undeliverable')", name="outcome"),
    CheckConstraint("(done_at IS NULL) = (outcome IS NULL)", name="done"),
    Index("ix_outbox_due", "available_at", postgresql_where=text("done_at IS NULL")),
    Index("ix_outbox_night_id", "night_id"),
    Index("ix_outbox_registration_id", "registration_id"),
)

answer = Table(
    "answer",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("body_sha256", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("answered_at", INSTANT, nullable=False),
    Index("ix_answer_answered_at", "answered_at"),
)
"""The answer given to an idempotency key, stored with the write it answers."""

agent = Table(
    "agent",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("prefecture", Text, ForeignKey("prefecture.code"), nullable=False),
    Column("login", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    UniqueConstraint("login", name="uq_agent_login"),
)

agent_session = Table(
    "agent_session",
    metadata,
    Column("token_sha256", LargeBinary, primary_key=True),
    Column("agent_id", Uuid, ForeignKey("agent.id"), nullable=False),
    Column("opened_at", INSTANT, nullable=False),
    Column("seen_at", INSTANT, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", INSTANT, nullable=False),
    Column("prefecture", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("detail", JSONB, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    CheckConstraint("octet_length(hash) = 32", name="hash_32"),
)
"""Append-only: a trigger refuses UPDATE and DELETE; each hash holds the last one."""

beacon_chain = Table(
    "beacon_chain",
    metadata,
    Column("name", Text, primary_key=True),
    Column("sealed_seed", LargeBinary, nullable=False),
    Column("created_at", INSTANT, nullable=False),
)
