"""An agent changes how much an organisation may do: with a reason, and it is told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from service.domain.help_errors import InvalidOrganisationError
from service.domain.mandate import Ceilings
from service.usecases.helper.organisation_mail import write_of_ceilings
from service.usecases.helper.organisations import (
    ACCEPTED,
    LONGEST_REASON,
    line,
    of_this_prefecture,
)
from service.usecases.ports import Ports
from service.usecases.records import AgentRecord
from service.usecases.records.organisations import CeilingChange, MailStatus

SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationHistory:
    """How the ceilings of an organisation changed, and what it was written."""

    changes: Sequence[CeilingChange]
    names: dict[UUID, str]
    mail: Sequence[MailStatus]


async def change_ceilings(
    agent: AgentRecord,
    organisation_id: UUID,
    ceilings: Ceilings,
    *,
    reason: str,
    ports: Ports,
) -> int:
    """Store new ceilings and why; returns how many addresses are told.

    What was registered stays: a lower ceiling only lets nothing more in. The same
    ceilings again change nothing and tell nobody. One agent is enough, as for stopping:
    each change is kept with its author, audited, and told to the organisation.

    Raises:
        UnknownResourceError: No such organisation in the agent's prefecture.
        InvalidOrganisationError: At ``reason``, or it is not accepted.
    """
    said = line(reason, "reason", LONGEST_REASON)
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        found = await of_this_prefecture(agent, organisation_id, uow=uow, lock=True)
        if found.state not in (ACCEPTED, "proposed", "suspended"):
            raise InvalidOrganisationError("reason")
        if found.ceilings == ceilings:
            return 0
        change = CeilingChange(
            id=UUID(bytes=ports.entropy(16), version=4),
            organisation_id=found.id,
            changed_by=agent.id,
            changed_at=now,
            before=found.ceilings,
            after=ceilings,
            reason=said,
        )
        await uow.organisations.save(replace(found, ceilings=ceilings))
        await uow.organisations.mail.add_change(change)
        helpers = await uow.organisations.helpers(found.id)
        told = await write_of_ceilings(found, change, helpers, uow=uow, ports=ports)
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="organisation-ceilings",
            detail={
                "organisation": str(found.id),
                "live": ceilings.live,
                "per_day": ceilings.per_day,
            },
            at=now,
        )
        await uow.commit()
    await ports.ring()
    return told


async def history_of(
    agent: AgentRecord, organisation_id: UUID, *, ports: Ports
) -> OrganisationHistory:
    """Return how its ceilings changed and what became of its messages.

    Raises:
        UnknownResourceError: No such organisation in the agent's prefecture.
    """
    async with ports.open_uow() as uow:
        found = await of_this_prefecture(agent, organisation_id, uow=uow)
        changes = await uow.organisations.mail.changes(found.id)
        names = await uow.doors.agents.names(one.changed_by for one in changes)
        mail = await uow.organisations.mail.of(found.id, SHOWN)
    return OrganisationHistory(changes=changes, names=dict(names), mail=mail)
