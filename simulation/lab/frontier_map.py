"""The frontier drawn: rights lost against people without a date left over.

Marks sit at percentages of the width and at pixels of the height, so that text
keeps its size on a telephone and on a projector; no script, no smoothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from simulation.frontier.advice import FEWEST, is_rising
from simulation.frontier.measured import Measured
from simulation.frontier.table import USUAL, Point
from simulation.metrics.intervals import Interval
from simulation.report.figures import nice_top
from simulation.report.numbers import Language, range_written, written
from simulation.report.words import WORDS

_AT_LEAST: Final[dict[Language, str]] = {"fr": "au moins", "en": "at least"}
LEFT, RIGHT, TOP, BOTTOM = 8.0, 96.0, 40.0, 380.0
HEIGHT: Final = 420
NEAR_X, NEAR_Y = 3.5, 18.0
"""Percent of the width and pixels within which two labels would touch."""

CURVE: Final = (
    *("no quotas", "default", "quotas 5-5-10", "quotas 5-5-15", "quotas 5-5-20"),
)
"""From nothing protected for people without a date to 20 %: one curve a load."""


@dataclass(frozen=True, slots=True)
class Scale:
    """People left over along, rights lost up: shares, both from zero."""

    left: float
    share: float

    def x(self, left: float) -> float:
        """Return percent of the width."""
        return round(LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, left / self.left)), 2)

    def y(self, share: float) -> float:
        """Return pixels from the top."""
        kept = min(1.0, max(0.0, share / self.share))
        return round(BOTTOM - (BOTTOM - TOP) * kept, 1)

    def inner(self, left: float, share: float) -> str:
        """Return a corner of a curve, in the square of 100 that is stretched."""
        up = 100 * (self.y(share) - TOP) / (BOTTOM - TOP)
        return f"{self.x(left):.2f},{up:.2f}"


@dataclass(frozen=True, slots=True)
class Dot:
    """A ruleset on the map, with its intervals both ways."""

    letter: str
    is_usual: bool
    x: float
    y: float
    low_x: float
    high_x: float
    low_y: float
    high_y: float


@dataclass(frozen=True, slots=True)
class Label:
    """Letters beside a mark; marks that nearly touch share one label."""

    letters: str
    is_usual: bool
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Curve:
    """One load: the protected share grows along it."""

    name: str
    corners: str
    label_x: float
    label_y: float
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """One figure: its rulers, its curves or dots."""

    height: int
    across: tuple[tuple[float, str], ...]
    up: tuple[tuple[float, str], ...]
    curves: tuple[Curve, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    best: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """One ruleset in the table under a map."""

    letter: str
    name: str
    is_usual: bool
    efficient: bool
    rising: bool
    cells: tuple[tuple[str, str], ...]
    seeds: int


def settled(points: list[Point]) -> list[Point]:
    """Return the points with seeds enough to be drawn; all, when none has."""
    return [p for p in points if p.lost.seeds >= FEWEST] or points


def all_loads(found: Measured, dated: float, language: Language) -> Map:
    """Return one curve for each load, at one share of dated demand."""
    loads = found.loads(dated)
    points = settled(
        [p for p in found.points if p.dated == dated and p.ruleset in CURVE]
    )
    scale = _scale(points)
    curves = _named_once(
        _curve(load, _in_order([p for p in points if p.load == load]), scale, language)
        for load in loads
    )
    across, up = _across(scale, language), _up(scale, language)
    return Map(HEIGHT, across, up, curves, (), (), None)


def _named_once(curves: Iterable[Curve]) -> tuple[Curve, ...]:
    """Join the names of curves that end in the same spot: neither hides the other."""
    made: list[Curve] = []
    for each in curves:
        if made and _touch(made[-1], each):
            last = made.pop()
            made.append(replace(last, name=""))
            made.append(replace(each, name=f"{last.name} · {each.name}"))
        else:
            made.append(each)
    return tuple(made)


def _touch(one: Curve, other: Curve) -> bool:
    across, up = one.label_x - other.label_x, one.label_y - other.label_y
    return abs(across) < NEAR_X and abs(up) < NEAR_Y


def one_load(here: list[Point], language: Language) -> Map:
    """Return every ruleset at one load, with its intervals."""
    drawn_points = settled(here)
    scale = _scale(drawn_points)
    dots = tuple(
        _dot(point, scale, letter_of(at))
        for at, point in enumerate(here)
        if point in drawn_points
    )
    across, up = _across(scale, language), _up(scale, language)
    drawn = tuple(sorted(dots, key=lambda dot: dot.is_usual))
    best = scale.y(here[0].best.mean)
    return Map(HEIGHT, across, up, (), drawn, _labels(dots), best)


def _labels(dots: tuple[Dot, ...]) -> tuple[Label, ...]:
    groups: list[list[Dot]] = []
    for dot in dots:
        near = (
            group
            for group in groups
            if abs(group[0].x - dot.x) < NEAR_X and abs(group[0].y - dot.y) < NEAR_Y
        )
        group = next(near, None)
        if group is None:
            groups.append([dot])
        else:
            group.append(dot)
    return tuple(
        Label(
            letters=" ".join(dot.letter for dot in group),
            is_usual=any(dot.is_usual for dot in group),
            x=max(dot.x for dot in group),
            y=round(min(dot.y for dot in group) - 11, 1),
        )
        for group in groups
    )


def rows(here: list[Point], names: dict[str, str], language: Language) -> list[Row]:
    """Return the table that says what the map shows."""
    return [
        Row(
            letter=letter_of(at),
            name=names.get(point.ruleset, point.ruleset),
            is_usual=point.ruleset == USUAL,
            efficient=point.efficient,
            rising=is_rising(point),
            cells=(
                _cell(point, "lost", "%", language),
                _gap(point, "lost_gap", "pts", language),
                _cell(point, "left", "%", language),
                _gap(point, "left_gap", "pts", language),
                _waits(point, language),
                _through(point, language),
                _cell(point, "days_lost", "", language),
            ),
            seeds=point.lost.seeds,
        )
        for at, point in enumerate(here)
    ]


def letter_of(at: int) -> str:
    """Return A for the first, B for the second."""
    return chr(ord("A") + at)


def _cell(point: Point, key: str, unit: str, language: Language) -> tuple[str, str]:
    each = getattr(point, key)
    beside = range_written(each.low, each.high, unit, language)
    return written(each.mean, unit, language), beside


def wait_of(point: Point, language: Language) -> tuple[str, str]:
    """Write the wait of 19 in 20: "at least" where the year cut it short."""
    text, beside = _cell(point, "wait", "d", language)
    return (f"{_AT_LEAST[language]} {text}", "") if point.is_cut else (text, beside)


def _waits(point: Point, language: Language) -> tuple[str, str]:
    """Write the wait of 19 in 20, and under it the longest that was seen."""
    return wait_of(point, language)[0], written(point.longest.mean, "d", language)


def _through(point: Point, language: Language) -> tuple[str, str]:
    """Write what went through each quota: long wait, lost right, no date."""
    parts = [written(part.mean, "%", language) for part in point.through]
    return " + ".join(parts), ""


def _gap(point: Point, key: str, unit: str, language: Language) -> tuple[str, str]:
    each = getattr(point, key)
    if point.ruleset == USUAL or each.seeds < 2:
        return "", ""
    if each.contains_zero:
        return WORDS[language]["not_established"], ""
    return _cell(point, key, unit, language)


def _scale(points: list[Point]) -> Scale:
    return Scale(_end([p.left for p in points]), _end([p.lost for p in points]))


def _end(shares: list[Interval]) -> float:
    most = max(each.high if each.seeds > 1 else each.mean for each in shares)
    return min(1.0, nice_top(most, share=False))


def _across(scale: Scale, language: Language) -> tuple[tuple[float, str], ...]:
    return tuple(
        (scale.x(scale.left * k / 4), written(scale.left * k / 4, "%", language))
        for k in range(5)
    )


def _up(scale: Scale, language: Language) -> tuple[tuple[float, str], ...]:
    return tuple(
        (scale.y(scale.share * k / 4), written(scale.share * k / 4, "%", language))
        for k in range(5)
    )


def _in_order(here: list[Point]) -> list[Point]:
    by_name = {point.ruleset: point for point in here}
    return [by_name[name] for name in CURVE if name in by_name]


def _curve(load: float, along: list[Point], scale: Scale, language: Language) -> Curve:
    corners = " ".join(scale.inner(p.left.mean, p.lost.mean) for p in along)
    end = along[-1]
    return Curve(
        name=written(load, "", language),
        corners=corners,
        label_x=scale.x(end.left.mean),
        label_y=scale.y(end.lost.mean) - 14,
        dots=tuple(_dot(point, scale, "") for point in along),
    )


def _dot(point: Point, scale: Scale, letter: str) -> Dot:
    left, lost = point.left, point.lost
    is_ranged = left.seeds > 1
    return Dot(
        letter=letter,
        is_usual=point.ruleset == USUAL,
        x=scale.x(left.mean),
        y=scale.y(lost.mean),
        low_x=scale.x(left.low if is_ranged else left.mean),
        high_x=scale.x(left.high if is_ranged else left.mean),
        low_y=scale.y(lost.low if is_ranged else lost.mean),
        high_y=scale.y(lost.high if is_ranged else lost.mean),
    )
