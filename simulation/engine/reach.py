"""Who can win anything tonight: the others need not enter the draw.

A registration that goes unserved changes nobody's answer: passes are greedy, shares
of a quota are counted on places, and a ticket depends on its own label
(``service/draw``). So leaving out who is sure to go unserved is exact; a test holds
it. It only saves time. All here are singles, in one pool of places each.

People of better bands with the very same lists are served first: either they all
are, and leave the rest of the places on those lists, or one is refused, and the lists
are full. So whoever stands behind more people of the same band and lists than places
are left goes unserved. Each quota is looked at by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from service.domain.bands import band_of
from service.domain.hold import held_places
from service.domain.ruleset import Ruleset
from service.domain.ruleset_parts import NUMBER_OF_BANDS
from simulation.engine.arrays import NEVER, Bools, Ints, where
from simulation.engine.calendar import day_of
from simulation.engine.cells import Tonight
from simulation.engine.world import World

Tickets = Callable[[Ints], list[bytes]]
Words = NDArray[np.uint64]
USUAL, SHORT = 0, 1
OPEN, HELD = 0, 1
_WORDS: Final = 4
"""Words of 8 octets in a ticket; the first is compared, and equals stay in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """Those who take part tonight; arrays of length n.

    Attributes:
        pool: Of which places each one wants one.
        short: Whether they said that they can come at short notice.
        end: The end of right that the rule believes, a day number or NEVER.
        registered: The day from which the wait counts.
    """

    pool: Ints
    short: Bools
    end: Ints
    registered: Ints

    def of(self, some: Bools) -> "Crowd":
        """Return some of them."""
        return Crowd(
            pool=self.pool[some],
            short=self.short[some],
            end=self.end[some],
            registered=self.registered[some],
        )


class Bands:
    """The domain's bands by days left, looked up instead of asked for each person."""

    __slots__ = ("_known", "_least", "ruleset")

    def __init__(self, world: World, ruleset: Ruleset, ends: Ints) -> None:
        """Ask the domain once for every distance that can occur in the run."""
        self.ruleset = ruleset
        dated, days = ends[ends < NEVER], world.scenario.days
        self._least = int(dated.min(initial=0)) - days
        most = max(int(dated.max(initial=0)), days)
        start = world.scenario.start
        ends_on = [day_of(start, left) for left in range(self._least, most + 1)]
        self._known = np.array(
            [band_of(end, start, ruleset).number for end in (*ends_on, None)],
            dtype=np.int64,
        )

    def of(self, left: Ints) -> Ints:
        """Return the band of each number of days left; beyond all is no date."""
        at = np.minimum(left - self._least, len(self._known) - 1)
        found: Ints = self._known[at]
        return found


def within_reach(
    world: World, bands: Bands, tonight: Tonight, crowd: Crowd, tickets: Tickets
) -> Bools:
    """Say who could be given one of tonight's places; never wrong about who cannot.

    Args:
        world: The run, on the evening of the night.
        bands: The bands of the ruleset in force.
        tonight: The cells and their free places.
        crowd: Those who take part.
        tickets: The night's tickets of some of them, asked for only when the lot
            decides.
    """
    kinds = _kinds(world, bands, tonight, crowd)
    room = kinds.room - _ahead(kinds)
    waited = world.today - crowd.registered
    fields = [_Field(where(room > 0), kinds.of, 0 * waited, room)]
    fields += _quota_fields(world, bands.ruleset, tonight, crowd, kinds)
    asked = np.zeros(len(waited), dtype=np.bool_)
    for each in fields:
        asked[each.undecided()] = True
    first = np.zeros(len(waited), dtype=np.uint64)
    if asked.any():
        begins = np.frombuffer(b"".join(tickets(where(asked))), dtype=">u8")
        first[asked] = begins[::_WORDS]
    kept = np.zeros(len(waited), dtype=np.bool_)
    for each in fields:
        kept[each.front(first)] = True
    return kept


