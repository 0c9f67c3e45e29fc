"""Let vetted organisations act for people under mandates.

Compatibility with the previous release: it does not know these tables and ignores
them; registrations made under a mandate are ordinary ones to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("prefecture", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ceiling_live", sa.Integer(), nullable=False),
        sa.Column("ceiling_per_day", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("suspended_by", sa.Uuid(), nullable=True),
        sa.Column("suspended_at", INSTANT, nullable=True),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_by IS NULL)",
            name=op.f("ck_organisation_decided_by_someone"),
        ),
        sa.CheckConstraint(
            "(state = 'suspended') = (suspended_by IS NOT NULL)",
            name=op.f("ck_organisation_suspended_by_someone"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'accepted', 'suspended', 'refused')",
            name=op.f("ck_organisation_state"),
        ),
        sa.CheckConstraint(
            "(decided_by IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_organisation_decided"),
        ),
        sa.CheckConstraint(
            "ceiling_live BETWEEN 1 AND 5000", name=op.f("ck_organisation_ceiling_live")
        ),
        sa.CheckConstraint(
            "ceiling_per_day BETWEEN 1 AND 500",
            name=op.f("ck_organisation_ceiling_per_day"),
        ),
        sa.CheckConstraint(
            "decided_by <> proposed_by", name=op.f("ck_organisation_four_eyes")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["agent.id"], name=op.f("fk_organisation_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["prefecture"], ["prefecture.code"], name=op.f("fk_organisation_prefecture")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["agent.id"], name=op.f("fk_organisation_proposed_by")
        ),
        sa.ForeignKeyConstraint(
            ["suspended_by"], ["agent.id"], name=op.f("fk_organisation_suspended_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("prefecture", "name", name="uq_organisation_name"),
    )
    op.create_table(
        "helper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_lead", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("sealed_totp", sa.LargeBinary(), nullable=True),
        sa.Column(
            "totp_step", sa.BigInteger(), server_default=sa.text("0"), nullable=False
        ),
        sa.Column("invitation_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("invitation_ends_at", INSTANT, nullable=True),
        sa.Column("invited_at", INSTANT, nullable=False),
        sa.Column("enrolled_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "state <> 'active' OR (password_hash IS NOT NULL AND sealed_totp IS NOT "
            "NULL AND enrolled_at IS NOT NULL AND invitation_sha256 IS NULL)",
            name=op.f("ck_helper_two_factors"),
        ),
        sa.CheckConstraint(
            "state IN ('invited', 'active', 'closed')", name=op.f("ck_helper_state")
        ),
        sa.CheckConstraint("login = lower(login)", name=op.f("ck_helper_login_small")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_helper_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helper")),
        sa.UniqueConstraint("invitation_sha256", name="uq_helper_invitation"),
        sa.UniqueConstraint("login", name="uq_helper_login"),
    )
    op.create_index(
        "ix_helper_organisation_id", "helper", ["organisation_id"], unique=False
    )
    op.create_table(
        "helper_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("helper_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("uploaded_at", INSTANT, nullable=False),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "done_at IS NULL OR sealed IS NULL",
            name=op.f("ck_helper_batch_forgotten_once_done"),
        ),
        sa.ForeignKeyConstraint(
            ["helper_id"], ["helper.id"], name=op.f("fk_helper_batch_helper_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_helper_batch_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helper_batch")),
    )
    op.create_index(
        "ix_helper_batch_waiting",
        "helper_batch",
        ["uploaded_at"],
        unique=False,
        postgresql_where=sa.text("sealed IS NOT NULL"),
    )
    op.create_table(
        "helper_recovery",
        sa.Column("helper_id", sa.Uuid(), nullable=False),
        sa.Column("code_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "octet_length(code_sha256) = 32",
            name=op.f("ck_helper_recovery_code_sha256_32"),
        ),
        sa.ForeignKeyConstraint(
            ["helper_id"], ["helper.id"], name=op.f("fk_helper_recovery_helper_id")
        ),
        sa.PrimaryKeyConstraint(
            "helper_id", "code_sha256", name=op.f("pk_helper_recovery")
        ),
    )
    op.create_table(
        "helper_session",
        sa.Column("token_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("helper_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["helper_id"], ["helper.id"], name=op.f("fk_helper_session_helper_id")
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_helper_session")),
    )
    op.create_index(
        "ix_helper_session_helper_id", "helper_session", ["helper_id"], unique=False
    )
    op.create_table(
        "helper_try",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("helper_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('password', 'code')", name=op.f("ck_helper_try_kind")
        ),
        sa.ForeignKeyConstraint(
            ["helper_id"], ["helper.id"], name=op.f("fk_helper_try_helper_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helper_try")),
    )
    op.create_index(
        "ix_helper_try_helper_id_at", "helper_try", ["helper_id", "at"], unique=False
    )
    op.create_table(
        "mandate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("helper_id", sa.Uuid(), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "ended_by IN ('person', 'helper', 'agent', 'time')",
            name=op.f("ck_mandate_ended_by"),
        ),
        sa.CheckConstraint(
            "scopes <@ ARRAY['register', 'follow', 'correct', 'answer']::text[] AND "
            "cardinality(scopes) > 0",
            name=op.f("ck_mandate_scopes"),
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_mandate_ended")
        ),
        sa.CheckConstraint(
            "ends_on BETWEEN begins_on AND begins_on + 366",
            name=op.f("ck_mandate_within_a_year"),
        ),
        sa.ForeignKeyConstraint(
            ["helper_id"], ["helper.id"], name=op.f("fk_mandate_helper_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_mandate_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_mandate_registration_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
    )
    op.create_index(
        "ix_mandate_ends_on",
        "mandate",
        ["ends_on"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "ix_mandate_registration_id", "mandate", ["registration_id"], unique=False
    )
    op.create_index(
        "uq_mandate_live",
        "mandate",
        ["organisation_id", "registration_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "mandate_act",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("mandate_id", sa.Uuid(), nullable=False),
        sa.Column("helper_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "act IN ('registered', 'viewed', 'corrected', 'confirmed', 'declined', "
            "'cancelled')",
            name=op.f("ck_mandate_act_act"),
        ),
        sa.ForeignKeyConstraint(
            ["helper_id"], ["helper.id"], name=op.f("fk_mandate_act_helper_id")
        ),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandate.id"], name=op.f("fk_mandate_act_mandate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate_act")),
    )
    op.create_index(
        "ix_mandate_act_mandate_id", "mandate_act", ["mandate_id"], unique=False
    )


def downgrade() -> None:

    op.drop_index("ix_mandate_act_mandate_id", table_name="mandate_act")
    op.drop_table("mandate_act")
    op.drop_index(
        "uq_mandate_live",
        table_name="mandate",
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index("ix_mandate_registration_id", table_name="mandate")
    op.drop_index(
        "ix_mandate_ends_on",
        table_name="mandate",
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_table("mandate")
    op.drop_index("ix_helper_try_helper_id_at", table_name="helper_try")
    op.drop_table("helper_try")
    op.drop_index("ix_helper_session_helper_id", table_name="helper_session")
    op.drop_table("helper_session")
    op.drop_table("helper_recovery")
    op.drop_index(
        "ix_helper_batch_waiting",
        table_name="helper_batch",
        postgresql_where=sa.text("sealed IS NOT NULL"),
    )
    op.drop_table("helper_batch")
    op.drop_index("ix_helper_organisation_id", table_name="helper")
    op.drop_table("helper")
    op.drop_table("organisation")
