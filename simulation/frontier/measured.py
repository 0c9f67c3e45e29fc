"""The frontier as it was measured: hours of computing that come with the laboratory."""

import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from simulation.frontier.table import Point
from simulation.metrics.intervals import Interval

FILE = "measured.json"
_INTERVALS = (
    *("lost", "wait", "longest", "days_lost", "best", "lost_gap", "wait_gap"),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Points, and how anybody gets them again.

    Attributes:
        on: The day it was computed, ISO.
        command: What was typed.
        days: Length of each run.
        places: Places of a working day.
    """

    on: str
    command: str
    days: int
    places: float
    points: tuple[Point, ...]

    def at(self, load: float, dated: float) -> list[Point]:
        """Return every ruleset at one load and share of dated demand."""
        return [p for p in self.points if (p.load, p.dated) == (load, dated)]

    @property
    def shares(self) -> list[float]:
        """Return the shares of dated demand that were measured."""
        return sorted({point.dated for point in self.points})

    def loads(self, dated: float) -> list[float]:
        """Return the loads measured at one share of dated demand."""
        return sorted({point.load for point in self.points if point.dated == dated})


def as_json(found: Measured) -> dict[str, object]:
    """Return what the file holds."""
    return {**asdict(found), "points": [asdict(point) for point in found.points]}


@cache
def measured() -> Measured:
    """Read the file that comes with the laboratory."""
    text = files("simulation.frontier").joinpath(FILE).read_text("utf-8")
    found = json.loads(text)
    return Measured(
        on=found["on"],
        command=found["command"],
        days=found["days"],
        places=found["places"],
        points=tuple(_point(each) for each in found["points"]),
    )


def _point(each: dict[str, Any]) -> Point:
    values = dict(each)
    for name in _INTERVALS:
        parts = cast("dict[str, float | None]", values[name])
        values[name] = Interval(
            mean=_number(parts["mean"]),
            low=_number(parts["low"]),
            high=_number(parts["high"]),
            seeds=int(parts["seeds"] or 0),
        )
    return Point(**values)


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)
