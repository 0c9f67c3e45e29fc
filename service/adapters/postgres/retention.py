"""What becomes of every column that says something of a person.

One list, read by the job that erases and by the test that walks the whole schema: a
column of a person's table, or a sealed one anywhere, that is not named here fails it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    MetaData,
    Table,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import access_tables as a
from service.adapters.postgres import doors_tables as d
from service.adapters.postgres import mandate_tables as m
from service.adapters.postgres import promise_tables as p
from service.adapters.postgres import tables as t
from service.adapters.postgres.agent_tables import agent_enrolment
from service.adapters.postgres.sessions import is_live
from service.usecases.ports.retention import Horizons

_R: Final = t.registration

EMPTIED: Final[Mapping[Table, Mapping[str, Any]]] = {
    _R: {
        "sealed_identity": None,
        "sealed_contact": None,
        "sealed_new_contact": None,
        "new_contact_from": None,
        "held_document": None,
        "permit_expires_on": None,
        "permit_starts_on": None,
        "entered_on": None,
        "requested_on": None,
        "end_of_right_on": None,
        "weekdays_excluded": [],
        "dates_excluded": [],
    },
    d.date_check: {
        "held_document": None,
        "permit_expires_on": None,
        "permit_starts_on": None,
        "entered_on": None,
        "requested_on": None,
        "ordered_by": None,
    },
    d.urgency_claim: {"evidence": [], "happens_on": None},
    p.promise: {"sealed_label_key": None},
}
"""Columns emptied once a registration has ended for three months, by table."""

DELETED: Final = (d.companions, a.access_link, a.paper_code)
"""Tables whose rows go with it."""

READY: Final = ("sealed_identity", "sealed_contact")
"""Of a ready permit: emptied when it is handed over, or when a year has passed."""

CLOSED_HELPER: Final = ("password_hash", "sealed_totp")
"""Of an accompanying account that was closed: it opens nothing any more."""

ELSEWHERE: Final[Mapping[str, str]] = {
    "access_code.sealed_code": "once sent; with its row, a day after its end",
    "answer.sealed": "with its row, thirty days after the answer",
    "auditor_subscription.sealed_email": "when the subscription ends: a constraint",
    "agent_factor.sealed_totp": "with its row: account closed, or telephone forgotten",
    "agent_enrolment.sealed_totp": "with its row: once used, or ten minutes old",
    "helper_batch.sealed": "once confirmed, or after two hours: a constraint",
    "organisation_mail.sealed": "once sent, refused or given up: a constraint",
    "beacon_chain.sealed_seed": "nobody's: the luck of the demonstration",
}
"""Sealed columns of other tables, and when they are erased."""

KEPT: Final[Mapping[str, str]] = {
    "registration": "id prefecture motif sites reference secret_sha256 applicant_key "
    "key_version state language end_of_right_basis short_notice people channel "
    "registered_at waiting_since_on first_night_on declines back_on told_not_drawn_on "
    "joined_to proved_at displaced_on released_at",
    "promise": "registration_id said first_label_on made_at signature "
    "signature_with_key",
    "date_check": "id registration_id seen state checked_by checked_at decided_by "
    "decided_at",
    "urgency_claim": "id registration_id ground made_at answer_by answered_at "
    "answered_by answer reason check_id",
    "near_match": "first_id second_id likeness decision decided_by decided_at "
    "objected_at closed_by closed_at",
    "near_match_reopening": "first_id second_id closed_by closed_at reopened_by "
    "reopened_at reason",
    "ready_permit": "id prefecture applicant_key registration_id site collect_at "
    "said_at said_by told_at told_how collected_at",
    "paper_renewal": "registration_id renewed_until renewed_at renewed_by "
    "ended_registration",
    "entry": "night_id registration_id label band ticket rank result tier through "
    "cut_off",
    "offer": "id night_id registration_id slot_id state made_at handed_over_at "
    "undeliverable_at confirm_by answered_at",
    "outbox": "id once kind registration_id night_id offer_id available_at attempts "
    "counted_on about done_at outcome last_error",
    "access_code": "request_sha256 registration_id code_sha256 asked_at expires_at "
    "tries queued_at used_at",
    "issued_paper": "code kind registration_id offer_id subject token issued_at",
    "mandate": "id organisation_id registration_id helper_id scopes begins_on ends_on "
    "opened_at ended_at ended_by",
    "mandate_act": "id mandate_id helper_id act at",
    "desk_act": "id registration_id agent_id act shown noted_at",
    "message_day": "applicant_key sent_on messages anyones",
    "offer_place": "offer_id place_id given_back_at",
    "displaced_offer": "offer_id cancellation_id",
    "delivery": "outbox_id way outcome at",
    "visit": "offer_id outcome noted_at noted_by excuse excused_at excused_by",
}
"""What stays of a person's tables: pseudonyms, codes and days of what we did.

