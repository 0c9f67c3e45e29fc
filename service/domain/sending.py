"""When people may be written to, and how often: published, the same for everybody.

A message at three in the morning frightens, and a Sunday is a Sunday. What answers a
person's own act leaves at once; everything else waits for a decent hour.

Source: `product.md` A6, A10 and § 6 (136 messages to one person).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final

from service.domain.night import paris_date, wall_instant, wall_of

_MOST_DOUBLINGS: Final = 10
"""Seventeen hours: more than anybody waits, and no number grows without end."""

MOST_A_DAY: Final = 6
"""Messages to one person in one Europe/Paris day, whatever happens."""

MOST_ORDINARY: Final = 4
"""Of these, what is not pressing: an offer is never crowded out by lesser news."""

MOST_ANYONES: Final = 3
"""Of these, what a stranger who knows a number can cause."""

OPENS: Final = time(8)
CLOSES: Final = time(21)
LAST: Final = time(20)
"""Decent hours, Europe/Paris, Monday to Saturday outside public holidays.

They end after a night of 20:00 is published, so that its news comes the same evening.
"""

RESUMES: Final = time(10)
"""Where a deadline falls when it would have fallen on a night or a week-end."""

Opening = Callable[[datetime], datetime]
"""From an aware instant, the first one from then on at which messages may leave."""

_SUNDAY: Final = 6
_SATURDAY: Final = 5
_FIXED: Final = frozenset(
    {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
)
_AFTER_EASTER: Final = (1, 39, 50)
"""Easter Monday, Ascension, Whit Monday."""


def next_decent(at: datetime) -> datetime:
    """Return the first instant from ``at`` on that is at a decent hour, in UTC.

    Idempotent, never before ``at``.
    """
    day, hour = paris_date(at), wall_of(at).time()
    if not is_day_of_rest(day) and hour < CLOSES:
        return max(at, wall_instant(day, OPENS))
    return wall_instant(_next(day, is_day_of_rest), OPENS)


def last_decent(at: datetime) -> datetime:
    """Return the last instant up to ``at`` that is at a decent hour, in UTC.

    Never after ``at``: for what loses its use when it waits. It leaves an hour before
    decent hours end, so that the evening's last message is not read in the night.
    """
    day, hour = paris_date(at), wall_of(at).time()
    if not is_day_of_rest(day) and hour >= OPENS:
        return min(at, wall_instant(day, LAST))
    day -= timedelta(days=1)
    while is_day_of_rest(day):
        day -= timedelta(days=1)
    return wall_instant(day, LAST)


def at_once(at: datetime) -> datetime:
    """Return ``at``: the demonstration wakes nobody."""
    return at


def humane_deadline(at: datetime) -> datetime:
    """Return the first instant from ``at`` on at which a person may be held to answer.

    Never before ``at``: time is only given. A deadline that would fall on a night, a
    week-end or a public holiday falls on the next working day, at ten.
    """
    day, hour = paris_date(at), wall_of(at).time()
    if is_working_day(day) and OPENS <= hour < CLOSES:
        return at
    if is_working_day(day) and hour < OPENS:
        return wall_instant(day, RESUMES)
    return wall_instant(_next(day, lambda one: not is_working_day(one)), RESUMES)


def is_day_of_rest(day: date) -> bool:
    """Say whether it is a Sunday or a public holiday of the whole country."""
    return day.weekday() == _SUNDAY or is_public_holiday(day)


def is_working_day(day: date) -> bool:
    """Say whether an office is open: Monday to Friday, no public holiday."""
    return day.weekday() < _SATURDAY and not is_public_holiday(day)


def is_public_holiday(day: date) -> bool:
    """Say whether it is one of the eleven days of Code du travail L. 3133-1."""
    if (day.month, day.day) in _FIXED:
        return True
    easter = easter_sunday(day.year)
    return (day - easter).days in _AFTER_EASTER


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar.

    Source: the anonymous rule of 1876, in J. Meeus, Astronomical Algorithms, ch. 8.
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def pause_after(tries: int, longest: timedelta) -> timedelta:
    """Return how long to wait after failed tries: a minute, doubled each time."""
    return min(timedelta(minutes=2 ** min(tries, _MOST_DOUBLINGS)), longest)


def _next(day: date, is_closed: Callable[[date], bool]) -> date:
    day += timedelta(days=1)
    while is_closed(day):
        day += timedelta(days=1)
    return day
