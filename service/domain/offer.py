"""Offers: an allocated place waits for its person, then flows back if it must."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from service.domain.errors import OfferNotOpenError
from service.domain.night import wall_instant
from service.domain.ruleset import Ruleset
from service.domain.sending import humane_deadline


class OfferState(StrEnum):
    """What became of an offer."""

    AWAITING = "awaiting"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"


_ALLOWED: Final = {
    OfferState.AWAITING: frozenset(OfferState) - {OfferState.AWAITING},
    OfferState.CONFIRMED: frozenset({OfferState.CANCELLED}),
}

FREES_ITS_PLACE: Final = frozenset(
    {OfferState.DECLINED, OfferState.LAPSED, OfferState.CANCELLED}
)
"""After these the place goes to a later night: never to a click, never to a person
of the canceller's choice (mechanism.md § 7)."""


def move_offer(state: OfferState, to: OfferState) -> OfferState:
    """Return ``to`` when an offer may go there.

    Raises:
        OfferNotOpenError: It may not.
    """
    if to not in _ALLOWED.get(state, frozenset()):
        raise OfferNotOpenError
    return to


def confirm_by(
    handed_over_at: datetime, starts_at: datetime, ruleset: Ruleset
) -> datetime:
    """Return the UTC instant until which an offer can be confirmed, included.

    The window never ends at night, on a week-end or on a public holiday: it goes on
    until the next working day at ten, or until the latest time if that is earlier.

    Args:
        handed_over_at: Aware instant at which the message was handed over.
        starts_at: Start of the appointment, naive Paris wall time.
        ruleset: The window of hours, which really pass, also when clocks change;
            and the latest wall time on the day before.
    """
    window = timedelta(hours=ruleset.offer.window_hours)
    return min(
        humane_deadline(handed_over_at.astimezone(UTC) + window),
        latest_answer(starts_at, ruleset),
    )


def reaches_in_time(
    handed_over_at: datetime, starts_at: datetime, ruleset: Ruleset
) -> bool:
    """Tell whether any time is left to answer.

    If not, the offer must not lapse by silence: it goes to the agents' call list.
    """
    return handed_over_at < latest_answer(starts_at, ruleset)


def after_refusal(declines: int, night: date, ruleset: Ruleset) -> date:
    """Return the night on which the registration takes part again.

    Its date of registration and its days waited stay. Silence counts as a decline.

    Args:
        declines: Offers declined or lapsed so far, this one included, at least 1.
        night: The next night, in which the freed place is drawn again.
        ruleset: How many declines are free, and what later ones cost.
    """
    if declines <= ruleset.offer.free_declines:
        return night + timedelta(days=1)
    return night + timedelta(days=ruleset.offer.sit_out_nights)


def after_cancellation(night: date) -> date:
    """Return the night on which someone who cancelled takes part again.

    Moving an appointment is cancelling it and taking part again: one sits out only
    the night in which the freed place is drawn, so that nobody can steer it.

    Args:
        night: The next night, in which the freed place is drawn again.
    """
    return night + timedelta(days=1)


def waits_since_after_no_show(came_back_on: date) -> date:
    """Return the date from which the wait counts for who did not come.

    Someone absent without notice may register again at once; only the days waited
    restart. An agent may excuse it, and then the old date stays.
    """
    return came_back_on


def latest_answer(starts_at: datetime, ruleset: Ruleset) -> datetime:
    """Return the UTC instant after which a place is too near to answer for."""
    day_before = starts_at.date() - timedelta(days=1)
    return wall_instant(day_before, ruleset.offer.latest_the_day_before)
