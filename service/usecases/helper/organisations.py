"""Organisations are vetted by two agents, listed in public, suspended by one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from service.domain.contact import EmailAddress, PhoneNumber
from service.domain.errors import DomainError, SecondAgentRequiredError
from service.domain.help_errors import InvalidOrganisationError
from service.domain.help_places import HelpKind
from service.domain.mandate import Ceilings
from service.domain.night import paris_date
from service.usecases.errors import UnknownResourceError
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import AgentRecord
from service.usecases.records.mandates import (
    HelperRecord,
    OpenCounts,
    OrganisationRecord,
)

LONGEST_NAME: Final = 120
LONGEST_REASON: Final = 400
ACCEPTED: Final = "accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicOrganisation:
    """A vetted organisation as everybody may see it."""

    name: str
    kind: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationView:
    """An organisation as an agent or its own helpers see it."""

    organisation: OrganisationRecord
    counts: OpenCounts
    helpers: tuple[HelperRecord, ...]


async def list_public_organisations(
    prefecture: str, *, ports: Ports
) -> Sequence[PublicOrganisation]:
    """Return the organisations that two agents accepted, by name."""
    async with ports.open_uow() as uow:
        found = await uow.organisations.all(prefecture)
    return [
        PublicOrganisation(name=one.name, kind=one.kind, contact=one.contact)
        for one in found
        if one.state == ACCEPTED
    ]


async def list_organisations(
    agent: AgentRecord, *, ports: Ports
) -> Sequence[OrganisationView]:
    """Return every organisation of the agent's prefecture with what it uses."""
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        found = await uow.organisations.all(agent.prefecture)
        return [await _view(one, now, uow=uow) for one in found]


async def organisation_for(
    agent: AgentRecord, organisation_id: UUID, *, ports: Ports
) -> OrganisationView:
    """Return one organisation of the agent's prefecture.

    Raises:
        UnknownResourceError: There is none.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        found = await of_this_prefecture(agent, organisation_id, uow=uow)
        return await _view(found, now, uow=uow)


async def propose_organisation(
    agent: AgentRecord,
    *,
    name: str,
    kind: str,
    contact: str,
    ceilings: Ceilings,
    ports: Ports,
) -> UUID:
    """Enter an organisation; it may do nothing until another agent accepts it.

    Raises:
        InvalidOrganisationError: No name, kind or contact, or a name that exists.
    """
    now = ports.clock.now()
    record = OrganisationRecord(
        id=UUID(bytes=ports.entropy(16), version=4),
        prefecture=agent.prefecture,
        name=line(name, "name", LONGEST_NAME),
        kind=_kind(kind),
        contact=_contact(contact),
        state="proposed",
        ceilings=ceilings,
        proposed_by=agent.id,
        proposed_at=now,
    )
    async with ports.open_uow() as uow:
        if not await uow.organisations.add(record):
            raise InvalidOrganisationError("name")
        await _audit(agent, "organisation-proposed", record, now, uow=uow)
        await uow.commit()
    return record.id


async def decide_organisation(
    agent: AgentRecord, organisation_id: UUID, *, accept: bool, ports: Ports
) -> None:
    """Accept or refuse what another agent entered; deciding twice is once.

    Raises:
        UnknownResourceError: No such organisation in the agent's prefecture.
        SecondAgentRequiredError: The agent entered it themselves.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        found = await of_this_prefecture(agent, organisation_id, uow=uow, lock=True)
        if found.state != "proposed":
            return
        if found.proposed_by == agent.id:
            raise SecondAgentRequiredError
        decided = replace(
            found,
            state=ACCEPTED if accept else "refused",
            decided_by=agent.id,
            decided_at=now,
        )
        await uow.organisations.save(decided)
        action = "organisation-accepted" if accept else "organisation-refused"
        await _audit(agent, action, found, now, uow=uow)
        await uow.commit()


async def suspend_organisation(
    agent: AgentRecord, organisation_id: UUID, *, reason: str, ports: Ports
) -> None:
    """Stop an organisation at once: its mandates allow nothing, its sessions end.

    The people it registered lose nothing: their registrations stay in the list.

    Raises:
        UnknownResourceError: No such organisation in the agent's prefecture.
        InvalidOrganisationError: No reason.
    """
    said = line(reason, "reason", LONGEST_REASON)
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        found = await of_this_prefecture(agent, organisation_id, uow=uow, lock=True)
        if found.state != ACCEPTED:
            return
        await uow.organisations.save(
            replace(
                found,
                state="suspended",
                suspended_by=agent.id,
                suspended_at=now,
                reason=said,
            )
        )
        for helper in await uow.organisations.helpers(found.id):
            await uow.organisations.close_sessions_of(helper.id)
        await _audit(agent, "organisation-suspended", found, now, uow=uow)
        await uow.commit()


async def resume_organisation(
    agent: AgentRecord, organisation_id: UUID, *, ports: Ports
) -> None:
    """Let a suspended organisation act again: not by the agent who suspended it.

    Raises:
        UnknownResourceError: No such organisation in the agent's prefecture.
        SecondAgentRequiredError: The agent suspended it themselves.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        found = await of_this_prefecture(agent, organisation_id, uow=uow, lock=True)
        if found.state != "suspended":
            return
        if found.suspended_by == agent.id:
            raise SecondAgentRequiredError
        await uow.organisations.save(
            replace(
                found,
                state=ACCEPTED,
                suspended_by=None,
                suspended_at=None,
                reason="",
            )
        )
        await _audit(agent, "organisation-resumed", found, now, uow=uow)
        await uow.commit()


async def _view(
    found: OrganisationRecord, now: datetime, *, uow: UnitOfWork
) -> OrganisationView:
    return OrganisationView(
        organisation=found,
        counts=await uow.mandates.counts(found.id, paris_date(now)),
        helpers=tuple(await uow.organisations.helpers(found.id)),
    )


async def of_this_prefecture(
    agent: AgentRecord, organisation_id: UUID, *, uow: UnitOfWork, lock: bool = False
) -> OrganisationRecord:
    """Return an organisation of the agent's prefecture.

    Raises:
        UnknownResourceError: There is none.
    """
    found = await uow.organisations.by_id(organisation_id, lock=lock)
    if found is None or found.prefecture != agent.prefecture:
        raise UnknownResourceError("organisation")
    return found


async def _audit(
    agent: AgentRecord,
    action: str,
    record: OrganisationRecord,
    now: datetime,
    *,
    uow: UnitOfWork,
) -> None:
    await uow.audit.append(
        prefecture=agent.prefecture,
        actor=agent.login,
        action=action,
        detail={"organisation": str(record.id)},
        at=now,
    )


def line(typed: str, field: str, longest: int) -> str:
    """Read one line of text.

    Raises:
        InvalidOrganisationError: At ``field``: nothing, too much, or not to be printed.
    """
    written = " ".join(typed.split())
    if not written or len(written) > longest or not written.isprintable():
        raise InvalidOrganisationError(field)
    return written


def _kind(typed: str) -> str:
    if typed not in {kind.value for kind in HelpKind}:
        raise InvalidOrganisationError("kind")
    return typed


def _contact(typed: str) -> str:
    """Read an e-mail address or a telephone: what the public list will show."""
    try:
        if "@" in typed:
            return EmailAddress.parse(typed).text
        return PhoneNumber.parse(typed).text
    except DomainError:
        raise InvalidOrganisationError("contact") from None
