"""Birth dates, some of which are not known to the day."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, Self

from service.domain.errors import BirthDateInFutureError, InvalidBirthDateError
from service.domain.keyboard import compact

_FORM: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_EARLIEST_YEAR: Final = 1900
# What registers write when day and month are unknown.
_CONVENTIONAL: Final = frozenset({(1, 1), (12, 31)})

Precision = Literal["year", "month", "day"]


@dataclass(frozen=True, slots=True, repr=False)
class BirthDate:
    """A birth date, stored with the precision it is known to.

    Source:
        permits.md § 4: French registers write 31 December and administrations
        often 1 January when day and month are unknown.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise InvalidBirthDateError
        if not _EARLIEST_YEAR <= self.year <= date.max.year:
            raise InvalidBirthDateError
        try:
            date(
                self.year,
                1 if self.month is None else self.month,
                1 if self.day is None else self.day,
            )
        except ValueError:
            raise InvalidBirthDateError from None

    @classmethod
    def parse(cls, typed: str, *, today: date | None = None) -> Self:
        """Read ``1990``, ``1990-05`` or ``1990-05-04``; ``00`` means unknown.

        Args:
            typed: Year first; digits of any script, spaces allowed.
            today: When given, a date after it is refused.

        Raises:
            InvalidBirthDateError: Another form, an impossible day, before 1900.
            BirthDateInFutureError: Surely after ``today``.
        """
        found = _FORM.fullmatch(compact(typed))
        if found is None:
            raise InvalidBirthDateError
        year, month, day = (int(part) if part else 0 for part in found.groups())
        parsed = cls(year, month or None, day or None)
        if today is not None:
            parsed.refuse_future(today)
        return parsed

    def refuse_future(self, today: date) -> None:
        """Check the one fact about a birth that depends on the day.

        Raises:
            BirthDateInFutureError: Surely born after ``today``.
        """
        if self.earliest > today:
            raise BirthDateInFutureError

    @property
    def precision(self) -> Precision:
        """Return how much is known: the year, the month or the day."""
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    @property
    def text(self) -> str:
        """Return the canonical form, which ``parse`` reads back to the same value."""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def earliest(self) -> date:
        """Return the first day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """Return the last day it can be."""
        month = self.month or 12
        last = calendar.monthrange(self.year, month)[1]
        return date(self.year, month, self.day or last)

    @property
    def is_conventional(self) -> bool:
        """Tell whether this may be a register's way of writing "unknown"."""
        return self.month is None or (self.month, self.day) in _CONVENTIONAL

    def may_be_same_as(self, other: Self) -> bool:
        """Tell whether both can be one person's birth date; a question, no proof."""
        if self.year != other.year:
            return False
        if self.is_conventional or other.is_conventional:
            return True
        return self.earliest <= other.latest and other.earliest <= self.latest

    def __repr__(self) -> str:
        return "BirthDate(…)"
