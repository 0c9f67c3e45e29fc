"""Seats for singles: who can still be placed, decided exactly and fast.

Singles with the same list of slots are interchangeable, so a seating only
counts how many of each *type* (one list of slots) sit in each slot. Sets of
slots are whole numbers, one bit a slot, bit 0 the first in slot order.

A search that fails proves a set of slots *closed*: all full, everyone in them
unable to go elsewhere. They stay so for the rest of the night, and are never
looked at again.

Source: Roth, Sönmez, Ünver, "Pairwise kidney exchange", JET 125 (2005)
(priority matching by augmenting paths); ``spec/draw-v1.md`` section 4.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from service.draw.registrations import LARGEST_SIZE

_NOBODY: Final = -1


class Path(NamedTuple):
    """A way to make room: who moves where, read from its end.

    Attributes:
        steps: For each type reached, the type that would take its seat
            (nobody, at the start) and the slot it would leave.
        last: The type that moves into ``goal``.
        goal: The slot where the path ends.
    """

    steps: dict[int, tuple[int, int]]
    last: int
    goal: int


class Dead(NamedTuple):
    """A search that failed.

    Attributes:
        steps: The types that sit in the slots reached.
        unreached: The slots that were not reached.
    """

    steps: dict[int, tuple[int, int]]
    unreached: int


class Seating:
    """Who sits where, as counts by type and slot; changes as people are served.

    Attributes:
        masks: For each type, the slots that suit it.
        support: For each type, the slots where at least one sits.
        room: For each slot, the places not withdrawn.
        load: For each slot, the singles that sit there.
        free: The slots with more room than load.
        live: The slots not closed.
        occupants: For each slot, how many of each type sit there.
        active: The types of which someone has been seated.
        searches: How many searches were made; tests bound it.
        failures: How many of them failed.
    """

    __slots__ = (
        "_bits",
        "_withdrawable",
        "active",
        "failures",
        "free",
        "live",
        "load",
        "masks",
        "occupants",
        "room",
        "searches",
        "support",
    )

    def __init__(self, masks: Sequence[int], places: Sequence[int]) -> None:
        """Start empty.

        Args:
            masks: For each type, its slots; none is empty.
            places: For each slot, how many places it gives.
        """
        self.masks = masks
        self.support = [0] * len(masks)
        self.room = list(places)
        self.load = [0] * len(places)
        self.active: dict[int, None] = {}
        self.searches = 0
        self.failures = 0
        self._bits = [1 << slot for slot in range(len(places))]
        self.occupants: list[dict[int, int]] = [{} for _ in places]
        # For each size, the slots from which that many places may still be
        # withdrawn. It only ever shrinks: serving and pinning add constraints.
        self._withdrawable = [
            slots_with(places, size) for size in range(LARGEST_SIZE + 1)
        ]
        self.live = self.free = self._withdrawable[1]

    def withdrawable(self, size: int) -> int:
        """Return the slots from which that many places may still be withdrawn."""
        return self._withdrawable[size]

    def seat(self, kind: int) -> bool:
        """Serve one single of a type if everyone so far can still be placed."""
        fits = self.masks[kind] & self.free
        if fits:
            # The last one: early slots are left open for the date pass.
            slot = fits.bit_length() - 1
            self.take_room(slot)
        else:
            start = self.masks[kind] & self.live
            if not start:
                return False
            found = self.search(start, self.free, self.live ^ start, self.active)
            if isinstance(found, Dead):
                self.live = found.unreached
                return False
            slot = self.shift(found)
            self.take_room(found.goal)
        self._sit(kind, slot)
        self.active[kind] = None
        return True

    def pin(self, kind: int, size: int) -> int | None:
        """Withdraw ``size`` places of one slot, moving singles as needed.

        Returns:
            The first slot of the type's list from which that many places can
            be withdrawn while everyone served stays placed; None if there is
            none. A failed attempt needs no undoing: whoever was moved is still
            properly seated.
        """
        while fits := self.masks[kind] & self._withdrawable[size] & self.live:
            slot = (fits & -fits).bit_length() - 1
            if self._withdraw(slot, size):
                return slot
        return None

    def search(
        self, start: int, goal: int, unreached: int, kinds: Collection[int]
    ) -> Path | Dead:
        """Look, breadth first, for a way from some slots to a goal.

        From a slot one goes on to every slot that suits somebody seated there.

        Args:
            start: The slots to leave from, none of them in ``goal``.
            goal: The slots to reach.
            unreached: Where the search may go, without ``start``.
            kinds: The types that may be met.
        """
        self.searches += 1
        goal &= unreached
        steps: dict[int, tuple[int, int]] = {}
        if not start & start - 1:
            # One slot: most searches end with the first of its occupants.
            slot = start.bit_length() - 1
            for kind in self.occupants[slot]:
                hit = self.masks[kind] & goal
                if hit:
                    return Path({kind: (_NOBODY, slot)}, kind, hit.bit_length() - 1)
        frontier = [(start, _NOBODY)]
        for reached, mover in frontier:
            for kind, slot in self._met(reached, kinds, steps):
                steps[kind] = (mover, slot)
                onward = self.masks[kind] & unreached
                if onward & goal:
                    return Path(steps, kind, (onward & goal).bit_length() - 1)
                if onward:
                    unreached ^= onward
                    frontier.append((onward, kind))
        self.failures += 1
        return Dead(steps, unreached)

    def shift(self, path: Path) -> int:
        """Move one of each type along a path; return the slot where it opened."""
        kind, into = path.last, path.goal
        while True:
            follower, slot = path.steps[kind]
            self.stand(kind, slot)
            self._sit(kind, into)
            if follower == _NOBODY:
                return slot
            kind, into = follower, slot

    def take_room(self, slot: int) -> None:
        """Count one more single in a slot that has room."""
        self.load[slot] += 1
        if self.load[slot] == self.room[slot]:
            self.free ^= self._bits[slot]

    def give_room(self, slot: int) -> None:
        """Count one single less in a slot."""
        self.load[slot] -= 1
        self.free |= self._bits[slot]

    def leave(self, kind: int, slot: int) -> None:
        """Take one of a type out of a slot and out of the seating."""
        self.stand(kind, slot)
        self.give_room(slot)

    def withdraw_one(self, slot: int) -> None:
        """Take a free place out of a slot for good."""
        self.room[slot] -= 1
        if self.load[slot] == self.room[slot]:
            self.free ^= self._bits[slot]

    def stand(self, kind: int, slot: int) -> None:
        """Take one of a type off a slot's counts; its place stays taken."""
        there = self.occupants[slot]
        if there[kind] > 1:
            there[kind] -= 1
        else:
            del there[kind]
            self.support[kind] ^= self._bits[slot]

    def _sit(self, kind: int, slot: int) -> None:
        there = self.occupants[slot]
        there[kind] = there.get(kind, 0) + 1
        self.support[kind] |= self._bits[slot]

    def _met(
        self, reached: int, kinds: Collection[int], steps: dict[int, tuple[int, int]]
    ) -> Iterator[tuple[int, int]]:
        """Find the types not met before that sit in the slots just reached."""
        if 4 * reached.bit_count() < len(kinds) - len(steps):
            for slot in slots_of(reached):
                for kind in self.occupants[slot]:
                    if kind not in steps:
                        yield kind, slot
        else:
            support = self.support
            for kind in kinds:
                if support[kind] & reached and kind not in steps:
                    yield kind, (support[kind] & reached).bit_length() - 1

    def _withdraw(self, slot: int, size: int) -> bool:
        """Try to take places out of one slot for good."""
        bit = self._bits[slot]
        self.free &= ~bit  # nobody may move into the slot while it is emptied
        closed = 0
        while self.room[slot] - self.load[slot] < size:
            found = self.search(bit, self.free, self.live ^ bit, self.active)
            if isinstance(found, Dead):
                closed = self.live ^ found.unreached
                break
            self.shift(found)
            self.take_room(found.goal)
            self.load[slot] -= 1
        left = self.room[slot] - self.load[slot]
        done = left >= size
        if done:
            self.room[slot] -= size
            left -= size
            closed = 0 if self.room[slot] else bit
        if left:
            self.free |= bit
            closed = 0
        self.live &= ~closed
        for more in range((self.room[slot] if done else left) + 1, LARGEST_SIZE + 1):
            self._withdrawable[more] &= ~bit
        return done


def slots_with(places: Sequence[int], least: int) -> int:
    """Return the set of slots that have at least so many places."""
    row = bytes(48 + (count >= least) for count in reversed(places))
    return int(row or b"0", 2)


def slots_of(mask: int) -> Iterator[int]:
    """Return the slots of a set, the first first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
