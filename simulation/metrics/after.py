"""Measure what comes after a warm-up: a run that begins without a queue flatters.

A first day without anybody waiting is kind to every rule. So a run is played for
longer and measured on its last days only: rights that end in them, people who
arrive in them, queues from their first morning to their last evening. Nobody is
left out because the run stops: who can still be waiting counts with the wait so
far, and :func:`people_without_date` says for how many that is.
"""

from typing import Final

import numpy as np

from simulation.engine.arrays import Bools, Floats, Ints
from simulation.engine.world import ELSEWHERE, World
from simulation.metrics.measure import Measures

WITHIN_DAYS: Final = 180
"""Half a year less two days: whoever arrives in the first half of a measured year is
watched for longer than that, so the share received within it is never cut short."""

QUOTAS: Final = ("long_wait", "right_lost", "no_date")


def measure_after(world: World, since: int) -> Measures:
    """Return every number of the days from ``since`` on.

    Args:
        world: A run played to its end.
        since: Days of warm-up; ``0 <= since < world.scenario.days``.
    """
    found = rights(world, since) | people_without_date(world, since)
    found |= queues(world, since) | given_through(world, since)
    return dict(sorted(found.items()))


def savable(world: World, since: int) -> Bools:
    """Say whose right was still there on arrival and ends in the measured days."""
    needs = world.needs
    ends = (needs.expiry >= since) & (needs.expiry < world.scenario.days)
    mask: Bools = ends & (needs.expiry >= needs.arrival) & (world.state != ELSEWHERE)
    return mask


def rights(world: World, since: int) -> Measures:
    """Measure rights that end in the measured days, and days lived without one.

    ``savable_lost_trend`` is the share of the second half less that of the first:
    where it is above luck, the share is no state but a moment of a rise.
    """
    needs, end = world.needs, world.scenario.days
    mine = savable(world, since)
    lost = mine & (world.received_on > needs.expiry)
    late = needs.expiry >= since + (end - since) // 2
    counted = needs.dated & (world.state != ELSEWHERE)
    first = np.maximum(np.maximum(needs.expiry, needs.arrival), since)
    without = np.clip(np.minimum(world.received_on, end) - first, 0, None)
    return {
        "savable": float(mine.sum()),
        "savable_lost_share": _of(lost, mine),
        "savable_lost_trend": _of(lost & late, mine & late)
        - _of(lost & ~late, mine & ~late),
        "rights_lost_days": float(without[counted].sum()),
    }


def people_without_date(world: World, since: int) -> Measures:
    """Measure the waits of people without a date who came in the first half.

    ``wait_no_date_p95`` is a wait that happened when at most one in twenty of them
    were unreceived on the last day; else it is "at least" (``no_date_unreceived``).
    ``wait_no_date_max`` is the longest that anybody without a date had waited, of
    those received in the measured days or still waiting: it grows with a queue.
    """
    needs, end = world.needs, world.scenario.days
    ours = ~needs.dated & (world.state != ELSEWHERE)
    half = since + (end - since) // 2
    cohort = ours & (needs.arrival >= since) & (needs.arrival < half)
    wait = world.received_on - needs.arrival
    so_far = np.minimum(world.received_on, end) - needs.arrival
    there = ours & (needs.arrival < end) & (world.received_on >= since)
    return {
        "no_date_within": _of(cohort & (wait <= WITHIN_DAYS), cohort),
        "no_date_unreceived": _of(cohort & (world.received_on >= end), cohort),
        "wait_no_date_p95": _quantile(so_far[cohort], 0.95),
        "wait_no_date_max": _quantile(so_far[there], 1.0),
    }


def queues(world: World, since: int) -> Measures:
    """Measure by how much the queue grows: arrived and not yet received.

    ``queue_grows`` is people a year. ``no_date_left`` and ``dated_left`` are shares of
    those of the kind who arrived meanwhile: of a hundred who come, so many more wait
    in the end. None of the three grows with the length of a run once it is loaded.
    """
    end = world.scenario.days
    came = (world.needs.arrival >= since) & (world.needs.arrival < end)
    dated = world.needs.dated
    with_date, without = _grown(world, dated, since), _grown(world, ~dated, since)
    return {
        "queue_grows": (with_date + without) * 365 / (end - since),
        "dated_left": _share(with_date, int((dated & came).sum())),
        "no_date_left": _share(without, int((~dated & came).sum())),
    }


def _grown(world: World, group: Bools, since: int) -> int:
    return _waiting(world, group, world.scenario.days) - _waiting(world, group, since)


def given_through(world: World, since: int) -> Measures:
    """Measure the share of the places given that went through each quota."""
    nights = [through for day, through in world.log.nights_through if day >= since]
    given = sum(sum(through.values()) for through in nights)
    return {
        f"through_{quota}": _share(sum(each.get(quota, 0) for each in nights), given)
        for quota in QUOTAS
    }


def _waiting(world: World, group: Bools, morning: int) -> int:
    """Count who had arrived before that day and was not received before it."""
    here = group & (world.needs.arrival < morning) & (world.received_on >= morning)
    return int((here & (world.state != ELSEWHERE)).sum())


def _of(some: Bools, whole: Bools) -> float:
    return _share(int(some.sum()), int(whole.sum()))


def _share(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else 0.0


def _quantile(values: Ints | Floats, share: float) -> float:
    return float(np.quantile(values, share)) if len(values) else float("nan")
