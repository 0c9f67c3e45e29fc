"""Polls around the day on which the horizon moves: a good month, then what?"""

from typing import Final

import numpy as np

from simulation.engine.calendar import weekdays
from simulation.engine.world import World

MONTH: Final = 28
"""Days: whole weeks, so that every month has the same weekdays."""

SPANS: Final = ("until_shift", "before_shift", "after_shift", "after_that")

SETTLED: Final = 30
"""Days until the queue of a scenario that begins is what it will be."""


def horizon_measures(world: World) -> dict[str, float]:
    """Return the share of empty polls before the day, and by month around it.

    Monday to Friday, as La Cimade's robot looked.

    Not a number where no horizon moves.
    """
    capacity = world.scenario.capacity
    if capacity.horizon_shift_on is None:
        return {f"polls_empty_{name}": float("nan") for name in SPANS}
    moved = (capacity.horizon_shift_on - world.scenario.start).days
    firsts = (SETTLED - moved, -MONTH, 0, MONTH)
    lasts = (0, 0, MONTH, 2 * MONTH)
    return {
        f"polls_empty_{name}": _empty(world, moved + first, moved + last)
        for name, first, last in zip(SPANS, firsts, lasts, strict=True)
    }


def _empty(world: World, first: int, last: int) -> float:
    polls = np.array(world.log.polls, dtype=np.int64).reshape(-1, 3)
    office = weekdays(world.scenario.start, world.scenario.days)[polls[:, 0]]
    mine = office & (polls[:, 0] >= first) & (polls[:, 0] < last)
    looked = int(polls[mine, 2].sum())
    return float(polls[mine, 1].sum()) / looked if looked else float("nan")
