"""Permits that are ready: their holders are told, and collect them outside the draw.

Collection competes with nobody: hours without an appointment, or one day and hour that
an agent gives. Whoever has a registration is written to at its recorded contact; the
others stand on a list for a call or a letter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from service.domain.contact import Contact
from service.domain.errors import DayOutOfReachError, InvalidListError, UnknownSiteError
from service.domain.identity import AgdrefNumber, Identity
from service.domain.lists import Line, read_list
from service.domain.night import paris_date, wall_of
from service.usecases.desk.list_lines import (
    LineRefusedError,
    LineResult,
    contact_of,
    identity_of,
)
from service.usecases.errors import UnknownResourceError
from service.usecases.person.personal import (
    open_contact,
    open_identity,
    seal_contact,
    seal_identity,
)
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import AgentRecord, NewOutboxRow, RegistrationRecord
from service.usecases.records.doors import CollectionHours, ReadyPermitRecord

NEEDED = ("numero", "nom", "naissance")
TOLD, TO_CALL, KNOWN, REFUSED = "told", "to-call", "known", "refused"
BY_HAND = ("phone", "letter")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyPermit:
    """A permit that waits, as an agent sees it."""

    id: UUID
    name: str = field(repr=False)
    number: str = field(repr=False)
    phone: str | None = field(repr=False)
    email: str | None = field(repr=False)
    site: str
    said_at: datetime
    collect_at: datetime | None
    told_at: datetime | None
    told_how: str | None


async def say_ready(
    agent: AgentRecord,
    identity: Identity,
    contact: Contact,
    *,
    site: str,
    collect_at: datetime | None,
    ports: Ports,
) -> str:
    """Note that a permit is ready and tell its holder; saying it twice is once.

    Args:
        agent: Who says it.
        identity: Of the holder.
        contact: As the prefecture has it; used where no registration has one.
        site: Where it is handed over.
        collect_at: A day and hour, Paris wall time; None for the collection hours.
        ports: The outside.

    Returns:
        ``told``, ``to-call`` when nobody could be written to, or ``known``.

    Raises:
        UnknownSiteError: Not a site of the agent's prefecture.
        DayOutOfReachError: The hour has passed.
    """
    now = ports.clock.now()
    if collect_at is not None and collect_at <= wall_of(now):
        raise DayOutOfReachError("day")
    async with ports.open_uow() as uow:
        sites = {one.code for one in await uow.directory.sites(agent.prefecture)}
        if site not in sites:
            raise UnknownSiteError("site")
        key = ports.pseudonymiser.key(identity)
        known = await uow.doors.lists.latest_of_person(key, agent.prefecture)
        reached = known if known is not None and _is_reachable(known, ports) else None
        identifier = UUID(bytes=ports.entropy(16), version=4)
        ready = ReadyPermitRecord(
            id=identifier,
            prefecture=agent.prefecture,
            applicant_key=key,
            registration_id=reached.id if reached else None,
            sealed_identity=seal_identity(identity, identifier, ports.sealer),
            sealed_contact=seal_contact(contact, identifier, ports.sealer),
            site=site,
            collect_at=collect_at,
            said_at=now,
            said_by=agent.id,
            told_at=now if reached else None,
            told_how="message" if reached else None,
        )
        if not await uow.doors.lists.add_ready_unless_known(ready):
            return KNOWN
        if reached is not None:
            await _tell(ready, reached, uow=uow)
        await _audit(agent, "permit-ready", ready, now, uow=uow)
        await uow.commit()
    return TOLD if reached else TO_CALL


async def say_ready_all(
    agent: AgentRecord, text: str, *, site: str, ports: Ports
) -> Sequence[LineResult]:
    """Say it of a whole list; a line that is refused stops no other line.

    Raises:
        InvalidListError: The list as a whole cannot be read.
        UnknownSiteError: Not a site of the agent's prefecture.
    """
    lines = read_list(text, needed=NEEDED)
    return [await _one(agent, line, site=site, ports=ports) for line in lines]


async def list_ready(
    agent: AgentRecord, *, ports: Ports
) -> tuple[Sequence[ReadyPermit], Sequence[CollectionHours]]:
    """Return the permits that wait, and the collection hours; the look is audited."""
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        waiting = await uow.doors.lists.ready(agent.prefecture)
        hours = await uow.doors.lists.hours(agent.prefecture)
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="ready-read",
            detail={"permits": len(waiting)},
            at=now,
        )
        await uow.commit()
    return [_shown(one, ports) for one in waiting], hours


async def mark_told(
    agent: AgentRecord, ready_id: UUID, how: str, *, ports: Ports
) -> None:
    """Note that somebody was told by telephone or letter.

    Raises:
        UnknownResourceError: No such permit waits.
    """
    if how not in BY_HAND:
        raise UnknownResourceError("how")
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        ready = await _waiting(agent, ready_id, uow=uow)
        changed = replace(ready, told_at=now, told_how=how)
        await uow.doors.lists.save_ready(changed)
        await _audit(agent, "permit-told", changed, now, uow=uow)
        await uow.commit()


async def mark_collected(agent: AgentRecord, ready_id: UUID, *, ports: Ports) -> None:
    """Note that a permit was handed over; its personal data is erased with that.

    Raises:
        UnknownResourceError: No such permit waits.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        ready = await _waiting(agent, ready_id, uow=uow)
        handed = replace(
            ready, collected_at=now, sealed_identity=None, sealed_contact=None
        )
        await uow.doors.lists.save_ready(handed)
        await _audit(agent, "permit-collected", handed, now, uow=uow)
        await uow.commit()


