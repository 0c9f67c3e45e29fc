"""The tables of the other doors: families, date checks, claims, lists, visits.

They stand in the same schema as those of ``tables``. Personal data is sealed; what two
agents must decide together is a constraint, not a habit of the code.
"""

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    Time,
    Uuid,
    text,
)

from service.adapters.postgres.tables import INSTANT, WALL, metadata


def _registration() -> Column[object]:
    return Column(
        "registration_id", Uuid, ForeignKey("registration.id"), nullable=False
    )


companions = Table(
    "companions",
    metadata,
    Column("registration_id", Uuid, ForeignKey("registration.id"), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)
"""Who is received together with a registration's person: names and birth dates."""

date_check = Table(
    "date_check",
    metadata,
    Column("id", Uuid, primary_key=True),
    _registration(),
    Column("held_document", Text),
    Column("permit_expires_on", Date),
    Column("permit_starts_on", Date),
    Column("entered_on", Date),
    Column("requested_on", Date),
    Column("ordered_by", Date),
    Column("seen", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("checked_by", Uuid, ForeignKey("agent.id"), nullable=False),
    Column("checked_at", INSTANT, nullable=False),
    Column("decided_by", Uuid, ForeignKey("agent.id")),
    Column("decided_at", INSTANT),
    CheckConstraint("state IN ('standing', 'awaiting', 'set-aside')", name="state"),
    CheckConstraint("decided_by <> checked_by", name="second_agent"),
    CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decided"),
    CheckConstraint(
        "state <> 'awaiting' OR decided_by IS NULL", name="awaiting_is_open"
    ),
    Index("ix_date_check_registration_id", "registration_id", "checked_at"),
    Index(
        "uq_date_check_awaiting",
        "registration_id",
        unique=True,
        postgresql_where=text("state = 'awaiting'"),
    ),
)
"""What an agent read on paper; who certified what makes a registration more urgent."""

urgency_claim = Table(
    "urgency_claim",
    metadata,
    Column("id", Uuid, primary_key=True),
    _registration(),
    Column("ground", Text, nullable=False),
    Column("evidence", ARRAY(Text), nullable=False),
    Column("happens_on", Date),
    Column("made_at", INSTANT, nullable=False),
    Column("answer_by", Date, nullable=False),
    Column("answered_at", INSTANT),
    Column("answered_by", Uuid, ForeignKey("agent.id")),
    Column("answer", Text),
    Column("reason", Text),
    Column("check_id", Uuid, ForeignKey("date_check.id")),
    CheckConstraint(
        "(answered_at IS NULL) = (answer IS NULL) AND "
        "(answered_at IS NULL) = (reason IS NULL) AND "
        "(answered_at IS NULL) = (answered_by IS NULL)",
        name="answered_whole",
    ),
    CheckConstraint(
        "answer IS NULL OR answer = 'no-change' OR check_id IS NOT NULL",
        name="change_rests_on_a_check",
    ),
    Index(
        "uq_urgency_claim_open",
        "registration_id",
        unique=True,
        postgresql_where=text("answered_at IS NULL"),
    ),
    Index("ix_urgency_claim_registration_id", "registration_id"),
)
"""What someone stands to lose, and the motivated answer; no free text, no file."""

near_match = Table(
    "near_match",
    metadata,
    Column("first_id", Uuid, ForeignKey("registration.id"), primary_key=True),
    Column("second_id", Uuid, ForeignKey("registration.id"), primary_key=True),
    Column("likeness", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("decided_by", Uuid, ForeignKey("agent.id"), nullable=False),
    Column("decided_at", INSTANT, nullable=False),
    Column("objected_at", INSTANT),
    Column("closed_by", Uuid, ForeignKey("agent.id")),
    Column("closed_at", INSTANT),
    CheckConstraint("first_id < second_id", name="ordered"),
    CheckConstraint("decision IN ('different', 'asked', 'same')", name="decision"),
    CheckConstraint("closed_by <> decided_by", name="second_agent"),
    CheckConstraint(
        "(decision = 'same') <= (closed_by IS NOT NULL)", name="same_is_closed"
    ),
)
"""What agents decided about two registrations that may be one person's."""

near_match_reopening = Table(
    "near_match_reopening",
    metadata,
    Column("first_id", Uuid, primary_key=True),
    Column("second_id", Uuid, primary_key=True),
    Column("closed_by", Uuid, ForeignKey("agent.id"), nullable=False),
    Column("closed_at", INSTANT, nullable=False),
    Column("reopened_by", Uuid, ForeignKey("agent.id"), nullable=False),
    Column("reopened_at", INSTANT, nullable=False),
    Column("reason", Text, nullable=False),
    ForeignKeyConstraint(
        ["first_id", "second_id"],
        ["near_match.first_id", "near_match.second_id"],
        ondelete="CASCADE",
    ),
    CheckConstraint("reopened_by <> closed_by", name="second_agent"),
)
"""Pairs closed by mistake: who closed, who reopened, when, why; kept with the pair."""

collection_hours = Table(
    "collection_hours",
    metadata,
    Column("prefecture", Text, primary_key=True),
    Column("site", Text, primary_key=True),
    Column("weekday", SmallInteger, primary_key=True),
    Column("opens", Time, nullable=False),
    Column("closes", Time, nullable=False),
    CheckConstraint("weekday BETWEEN 1 AND 7", name="weekday"),
    CheckConstraint("opens < closes", name="hours"),
)
"""When a ready permit is handed over without any appointment."""

ready_permit = Table(
    "ready_permit",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("prefecture", Text, ForeignKey("prefecture.code"), nullable=False),
    Column("applicant_key", LargeBinary, nullable=False),
    Column("registration_id", Uuid, ForeignKey("registration.id")),
    Column("sealed_identity", LargeBinary),
    Column("sealed_contact", LargeBinary),
    Column("site", Text, nullable=False),
    Column("collect_at", WALL),
    Column("said_at", INSTANT, nullable=False),
    Column("said_by", Uuid, ForeignKey("agent.id"), nullable=False),
    Column("told_at", INSTANT),
    Column("told_how", Text),
    Column("collected_at", INSTANT),
    CheckConstraint("octet_length(applicant_key) = 32", name="applicant_key_32"),
    CheckConstraint("told_how IN ('message', 'phone', 'letter')", name="told_how"),
    CheckConstraint("(told_at IS NULL) = (told_how IS NULL)", name="told"),
    Index(
        "uq_ready_permit_waiting",
        "prefecture",
        "applicant_key",
        unique=True,
        postgresql_where=text("collected_at IS NULL"),
    ),
    Index("ix_ready_permit_registration_id", "registration_id"),
)
"""Permits that wait for their holders: collected outside the draw."""

paper_renewal = Table(
    "paper_renewal",
    metadata,
    Column("registration_id", Uuid, ForeignKey("registration.id"), primary_key=True),
    Column("renewed_until", Date, primary_key=True),
    Column("renewed_at", INSTANT, nullable=False),
    Column("renewed_by", Uuid, ForeignKey("agent.id"), nullable=False),
    Column("ended_registration", SmallInteger, nullable=False),
    CheckConstraint("ended_registration IN (0, 1)", name="ended_registration"),
)
"""Récépissés and attestations renewed without a visit."""

called_list = Table(
    "called_list",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("prefecture", Text, ForeignKey("prefecture.code"), nullable=False),
    Column("imported_by", Uuid, ForeignKey("agent.id"), nullable=False),
    Column("imported_at", INSTANT, nullable=False),
    Column("created", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
)
"""Lists of holders called before expiry, with what came of each."""

visit = Table(
    "visit",
    metadata,
    Column("offer_id", Uuid, ForeignKey("offer.id"), primary_key=True),
    Column("outcome", Text, nullable=False),
    Column("noted_at", INSTANT, nullable=False),
    Column("noted_by", Uuid, ForeignKey("agent.id"), nullable=False),
    Column("excuse", Text),
    Column("excused_at", INSTANT),
    Column("excused_by", Uuid, ForeignKey("agent.id")),
    CheckConstraint("outcome IN ('arrived', 'absent')", name="outcome"),
    CheckConstraint("excuse IS NULL OR outcome = 'absent'", name="excuse"),
    CheckConstraint(
        "(excuse IS NULL) = (excused_at IS NULL) AND "
        "(excuse IS NULL) = (excused_by IS NULL)",
        name="excused_whole",
    ),
)
"""Who came, who did not, and who had a reason; one row an appointment."""

__all__ = [
    "called_list",
    "collection_hours",
    "companions",
    "date_check",
    "near_match",
    "near_match_reopening",
    "paper_renewal",
    "ready_permit",
    "urgency_claim",
    "visit",
]
