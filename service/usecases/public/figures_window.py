"""The twelve weeks that figures speak of."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from service.usecases.records.public import CountedRegistration

WEEKS: Final = 12

Counts = dict[str, object]
Row = CountedRegistration


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Twelve weeks of seven days; the last one ends on the eve of ``day``."""

    day: date

    @property
    def first(self) -> date:
        """Return the first day."""
        return self.day - timedelta(days=7 * WEEKS)

    @property
    def last(self) -> date:
        """Return the last day: the eve of the morning."""
        return self.day - timedelta(days=1)

    def holds(self, day: date | None) -> bool:
        """Say whether a day is in the window."""
        return day is not None and self.first <= day <= self.last

    def weeks(self) -> tuple[tuple[date, date], ...]:
        """Return first and last day of each week, the oldest first."""
        starts = (self.first + timedelta(days=7 * at) for at in range(WEEKS))
        return tuple((start, start + timedelta(days=6)) for start in starts)
