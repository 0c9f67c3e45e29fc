"""Charts that stand in table cells: marks at percentages of one honest scale."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from simulation.comparison import Comparison
from simulation.mechanisms.registry import rule
from simulation.metrics.catalogue import Metric
from simulation.metrics.intervals import Interval
from simulation.report.numbers import Language, range_written, spaced, written
from simulation.report.words import WORDS

ROOM_FOR_A_TICK: Final = 20.0
"""Percent of an axis that two words need in order not to touch."""


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
    """A table chart: what it measures, its marks, its axis, its trap.

    Attributes:
        zero: Where zero stands on the axis, in percent; bars start there.
        unsettled: Names the rules whose difference from ours luck may explain.
    """

    key: str
    title: str
    measures: str
    ticks: tuple[tuple[float, str], ...]
    zero: float
    marks: tuple[Mark, ...]
    trap: str
    unsettled: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale from one round number to another; zero is always on it."""

    bottom: float
    top: float

    def place(self, value: float) -> float:
        """Return the position of a value in percent; 0 for one that is not known."""
        if value != value:
            return 0.0
        share = (value - self.bottom) / (self.top - self.bottom)
        return round(100 * min(1.0, max(0.0, share)), 2)

    def ticks(self, unit: str, language: Language) -> tuple[tuple[float, str], ...]:
        """Return positions and words of its ends, of zero and of what lies between."""
        values = [0.0, self.top / 2, self.top]
        if self.place(0.0) >= ROOM_FOR_A_TICK:
            values.insert(0, self.bottom)
        words = [written(each, unit, language) for each in values]
        if unit == "pts":  # a long word: once on an axis, or its ticks would touch
            words[:-1] = [each.removesuffix("points").strip() for each in words[:-1]]
        return tuple(zip(map(self.place, values), words, strict=True))


def figure(
    found: Comparison, metric: Metric, title: str, measures: str, language: Language
) -> Figure:
    """Return the chart of one number under every rule; bars start at zero."""
    intervals = {slug: found.interval(slug, metric.key) for slug in found.measures}
    axis = _axis(list(intervals.values()), metric.unit)
    marks = tuple(
        Mark(
            name=name_of(slug, language),
            is_ours=slug == "ours",
            at=axis.place(each.mean),
            low=axis.place(each.low),
            high=axis.place(each.high),
            value=written(each.mean, metric.unit, language),
            interval=range_written(each.low, each.high, metric.unit, language),
            unknown=each.mean != each.mean,
        )
        for slug, each in intervals.items()
    )
    return Figure(
        key=metric.key,
        title=title,
        measures=measures,
        ticks=axis.ticks(metric.unit, language),
        zero=axis.place(0.0),
        marks=marks,
        trap=spaced(metric.trap_fr, "fr") if language == "fr" else metric.trap_en,
        unsettled=_unsettled(found, metric.key, language),
    )


def name_of(slug: str, language: Language) -> str:
    """Return the name of a rule."""
    return rule(slug).fr if language == "fr" else rule(slug).en


def _axis(intervals: list[Interval], unit: str) -> Axis:
    """Only a difference may fall under zero: an end of an interval is not a value."""
    ends = [v for i in intervals for v in (i.low, i.mean, i.high) if v == v]
    least, most = min(ends, default=0.0), max(ends, default=0.0)
    share = unit in {"%", "pts"}
    bottom = -nice_top(-least, share=share) if least < 0 and unit == "pts" else 0.0
    return Axis(bottom, nice_top(most, share=share))


def _unsettled(found: Comparison, key: str, language: Language) -> str:
    """Name the rules that nobody may rank against ours from these repetitions."""
    if "ours" not in found.measures:
        return ""
    names = [
        name_of(slug, language)
        for slug in found.measures
        if slug != "ours" and found.difference(slug, "ours", key).contains_zero
    ]
    return WORDS[language]["unsettled"] + ", ".join(names) + "." if names else ""


def nice_top(value: float, *, share: bool) -> float:
    """Return the end of an axis from zero: a round number at or above the value."""
    if share and value > 0.5:
        return 1.0
    if value <= 0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(value))
    steps = (1, 2, 4, 6, 8, 10)
    return next(size * step for step in steps if size * step >= value * (1 - 1e-9))


@dataclass(frozen=True, slots=True)
class Span:
    """The waits of one group under one rule: half, 9 in 10, 19 in 20, the longest.

    Attributes:
        at: Half, 9 in 10 and the longest, in percent of the axis.
        says: All four, in words.
    """

    name: str
    is_ours: bool
    unknown: bool
    at: tuple[float, float, float]
    says: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """One level of urgency on arrival, and its waits under every rule."""

    name: str
    rows: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Waits:
    """All waits of a comparison, on one axis."""

    top: str
    ticks: tuple[tuple[float, str], ...]
    groups: tuple[Group, ...]


def waits(
    found: Comparison, names: Mapping[str, str], unit: str, language: Language
) -> Waits:
    """Return the chart of who waits how long.

    Args:
        found: Paired seeds.
        names: What each group of arrival is called.
        unit: ``d`` where the numbers stand alone, nothing where a caption has it.
        language: ``fr`` or ``en``.
    """
    longest = [
        found.interval(slug, f"wait_{group}_max").mean
        for slug in found.measures
        for group in names
    ]
    axis = Axis(
        0.0, nice_top(max([m for m in longest if m == m] or [1.0]), share=False)
    )
    groups = tuple(
        Group(
            name,
            tuple(_span(found, s, group, axis, unit, language) for s in found.measures),
        )
        for group, name in names.items()
    )
    return Waits(written(axis.top, "d", language), axis.ticks("d", language), groups)


def _span(
    found: Comparison, slug: str, group: str, axis: Axis, unit: str, language: Language
) -> Span:
    half, nine, nineteen, longest = (
        found.interval(slug, f"wait_{group}_{part}").mean
        for part in ("p50", "p90", "p95", "max")
    )
    return Span(
        name=name_of(slug, language),
        is_ours=slug == "ours",
        unknown=half != half,
        at=(axis.place(half), axis.place(nine), axis.place(longest)),
        says=(
            written(half, unit, language),
            written(nine, unit, language),
            written(nineteen, unit, language),
            written(longest, unit, language),
        ),
    )
