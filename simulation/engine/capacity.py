"""Places: on which day each one is, and on which day it is published."""

from dataclasses import dataclass

import numpy as np

from simulation.engine.arrays import Bools, Ints, numbers, where
from simulation.engine.calendar import weekdays, within
from simulation.engine.luck import Luck
from simulation.scenarios.model import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The m places of one run, the same for every rule; arrays of length m."""

    day: Ints
    publish: Ints
    pool: Ints
    pools: int

    def __len__(self) -> int:
        return len(self.day)


def create(scenario: Scenario, luck: Luck) -> Places:
    """Lay out the places of a run, by appointment day, pool and publication day.

    A pool is what competes for the same places: one motif, or all of them when
    the capacity is shared.
    """
    low, high = _leads(scenario)
    last = scenario.days + high
    working = where(weekdays(scenario.start, last))
    working = working[working > 0]
    shares = _pool_shares(scenario)
    days: list[Ints] = []
    pools: list[Ints] = []
    for pool, share in enumerate(shares):
        count = _whole_numbers(scenario.capacity.places_per_day * share, len(working))
        days.append(np.repeat(working, count))
        pools.append(np.full(int(count.sum()), pool, dtype=np.int64))
    day = np.concatenate(days)
    pool_of = np.concatenate(pools)
    order = np.argsort(day, kind="stable")
    day, pool_of = day[order], pool_of[order]
    ids = numbers(len(day))
    lead = low + np.floor(luck.uniform("lead of a place", ids) * (high - low + 1))
    publish = _publication(scenario, day, lead.astype(np.int64))
    kept = (publish < scenario.days) & ~_stopped(scenario, publish, pool_of)
    return Places(
        day=day[kept], publish=publish[kept], pool=pool_of[kept], pools=len(shares)
    )


def pool_of_motifs(scenario: Scenario) -> Ints:
    """Return, for each motif, the pool of places that serves it."""
    count = len(scenario.demand.motifs)
    if scenario.capacity.pooled:
        return np.zeros(count, dtype=np.int64)
    return numbers(count)


def _pool_shares(scenario: Scenario) -> list[float]:
    if scenario.capacity.pooled:
        return [1.0]
    return [each.share for each in scenario.demand.motifs]


def _leads(scenario: Scenario) -> tuple[int, int]:
    low, high = scenario.capacity.lead_days
    if scenario.capacity.horizon_shift_on is not None:
        return low, max(high, scenario.capacity.horizon_shift_to)
    return low, high


def _whole_numbers(per_day: float, days: int) -> Ints:
    """Spread a fraction of a place over the days without losing any."""
    edges = np.floor(per_day * np.arange(days + 1) + 1e-9)
    counts: Ints = np.diff(edges).astype(np.int64)
    return counts


def _publication(scenario: Scenario, day: Ints, lead: Ints) -> Ints:
    """Return the day each place appears, on a day of release, never before 0.

    When the horizon moves, everything that the longer horizon lets in appears
    on the day it moves (Isère, June 2017).
    """
    shift = scenario.capacity.horizon_shift_on
    publish = day - lead
    if shift is not None:
        high = scenario.capacity.lead_days[1]
        moved = (shift - scenario.start).days
        old, new = day - high, day - scenario.capacity.horizon_shift_to
        publish = np.where(old < moved, old, np.maximum(new, moved))
    publish = np.maximum(publish, 0)
    weekday = (publish + scenario.start.weekday()) % 7
    later = _days_to_release(scenario.capacity.release_weekdays)
    shown: Ints = np.minimum(publish + later[weekday], day - 1)
    return shown


def _days_to_release(weekdays_of_release: tuple[int, ...]) -> Ints:
    """For each weekday (Monday 0), days until the next day of release."""
    opens = {each - 1 for each in weekdays_of_release}
    waits = [
        next(k for k in range(8) if not opens or (today + k) % 7 in opens)
        for today in range(7)
    ]
    return np.array(waits, dtype=np.int64)


def _stopped(scenario: Scenario, publish: Ints, pool: Ints) -> Bools:
    """Say which places never appear because their motif was stopped."""
    stopped = np.zeros(len(publish), dtype=np.bool_)
    slugs = [each.slug for each in scenario.demand.motifs]
    for stop in scenario.capacity.stops:
        days = within(scenario.start, scenario.days + 1, stop.first, stop.last)
        on_stop = days[np.minimum(publish, scenario.days)]
        stopped |= on_stop & (pool == slugs.index(stop.motif))
    return stopped
