"""Slots: one start at one site, with its places; and the plans agents publish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from service.domain.errors import (
    ClosesBeforeItOpensError,
    DayOutOfReachError,
    InvalidDurationError,
    InvalidGuichetsError,
    InvalidSlotError,
    InvalidSlotPlanError,
    NoSlotFitsError,
    OutsideOfficeHoursError,
    TooManyPlacesError,
    UnknownMotifError,
)
from service.domain.motifs import MOTIFS

MAX_PLACES: Final = 1000
"""Hard ceiling on the places of one plan: a slip of the finger is not published."""

MAX_DAYS_AHEAD: Final = 366
_EARLIEST: Final = time(6)
_LATEST: Final = time(22)
_MINUTES: Final = range(5, 241)
_GUICHETS: Final = range(1, 51)
_SLOT_ID: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._:/-]{0,99}")
HELD_SUFFIX: Final = "/held"
"""Ends the name under which the held places of a slot stand in a pool."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSlot:
    """A published slot as the freeze sees it.

    Attributes:
        slot: Its name in the public pool; not ending in ``/held``.
        site: Site code.
        starts_at: Wall time in Europe/Paris, without zone, whole minutes.
        minutes: Length.
        motifs: Slugs it is open to.
        places: Places still free.
        published: Places published, those already given included. The held share
            of a day is computed from it, so that it does not melt while the day
            fills up. None means ``places``.
    """

    slot: str
    site: str
    starts_at: datetime
    minutes: int
    motifs: frozenset[str]
    places: int
    published: int | None = None

    def __post_init__(self) -> None:
        if not _SLOT_ID.fullmatch(self.slot) or self.slot.endswith(HELD_SUFFIX):
            raise InvalidSlotError("slot")
        if self.starts_at.tzinfo is not None or self.starts_at != _minute(
            self.starts_at
        ):
            raise InvalidSlotError("starts_at")
        if not 0 <= self.places <= self.published_places:
            raise InvalidSlotError("places")

    @property
    def published_places(self) -> int:
        """Return the places published, given ones included."""
        return self.places if self.published is None else self.published

    @property
    def day(self) -> date:
        """Return the day of the appointment, Europe/Paris."""
        return self.starts_at.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotPlan:
    """Opening hours of a site's guichets on one day, checked when made.

    Attributes:
        site: Site code.
        day: Europe/Paris.
        opens: First start.
        closes: When the last slot must be over.
        minutes: Length of a slot, 5 to 240.
        guichets: Counters open at once, 1 to 50: the places of each slot.
        motifs: Slugs, at least one.

    Raises:
        InvalidSlotPlanError: One of its subclasses, naming the field.
        UnknownMotifError: At ``motifs``.
    """

    site: str
    day: date
    opens: time
    closes: time
    minutes: int
    guichets: int
    motifs: frozenset[str]

    def __post_init__(self) -> None:
        self._check_hours()
        if self.minutes not in _MINUTES:
            raise InvalidDurationError("minutes")
        if self.guichets not in _GUICHETS:
            raise InvalidGuichetsError("guichets")
        if not self.motifs:
            raise InvalidSlotPlanError("motifs")
        if not self.motifs <= MOTIFS.keys():
            raise UnknownMotifError("motifs")
        starts = sum(1 for _ in self.starts())
        if starts == 0:
            raise NoSlotFitsError("closes")
        if starts * self.guichets > MAX_PLACES:
            raise TooManyPlacesError("guichets")

    def _check_hours(self) -> None:
        for field, at in (("opens", self.opens), ("closes", self.closes)):
            is_whole = at.second == at.microsecond == 0 and at.tzinfo is None
            if not is_whole or not _EARLIEST <= at <= _LATEST:
                raise OutsideOfficeHoursError(field)
        if self.closes <= self.opens:
            raise ClosesBeforeItOpensError("closes")

    def refuse_day_out_of_reach(self, today: date) -> None:
        """Check the one fact about a plan that depends on today.

        Raises:
            DayOutOfReachError: The day is past or today, or more than a year ahead.
        """
        if not 1 <= (self.day - today).days <= MAX_DAYS_AHEAD:
            raise DayOutOfReachError("day")

    def starts(self) -> Iterator[datetime]:
        """Yield each start in order, as wall time; every slot ends by ``closes``."""
        step = timedelta(minutes=self.minutes)
        start = datetime.combine(self.day, self.opens)
        end = datetime.combine(self.day, self.closes)
        while start + step <= end:
            yield start
            start += step

    def slots(self, prefix: str) -> tuple[OpenSlot, ...]:
        """Return the slots of the plan, in order.

        Args:
            prefix: Unique to this plan: the slots are named
                ``<prefix>-<hours><minutes>``.
        """
        return tuple(
            OpenSlot(
                slot=f"{prefix}-{start:%H%M}",
                site=self.site,
                starts_at=start,
                minutes=self.minutes,
                motifs=self.motifs,
                places=self.guichets,
                published=self.guichets,
            )
            for start in self.starts()
        )


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
