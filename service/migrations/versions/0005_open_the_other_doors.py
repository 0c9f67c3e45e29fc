"""Open the other doors: families, checks, claims, pairs, lists, visits.

Compatibility with the previous release: it knows none of these tables and goes on as
before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    _create_collection_hours()
    _create_called_list()
    _create_companions()
    _create_date_check()
    _create_near_match()
    _create_paper_renewal()
    _create_ready_permit()
    _create_urgency_claim()
    _create_visit()


def _create_collection_hours() -> None:
    op.create_table(
        "collection_hours",
        sa.Column("prefecture", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.CheckConstraint("opens < closes", name=op.f("ck_collection_hours_hours")),
        sa.CheckConstraint(
            "weekday BETWEEN 1 AND 7", name=op.f("ck_collection_hours_weekday")
        ),
        sa.PrimaryKeyConstraint(
            "prefecture", "site", "weekday", name=op.f("pk_collection_hours")
        ),
    )


def _create_called_list() -> None:
    op.create_table(
        "called_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("prefecture", sa.Text(), nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=False),
        sa.Column("imported_at", INSTANT, nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["imported_by"], ["agent.id"], name=op.f("fk_called_list_imported_by")
        ),
        sa.ForeignKeyConstraint(
            ["prefecture"], ["prefecture.code"], name=op.f("fk_called_list_prefecture")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_called_list")),
    )


def _create_companions() -> None:
    op.create_table(
        "companions",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_companions_registration_id"),
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_companions")),
    )


def _create_date_check() -> None:
    op.create_table(
        "date_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("held_document", sa.Text(), nullable=True),
        sa.Column("permit_expires_on", sa.Date(), nullable=True),
        sa.Column("permit_starts_on", sa.Date(), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("ordered_by", sa.Date(), nullable=True),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.Uuid(), nullable=False),
        sa.Column("checked_at", INSTANT, nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "state <> 'awaiting' OR decided_by IS NULL",
            name=op.f("ck_date_check_awaiting_is_open"),
        ),
        sa.CheckConstraint(
            "state IN ('standing', 'awaiting', 'set-aside')",
            name=op.f("ck_date_check_state"),
        ),
        sa.CheckConstraint(
            "(decided_by IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_date_check_decided"),
        ),
        sa.CheckConstraint(
            "decided_by <> checked_by", name=op.f("ck_date_check_second_agent")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["agent.id"], name=op.f("fk_date_check_checked_by")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["agent.id"], name=op.f("fk_date_check_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_date_check_registration_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_check")),
    )
    op.create_index(
        "ix_date_check_registration_id",
        "date_check",
        ["registration_id", "checked_at"],
        unique=False,
    )
    op.create_index(
        "uq_date_check_awaiting",
        "date_check",
        ["registration_id"],
        unique=True,
        postgresql_where=sa.text("state = 'awaiting'"),
    )


def _create_near_match() -> None:
    op.create_table(
        "near_match",
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("likeness", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.Column("objected_at", INSTANT, nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "(decision = 'same') <= (closed_by IS NOT NULL)",
            name=op.f("ck_near_match_same_is_closed"),
        ),
        sa.CheckConstraint(
            "decision IN ('different', 'asked', 'same')",
            name=op.f("ck_near_match_decision"),
        ),
        sa.CheckConstraint(
            "closed_by <> decided_by", name=op.f("ck_near_match_second_agent")
        ),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_near_match_ordered")),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["agent.id"], name=op.f("fk_near_match_closed_by")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["agent.id"], name=op.f("fk_near_match_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["first_id"], ["registration.id"], name=op.f("fk_near_match_first_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["registration.id"], name=op.f("fk_near_match_second_id")
        ),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_near_match")),
    )


def _create_paper_renewal() -> None:
    op.create_table(
        "paper_renewal",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("renewed_until", sa.Date(), nullable=False),
        sa.Column("renewed_at", INSTANT, nullable=False),
        sa.Column("renewed_by", sa.Uuid(), nullable=False),
        sa.Column("ended_registration", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "ended_registration IN (0, 1)",
            name=op.f("ck_paper_renewal_ended_registration"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_paper_renewal_registration_id"),
        ),
        sa.ForeignKeyConstraint(
            ["renewed_by"], ["agent.id"], name=op.f("fk_paper_renewal_renewed_by")
        ),
        sa.PrimaryKeyConstraint(
            "registration_id", "renewed_until", name=op.f("pk_paper_renewal")
        ),
    )


def _create_ready_permit() -> None:
    op.create_table(
        "ready_permit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("prefecture", sa.Text(), nullable=False),
        sa.Column("applicant_key", sa.LargeBinary(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("sealed_identity", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_contact", sa.LargeBinary(), nullable=True),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("collect_at", sa.DateTime(), nullable=True),
        sa.Column("said_at", INSTANT, nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("told_at", INSTANT, nullable=True),
        sa.Column("told_how", sa.Text(), nullable=True),
        sa.Column("collected_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "told_how IN ('message', 'phone', 'letter')",
            name=op.f("ck_ready_permit_told_how"),
        ),
        sa.CheckConstraint(
            "(told_at IS NULL) = (told_how IS NULL)", name=op.f("ck_ready_permit_told")
        ),
        sa.CheckConstraint(
            "octet_length(applicant_key) = 32",
            name=op.f("ck_ready_permit_applicant_key_32"),
        ),
        sa.ForeignKeyConstraint(
            ["prefecture"], ["prefecture.code"], name=op.f("fk_ready_permit_prefecture")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_ready_permit_registration_id"),
        ),
        sa.ForeignKeyConstraint(
            ["said_by"], ["agent.id"], name=op.f("fk_ready_permit_said_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ready_permit")),
    )
    op.create_index(
        "ix_ready_permit_registration_id",
        "ready_permit",
        ["registration_id"],
        unique=False,
    )
    op.create_index(
        "uq_ready_permit_waiting",
        "ready_permit",
        ["prefecture", "applicant_key"],
        unique=True,
        postgresql_where=sa.text("collected_at IS NULL"),
    )


def _create_urgency_claim() -> None:
    op.create_table(
        "urgency_claim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("evidence", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("happens_on", sa.Date(), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("check_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "answer IS NULL OR answer = 'no-change' OR check_id IS NOT NULL",
            name=op.f("ck_urgency_claim_change_rests_on_a_check"),
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answer IS NULL) AND "
            "(answered_at IS NULL) = (reason IS NULL) AND "
            "(answered_at IS NULL) = (answered_by IS NULL)",
            name=op.f("ck_urgency_claim_answered_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["agent.id"], name=op.f("fk_urgency_claim_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["check_id"], ["date_check.id"], name=op.f("fk_urgency_claim_check_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_urgency_claim_registration_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urgency_claim")),
    )
    op.create_index(
        "ix_urgency_claim_registration_id",
        "urgency_claim",
        ["registration_id"],
        unique=False,
    )
    op.create_index(
        "uq_urgency_claim_open",
        "urgency_claim",
        ["registration_id"],
        unique=True,
        postgresql_where=sa.text("answered_at IS NULL"),
    )


def _create_visit() -> None:
    op.create_table(
        "visit",
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.Column("excuse", sa.Text(), nullable=True),
        sa.Column("excused_at", INSTANT, nullable=True),
        sa.Column("excused_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "excuse IS NULL OR outcome = 'absent'", name=op.f("ck_visit_excuse")
        ),
        sa.CheckConstraint(
            "outcome IN ('arrived', 'absent')", name=op.f("ck_visit_outcome")
        ),
        sa.CheckConstraint(
            "(excuse IS NULL) = (excused_at IS NULL) AND "
            "(excuse IS NULL) = (excused_by IS NULL)",
            name=op.f("ck_visit_excused_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["excused_by"], ["agent.id"], name=op.f("fk_visit_excused_by")
        ),
        sa.ForeignKeyConstraint(
            ["noted_by"], ["agent.id"], name=op.f("fk_visit_noted_by")
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_visit_offer_id")
        ),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_visit")),
    )


def downgrade() -> None:
    op.drop_table("visit")
    op.drop_table("urgency_claim")
    op.drop_table("ready_permit")
    op.drop_table("paper_renewal")
    op.drop_table("near_match")
    op.drop_table("date_check")
    op.drop_table("companions")
    op.drop_table("called_list")
    op.drop_table("collection_hours")
