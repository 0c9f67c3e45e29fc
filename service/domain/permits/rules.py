"""Rules R1 to R11, one small function each, with the article it stands on.

A lay reading, to be reviewed by a lawyer before any real use. ``printed_end`` is the
last day printed on the card, and that day is included. Days are Europe/Paris dates.
Source of the numbering, of the confidence and of the examples: permits.md § 1.1.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from service.domain.birth_date import BirthDate

ANEF_WINDOW_OPENS_DAYS: Final = 120
ANEF_WINDOW_CLOSES_DAYS: Final = 60
GRACE_MONTHS: Final = 3
CLIFF_MONTHS: Final = 6


@dataclass(frozen=True, slots=True)
class FilingWindow:
    """The days on which a request can be filed, both included."""

    opens_on: date
    closes_on: date


def add_months(day: date, months: int) -> date:
    """Return the same day of another month, or that month's last day.

    31 August and six months give 29 February in a leap year.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def right_ends_on(printed_end: date) -> date:
    """R1. A permit lets its holder stay until the day printed on it.

    Source:
        L.414-1, L.411-2 (confidence A).
    """
    return printed_end


def filing_window(printed_end: date, *, on_anef: bool) -> FilingWindow:
    """R2. When the renewal is requested, also after a VLS-TS.

    Args:
        printed_end: Last day of the permit.
        on_anef: Whether the permit is on the list of those renewed online.

    Source:
        R.431-5 1°, R.431-18 (confidence A).
    """
    if on_anef:
        return FilingWindow(
            printed_end - timedelta(days=ANEF_WINDOW_OPENS_DAYS),
            printed_end - timedelta(days=ANEF_WINDOW_CLOSES_DAYS),
        )
    return FilingWindow(add_months(printed_end, -2), printed_end)


def online_deadline(printed_end: date, today: date) -> date:
    """R3. Until when help with an online file is useful.

    Only a complete file sent inside the window obliges the prefect to prolong: the
    last day of the window while it is still possible, then the end of the permit.

    Source:
        R.431-15-1 (confidence A).
    """
    window = filing_window(printed_end, on_anef=True)
    return window.closes_on if today <= window.closes_on else printed_end


def useful_from(printed_end: date, *, on_anef: bool) -> date:
    """R4. Before this day a visit can be refused as too early.

    Source:
        R.431-5; practice differs by prefecture (confidence B).
    """
    return filing_window(printed_end, on_anef=on_anef).opens_on


def grace_until(printed_end: date, requested_on: date | None) -> date | None:
    """R5. Three months more, for the kinds that have them, once renewal is requested.

    Shown to people, never used by a band: who could not be received has often
    requested nothing yet.

    Source:
        L.433-3 (confidence A).
    """
    until = add_months(printed_end, GRACE_MONTHS)
    return until if requested_on is not None and requested_on <= until else None


def lasted_four_years(starts_on: date | None, printed_end: date) -> bool:
    """R5 needs both dates of a card: only four years exactly have the grace.

    A card of four years ends on the eve of its fourth anniversary, or, as some are
    printed, on the anniversary itself.

    Source:
        L.411-4, L.433-3 (confidence A).
    """
    if starts_on is None:
        return False
    anniversary = add_months(starts_on, 48)
    return printed_end in (anniversary - timedelta(days=1), anniversary)


def second_cliff(printed_end: date, requested_on: date | None) -> date | None:
    """R6. Without a request by this day, entry conditions must be met again.

    Returns:
        The day, or None when a request was made in time.

    Source:
        R.431-8 (confidence A).
    """
    cliff = add_months(printed_end, CLIFF_MONTHS)
    return None if requested_on is not None and requested_on <= cliff else cliff


def late_fee_due(
    printed_end: date,
    requested_on: date,
    *,
    was_prevented: bool = False,
    holds_valid_visa: bool = False,
) -> bool:
    """R7. Whether a late request costs the fee; its amount is configuration.

    Args:
        printed_end: Last day of the permit.
        requested_on: Day of the request.
        was_prevented: Force majeure.
        holds_valid_visa: On the day of the request.

    Source:
        L.436-5 (confidence A).
    """
    return requested_on > printed_end and not (was_prevented or holds_valid_visa)


def is_covered(end_of_right_on: date | None, day: date) -> bool:
    """R8. Whether the right still holds on a day, last day included.

    A convocation dated after the end gives no right in the code: this function does
    not take one.

    Source:
        No article grants it; local practice differs (confidence B).
    """
    return end_of_right_on is None or day <= end_of_right_on


def majority_deadline(birth_date: BirthDate, *, is_listed: bool) -> date | None:
    """R9. Until when someone turning 18 requests a first permit.

    Args:
        birth_date: Known to the day, else there is no answer. Born on 29 February:
            the earlier of the two readings, 28 February, is taken.
        is_listed: The ground is one of those that may wait until the eve of the
            19th birthday (L.421-22, -23, -26 to -33, L.423-14, -15, -21, -22,
            L.424-1, -3, -24, L.426-1).

    Source:
        R.431-5 2° and 3° (confidence A).
    """
    if birth_date.precision != "day":
        return None
    if is_listed:
        return birthday(birth_date, 19) - timedelta(days=1)
    return add_months(birthday(birth_date, 18), 2)


def birthday(birth_date: BirthDate, age: int) -> date:
    """Return the day on which that age is reached."""
    return add_months(birth_date.earliest, 12 * age)


def first_request_by(entered_on: date, *, is_eu_family: bool = False) -> date:
    """R10. Until when a first permit is requested after entering.

    Source:
        R.431-4: two months; R.233-15: three for family of EU citizens
        (confidence A).
    """
    return add_months(entered_on, 3 if is_eu_family else 2)


def validate_visa_by(entered_on: date) -> date:
    """R10. Until when a VLS-TS is validated online.

    Source:
        R.431-17 (confidence A).
    """
    return add_months(entered_on, 3)


def refused_by_silence_on(complete_on: date, *, days: int | None = None) -> date:
    """R11. When silence on a complete file becomes a refusal.

    Args:
        complete_on: Day on which the file was complete.
        days: 90 or 60 for the grounds that have it; four months otherwise.

    Source:
        R.*432-1, R.432-2 (confidence A); an incomplete file may be refused without
        appeal: CE 10/10/2023 n° 472831.
    """
    if days is None:
        return add_months(complete_on, 4)
    return complete_on + timedelta(days=days)