@dataclass(frozen=True, slots=True)
class _Field:
    """A pass as seen from below: of each kind, so many can be served by it at most.

    Attributes:
        who: Those who take part in it, of the n people.
        kind: The kind of each of the n people.
        key: What the pass looks at before the ticket, smaller first.
        room: How many of the kind it can serve, for each of the n people.
    """

    who: Ints
    kind: Ints
    key: Ints
    room: Ints

    def undecided(self) -> Ints:
        """Return those among whom the lot decides: as many too many are equal."""
        order = self.who[np.lexsort((self.key[self.who], self.kind[self.who]))]
        kind, key = self.kind[order], self.key[order]
        last = _nth_of_each(kind, self.room[order])
        after = np.minimum(last + 1, max(len(order) - 1, 0))
        split = (after > last) & (kind[after] == kind) & (key[after] == key[last])
        found: Ints = order[split & (key == key[last])]
        return found

    def front(self, first: Words) -> Ints:
        """Return, of each kind, those in front, equals of the last one included."""
        keys = (first[self.who], self.key[self.who], self.kind[self.who])
        order = self.who[np.lexsort(keys)]
        last = order[_nth_of_each(self.kind[order], self.room[order])]
        nearer = self.key[order] < self.key[last]
        equal = (self.key[order] == self.key[last]) & (first[order] <= first[last])
        found: Ints = order[nearer | equal]
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kinds:
    """People of one kind have the same band and the same lists of slots.

    Attributes:
        of: The kind of each of the n people.
        band: The band of each of them.
        lists: What they could ever be given, by pool, notice and held places.
        room: Places on those lists, for each of the n people.
    """

    of: Ints
    band: Ints
    lists: Ints
    room: Ints


def _kinds(world: World, bands: Bands, tonight: Tonight, crowd: Crowd) -> _Kinds:
    ruleset, today = bands.ruleset, world.today
    band = bands.of(crowd.end - today)
    held = np.isin(band, ruleset.hold.bands).astype(np.int64)
    short = (np.isin(band, ruleset.notice.short_bands) | crowd.short).astype(np.int64)
    lists = (crowd.pool * 2 + short) * 2 + held
    last = int(tonight.day.max(initial=today))
    # From the last day on, and once the right is lost, every place is in time.
    differs = (crowd.end >= today) & (crowd.end < last)
    in_time = np.where(differs, crowd.end - today, last - today)
    kind = (lists * NUMBER_OF_BANDS + band) * (last - today + 1) + in_time
    room = _room(world, ruleset, tonight).reshape(-1)[lists]
    return _Kinds(of=kind, band=band, lists=lists, room=room)


def _room(world: World, ruleset: Ruleset, tonight: Tonight) -> Ints:
    """Count the free places by pool, notice, and with or without held ones."""
    night = day_of(world.scenario.start, world.today)
    held = held_places(tonight.slots, night, ruleset.hold)
    kept = np.array([held.get(each.slot, 0) for each in tonight.slots], dtype=np.int64)
    room = np.zeros((world.places.pools, 2, 2), dtype=np.int64)
    for notice, days in ((USUAL, ruleset.notice.usual_days),
                         (SHORT, ruleset.notice.short_days)):  # fmt: skip
        far = tonight.day >= world.today + days
        np.add.at(room[:, notice, HELD], tonight.pool[far], tonight.free[far])
        open_ = tonight.free[far] - kept[far]
        np.add.at(room[:, notice, OPEN], tonight.pool[far], open_)
    return room


def _ahead(kinds: _Kinds) -> Ints:
    """Count, for each person, those of better bands who have the very same lists."""
    key = kinds.lists * NUMBER_OF_BANDS + kinds.band
    whole = (int(kinds.lists.max(initial=0)) + 1) * NUMBER_OF_BANDS
    table = np.bincount(key, minlength=whole).reshape(-1, NUMBER_OF_BANDS)
    before = np.cumsum(table, axis=1) - table
    ahead: Ints = before.reshape(-1)[key].astype(np.int64)
    return ahead


def _quota_fields(
    world: World, ruleset: Ruleset, tonight: Tonight, crowd: Crowd, kinds: _Kinds
) -> list[_Field]:
    """Return what each quota can serve, the longest wait first."""
    waited = world.today - crowd.registered
    near = tonight.day >= world.today + ruleset.notice.short_days
    total, places = int(tonight.free[near].sum()), 0
    fields: list[_Field] = []
    for quota in ruleset.quotas:
        # Those whom an earlier quota serves stand in this one's way at most.
        places += total * quota.percent // 100
        may = (waited >= quota.waited_days_min) & np.isin(kinds.band, quota.bands)
        if quota.without_date_only:
            may &= crowd.end >= NEVER
        if places:
            room = np.minimum(kinds.room, places)
            fields.append(_Field(where(may & (room > 0)), kinds.of, -waited, room))
    return fields


def _nth_of_each(kind: Ints, room: Ints) -> Ints:
    """Return, for each position of sorted kinds, that of the last one with room.

    Args:
        kind: Ascending.
        room: How many of the kind have room; equal inside a kind.
    """
    begins = np.ones(len(kind), dtype=np.bool_)
    begins[1:] = kind[1:] != kind[:-1]
    starts = where(begins)
    group = np.cumsum(begins) - 1
    ends = np.append(starts[1:], len(kind)) - 1
    last: Ints = np.minimum(starts[group] + room - 1, ends[group])
    return last