async def set_hours(
    agent: AgentRecord, site: str, hours: Sequence[CollectionHours], *, ports: Ports
) -> None:
    """Store the hours at which a site hands permits over without an appointment.

    Raises:
        UnknownSiteError: Not a site of the agent's prefecture.
        InvalidListError: A weekday twice, or hours that end before they begin.
    """
    days = [one.weekday for one in hours]
    if len(set(days)) != len(days) or any(one.closes <= one.opens for one in hours):
        raise InvalidListError("hours")
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        if site not in {s.code for s in await uow.directory.sites(agent.prefecture)}:
            raise UnknownSiteError("site")
        await uow.doors.lists.set_hours(agent.prefecture, site, hours)
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="collection-hours-set",
            detail={"site": site, "days": len(hours)},
            at=now,
        )
        await uow.commit()


async def _one(
    agent: AgentRecord, line: Line, *, site: str, ports: Ports
) -> LineResult:
    today = paris_date(ports.clock.now())
    try:
        identity, contact = identity_of(line, today), contact_of(line)
    except LineRefusedError as refused:
        return LineResult(
            number=line.number,
            result=REFUSED,
            column=refused.column,
            code=refused.code,
        )
    result = await say_ready(
        agent, identity, contact, site=site, collect_at=None, ports=ports
    )
    return LineResult(number=line.number, result=result)


def _is_reachable(record: RegistrationRecord, ports: Ports) -> bool:
    contact = open_contact(record.sealed_contact, record.id, ports.sealer)
    return contact is not None and contact.is_reachable


def _shown(ready: ReadyPermitRecord, ports: Ports) -> ReadyPermit:
    identity = open_identity(ready.sealed_identity, ready.id, ports.sealer)
    contact = open_contact(ready.sealed_contact, ready.id, ports.sealer)
    names = identity.names if identity else None
    proof = identity.proof if identity else None
    return ReadyPermit(
        id=ready.id,
        name=f"{names.family_name} {names.given_names or ''}".strip() if names else "",
        number=proof.text if isinstance(proof, AgdrefNumber) else "",
        phone=contact.phone.text if contact and contact.phone else None,
        email=contact.email.text if contact and contact.email else None,
        site=ready.site,
        said_at=ready.said_at,
        collect_at=ready.collect_at,
        told_at=ready.told_at,
        told_how=ready.told_how,
    )


async def _waiting(
    agent: AgentRecord, ready_id: UUID, *, uow: UnitOfWork
) -> ReadyPermitRecord:
    ready = await uow.doors.lists.ready_by_id(ready_id, lock=True)
    if ready is None or ready.prefecture != agent.prefecture or ready.collected_at:
        raise UnknownResourceError("ready")
    return ready


async def _tell(
    ready: ReadyPermitRecord, record: RegistrationRecord, *, uow: UnitOfWork
) -> None:
    await uow.outbox.add(
        [
            NewOutboxRow(
                once=f"permit_ready:{ready.id}",
                kind="permit_ready",
                registration_id=record.id,
                available_at=ready.said_at,
            )
        ]
    )


async def _audit(
    agent: AgentRecord,
    action: str,
    ready: ReadyPermitRecord,
    at: datetime,
    *,
    uow: UnitOfWork,
) -> None:
    await uow.audit.append(
        prefecture=agent.prefecture,
        actor=agent.login,
        action=action,
        detail={"permit": str(ready.id), "how": ready.told_how or "none"},
        at=at,
    )