Needed to prove a draw for five years, to count, and to show who acted. A pseudonym
names nobody without the key, which is not in the database.
"""


def unnamed(schema: MetaData) -> list[str]:
    """List the columns that say something of a person and have no fate here."""
    fates = set(_named())
    return sorted(
        name
        for table in schema.tables.values()
        for column in table.columns
        if (name := f"{table.name}.{column.name}") not in fates
        and ("sealed" in column.name or is_of_a_person(table))
    )


def stale(schema: MetaData) -> list[str]:
    """List the fates of columns that are gone."""
    there = {f"{one.name}.{c.name}" for one in schema.tables.values() for c in one.c}
    return sorted(set(_named()) - there)


def is_of_a_person(table: Table) -> bool:
    """Say whether rows of a table belong to a registration or to a pseudonym.

    Whatever refers to such a row belongs to the same person.
    """
    return (
        table.name == _R.name
        or "applicant_key" in table.columns
        or any(
            is_of_a_person(key.column.table)
            for key in table.foreign_keys
            if key.column.table is not table
        )
    )


def _named() -> Iterable[str]:
    for table, values in EMPTIED.items():
        yield from (f"{table.name}.{name}" for name in values)
    for table in DELETED:
        yield from (f"{table.name}.{column.name}" for column in table.columns)
    yield from (f"{d.ready_permit.name}.{name}" for name in READY)
    yield from (f"{m.helper.name}.{name}" for name in CLOSED_HELPER)
    yield from ELSEWHERE
    for table_name, names in KEPT.items():
        yield from (f"{table_name}.{name}" for name in names.split())


class PostgresRetention:
    """See `service.usecases.ports.retention.Retention`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def forget(self, prefecture: str, before: Horizons) -> Mapping[str, int]:
        gone = await self._ended(prefecture, before)
        found = await self._forget_registrations(gone) if gone else {}
        ready = d.ready_permit
        is_over = or_(
            ready.c.collected_at.is_not(None), ready.c.said_at <= before.uncollected
        )
        found[ready.name] = await self._run(
            update(ready)
            .where(
                ready.c.prefecture == prefecture,
                is_over,
                or_(*(ready.c[name].is_not(None) for name in READY)),
            )
            .values(dict.fromkeys(READY))
        )
        return {name: count for name, count in found.items() if count}

    async def _ended(self, prefecture: str, before: Horizons) -> Sequence[UUID]:
        """Lock whose registrations are over and not emptied yet.

        A repeated one follows the one it joined. Registrations are locked first, as
        everywhere; one that somebody acts on at this instant waits for the next time.
        """
        first = _R.alias("first")
        stands = exists().where(
            first.c.id == _R.c.joined_to,
            or_(first.c.released_at.is_(None), first.c.released_at > before.ended),
        )
        found = await self._connection.execute(
            select(_R.c.id)
            .where(
                _R.c.prefecture == prefecture,
                _R.c.released_at <= before.ended,
                _R.c.sealed_identity.is_not(None),
                ~stands,
            )
            .with_for_update(of=_R, skip_locked=True)
        )
        return found.scalars().all()

    async def _forget_registrations(self, gone: Sequence[UUID]) -> dict[str, int]:
        found: dict[str, int] = {}
        for table, values in EMPTIED.items():
            whose = table.c.id if table is _R else table.c.registration_id
            found[table.name] = await self._run(
                update(table)
                .where(whose == func.any(list(gone)), _is_filled(table, values))
                .values(values)
            )
        for table in DELETED:
            found[table.name] = await self._run(
                delete(table).where(table.c.registration_id == func.any(list(gone)))
            )
        return found

    async def forget_common(self, before: Horizons) -> Mapping[str, int]:
        helper = m.helper
        found = {
            t.answer.name: await self._run(
                delete(t.answer).where(t.answer.c.answered_at <= before.answered)
            ),
            helper.name: await self._run(
                update(helper)
                .where(
                    helper.c.state == "closed",
                    or_(*(helper.c[name].is_not(None) for name in CLOSED_HELPER)),
                )
                .values(dict.fromkeys(CLOSED_HELPER))
            ),
            agent_enrolment.name: await self._run(
                delete(agent_enrolment).where(agent_enrolment.c.ends_at <= before.now)
            ),
        }
        for session in (t.agent_session, m.helper_session):
            over = delete(session).where(~is_live(session, before.now))
            found[session.name] = await self._run(over)
        return {name: count for name, count in found.items() if count}

    async def _run(self, statement: Any) -> int:  # noqa: ANN401 - an update or a delete
        done: CursorResult[Any] = await self._connection.execute(statement)
        return done.rowcount


def _is_filled(table: Table, values: Mapping[str, Any]) -> ColumnElement[bool]:
    """Say whether a row still holds any of what is to be emptied."""
    return or_(
        *(
            func.cardinality(table.c[name]) > 0
            if value == []
            else table.c[name].is_not(None)
            for name, value in values.items()
        )
    )
