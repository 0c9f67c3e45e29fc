"""What the agents' first page needs of the world: counts, no name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The same instant, as the counts need it.

    Attributes:
        now: Aware.
        here: Paris wall time.
        objections_end: Pairs asked about before this instant may be decided.
        papers_from: Provisional papers that ended before this day are not renewed.
        papers_to: Last day of the provisional papers counted.
    """

    now: datetime
    here: datetime
    objections_end: datetime
    papers_from: date
    papers_to: date

    @property
    def today(self) -> date:
        """Europe/Paris."""
        return self.here.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One thing that waits.

    Attributes:
        kind: One of ``KINDS``.
        count: How many wait for this agent.
        late: How many of these should have been done already.
        due_on: Last day for the first of them, None without one.
    """

    kind: str
    count: int
    late: int = 0
    due_on: date | None = None


class DeskWaits(Protocol):
    """The counts, in one look."""

    async def of(
        self, prefecture: str, agent_id: UUID, moment: Moment
    ) -> Mapping[str, Wait]:
        """Return what waits, by kind; what this agent may not decide is left out."""
        ...
