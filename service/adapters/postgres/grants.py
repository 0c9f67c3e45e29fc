"""What the program's own account may do to each table, and no more (ADR 0032).

The tables belong to another account, the owner, which only ``tourderole migrate`` uses.
A table that is not named here cannot even be read by the program, and fails a test.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Grant:
    """What may be done to a table that is read, besides reading it.

    Attributes:
        why: Why no more than that; one line.
        moves: The columns that an UPDATE may change, with spaces between.
        is_deleted: Whether its rows go one day.
        is_added_to: Whether the program adds rows.
    """

    why: str
    moves: str = ""
    is_deleted: bool = False
    is_added_to: bool = True


GRANTS: Final[Mapping[str, Grant]] = {
    # --- what is promised never to change
    "audit": Grant("the chain of events: who holds it cannot unsay one"),
    "draw": Grant("what a night decided"),
    "transcript": Grant("what a night published"),
    "night_annulment": Grant("a night given up in public, and why"),
    "slot": Grant("a published hour; it is cancelled place by place"),
    "issued_paper": Grant("acknowledgements and convocations, known by their code"),
    "delivery": Grant("what became of a message on one way"),
    "mandate_act": Grant("what was done in a person's name"),
    "ceiling_change": Grant("who raised an organisation's ceiling, and why"),
    "near_match_reopening": Grant("who reopened a pair, and why"),
    "displaced_offer": Grant("whose place went with a cancelled slot"),
    "desk_act": Grant("what an agent did for a person"),
    "paper_renewal": Grant("a paper renewed without a visit"),
    "called_list": Grant("what came of a list of holders"),
    "morning_figures": Grant("taken once a morning, never corrected"),
    "beacon_chain": Grant("the demonstration's luck, fixed before it is used"),
    # --- rows that move along an arrow: the columns that move, and no other; what an
    # arrow has written is held by triggers of the schema
    "night": Grant(
        "its prefecture and its date never move",
        moves="state freeze_at brought_forward ruleset_version frozen_at pool nonces "
        "pool_sha256 places committed_at commitment commitment_sha256 signature_key "
        "signature_value beacon_chain beacon_round beacon_due_at publishes "
        "postponed_at revealed_at beacon_signature randomness drawn_at published_at "
        "notified_at stopped_at stopped_because",
    ),
    "entry": Grant(
        "whose line, under which label and in which band is fixed by the freeze",
        moves="ticket rank result tier through cut_off",
    ),
    "promise": Grant(
        "which labels a person will have; signed once, the key goes with its person",
        moves="signature signature_with_key sealed_label_key",
    ),
    "offer": Grant(
        "whose place, of which hour and of which night never changes",
        moves="state handed_over_at undeliverable_at confirm_by answered_at",
    ),
    "offer_place": Grant("which place it is never changes", moves="given_back_at"),
    "place": Grant("a place is withdrawn, never moved", moves="withdrawn_at"),
    "registration": Grant(
        "for what, since when and through which door never changes; whose it is, only "
        "with a newer key",
        moves="applicant_key key_version sites secret_sha256 state sealed_identity "
        "sealed_contact sealed_new_contact new_contact_from language held_document "
        "permit_expires_on permit_starts_on entered_on requested_on end_of_right_on "
        "end_of_right_basis weekdays_excluded dates_excluded short_notice people "
        "waiting_since_on declines back_on told_not_drawn_on joined_to proved_at "
        "displaced_on released_at",
    ),
    "signing_key": Grant("a key is followed by another one", moves="valid_to"),
    "witness_delivery": Grant(
        "whom a commitment was due to never changes",
        moves="due_at attempts delivered_at document_sha256 last_error",
    ),
    "date_check": Grant(
        "who read what is kept; a second agent decides; what it said is emptied",
        moves="state decided_by decided_at held_document permit_expires_on "
        "permit_starts_on entered_on requested_on ordered_by",
    ),
    "urgency_claim": Grant(
        "what was claimed is kept, then emptied; it is answered",
        moves="answered_at answered_by answer reason check_id evidence happens_on",
    ),
    "subscription_ending": Grant(
        "who asked that an auditor be written to no more is kept; a second one agrees",
        moves="told_at confirmed_by confirmed_at",
    ),
    "slot_cancellation": Grant(
        "why a slot was taken back is kept; a second agent decides",
        moves="state decided_by decided_at",
    ),
    "near_match": Grant(
        "a question is asked, objected to, closed",
        moves="likeness decision decided_by decided_at objected_at closed_by closed_at",
    ),
    "visit": Grant(
        "noted at the guichet, excused afterwards",
        moves="outcome noted_at noted_by excuse excused_at excused_by",
    ),
    "ready_permit": Grant(
        "told, collected, emptied",
        moves="told_at told_how collected_at sealed_identity sealed_contact",
    ),
    "mandate": Grant(
        "ended, or moved to the registration that it turned out to be about",
        moves="registration_id ended_at ended_by",
    ),
    "motif_suspension": Grant("ended, never reworded", moves="reopened_at reopened_by"),
    "organisation": Grant(
        "vetted, suspended, resumed; its ceilings change, each with its reason",
        moves="state ceiling_live ceiling_per_day decided_by decided_at suspended_by "
        "suspended_at reason",
    ),
    "ruleset": Grant(
        "corrected until a night used it: then a trigger holds it",
        moves="effective_on content",
    ),
    "prefecture": Grant(
        "its code is for ever: people wait under it", moves="name phone publishes"
    ),
    "site": Grant("its code is for ever", moves="name address motifs"),
    "outbox": Grant(
        "what is to be said to whom is fixed; it leaves once",
        moves="available_at attempts counted_on done_at outcome last_error",
    ),
    "organisation_mail": Grant(
        "it leaves once, and is emptied",
        moves="available_at attempts settled_at outcome sealed",
    ),
    # --- accounts
    "agent": Grant("a login is never another person's", moves="password_hash active"),
    "agent_factor": Grant(
        "a step is used once; another telephone is another row",
        moves="totp_step",
        is_deleted=True,
    ),
    "agent_recovery": Grant("used once", moves="used_at", is_deleted=True),
    "agent_enrolment": Grant(
        "begun, begun again, used up",
        moves="token_sha256 sealed_totp ends_at",
        is_deleted=True,
    ),
    "auditor_subscription": Grant("ended", moves="ended_at sealed_email"),
    "helper": Grant(
        "a login is never another person's",
        moves="state password_hash sealed_totp totp_step invitation_sha256 "
        "invitation_ends_at enrolled_at",
    ),
    # --- what has its time, then goes
    "helper_recovery": Grant("used once", moves="used_at", is_deleted=True),
    "helper_batch": Grant("confirmed or gone", moves="sealed done_at", is_deleted=True),
    "helper_try": Grant("counted, then forgotten", is_deleted=True),
    "helper_session": Grant("a session ends", moves="seen_at", is_deleted=True),
    "agent_try": Grant("counted, then forgotten", is_deleted=True),
    "agent_session": Grant("a session ends", moves="seen_at", is_deleted=True),
    "access_link": Grant("a link ends", is_deleted=True),
    "access_code": Grant(
        "used, or somebody's no more",
        moves="registration_id sealed_code tries queued_at used_at",
        is_deleted=True,
    ),
    "paper_code": Grant(
        "a new one takes the place of the old one",
        moves="code_sha256 issued_at issued_by expires_at",
        is_deleted=True,
    ),
    "companions": Grant("corrected; forgotten", moves="sealed", is_deleted=True),
    "message_day": Grant("a count", moves="messages anyones", is_deleted=True),
    "answer": Grant("what was answered stays as it was, thirty days", is_deleted=True),
    "collection_hours": Grant("a site's hours are set anew", is_deleted=True),
    "help_place": Grant(
        "a public list, corrected",
        moves="kind name address postcode town phone website hours languages "
        "helps_with is_step_free checked_on",
        is_deleted=True,
    ),
    # --- the schema's own
    "alembic_version": Grant("read at start: is the schema ours?", is_added_to=False),
}
"""Each table: why no more, the columns that move, whether rows go."""


def statements(account: str, *, database: str) -> Iterable[str]:
    """Yield the SQL that leaves ``account`` with these grants and no other.

    Pure, and the same every time: run in one transaction by the owner of the tables,
    nobody ever sees the account without its rights. Both names come quoted.

    No sequence is granted: identity columns need none. Neither is a function: a
    trigger runs without. Advisory locks are everybody's.
    """
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {account}, PUBLIC"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {account}, PUBLIC"
    yield f"REVOKE CREATE ON SCHEMA public FROM {account}, PUBLIC"
    yield f"REVOKE TEMPORARY ON DATABASE {database} FROM {account}, PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public TO {account}"
    yield f"GRANT SELECT ON {', '.join(GRANTS)} TO {account}"
    added = ", ".join(name for name, one in GRANTS.items() if one.is_added_to)
    yield f"GRANT INSERT ON {added} TO {account}"
    deleted = ", ".join(name for name, one in GRANTS.items() if one.is_deleted)
    yield f"GRANT DELETE ON {deleted} TO {account}"
    for name, one in GRANTS.items():
        if one.moves:
            columns = ", ".join(one.moves.split())
            yield f"GRANT UPDATE ({columns}) ON {name} TO {account}"
