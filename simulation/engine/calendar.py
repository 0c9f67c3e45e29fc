"""Days of a simulated year: numbers from 0, working days, stops, peaks."""

from datetime import date, timedelta

import numpy as np

from simulation.engine.arrays import Bools, Floats, Ints, numbers
from simulation.scenarios.model import Peak, Scenario


def day_of(start: date, number: int) -> date:
    """Return the date of day ``number`` of a run that starts on ``start``."""
    return start + timedelta(days=number)


def weekdays(start: date, days: int) -> Bools:
    """Say for each day whether it is Monday to Friday (holidays are left out)."""
    first = start.weekday()
    working: Bools = (numbers(days) + first) % 7 < 5
    return working


def within(start: date, days: int, first: date, last: date) -> Bools:
    """Say for each day whether it lies between two dates, both included."""
    day = numbers(days)
    inside: Bools = (day >= (first - start).days) & (day <= (last - start).days)
    return inside


def in_turn(day: Ints, a_day: int) -> Ints:
    """Return the day on which each is dealt with, so many a day, first come first.

    Args:
        day: The day on which each comes, ascending.
        a_day: How many can be dealt with on one day.
    """
    turn = numbers(len(day))
    place = turn + np.maximum.accumulate(day * a_day - turn)
    found: Ints = place // a_day
    return found


def arrival_weights(scenario: Scenario, motif: str) -> Floats:
    """Return, for each day, how many people come compared with an ordinary day."""
    weights = np.ones(scenario.days)
    for peak in scenario.demand.peaks:
        if peak.motif in ("", motif):
            weights[_days_of(scenario, peak)] *= peak.factor
    return weights


def _days_of(scenario: Scenario, peak: Peak) -> Bools:
    return within(scenario.start, scenario.days, peak.first, peak.last)
