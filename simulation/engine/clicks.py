"""The seconds of a release: who clicks first, resolved for all at once.

Places appear at some instants; people and programs try at others. Each try takes
a place when one is there and nobody earlier took it. No loop over tries: the
number taken after the i-th try is a running minimum.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from simulation.engine.arrays import Bools, Floats, Ints, no_numbers, numbers, where

SOON_S: Final = 3
"""Where programs try, all is gone so soon after a release; then nobody looks on."""

_BIN_S: Final = 4
_LAST_S: Final = 2 * 86_400.0
_BINS: Final = int(_LAST_S) // _BIN_S + 8
"""Seconds are looked at in small bins, over more than a day has: whoever still waits
in a queue at midnight finds room."""


@dataclass(frozen=True, slots=True)
class Tries:
    """The tries of one day on one pool; arrays of equal length, any order."""

    at_s: Floats
    who: Ints

    def joined(self, other: "Tries") -> "Tries":
        """Return these tries and the others."""
        return Tries(
            np.concatenate([self.at_s, other.at_s]),
            np.concatenate([self.who, other.who]),
        )

    @classmethod
    def together(cls, parts: list["Tries"]) -> "Tries":
        """Return the tries of several actors as one."""
        return cls(
            np.concatenate([each.at_s for each in parts]),
            np.concatenate([each.who for each in parts]),
        )

    def some(self, which: Bools) -> "Tries":
        """Return some of them."""
        return Tries(self.at_s[which], self.who[which])


@dataclass(frozen=True, slots=True)
class Taken:
    """Who took which place, when; arrays of equal length in order of time."""

    at_s: Floats
    who: Ints
    place: Ints


def nothing() -> Tries:
    """Return no tries at all."""
    return Tries(np.empty(0), no_numbers())


def nothing_taken() -> Taken:
    """Return what is taken when nothing is there."""
    return Taken(np.empty(0), no_numbers(), no_numbers())


def first_come(released_s: Floats, tries_s: Floats) -> Bools:
    """Say which tries find a place, first come, first served.

    Args:
        released_s: Instants at which one place each appears, ascending.
        tries_s: Instants of the tries, ascending.

    Returns:
        For each try, whether it takes a place.
    """
    count = numbers(len(tries_s))
    supply = np.searchsorted(released_s, tries_s, side="right")
    room = np.minimum.accumulate(supply - count) + count
    taken_after = np.minimum(count + 1, room)
    found: Bools = np.empty(len(tries_s), dtype=np.bool_)
    found[:1] = taken_after[:1] > 0
    found[1:] = taken_after[1:] > taken_after[:-1]
    return found


def resolve(
    places: Ints, released_s: Floats, tries: Tries, *, once_below: int
) -> tuple[Taken, Ints]:
    """Give the places of one day to those who click first.

    Args:
        places: The place ids, nearest appointment first.
        released_s: When each of them appears.
        tries: All tries, in any order.
        once_below: Actors with a number below this are people, who stop trying
            after their first success; others are programs, who go on.

    Returns:
        What was taken, and the number of failed tries of each try's actor as an
        array of actors, one entry a failed try.
    """
    if len(places) == 0:
        return nothing_taken(), tries.who
    order = np.lexsort((places, released_s))
    places, released_s = places[order], released_s[order]
    seen = _soon_after(released_s, tries.at_s)
    taken, failed = _in_turn(places, released_s, tries.some(seen), once_below)
    if not _all_gone(released_s, taken.at_s):
        seen = tries.at_s >= released_s[0]
        taken, failed = _in_turn(places, released_s, tries.some(seen), once_below)
    in_vain = _in_vain(tries.some(~seen), taken, once_below)
    return taken, np.concatenate([failed, in_vain])


def _soon_after(released_s: Floats, tries_s: Floats) -> Bools:
    """Say which tries come soon after some release; rather too many than too few."""
    watched = np.zeros(_BINS, dtype=np.bool_)
    first = np.minimum(released_s, _LAST_S).astype(np.int64) // _BIN_S
    for later in range(SOON_S // _BIN_S + 2):
        watched[first + later] = True
    seen: Bools = watched[np.minimum(tries_s, _LAST_S).astype(np.int64) // _BIN_S]
    return seen


def _all_gone(released_s: Floats, taken_s: Floats) -> bool:
    """Say whether soon after each release nothing was left.

    If so, every try at another moment found nothing, and need not be looked at.
    """
    ends = released_s + SOON_S
    gone = np.searchsorted(taken_s, ends, side="right")
    return bool(np.all(gone >= np.searchsorted(released_s, ends, side="right")))


def _in_vain(unseen: Tries, taken: Taken, once_below: int) -> Ints:
    """Return who made each try that found nothing; the served made no more."""
    winners = where(taken.who < once_below)
    if len(winners) == 0:
        return unseen.who
    served = np.zeros(once_below + 1, dtype=np.bool_)
    served[taken.who[winners]] = True
    again = where(np.take(served, unseen.who, mode="clip"))
    if len(again) == 0:
        return unseen.who
    order = winners[np.argsort(taken.who[winners])]
    who, at_s = taken.who[order], taken.at_s[order]
    done = at_s[np.searchsorted(who, unseen.who[again])] < unseen.at_s[again]
    return np.delete(unseen.who, again[done])


def among(numbers_: Ints, some: Ints) -> Bools:
    """Say which numbers stand in ``some``, whose numbers ascend."""
    if len(some) == 0:
        return np.zeros(len(numbers_), dtype=np.bool_)
    at = np.minimum(np.searchsorted(some, numbers_), len(some) - 1)
    found: Bools = some[at] == numbers_
    return found


def _in_turn(
    places: Ints, released_s: Floats, tries: Tries, once_below: int
) -> tuple[Taken, Ints]:
    """Resolve tries whose places stand in order of release."""
    turn = _turn(tries)
    at_s, who = tries.at_s[turn], tries.who[turn]
    live = np.ones(len(at_s), dtype=np.bool_)
    while True:
        found = np.zeros(len(at_s), dtype=np.bool_)
        found[live] = first_come(released_s, at_s[live])
        superfluous = _after_success(who, found, live, once_below)
        if not superfluous.any():
            break
        live &= ~superfluous
    taken = Taken(at_s[found], who[found], places[: int(found.sum())])
    failed: Ints = who[live & ~found]
    return taken, failed


def _turn(tries: Tries) -> Ints:
    """Order tries by time; at the same instant the lower number comes first."""
    who = tries.who
    if np.all(who[1:] >= who[:-1]):
        return np.argsort(tries.at_s, kind="stable")
    return np.lexsort((who, tries.at_s))


def _after_success(who: Ints, found: Bools, live: Bools, once_below: int) -> Bools:
    """Say which live tries come after the same person's first success."""
    winners = np.flatnonzero(found & (who < once_below))
    if len(winners) == 0:
        return np.zeros(len(who), dtype=np.bool_)
    order = np.argsort(who[winners], kind="stable")
    people = who[winners[order]]
    new = np.ones(len(people), dtype=np.bool_)
    new[1:] = people[1:] != people[:-1]
    people, first = people[new], order[new]
    at = np.minimum(np.searchsorted(people, who), len(people) - 1)
    later = (people[at] == who) & (numbers(len(who)) > winners[first][at])
    out: Bools = live & later
    return out


def exhaustion_s(released_s: Floats, taken_s: Floats) -> float | None:
    """Return seconds from a release until its last place was gone, if it ever was.

    Args:
        released_s: When each place of that release appeared.
        taken_s: When places of that release were taken the same day.
    """
    if len(released_s) == 0 or len(taken_s) < len(released_s):
        return None
    return float(taken_s.max() - released_s.max())


def empty_polls(released_s: Floats, taken_s: Floats, polls_s: Floats) -> int:
    """Count the polls at which no place was there (La Cimade's robot).

    Args:
        released_s: When places appeared, in any order.
        taken_s: When places were taken, ascending.
        polls_s: When the robot looked.
    """
    if len(released_s) == 0:
        return len(polls_s)
    there = np.searchsorted(np.sort(released_s), polls_s, side="right")
    gone = np.searchsorted(taken_s, polls_s, side="right")
    return int(np.count_nonzero(there <= gone))
