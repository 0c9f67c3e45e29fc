"""The best that anybody could do who knew everything beforehand.

Each place is a unit of work on its day; each person whose right can still be
saved is a job with a first day (notice kept) and a last (the end of the right).
Serving, day by day, the earliest deadline among those who are there saves the
most rights of all; everybody else is ignored. A bound, not a rule.

Source: J. R. Jackson's rule for unit jobs (1955); exchange argument.
"""

import heapq

from simulation.engine.arrays import Bools, Ints


def most_saved(place_days: Ints, first: Ints, last: Ints) -> int:
    """Return the greatest number of people who can come in time.

    Args:
        place_days: The day of each place, ascending.
        first: For each person, the first day on which they could come.
        last: For each person, the last day of the right.
    """
    people = sorted(zip(first.tolist(), last.tolist(), strict=True))
    waiting: list[int] = []
    arrived = saved = 0
    for day in place_days.tolist():
        while arrived < len(people) and people[arrived][0] <= day:
            heapq.heappush(waiting, people[arrived][1])
            arrived += 1
        while waiting and waiting[0] < day:
            heapq.heappop(waiting)
        if waiting:
            heapq.heappop(waiting)
            saved += 1
    return saved


def lost_share(
    place_days: Ints, registers: Ints, expiry: Ints, savable: Bools, notice: int
) -> float:
    """Return the smallest share of savable rights that must be lost."""
    count = int(savable.sum())
    first = registers[savable] + notice
    saved = most_saved(place_days, first, expiry[savable])
    return 1 - saved / count if count else 0.0
