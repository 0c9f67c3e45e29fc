"""Whether numbers went where an episode expects them, beyond luck."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from simulation.metrics.intervals import Interval, interval, paired
from simulation.metrics.measure import Measures
from simulation.scenarios.model import Direction

Verdict = Literal["as expected", "not as expected", "luck decides", "not played"]


@dataclass(frozen=True, slots=True)
class Judged:
    """One direction beside what was found.

    Attributes:
        found: The number under the rule.
        against: What it is compared with.
        gap: found - against, seed by seed, turned so that above 0 is as expected.
    """

    direction: Direction
    found: Interval
    against: Interval
    gap: Interval
    verdict: Verdict


def judge(
    direction: Direction,
    found: Sequence[Measures],
    against: Sequence[Measures],
) -> Judged:
    """Judge one direction over paired seeds.

    Args:
        direction: What is expected.
        found: Measures of the rule, one a seed.
        against: Measures it is compared with, the same seeds in the same order; not
            read where the direction names a number. Empty when that was not played.

    Returns:
        "luck decides" where the 95 % interval of the gap spans 0, which includes a gap
        that is nothing; one seed alone is judged by its sign. "not played" where
        nothing was measured.
    """
    mine = [each[direction.metric] for each in found]
    if direction.number is None:
        key = direction.other_metric or direction.metric
        other = [each[key] for each in against]
    else:
        other = [direction.number] * len(mine)
    if len(other) != len(mine):
        nothing = interval([])
        return Judged(direction, interval(mine), nothing, nothing, "not played")
    pairs = (other, mine) if direction.relation == "above" else (mine, other)
    gap = paired(*pairs)
    return Judged(direction, interval(mine), interval(other), gap, _verdict(gap))


def _verdict(gap: Interval) -> Verdict:
    if gap.seeds == 0:
        return "not played"
    low, high = (gap.mean, gap.mean) if gap.seeds == 1 else (gap.low, gap.high)
    if low > 0:
        return "as expected"
    return "not as expected" if high < 0 else "luck decides"
