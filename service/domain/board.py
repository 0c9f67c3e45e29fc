"""The places of a night laid out: which are open, which held, which suit whom.

A set of slots is the bits of one number, the first slot of slot order the lowest
bit: what suits someone is then the intersection of a few sets.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate, compress
from typing import Final, Self, TypeVar

from service.domain.availability import Availability
from service.domain.hold import held_places
from service.domain.ruleset import Ruleset
from service.domain.slots import HELD_SUFFIX, OpenSlot

Key = TypeVar("Key")

_ALL: Final = -1
_ZERO_DIGIT_IS_FALSE: Final = bytes.maketrans(b"01", b"\x00\x01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """The open, or the held, places of a slot, as they stand in a pool."""

    slot: str
    site: str
    starts_at: datetime
    motifs: frozenset[str]
    places: int
    is_held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """All that can be given on a night, and the sets it falls into.

    Attributes:
        night: Europe/Paris date of the draw.
        seats: In slot order; position is bit number.
        days: The different days of the seats, in order.
        on_day: The seats of each of these days.
        until_day: The seats of each of these days and all before.
        at_site: By site code.
        for_motif: By slug.
        not_held: Those open to everybody.
    """

    night: date
    seats: tuple[Seats, ...]
    days: tuple[date, ...]
    on_day: tuple[int, ...]
    until_day: tuple[int, ...]
    at_site: Mapping[str, int]
    for_motif: Mapping[str, int]
    not_held: int

    @classmethod
    def of(cls, seats: Sequence[Seats], night: date) -> Self:
        """Sort the seats into their sets."""
        ordered = tuple(sorted(seats, key=lambda seat: (seat.starts_at, seat.slot)))
        by_day = _sets(ordered, lambda seat: (seat.starts_at.date(),))
        return cls(
            night=night,
            seats=ordered,
            days=tuple(by_day),
            on_day=tuple(by_day.values()),
            until_day=tuple(accumulate(by_day.values(), int.__or__)),
            at_site=_sets(ordered, lambda seat: (seat.site,)),
            for_motif=_sets(ordered, lambda seat: seat.motifs),
            not_held=_sets(ordered, lambda seat: (seat.is_held,)).get(False, 0),
        )

    @property
    def open_places(self) -> int:
        """Return how many places can be given to anybody: held ones are left out.

        A held place that nobody needs stands again the next night; counted here, it
        would be shared out anew each night until its day.
        """
        return sum(seat.places for seat in self.seats if not seat.is_held)

    def until(self, last: date | None) -> int:
        """Return the seats of the days up to ``last``, included; all for None."""
        if last is None:
            return _ALL
        at = bisect_right(self.days, last)
        return self.until_day[at - 1] if at else 0

    def suitable(
        self,
        *,
        motif: str,
        sites: frozenset[str],
        availability: Availability,
        notice_days: int,
        may_use_held: bool,
    ) -> int:
        """Return the seats that suit one kind of registration."""
        wanted = self.for_motif.get(motif, 0) & self._at(sites)
        if not may_use_held:
            wanted &= self.not_held
        return wanted & self._on_days_of(availability, notice_days)

    def names(self, seats: int) -> tuple[str, ...]:
        """Return the names of a set of seats, in slot order."""
        bits = f"{seats:b}"[::-1].encode().translate(_ZERO_DIGIT_IS_FALSE)
        return tuple(compress((seat.slot for seat in self.seats), bits))

    def _at(self, sites: Iterable[str]) -> int:
        found = 0
        for site in sites:
            found |= self.at_site.get(site, 0)
        return found

    def _on_days_of(self, availability: Availability, notice_days: int) -> int:
        earliest = self.night + timedelta(days=notice_days)
        found = 0
        for day, seats in zip(self.days, self.on_day, strict=True):
            if day >= earliest and availability.suits(day):
                found |= seats
        return found


def lay_out(slots: Sequence[OpenSlot], night: date, ruleset: Ruleset) -> Board:
    """Return the board of a night.

    Args:
        slots: All slots of the prefecture, full ones included; any order.
        night: Europe/Paris date of the draw.
        ruleset: How much is held, and the shortest notice: nearer slots suit nobody
            and are left out.
    """
    held = held_places(slots, night, ruleset.hold)
    earliest = night + timedelta(days=ruleset.notice.short_days)
    near_enough = (slot for slot in slots if slot.day >= earliest)
    seats = [
        part
        for slot in near_enough
        for part in _split(slot, held.get(slot.slot, 0))
        if part.places
    ]
    return Board.of(seats, night)


def _split(slot: OpenSlot, held: int) -> tuple[Seats, Seats]:
    return (
        _seats(slot, slot.slot, slot.places - held, is_held=False),
        _seats(slot, f"{slot.slot}{HELD_SUFFIX}", held, is_held=True),
    )


def _seats(slot: OpenSlot, name: str, places: int, *, is_held: bool) -> Seats:
    return Seats(
        slot=name,
        site=slot.site,
        starts_at=slot.starts_at,
        motifs=slot.motifs,
        places=places,
        is_held=is_held,
    )


def _sets(
    seats: Sequence[Seats], keys_of: Callable[[Seats], Iterable[Key]]
) -> dict[Key, int]:
    found: dict[Key, int] = defaultdict(int)
    for position, seat in enumerate(seats):
        for key in keys_of(seat):
            found[key] |= 1 << position
    return dict(found)
