"""Charts that stand in table cells: marks at percentages of one honest scale."""

import math
from dataclasses import dataclass

from simulation.comparison import Comparison
from simulation.mechanisms.registry import RULES
from simulation.metrics.catalogue import Metric
from simulation.metrics.waits import GROUPS
from simulation.report.numbers import Language, range_written, written


@dataclass(frozen=True, slots=True)
class Mark:
    """One rule in one figure; positions in percent of the axis, 0 at its left."""

    name: str
    is_ours: bool
    at: float
    low: float
    high: float
    value: str
    interval: str
    unknown: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A table chart: what it measures, its marks, its axis, its trap."""

    key: str
    title: str
    measures: str
    ticks: tuple[tuple[float, str], ...]
    marks: tuple[Mark, ...]
    trap: str


def figure(
    found: Comparison, metric: Metric, title: str, measures: str, language: Language
) -> Figure:
    """Return the chart of one number under every rule; bars start at zero."""
    intervals = {slug: found.interval(slug, metric.key) for slug in found.measures}
    tops = [i.high if i.high == i.high else i.mean for i in intervals.values()]
    top = nice_top(max([t for t in tops if t == t] or [0.0]), share=metric.unit == "%")
    marks = tuple(
        Mark(
            name=_name(slug, language),
            is_ours=slug == "ours",
            at=_place(each.mean, top),
            low=_place(each.low, top),
            high=_place(each.high, top),
            value=written(each.mean, metric.unit, language),
            interval=range_written(each.low, each.high, metric.unit, language),
            unknown=each.mean != each.mean,
        )
        for slug, each in intervals.items()
    )
    steps = [top * k / 4 for k in range(5)]
    ticks = tuple(
        (25.0 * k, written(step, metric.unit, language)) for k, step in enumerate(steps)
    )
    trap = metric.trap_fr if language == "fr" else metric.trap_en
    return Figure(metric.key, title, measures, ticks, marks, trap)


def _name(slug: str, language: Language) -> str:
    return RULES[slug].fr if language == "fr" else RULES[slug].en


def nice_top(value: float, *, share: bool) -> float:
    """Return the end of an axis from zero: a round number at or above the value."""
    if share and value > 0.5:
        return 1.0
    if value <= 0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(value))
    return next(size * step for step in (1, 2, 4, 6, 8, 10) if size * step >= value)


def _place(value: float, top: float) -> float:
    if value != value:
        return 0.0
    return round(min(100.0, max(0.0, 100 * value / top)), 2)


def longest_wait(found: Comparison) -> float:
    """Return the end of the one axis that all waits of a comparison share, in days."""
    means = [
        found.interval(slug, f"wait_{group}_max").mean
        for slug in found.measures
        for group in GROUPS
    ]
    return nice_top(max([m for m in means if m == m] or [1.0]), share=False)
