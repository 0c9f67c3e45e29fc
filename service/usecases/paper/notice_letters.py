"""Letters to post, for people whom no message reaches; one page each.

No address is kept here: the prefecture has it in its own files, and the sheet leaves
room for a label. The code on it names a notice at the guichet and opens nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from service.domain.crockford import DIGITS
from service.domain.night import paris_date
from service.usecases.errors import UnknownResourceError
from service.usecases.paper.issue_paper import holder_of
from service.usecases.person.personal import open_contact, open_identity
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import AgentRecord, RegistrationRecord, SiteRecord
from service.usecases.records.papers import CalledLetter, Holder, ReadyLetter

_CHARACTERS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """A holder who was called and could not be written to."""

    reference: str
    name: str = field(repr=False)
    motif: str
    registered_on: date


def notice_code(notice: UUID) -> str:
    """Return the eight characters by which a notice is found again, in two groups."""
    value = notice.int >> (128 - 5 * _CHARACTERS)
    digits = "".join(
        DIGITS[value >> shift & 31] for shift in range(5 * (_CHARACTERS - 1), -1, -5)
    )
    return f"{digits[:4]}-{digits[4:]}"


async def ready_letter(
    agent: AgentRecord, ready_id: UUID, *, ports: Ports
) -> tuple[ReadyLetter, str]:
    """Return the letter of a permit that waits, and its holder's language; audited.

    Raises:
        UnknownResourceError: No such permit waits in the agent's prefecture, or its
            holder was forgotten.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        ready = await uow.doors.lists.ready_by_id(ready_id)
        if ready is None or ready.prefecture != agent.prefecture or ready.collected_at:
            raise UnknownResourceError("ready")
        identity = open_identity(ready.sealed_identity, ready.id, ports.sealer)
        contact = open_contact(ready.sealed_contact, ready.id, ports.sealer)
        if identity is None:
            raise UnknownResourceError("ready")
        site = await _site(agent.prefecture, ready.site, uow=uow)
        hours = await uow.doors.lists.hours(agent.prefecture)
        letter = ReadyLetter(
            holder=Holder(
                family_name=identity.names.family_name,
                given_names=identity.names.given_names,
                birth_date=identity.birth_date,
                proof=identity.proof,
            ),
            prefecture_name=await _name(agent, uow=uow),
            code=notice_code(ready.id),
            site=site.code,
            site_name=site.name,
            site_address=site.address,
            collect_at=ready.collect_at,
            hours=tuple(
                (one.weekday, one.opens, one.closes)
                for one in hours
                if one.site == ready.site
            ),
            phone=await uow.directory.prefecture_phone(agent.prefecture),
            printed_on=paris_date(now),
        )
        await _audit(agent, "ready-letter-printed", ready.id, ports=ports, uow=uow)
        await uow.commit()
    return letter, contact.language if contact else "fr"


async def called_letter(
    agent: AgentRecord, reference: str, *, ports: Ports
) -> tuple[CalledLetter, str]:
    """Return the letter of a called holder, and their language; audited.

    Raises:
        UnknownResourceError: Not a live registration of a called holder whom no
            message reaches, in the agent's prefecture.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        found = await _untold(agent.prefecture, uow=uow, ports=ports)
        record = next((one for one in found if one.reference == reference), None)
        if record is None:
            raise UnknownResourceError("reference")
        sites = await uow.directory.sites(agent.prefecture)
        letter = CalledLetter(
            holder=holder_of(record, ports),
            prefecture_name=await _name(agent, uow=uow),
            reference=record.reference,
            motif=record.motif,
            first_night_on=record.first_night_on,
            sites=tuple(one for one in sites if one.code in record.sites),
            phone=await uow.directory.prefecture_phone(agent.prefecture),
            printed_on=paris_date(now),
        )
        await _audit(agent, "called-letter-printed", record.id, ports=ports, uow=uow)
        await uow.commit()
    return letter, record.language


async def list_untold(agent: AgentRecord, *, ports: Ports) -> Sequence[Untold]:
    """Return called holders whom no message reaches, oldest first; audited."""
    async with ports.open_uow() as uow:
        found = await _untold(agent.prefecture, uow=uow, ports=ports)
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="untold-read",
            detail={"registrations": len(found)},
            at=ports.clock.now(),
        )
        await uow.commit()
    return [_shown(one, ports) for one in found]


def _shown(record: RegistrationRecord, ports: Ports) -> Untold:
    holder = holder_of(record, ports)
    return Untold(
        reference=record.reference,
        name=f"{holder.family_name} {holder.given_names or ''}".strip(),
        motif=record.motif,
        registered_on=paris_date(record.registered_at),
    )


async def _untold(
    prefecture: str, *, uow: UnitOfWork, ports: Ports
) -> list[RegistrationRecord]:
    """Whoever gave a telephone or an address since is told by message: not here."""
    found: list[RegistrationRecord] = []
    for record in await uow.doors.lists.called_untold(prefecture):
        contact = open_contact(record.sealed_contact, record.id, ports.sealer)
        if contact is None or not contact.is_reachable:
            found.append(record)
    return found


async def _site(prefecture: str, code: str, *, uow: UnitOfWork) -> SiteRecord:
    for site in await uow.directory.sites(prefecture):
        if site.code == code:
            return site
    raise UnknownResourceError("site")


async def _name(agent: AgentRecord, *, uow: UnitOfWork) -> str:
    return await uow.directory.prefecture_name(agent.prefecture) or agent.prefecture


async def _audit(
    agent: AgentRecord, action: str, about: UUID, *, ports: Ports, uow: UnitOfWork
) -> None:
    await uow.audit.append(
        prefecture=agent.prefecture,
        actor=agent.login,
        action=action,
        detail={"about": str(about)},
        at=ports.clock.now(),
    )
