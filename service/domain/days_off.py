"""French public holidays, national ones: what a promise in working days skips.

Source: code du travail L.3133-1, as listed in permits.md § 5; Easter by the anonymous
Gregorian algorithm (J. Meeus, Astronomical Algorithms, chapter 8).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

_FIXED: Final = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_AFTER_EASTER: Final = (1, 39, 50)
"""Easter Monday, Ascension, Whit Monday: days after Easter Sunday."""


def easter(year: int) -> date:
    """Return Easter Sunday of a Gregorian year."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, kept = century // 4, century % 4
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - correction + 15) % 30
    weekday = (32 + 2 * kept + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=32)
def days_off(year: int) -> frozenset[date]:
    """Return the national holidays of a year."""
    sunday = easter(year)
    fixed = {date(year, month, day) for month, day in _FIXED}
    return frozenset(
        fixed | {sunday + timedelta(days=after) for after in _AFTER_EASTER}
    )


def is_working_day(day: date) -> bool:
    """Tell whether offices work: Monday to Friday, no national holiday.

    Local holidays and bridges are closures that agents enter, not promises of ours.
    """
    return day.isoweekday() <= 5 and day not in days_off(day.year)
