"""Create the tables of the first night.

Compatibility with the previous release: there is none before this one.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_table(
        "answer",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key", name=op.f("pk_answer")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prefecture", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("octet_length(hash) = 32", name=op.f("ck_audit_hash_32")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_table(
        "beacon_chain",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sealed_seed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_beacon_chain")),
    )
    op.create_table(
        "prefecture",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.CheckConstraint("code ~ '^[a-z0-9-]+$'", name=op.f("ck_prefecture_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_prefecture")),
    )
    op.create_table(
        "agent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("prefecture", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column(
            "active", sa.Boolean(), server_default=sa.text("true"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["prefecture"], ["prefecture.code"], name=op.f("fk_agent_prefecture")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent")),
        sa.UniqueConstraint("login", name="uq_agent_login"),
    )
    op.create_table(
        "night",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("prefecture", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("freeze_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "brought_forward",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.Column("ruleset_version", sa.Text(), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pool", sa.LargeBinary(), nullable=True),
        sa.Column("nonces", sa.LargeBinary(), nullable=True),
        sa.Column("pool_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("commitment", sa.LargeBinary(), nullable=True),
        sa.Column("commitment_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("signature_key", sa.LargeBinary(), nullable=True),
        sa.Column("signature_value", sa.LargeBinary(), nullable=True),
        sa.Column("beacon_chain", sa.Text(), nullable=True),
        sa.Column("beacon_round", sa.BigInteger(), nullable=True),
        sa.Column("beacon_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("beacon_signature", sa.LargeBinary(), nullable=True),
        sa.Column("randomness", sa.LargeBinary(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_because", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state = 'planned' OR (pool IS NOT NULL AND nonces IS NOT NULL)",
            name=op.f("ck_night_frozen"),
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'frozen', 'committed', 'revealed', 'drawn', "
            "'published', 'notified')",
            name=op.f("ck_night_state"),
        ),
        sa.CheckConstraint(
            "committed_at IS NULL OR (commitment IS NOT NULL "
            "AND beacon_round IS NOT NULL AND beacon_due_at > committed_at)",
            name=op.f("ck_night_round_in_the_future"),
        ),
        sa.CheckConstraint(
            "randomness IS NULL OR octet_length(randomness) = 32",
            name=op.f("ck_night_randomness_32"),
        ),
        sa.CheckConstraint(
            "revealed_at IS NULL OR randomness IS NOT NULL",
            name=op.f("ck_night_revealed"),
        ),
        sa.ForeignKeyConstraint(
            ["prefecture"], ["prefecture.code"], name=op.f("fk_night_prefecture")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_night")),
        sa.UniqueConstraint("prefecture", "held_on", name="uq_night_held_on"),
    )
    op.create_table(
        "registration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("prefecture", sa.Text(), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("sites", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("secret_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("applicant_key", sa.LargeBinary(), nullable=False),
        sa.Column("key_version", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sealed_identity", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_contact", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_new_contact", sa.LargeBinary(), nullable=True),
        sa.Column("new_contact_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("held_document", sa.Text(), nullable=True),
        sa.Column("permit_expires_on", sa.Date(), nullable=True),
        sa.Column("permit_starts_on", sa.Date(), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("end_of_right_on", sa.Date(), nullable=True),
        sa.Column("end_of_right_basis", sa.Text(), nullable=False),
        sa.Column("weekdays_excluded", sa.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("dates_excluded", sa.ARRAY(sa.Date()), nullable=False),
        sa.Column("short_notice", sa.Boolean(), nullable=False),
        sa.Column("people", sa.SmallInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting_since_on", sa.Date(), nullable=False),
        sa.Column("first_night_on", sa.Date(), nullable=False),
        sa.Column(
            "declines", sa.SmallInteger(), server_default=sa.text("0"), nullable=False
        ),
        sa.Column("back_on", sa.Date(), nullable=True),
        sa.Column("told_not_drawn_on", sa.Date(), nullable=True),
        sa.Column("joined_to", sa.Uuid(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'joined') = (joined_to IS NOT NULL)",
            name=op.f("ck_registration_joined"),
        ),
        sa.CheckConstraint(
            "state <> 'live' OR released_at IS NULL",
            name=op.f("ck_registration_live_not_released"),
        ),
        sa.CheckConstraint(
            "state IN ('live', 'served', 'withdrawn', 'lapsed', 'joined')",
            name=op.f("ck_registration_state"),
        ),
        sa.CheckConstraint(
            "cardinality(sites) > 0", name=op.f("ck_registration_sites")
        ),
        sa.CheckConstraint(
            "octet_length(applicant_key) = 32",
            name=op.f("ck_registration_applicant_key_32"),
        ),
        sa.CheckConstraint(
            "octet_length(secret_sha256) = 32",
            name=op.f("ck_registration_secret_sha256_32"),
        ),
        sa.CheckConstraint(
            "people BETWEEN 1 AND 8", name=op.f("ck_registration_people")
        ),
        sa.ForeignKeyConstraint(
            ["joined_to"], ["registration.id"], name=op.f("fk_registration_joined_to")
        ),
        sa.ForeignKeyConstraint(
            ["prefecture"], ["prefecture.code"], name=op.f("fk_registration_prefecture")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("reference", name="uq_registration_reference"),
    )
    op.create_index(
        "ix_registration_standing",
        "registration",
        ["prefecture", "first_night_on"],
        unique=False,
        postgresql_where=sa.text("state = 'live'"),
    )
    op.create_index(
        "uq_registration_once",
        "registration",
        ["applicant_key", "prefecture", "motif"],
        unique=True,
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_table(
        "ruleset",
        sa.Column("prefecture", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["prefecture"], ["prefecture.code"], name=op.f("fk_ruleset_prefecture")
        ),
        sa.PrimaryKeyConstraint("prefecture", "version", name=op.f("pk_ruleset")),
    )
    op.create_table(
        "site",
        sa.Column("prefecture", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("motifs", sa.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["prefecture"], ["prefecture.code"], name=op.f("fk_site_prefecture")
        ),
        sa.PrimaryKeyConstraint("prefecture", "code", name=op.f("pk_site")),
    )
    op.create_table(
        "agent_session",
        sa.Column("token_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_agent_session_agent_id")
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_agent_session")),
    )
    op.create_table(
        "draw",
        sa.Column("night_id", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.LargeBinary(), nullable=False),
        sa.Column("served", sa.Integer(), nullable=False),
        sa.Column("unserved", sa.Integer(), nullable=False),
        sa.Column("free_places", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["night_id"], ["night.id"], name=op.f("fk_draw_night_id")
        ),
        sa.PrimaryKeyConstraint("night_id", name=op.f("pk_draw")),
    )
    op.create_table(
        "entry",
        sa.Column("night_id", sa.BigInteger(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.LargeBinary(), nullable=False),
        sa.Column("band", sa.SmallInteger(), nullable=False),
        sa.Column("ticket", sa.LargeBinary(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "result IN ('served', 'places_taken', 'no_suitable_place')",
            name=op.f("ck_entry_result"),
        ),
        sa.CheckConstraint("octet_length(label) = 32", name=op.f("ck_entry_label_32")),
        sa.ForeignKeyConstraint(
            ["night_id"], ["night.id"], name=op.f("fk_entry_night_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_entry_registration_id"),
        ),
        sa.PrimaryKeyConstraint("night_id", "registration_id", name=op.f("pk_entry")),
        sa.UniqueConstraint("night_id", "label", name="uq_entry_label"),
    )
    op.create_index(
        "ix_entry_registration_id", "entry", ["registration_id"], unique=False
    )
    op.create_table(
        "slot",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("prefecture", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("motifs", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("cardinality(motifs) > 0", name=op.f("ck_slot_motifs")),
        sa.CheckConstraint("minutes BETWEEN 5 AND 240", name=op.f("ck_slot_minutes")),
        sa.ForeignKeyConstraint(
            ["published_by"], ["agent.id"], name=op.f("fk_slot_published_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
        sa.UniqueConstraint("prefecture", "code", name="uq_slot_code"),
    )
    op.create_index(
        "ix_slot_prefecture_starts_at",
        "slot",
        ["prefecture", "starts_at"],
        unique=False,
    )
    op.create_table(
        "transcript",
        sa.Column("night_id", sa.BigInteger(), nullable=False),
        sa.Column("gzipped", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["night_id"], ["night.id"], name=op.f("fk_transcript_night_id")
        ),
        sa.PrimaryKeyConstraint("night_id", name=op.f("pk_transcript")),
    )
    op.create_table(
        "offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("night_id", sa.BigInteger(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("slot_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undeliverable_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirm_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('awaiting', 'confirmed', 'declined', 'lapsed', 'cancelled')",
            name=op.f("ck_offer_state"),
        ),
        sa.ForeignKeyConstraint(
            ["night_id"], ["night.id"], name=op.f("fk_offer_night_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_offer_registration_id"),
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["slot.id"], name=op.f("fk_offer_slot_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    op.create_index(
        "ix_offer_awaiting",
        "offer",
        ["confirm_by"],
        unique=False,
        postgresql_where=sa.text("state = 'awaiting'"),
    )
    op.create_index(
        "uq_offer_live_registration",
        "offer",
        ["registration_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('awaiting', 'confirmed')"),
    )
    op.create_table(
        "access_link",
        sa.Column("secret_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_access_link_registration_id"),
        ),
        sa.PrimaryKeyConstraint("secret_sha256", name=op.f("pk_access_link")),
    )
    op.create_index(
        "ix_access_link_registration_id", "access_link", ["registration_id"]
    )
    op.create_table(
        "place",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("slot_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["slot.id"], name=op.f("fk_place_slot_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("slot_id", "number", name="uq_place_number"),
    )
    op.create_table(
        "offer_place",
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("given_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_offer_place_offer_id")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_offer_place_place_id")
        ),
        sa.PrimaryKeyConstraint("offer_id", "place_id", name=op.f("pk_offer_place")),
    )
    op.create_index(
        "uq_offer_place_live",
        "offer_place",
        ["place_id"],
        unique=True,
        postgresql_where=sa.text("given_back_at IS NULL"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("once", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("night_id", sa.BigInteger(), nullable=True),
        sa.Column("offer_id", sa.Uuid(), nullable=True),
        sa.Column("available_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "attempts", sa.SmallInteger(), server_default=sa.text("0"), nullable=False
        ),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('sent', 'stale', 'undeliverable')",
            name=op.f("ck_outbox_outcome"),
        ),
        sa.CheckConstraint(
            "(done_at IS NULL) = (outcome IS NULL)", name=op.f("ck_outbox_done")
        ),
        sa.ForeignKeyConstraint(
            ["night_id"], ["night.id"], name=op.f("fk_outbox_night_id")
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_outbox_offer_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_outbox_registration_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("once", name="uq_outbox_once"),
    )
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["available_at"],
        unique=False,
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index("ix_outbox_night_id", "outbox", ["night_id"], unique=False)
    op.create_index(
        "ix_outbox_registration_id", "outbox", ["registration_id"], unique=False
    )

    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in ("audit", "draw", "transcript"):
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
            f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    for table in ("audit", "draw", "transcript"):
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    op.execute("DROP FUNCTION refuse_change()")
    op.drop_index("ix_outbox_registration_id", table_name="outbox")
    op.drop_index("ix_outbox_night_id", table_name="outbox")
    op.drop_index(
        "ix_outbox_due",
        table_name="outbox",
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.drop_table("outbox")
    op.drop_index(
        "uq_offer_place_live",
        table_name="offer_place",
        postgresql_where=sa.text("given_back_at IS NULL"),
    )
    op.drop_index("ix_access_link_registration_id", table_name="access_link")
    op.drop_table("access_link")
    op.drop_table("offer_place")
    op.drop_table("place")
    op.drop_index(
        "uq_offer_live_registration",
        table_name="offer",
        postgresql_where=sa.text("state IN ('awaiting', 'confirmed')"),
    )
    op.drop_index(
        "ix_offer_awaiting",
        table_name="offer",
        postgresql_where=sa.text("state = 'awaiting'"),
    )
    op.drop_table("offer")
    op.drop_table("transcript")
    op.drop_index("ix_slot_prefecture_starts_at", table_name="slot")
    op.drop_table("slot")
    op.drop_index("ix_entry_registration_id", table_name="entry")
    op.drop_table("entry")
    op.drop_table("draw")
    op.drop_table("agent_session")
    op.drop_table("site")
    op.drop_table("ruleset")
    op.drop_index(
        "uq_registration_once",
        table_name="registration",
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.drop_index(
        "ix_registration_standing",
        table_name="registration",
        postgresql_where=sa.text("state = 'live'"),
    )
    op.drop_table("registration")
    op.drop_table("night")
    op.drop_table("agent")
    op.drop_table("prefecture")
    op.drop_table("beacon_chain")
    op.drop_table("audit")
    op.drop_table("answer")
