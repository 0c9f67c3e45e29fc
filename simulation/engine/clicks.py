"""The seconds of a release: who clicks first, resolved for all at once.

Places appear at some instants; people and programs try at others. Each try takes
a place when one is there and nobody earlier took it. No loop over tries: the
number taken after the i-th try is a running minimum.
"""

from dataclasses import dataclass

import numpy as np

from simulation.engine.arrays import Bools, Floats, Ints, no_numbers, numbers


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


@dataclass(frozen=True, slots=True)
class Taken:
    """Who took which place, when; arrays of equal length in order of time."""

    at_s: Floats
    who: Ints
    place: Ints


def nothing() -> Tries:
    """Return no tries at all."""
    return Tries(np.empty(0), no_numbers())


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
    taken_before = np.concatenate([[0], taken_after[:-1]])
    found: Bools = taken_after > taken_before
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
    order = np.lexsort((places, released_s))
    places, released_s = places[order], released_s[order]
    turn = np.lexsort((tries.who, tries.at_s))
    at_s, who = tries.at_s[turn], tries.who[turn]
    live = np.ones(len(at_s), dtype=np.bool_)
    while True:
        found = np.zeros(len(at_s), dtype=np.bool_)
        found[live] = first_come(released_s, at_s[live])
        superfluous = _after_success(who, found, live, once_below)
        if not superfluous.any():
            break
        live &= ~superfluous
    rank = np.arange(int(found.sum()))
    taken = Taken(at_s[found], who[found], places[rank])
    failed: Ints = who[live & ~found]
    return taken, failed


def _after_success(who: Ints, found: Bools, live: Bools, once_below: int) -> Bools:
    """Say which live tries come after the same person's first success."""
    winners = np.flatnonzero(found & (who < once_below))
    if len(winners) == 0:
        return np.zeros(len(who), dtype=np.bool_)
    people, first = np.unique(who[winners], return_index=True)
    first_at = np.full(once_below, len(who), dtype=np.int64)
    first_at[people] = winners[first]
    person = np.minimum(who, once_below - 1)
    later = numbers(len(who)) > first_at[person]
    out: Bools = live & later & (who < once_below)
    return out


def exhaustion_s(places: Ints, released_s: Floats, taken: Taken) -> float | None:
    """Return seconds from a release until its last place was gone, if it ever was.

    Args:
        places: The places of that release.
        released_s: The instant at which all of them appeared.
        taken: What was taken that day.
    """
    mine = np.isin(taken.place, places)
    if len(places) == 0 or int(mine.sum()) < len(places):
        return None
    return float(taken.at_s[mine].max() - released_s.max())


def empty_polls(released_s: Floats, taken_s: Floats, polls_s: Floats) -> int:
    """Count the polls at which no place was there (La Cimade's robot)."""
    there = np.searchsorted(np.sort(released_s), polls_s, side="right")
    gone = np.searchsorted(np.sort(taken_s), polls_s, side="right")
    return int(np.count_nonzero(there <= gone))
