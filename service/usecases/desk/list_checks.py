"""What a first agent read and a second one has to certify."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from service.domain.permits import DocumentFacts
from service.usecases.person.view_registration import facts_of
from service.usecases.ports import Ports
from service.usecases.records import AgentRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckToCertify:
    """A date read on paper, beside the one that the registration holds."""

    id: UUID
    reference: str
    seen: str
    read: DocumentFacts = field(repr=False)
    held: DocumentFacts = field(repr=False)
    ordered_by: date | None = field(repr=False)
    checked_by: str
    checked_at: datetime
    is_mine: bool


async def checks_to_certify(
    agent: AgentRecord, *, ports: Ports
) -> Sequence[CheckToCertify]:
    """Return the checks of the agent's prefecture that wait, oldest first."""
    async with ports.open_uow() as uow:
        waiting = await uow.doors.checks.awaiting(agent.prefecture)
        records = await uow.registrations.by_ids(one.registration_id for one in waiting)
    return [
        CheckToCertify(
            id=check.id,
            reference=record.reference,
            seen=check.seen,
            read=check.facts,
            held=facts_of(record),
            ordered_by=check.ordered_by,
            checked_by=check.checked_by_name,
            checked_at=check.checked_at,
            is_mine=check.checked_by == agent.id,
        )
        for check in waiting
        if (record := records.get(check.registration_id))
    ]
