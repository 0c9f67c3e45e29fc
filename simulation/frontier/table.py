"""Map loads and rulesets: rights lost against people without a date left over."""

from dataclasses import dataclass, replace
from typing import Final

from simulation.frontier.variants import VARIANTS
from simulation.metrics.intervals import Interval, interval, paired
from simulation.metrics.measure import Measures

USUAL: Final = "default"

Found = dict[tuple[float, float, str], dict[int, Measures]]
"""Measures by load, share of dated demand and ruleset, then by seed."""

Best = dict[tuple[float, float, int], float]
"""The clairvoyant's share of rights lost, by load, share of dated demand and seed."""

MEASURED: Final = (
    *("savable_lost_share", "savable_lost_trend", "rights_lost_days"),
    *("no_date_left", "no_date_within", "no_date_unreceived"),
    *("wait_no_date_p95", "wait_no_date_max", "dated_left", "queue_grows"),
    *("through_long_wait", "through_right_lost", "through_no_date"),
)
"""The measures that a point is made of (``metrics/after.py``)."""

CUT: Final = 0.05
"""With more people unreceived, the wait of 19 in 20 is "at least"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One ruleset at one load, in the measured year.

    Attributes:
        lost: Share of rights that could be saved, ended in the year and were lost.
        trend: ``lost`` in its second half less that in its first.
        left: Of the people without a date, how many more wait at its end than at its
            start, as a share of those who came.
        within: Share of those who came in its first half and were received within
            half a year.
        unreceived: Share of them not received when it ends.
        wait: Their wait, 19 in 20, in days; at least, where more than one in twenty
            are unreceived.
        longest: The longest wait of anybody without a date, at least.
        dated_left: As ``left``, of people with a date.
        grows: People whom the queue gains in a year.
        days_lost: Days that people lived in it without their right.
        through: Share of the places given through ``long_wait``, ``right_lost`` and
            ``no_date``.
        best: The clairvoyant's share of rights lost.
        lost_gap: ``lost`` less that of the default, seed by seed.
        left_gap: ``left`` less that of the default, seed by seed.
        wait_gap: ``wait`` less that of the default, seed by seed.
        days_gap: ``days_lost`` less that of the default, seed by seed.
        efficient: Whether no other ruleset is better for both kinds of people here.
    """

    load: float
    dated: float
    ruleset: str
    lost: Interval
    trend: Interval
    left: Interval
    within: Interval
    unreceived: Interval
    wait: Interval
    longest: Interval
    dated_left: Interval
    grows: Interval
    days_lost: Interval
    through: tuple[Interval, Interval, Interval]
    best: Interval
    lost_gap: Interval
    left_gap: Interval
    wait_gap: Interval
    days_gap: Interval
    efficient: bool = False

    @property
    def is_cut(self) -> bool:
        """Whether the wait is "at least": the year ended before theirs did."""
        return self.unreceived.mean > CUT


def points(found: Found, bound: Best) -> list[Point]:
    """Return every point, by load and share, rulesets in the order of their list.

    Only where the default was played too: every gap is one from it.
    """
    order = {name: at for at, name in enumerate(VARIANTS)}
    cells = sorted({(load, share) for load, share, name in found if name == USUAL})
    made: list[Point] = []
    for load, share in cells:
        usual = found[load, share, USUAL]
        best = interval([bound[load, share, seed] for seed in sorted(usual)])
        names = [n for at, s, n in found if (at, s) == (load, share)]
        here = [
            _point(load, share, name, found[load, share, name], usual, best)
            for name in sorted(names, key=order.__getitem__)
        ]
        made += [replace(one, efficient=_is_efficient(one, here)) for one in here]
    return made


def _point(
    load: float,
    dated: float,
    name: str,
    mine: dict[int, Measures],
    usual: dict[int, Measures],
    best: Interval,
) -> Point:
    seeds = sorted(mine)
    both = sorted(mine.keys() & usual.keys())

    def of(key: str) -> Interval:
        return interval([mine[seed][key] for seed in seeds])

    def gap(key: str) -> Interval:
        return paired([usual[s][key] for s in both], [mine[s][key] for s in both])

    return Point(
        load=load,
        dated=dated,
        ruleset=name,
        lost=of("savable_lost_share"),
        trend=of("savable_lost_trend"),
        left=of("no_date_left"),
        within=of("no_date_within"),
        unreceived=of("no_date_unreceived"),
        wait=of("wait_no_date_p95"),
        longest=of("wait_no_date_max"),
        dated_left=of("dated_left"),
        grows=of("queue_grows"),
        days_lost=of("rights_lost_days"),
        through=(
            of("through_long_wait"),
            of("through_right_lost"),
            of("through_no_date"),
        ),
        best=best,
        lost_gap=gap("savable_lost_share"),
        left_gap=gap("no_date_left"),
        wait_gap=gap("wait_no_date_p95"),
        days_gap=gap("rights_lost_days"),
    )


def _is_efficient(one: Point, others: list[Point]) -> bool:
    """Compare rights lost, then people left over and, where none is, the wait.

    By the gaps from the default, because those are of the same seeds.
    """
    mine = _price(one)
    return not any(
        other.lost_gap.mean <= one.lost_gap.mean
        and _price(other) <= mine
        and (other.lost_gap.mean < one.lost_gap.mean or _price(other) < mine)
        for other in others
    )


def _price(one: Point) -> tuple[float, float]:
    """What people without a date pay: rounded, so that a person is no difference."""
    return round(one.left_gap.mean, 3), one.wait_gap.mean
