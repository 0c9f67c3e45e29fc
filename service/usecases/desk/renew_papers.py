"""Provisional papers that end soon, renewed in batches without a visit (A19).

Once an agent says that a paper was renewed, its person is told. Whoever was registered
for that very renewal needs no appointment any more: the registration ends, and a place
it held goes to a later night. Any other registration goes on, with the new date.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

import structlog

from service.domain.checks import CheckedFacts, SeenDocument
from service.domain.errors import (
    DayOutOfReachError,
    DomainError,
    ImplausibleDateError,
)
from service.domain.identity import AgdrefNumber
from service.domain.lists import Line, read_list
from service.domain.night import paris_date
from service.domain.offer import OfferState
from service.domain.registration import RegistrationState, move_registration
from service.usecases.desk.check_dates import note_check, registration_of
from service.usecases.desk.list_lines import (
    LineRefusedError,
    LineResult,
    at,
    day_of,
)
from service.usecases.person.personal import open_identity
from service.usecases.person.view_registration import facts_of
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import AgentRecord, NewOutboxRow, RegistrationRecord
from service.usecases.records.doors import PaperRenewal

log = structlog.get_logger()

NEEDED: Final = ("reference", "renouvele")
TO_RENEW, RENEWED, KNOWN, REFUSED = "to-renew", "renewed", "known", "refused"

SINCE = timedelta(days=90)
"""How long ago a paper may have ended and still be renewed in a batch."""

FARTHEST = timedelta(days=366)

SETTLES: Final = {
    "recepisse": frozenset({"recepisse_first", "recepisse_renewal", "api"}),
    "aps": frozenset({"aps"}),
}
"""Motifs that a renewal settles, and the papers whose renewal does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingPaper:
    """A paper to renew, with what the office's own program asks for."""

    reference: str
    number: str = field(repr=False)
    name: str = field(repr=False)
    birth_date: str = field(repr=False)
    document: str
    ends_on: date
    motif: str
    ends_registration: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """What came of papers that an agent said were renewed.

    Attributes:
        count: How many were noted now; those noted before are not counted again.
        refused: References of those that could not be noted, as they were sent.
    """

    count: int
    refused: tuple[str, ...]


async def list_ending(
    agent: AgentRecord, days: int, *, ports: Ports
) -> Sequence[EndingPaper]:
    """Return the papers that end within ``days``, the first at the top; audited."""
    now = ports.clock.now()
    today = paris_date(now)
    async with ports.open_uow() as uow:
        records = await uow.doors.lists.papers_ending(
            agent.prefecture, today - SINCE, today + timedelta(days=days)
        )
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="papers-read",
            detail={"papers": len(records), "days": days},
            at=now,
        )
        await uow.commit()
    return [_shown(record, ports) for record in records]


async def mark_renewed(
    agent: AgentRecord,
    references: Sequence[str],
    renewed_until: date,
    *,
    ports: Ports,
) -> Renewed:
    """Note that papers were renewed until a day.

    Each is a transaction of its own: one that ended meanwhile stops no other. Saying it
    twice is the same as once.

    Raises:
        DayOutOfReachError: The day is past, or more than a year away.
    """
    _refuse_out_of_reach(renewed_until, ports)
    count = 0
    refused: list[str] = []
    for reference in dict.fromkeys(references):
        try:
            count += await _renew(agent, reference, renewed_until, ports=ports)
        except DomainError as error:
            log.info("paper not renewed", code=error.code)
            refused.append(reference)
    return Renewed(count=count, refused=tuple(refused))


async def renew_list(
    agent: AgentRecord, text: str, *, dry_run: bool, ports: Ports
) -> Sequence[LineResult]:
    """Note the papers of a list, each with its own new end; line by line.

    A dry run does the same and lets go of it: it says what would be, stores nothing.
    The same list again finds everything noted.

    Raises:
        InvalidListError: The list as a whole cannot be read; nothing was stored.
    """
    lines = read_list(text, needed=NEEDED)
    return [
        await _one_of_list(agent, line, dry_run=dry_run, ports=ports) for line in lines
    ]


