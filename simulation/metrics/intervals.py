"""Means and 95 % intervals over paired seeds.

An interval says what the luck of the repetitions does to a number; it says
nothing about the error of the assumptions.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from simulation.engine.arrays import Floats

# Two-sided 95 % quantiles of Student's t; between two entries the larger one is
# used, so that an interval is never too narrow.
_T95: Final = {
    1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306,
    9: 2.262, 10: 2.228, 12: 2.179, 14: 2.145, 16: 2.120, 19: 2.093, 24: 2.064,
    29: 2.045, 39: 2.023, 59: 2.001, 119: 1.980,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over n seeds with its 95 % interval; no interval from one seed."""

    mean: float
    low: float
    high: float
    seeds: int

    @property
    def contains_zero(self) -> bool:
        """Whether no difference is established."""
        return self.low <= 0 <= self.high


def t95(freedom: int) -> float:
    """Return the quantile for so many degrees of freedom, rounded up."""
    below = [key for key in _T95 if key <= freedom]
    return _T95[max(below)]


def interval(values: list[float]) -> Interval:
    """Return mean and 95 % interval of one number over seeds.

    Args:
        values: One value a seed; those that are not a number are left out.
    """
    known: Floats = np.array([v for v in values if not np.isnan(v)], dtype=np.float64)
    count = len(known)
    if count == 0:
        return Interval(float("nan"), float("nan"), float("nan"), 0)
    mean = float(known.mean())
    if count == 1:
        return Interval(mean, float("nan"), float("nan"), 1)
    half = t95(count - 1) * float(known.std(ddof=1)) / float(np.sqrt(count))
    return Interval(mean, mean - half, mean + half, count)


def paired(first: list[float], second: list[float]) -> Interval:
    """Return the interval of second - first, seed by seed: same luck, two rules."""
    return interval([b - a for a, b in zip(first, second, strict=True)])
