"""A pair closed by mistake is reopened: two people after all, and nobody lost a day.

Whoever closed it does not reopen it alone. What was decided stays on record beside who
reopened it, when and why; nothing is deleted, and the pair is never proposed again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from service.domain.errors import SecondAgentRequiredError
from service.domain.registration import RegistrationState
from service.usecases.desk.back_in_the_list import let_back
from service.usecases.desk.check_dates import registration_of
from service.usecases.desk.compare_registrations import (
    DIFFERENT,
    SAME,
    PairSide,
    in_order,
    ordered,
    side_of,
)
from service.usecases.errors import UnknownResourceError
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import AgentRecord, NewOutboxRow, RegistrationRecord
from service.usecases.records.doors import NearMatchRecord, Reopening


class ReopenReason(StrEnum):
    """Why a pair is reopened; agents choose one, no detail is written."""

    BOTH_CAME = "both-came"
    DOCUMENTS_SEEN = "documents-seen"
    PERSON_SAID = "person-said"
    SLIP = "slip"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedPair:
    """A pair that two agents closed.

    Attributes:
        kept: The registration that goes on.
        ended: The one that was closed.
        motif: Of both.
        closed_at: When.
        closed_by: Name of the agent who closed.
        is_mine: This agent closed it, and does not reopen it alone.
    """

    kept: PairSide
    ended: PairSide
    motif: str
    closed_at: datetime
    closed_by: str = field(default="")
    is_mine: bool


async def closed_pairs(agent: AgentRecord, *, ports: Ports) -> Sequence[ClosedPair]:
    """Return the closed pairs that can be reopened, the last one first.

    Gone from here once the identity of the ended registration was erased.
    """
    async with ports.open_uow() as uow:
        closed = [
            one
            for one in await uow.doors.matches.decided(agent.prefecture)
            if one.decision == SAME and one.closed_by and one.closed_at
        ]
        names = await uow.doors.agents.names(
            one.closed_by for one in closed if one.closed_by
        )
        records = await uow.registrations.by_ids(
            side for one in closed for side in (one.first_id, one.second_id)
        )
    found: list[ClosedPair] = []
    for one in reversed(closed):
        first, second = records.get(one.first_id), records.get(one.second_id)
        if first is None or second is None or one.closed_at is None:
            continue
        kept, ended = in_order(first, second)
        if ended.sealed_identity is None:
            continue
        found.append(
            ClosedPair(
                kept=side_of(kept, ports),
                ended=side_of(ended, ports),
                motif=ended.motif,
                closed_at=one.closed_at,
                closed_by=names.get(one.closed_by, "") if one.closed_by else "",
                is_mine=one.closed_by == agent.id,
            )
        )
    return found


async def reopen_pair(
    agent: AgentRecord,
    references: tuple[str, str],
    reason: ReopenReason,
    *,
    ports: Ports,
) -> str:
    """Let the closed registration take part again; returns its reference.

    All its days of waiting count, and no missed night is held against it. If its person
    registered anew meanwhile, that registration gets the old days.

    Raises:
        InvalidReferenceError: Not a reference.
        UnknownResourceError: No closed pair of the agent's prefecture, or erased.
        SecondAgentRequiredError: The same agent closed it.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        first, second = sorted(references)
        one = await registration_of(agent, first, uow=uow)
        other = await registration_of(agent, second, uow=uow)
        decided = await uow.doors.matches.of_pair(*ordered(one.id, other.id), lock=True)
        if decided is None or decided.decision != SAME or decided.closed_by is None:
            raise UnknownResourceError("pair")
        if decided.closed_by == agent.id:
            raise SecondAgentRequiredError
        _, ended = in_order(one, other)
        if ended.state is not RegistrationState.LAPSED or ended.sealed_identity is None:
            raise UnknownResourceError("pair")
        back = await let_back(ended, uow=uow, ports=ports)
        await uow.doors.matches.save(replace(decided, decision=DIFFERENT))
        await uow.doors.matches.add_reopening(_reopening(agent, decided, reason, now))
        await _tell(back, decided, uow=uow, ports=ports)
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="pair-reopened",
            detail={"reason": reason.value},
            at=now,
        )
        await uow.commit()
    return back.reference


def _reopening(
    agent: AgentRecord, decided: NearMatchRecord, reason: ReopenReason, now: datetime
) -> Reopening:
    if decided.closed_by is None or decided.closed_at is None:
        raise UnknownResourceError("pair")
    return Reopening(
        first_id=decided.first_id,
        second_id=decided.second_id,
        closed_by=decided.closed_by,
        closed_at=decided.closed_at,
        reopened_by=agent.id,
        reopened_at=now,
        reason=reason.value,
    )


async def _tell(
    back: RegistrationRecord,
    decided: NearMatchRecord,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> None:
    await uow.outbox.add(
        [
            NewOutboxRow(
                once=f"reopened:{decided.first_id}:{decided.second_id}:{back.id}",
                kind="reopened",
                registration_id=back.id,
                available_at=ports.clock.now(),
            )
        ]
    )
