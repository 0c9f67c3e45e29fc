"""A second agent looks at why a slot was taken back, before anybody comes first for it.

Cancelling is immediate: people are told and keep their days. Standing in the first
band for it needs another agent than the one who cancelled: alone, one would cancel a
friend's far slot to bring that friend to a near one. One decision an act: each slot has
its own row and its own word in the audit chain, and the agent who looks may give it to
several acts of one closed morning with one press.

Source: reliability.md § 2.6; ADR 0018, ADR 0028.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from service.domain.bands import band_of
from service.domain.cancellations import CancellationState, CancelReason
from service.domain.errors import AlreadyDecidedError, SecondAgentRequiredError
from service.domain.night import paris_date
from service.domain.registration import RegistrationState
from service.domain.ruleset import BAND_VERY_SOON, Ruleset
from service.usecases.errors import UnknownResourceError
from service.usecases.night.plan_nights import open_night
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import AgentRecord
from service.usecases.records.guards import CancellationRecord, DisplacedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CancellationToConfirm:
    """What one agent took back at one site on one day, for one reason.

    Attributes:
        acts: The cancellations, each decided by itself.
        hours: Paris wall times of the slots, in order.
        people: Registrations that lost a place.
        gaining: Of these, how many would move to the first band.
        is_mine: The agent who looks cancelled it, and may not confirm it.
    """

    acts: tuple[UUID, ...]
    site: str
    hours: tuple[datetime, ...]
    reason: CancelReason
    cancelled_by_name: str
    cancelled_at: datetime
    people: int
    gaining: int
    is_mine: bool


async def cancellations_to_confirm(
    agent: AgentRecord, *, ports: Ports
) -> Sequence[CancellationToConfirm]:
    """Return what awaits a second agent in the agent's prefecture; no name is read."""
    async with ports.open_uow() as uow:
        night = await open_night(
            agent.prefecture, uow=uow, now=ports.clock.now(), lock=False
        )
        ruleset = await uow.directory.ruleset_on(agent.prefecture, night.held_on)
        awaiting = await uow.cancellations.awaiting(agent.prefecture)
        found = [
            (one, await _gaining(one.id, night.held_on, ruleset, uow))
            for one in awaiting
        ]
    found.sort(key=lambda pair: (*_together(pair[0]), pair[0].starts_at))
    groups = [list(group) for _, group in groupby(found, lambda p: _together(p[0]))]
    return sorted(
        (_shown(group, agent) for group in groups), key=lambda one: one.hours[0]
    )


def _together(one: CancellationRecord) -> tuple[date, str, str, str]:
    return one.starts_at.date(), one.site, one.reason, str(one.cancelled_by)


async def _gaining(
    cancellation: UUID, night: date, ruleset: Ruleset, uow: UnitOfWork
) -> int:
    displaced = await uow.cancellations.displaced(cancellation)
    return sum(
        row.is_last
        and band_of(row.end_of_right_on, night, ruleset).number != BAND_VERY_SOON
        for row in displaced
    )


def _shown(
    group: Sequence[tuple[CancellationRecord, int]], agent: AgentRecord
) -> CancellationToConfirm:
    acts = [act for act, _ in group]
    return CancellationToConfirm(
        acts=tuple(act.id for act in acts),
        site=acts[0].site,
        hours=tuple(act.starts_at for act in acts),
        reason=acts[0].reason,
        cancelled_by_name=acts[0].cancelled_by_name,
        cancelled_at=max(act.cancelled_at for act in acts),
        people=sum(act.people for act in acts),
        gaining=sum(gaining for _, gaining in group),
        is_mine=acts[0].cancelled_by == agent.id,
    )


async def decide_cancellations(
    agent: AgentRecord, acts: Iterable[UUID], *, confirm: bool, ports: Ports
) -> int:
    """Confirm why slots were taken back, or refuse to; all of them or none.

    Confirmed, whoever still waits for another place stands in the first band until the
    next offer, from the next freeze on. Refused, nothing changes for anybody, and that
    too is on record.

    Returns:
        How many registrations move to the first band.

    Raises:
        UnknownResourceError: No such cancellation in the agent's prefecture.
        SecondAgentRequiredError: The same agent cancelled.
        AlreadyDecidedError: It was decided meanwhile.
    """
    moved = 0
    async with ports.open_uow() as uow:
        for act in sorted(set(acts)):
            moved += await _decide(agent, act, confirm=confirm, uow=uow, ports=ports)
        await uow.commit()
    return moved


async def _decide(
    agent: AgentRecord, act: UUID, *, confirm: bool, uow: UnitOfWork, ports: Ports
) -> int:
    now = ports.clock.now()
    found = await uow.cancellations.by_id(act)
    if found is None or found.prefecture != agent.prefecture:
        raise UnknownResourceError("cancellation")
    if found.cancelled_by == agent.id:
        raise SecondAgentRequiredError
    if found.state is not CancellationState.AWAITING:
        raise AlreadyDecidedError
    state = CancellationState.CONFIRMED if confirm else CancellationState.REFUSED
    await uow.cancellations.decide(
        replace(found, state=state, decided_by=agent.id, decided_at=now)
    )
    moved = 0
    if confirm:
        for row in await uow.cancellations.displaced(act):
            moved += await _put_first(row, paris_date(now), uow=uow)
    await uow.audit.append(
        prefecture=agent.prefecture,
        actor=agent.login,
        action=f"cancellation-{state}",
        detail={"cancellation": str(act), "people": moved},
        at=now,
    )
    return moved


async def _put_first(row: DisplacedRow, today: date, *, uow: UnitOfWork) -> bool:
    """Make good what is still to be made good: no place was offered since."""
    record = await uow.registrations.by_id(row.registration_id, lock=True)
    if record is None or record.state is not RegistrationState.LIVE or not row.is_last:
        return False
    await uow.registrations.save(replace(record, displaced_on=today))
    return True
