"""The days on which someone cannot come. It never costs rank, only places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from service.domain.errors import InvalidWeekdayError, NoDayLeftError, TooManyDatesError

MAX_DATES: Final = 100
"""Most single dates that can be excluded."""

_WEEKDAYS: Final = frozenset(range(1, 8))
_WORKING_DAYS: Final = frozenset(range(1, 6))


@dataclass(frozen=True, slots=True)
class Availability:
    """What a person said about days.

    Attributes:
        weekdays_excluded: 1, Monday, to 7, Sunday; not all seven.
        dates_excluded: Single days, at most 100.
        short_notice: "I can come at short notice".
    """

    weekdays_excluded: frozenset[int] = frozenset()
    dates_excluded: frozenset[date] = frozenset()
    short_notice: bool = False

    def __post_init__(self) -> None:
        if not self.weekdays_excluded <= _WEEKDAYS:
            raise InvalidWeekdayError("weekdays_excluded")
        if self.weekdays_excluded >= _WEEKDAYS:
            raise NoDayLeftError("weekdays_excluded")
        if len(self.dates_excluded) > MAX_DATES:
            raise TooManyDatesError("dates_excluded")

    def refuse_no_working_day(self) -> None:
        """Refuse to exclude every day from Monday to Friday, for who says it now.

        Prefectures receive on those days: such a person would take part each night and
        never be given a place, without knowing why. What was stored before this was
        asked is still read.

        Raises:
            NoDayLeftError: No day from Monday to Friday is left.
        """
        if self.weekdays_excluded >= _WORKING_DAYS:
            raise NoDayLeftError("weekdays_excluded")

    def suits(self, day: date) -> bool:
        """Tell whether the person can come on that day."""
        is_excluded = day.isoweekday() in self.weekdays_excluded
        return not is_excluded and day not in self.dates_excluded
