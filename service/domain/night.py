"""The night: its date, its instants, and the steps it takes, one at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from service.domain.errors import NightStepNotAllowedError
from service.domain.ruleset import Ruleset

PARIS: Final = ZoneInfo("Europe/Paris")
"""Every business date and every wall time of the service is read in this zone."""


class NightState(StrEnum):
    """How far a night has come."""

    PLANNED = "planned"
    FROZEN = "frozen"
    COMMITTED = "committed"
    REVEALED = "revealed"
    DRAWN = "drawn"
    PUBLISHED = "published"
    NOTIFIED = "notified"


_ORDER: Final = tuple(NightState)


def next_state(state: NightState) -> NightState:
    """Return the one state that may follow.

    Raises:
        NightStepNotAllowedError: The night is over.
    """
    at = _ORDER.index(state) + 1
    if at == len(_ORDER):
        raise NightStepNotAllowedError
    return _ORDER[at]


def step(state: NightState, to: NightState) -> NightState:
    """Return ``to`` when it is the one state that may follow ``state``.

    Raises:
        NightStepNotAllowedError: It is any other one.
    """
    if next_state(state) is not to:
        raise NightStepNotAllowedError
    return to


def paris_date(at: datetime) -> date:
    """Return the calendar day in Paris of an aware instant."""
    return at.astimezone(PARIS).date()


def instant_of(wall: datetime) -> datetime:
    """Return the UTC instant of a naive Paris wall time.

    When clocks go back, the first of the two is meant; a time skipped when they go
    forward is read as the same distance after the change.
    """
    return wall.replace(tzinfo=PARIS, fold=0).astimezone(UTC)


def wall_of(at: datetime) -> datetime:
    """Return the naive Paris wall time of an aware instant."""
    return at.astimezone(PARIS).replace(tzinfo=None)


def wall_instant(day: date, at: time) -> datetime:
    """Return the UTC instant of a Paris day and wall time."""
    return instant_of(datetime.combine(day, at))


def freeze_instant(night: date, ruleset: Ruleset) -> datetime:
    """Return the UTC instant at which the pool of a night is frozen.

    The ruleset has no freeze between 02:00 and 03:00, so that the instant exists
    once, also on the two nights on which clocks change.
    """
    return wall_instant(night, ruleset.clock.freeze_at)


def first_night_open_at(now: datetime, ruleset: Ruleset) -> date:
    """Return the night that a registration made at ``now`` enters.

    The pool of a night is closed from the very instant of its freeze on.

    Args:
        now: An aware instant.
        ruleset: Whose freeze hour counts.
    """
    today = paris_date(now)
    if now < freeze_instant(today, ruleset):
        return today
    return today + timedelta(days=1)


def beacon_not_before(
    night: date, committed_at: datetime, ruleset: Ruleset
) -> datetime:
    """Return the earliest instant of a beacon round that a commitment may name.

    Counted from the commitment, or from the freeze if that is later: a night that
    was caught up after a failure waits as long as any other.
    """
    start = max(committed_at.astimezone(UTC), freeze_instant(night, ruleset))
    return start + timedelta(minutes=ruleset.clock.beacon_delay_min)
