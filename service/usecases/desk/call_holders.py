"""Holders called before their permit ends, students too: their prefecture registers.

The list comes from the prefecture's own files. Each holder gets an ordinary
registration: same pool, same chance, a neutral message, and one tap to decline. Nobody
is registered twice, and whoever declined is not registered again for the same date.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from service.domain.availability import Availability
from service.domain.channels import Channel
from service.domain.errors import DomainError
from service.domain.lists import Line, read_list
from service.domain.night import paris_date
from service.domain.permits import DocumentFacts
from service.usecases.commands import RegisterApplicant
from service.usecases.desk.list_lines import (
    LineRefusedError,
    LineResult,
    at,
    contact_of,
    day_of,
    identity_of,
)
from service.usecases.person.register_applicant import SCOPE, register_applicant
from service.usecases.ports import Ports
from service.usecases.public.describe_prefecture import check_choice
from service.usecases.records import AgentRecord
from service.usecases.records.doors import CalledListRecord

NEEDED = ("numero", "nom", "naissance", "document", "fin", "motif", "lieu")
TO_CREATE, KNOWN, DECLINED, REFUSED = "to-create", "known", "declined", "refused"
CREATED = "created"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledList:
    """What came, or would come, of a list, line by line."""

    lines: tuple[LineResult, ...]
    is_dry_run: bool

    def count(self, *results: str) -> int:
        """Count the lines with one of these results."""
        return sum(line.result in results for line in self.lines)


async def call_holders(
    agent: AgentRecord, text: str, *, dry_run: bool, ports: Ports
) -> CalledList:
    """Register the holders of a list; a dry run stores nothing and says what would be.

    Idempotent: the same list again finds everybody known. A line that is refused stops
    no other line.

    Raises:
        InvalidListError: The list as a whole cannot be read; nothing was stored.
    """
    lines = read_list(text, needed=NEEDED)
    results = [await _one(agent, line, dry_run=dry_run, ports=ports) for line in lines]
    called = CalledList(lines=tuple(results), is_dry_run=dry_run)
    if not dry_run:
        await _record(agent, called, ports=ports)
    return called


async def lists_called(
    agent: AgentRecord, *, ports: Ports
) -> Sequence[CalledListRecord]:
    """Return the lists imported so far, newest first."""
    async with ports.open_uow() as uow:
        return await uow.doors.lists.called(agent.prefecture)


async def _one(
    agent: AgentRecord, line: Line, *, dry_run: bool, ports: Ports
) -> LineResult:
    today = paris_date(ports.clock.now())
    try:
        command = _command(agent, line, today)
        known = await _state_of(command, ports=ports)
        if known is None and not dry_run:
            await register_applicant(
                command, idempotency_key=_key(command, ports), ports=ports
            )
            known = CREATED
    except LineRefusedError as refused:
        return LineResult(
            number=line.number,
            result=REFUSED,
            column=refused.column,
            code=refused.code,
        )
    except DomainError as error:
        column = _COLUMN_OF.get((error.field or "").rpartition(".")[2], "motif")
        return LineResult(
            number=line.number, result=REFUSED, column=column, code=error.code
        )
    return LineResult(number=line.number, result=known or TO_CREATE)


_COLUMN_OF = {
    "motif": "motif",
    "sites": "lieu",
    "permit_expires_on": "fin",
    "permit_starts_on": "debut",
    "held_document": "document",
    "birth_date": "naissance",
}


def _command(agent: AgentRecord, line: Line, today: date) -> RegisterApplicant:
    ends, starts = day_of(line, "fin"), day_of(line, "debut")
    if ends is None:
        raise LineRefusedError("fin", "implausible-expiry")
    facts = at(
        "document",
        lambda: DocumentFacts(
            held_document=line["document"].casefold(),
            permit_expires_on=ends,
            permit_starts_on=starts,
        ),
    )
    at("fin", lambda: facts.refuse_implausible(today))
    return RegisterApplicant(
        prefecture=agent.prefecture,
        motif=line["motif"].casefold(),
        sites=tuple(
            site.strip().casefold() for site in line["lieu"].split("+") if site.strip()
        ),
        identity=identity_of(line, today),
        contact=contact_of(line),
        facts=facts,
        availability=Availability(),
        people=1,
        channel=Channel.CALLED,
    )


async def _state_of(command: RegisterApplicant, *, ports: Ports) -> str | None:
    """Return why nobody is to be registered, None when somebody is."""
    async with ports.open_uow() as uow:
        await check_choice(command.prefecture, command.motif, command.sites, uow=uow)
        live = await uow.registrations.live_of(
            ports.pseudonymiser.key(command.identity),
            command.prefecture,
            command.motif,
        )
        if live is not None:
            return KNOWN
        answered = await uow.answers.get(SCOPE, _key(command, ports))
    return DECLINED if answered is not None else None


def _key(command: RegisterApplicant, ports: Ports) -> str:
    """Return the key of one holder, motif and date: called once, whatever the list."""
    parts = (
        ports.pseudonymiser.key(command.identity).hex(),
        command.prefecture,
        command.motif,
        str(command.facts.permit_expires_on),
    )
    return f"called-{hashlib.sha256('/'.join(parts).encode()).hexdigest()}"


async def _record(agent: AgentRecord, called: CalledList, *, ports: Ports) -> None:
    now = ports.clock.now()
    created, known = called.count(CREATED), called.count(KNOWN, DECLINED)
    refused = called.count(REFUSED)
    async with ports.open_uow() as uow:
        await uow.doors.lists.add_called(
            CalledListRecord(
                id=UUID(bytes=ports.entropy(16), version=4),
                prefecture=agent.prefecture,
                imported_by=agent.id,
                imported_at=now,
                created=created,
                known=known,
                refused=refused,
            )
        )
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="holders-called",
            detail={"created": created, "known": known, "refused": refused},
            at=now,
        )
        await uow.commit()