async def _one_of_list(
    agent: AgentRecord, line: Line, *, dry_run: bool, ports: Ports
) -> LineResult:
    column = "renouvele"
    try:
        until = day_of(line, column)
        if until is None:
            raise LineRefusedError(column, ImplausibleDateError.code)
        at(column, lambda: _refuse_out_of_reach(until, ports))
        column = "reference"
        stored = await _renew(
            agent, line["reference"], until, keep=not dry_run, ports=ports
        )
    except LineRefusedError as refused:
        column, code = refused.column, refused.code
    except DomainError as error:
        code = error.code
    else:
        done = TO_RENEW if dry_run else RENEWED
        return LineResult(number=line.number, result=done if stored else KNOWN)
    return LineResult(number=line.number, result=REFUSED, column=column, code=code)


def _refuse_out_of_reach(until: date, ports: Ports) -> None:
    today = paris_date(ports.clock.now())
    if not today < until <= today + FARTHEST:
        raise DayOutOfReachError("day")


async def _renew(
    agent: AgentRecord,
    reference: str,
    until: date,
    *,
    keep: bool = True,
    ports: Ports,
) -> bool:
    """Note one paper; without ``keep`` the transaction is let go of at its end."""
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        record = await registration_of(agent, reference, uow=uow)
        if record.state is not RegistrationState.LIVE:
            return False
        ends = _ends_registration(record)
        stored = await uow.doors.lists.add_renewal(
            PaperRenewal(
                registration_id=record.id,
                renewed_until=until,
                renewed_at=now,
                renewed_by=agent.id,
                ended_registration=ends,
            )
        )
        if not stored:
            return False
        if ends:
            await _end(record, uow=uow, ports=ports)
        else:
            await _new_date(agent, record, until, uow=uow, ports=ports)
        await uow.outbox.add(
            [
                NewOutboxRow(
                    once=f"paper_renewed:{record.id}:{until}",
                    kind="paper_renewed",
                    registration_id=record.id,
                    available_at=now,
                )
            ]
        )
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="paper-renewed",
            detail={"registration": str(record.id), "ended": int(ends)},
            at=now,
        )
        if keep:
            await uow.commit()
    return True


def _ends_registration(record: RegistrationRecord) -> bool:
    return (record.held_document or "") in SETTLES.get(record.motif, frozenset())


async def _end(record: RegistrationRecord, *, uow: UnitOfWork, ports: Ports) -> None:
    now = ports.clock.now()
    offer = await uow.offers.live_of(record.id, lock=True)
    if offer is not None:
        await uow.offers.save(offer.moved(OfferState.CANCELLED, at=now))
    await uow.registrations.save(
        replace(
            record,
            state=move_registration(record.state, RegistrationState.SERVED),
            released_at=now,
        )
    )


async def _new_date(
    agent: AgentRecord,
    record: RegistrationRecord,
    until: date,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> None:
    facts = replace(facts_of(record), permit_expires_on=until)
    await note_check(
        agent,
        record,
        CheckedFacts(document=facts),
        SeenDocument.PREFECTURE_FILE,
        today=paris_date(ports.clock.now()),
        tell=False,  # the message about the paper says it already
        uow=uow,
        ports=ports,
    )


def _shown(record: RegistrationRecord, ports: Ports) -> EndingPaper:
    identity = open_identity(record.sealed_identity, record.id, ports.sealer)
    names = identity.names if identity else None
    proof = identity.proof if identity else None
    return EndingPaper(
        reference=record.reference,
        number=(proof.text if isinstance(proof, AgdrefNumber) else proof.number)
        if proof
        else "",
        name=f"{names.family_name} {names.given_names or ''}".strip() if names else "",
        birth_date=identity.birth_date.text if identity else "",
        document=record.held_document or "",
        ends_on=record.permit_expires_on or date.max,
        motif=record.motif,
        ends_registration=_ends_registration(record),
    )
