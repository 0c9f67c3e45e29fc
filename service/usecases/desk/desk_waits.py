"""What waits for an agent this morning, counted, the most urgent first.

Counts only: no name is opened, so looking at them is not a look at anybody's file.
"""

from datetime import timedelta
from typing import Final

from service.domain.night import paris_date, wall_of
from service.usecases.desk.compare_registrations import OBJECTION
from service.usecases.desk.renew_papers import SINCE
from service.usecases.ports import Ports
from service.usecases.ports.desk import Moment, Wait
from service.usecases.records import AgentRecord

PAPERS_WITHIN: Final = timedelta(days=30)

KINDS: Final = (
    "calls",
    "cancellations",
    "claims",
    "checks",
    "visits",
    "pairs",
    "papers",
    "ready",
    "organisations",
)
"""From what costs somebody a place tonight to what can wait until the afternoon."""


async def what_waits(agent: AgentRecord, *, ports: Ports) -> tuple[Wait, ...]:
    """Return every kind: what is late first, then what waits, then what does not."""
    now = ports.clock.now()
    today = paris_date(now)
    moment = Moment(
        now=now,
        here=wall_of(now),
        objections_end=now - OBJECTION,
        papers_from=today - SINCE,
        papers_to=today + PAPERS_WITHIN,
    )
    async with ports.open_uow() as uow:
        found = await uow.doors.waits.of(agent.prefecture, agent.id, moment)
    waits = (found[kind] for kind in KINDS)
    return tuple(sorted(waits, key=lambda one: (one.late == 0, one.count == 0)))
