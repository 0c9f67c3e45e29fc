"""The frontier as it was measured: hours of computing that come with the laboratory."""

import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from simulation.frontier.playing import Size
from simulation.frontier.runs import from_csv
from simulation.frontier.table import Point, points

ABOUT: Final = "measured.json"
RUNS: Final = "runs.csv"


@dataclass(frozen=True, slots=True)
class Measured:
    """Points, and how anybody gets them again.

    Attributes:
        on: The day it was computed, ISO.
        command: What was typed.
        days: Days measured in each run.
        warm_up: Days before them.
        places: Places of a working day.
        sha256: Digest of the file of runs.
        points: The table, made from those runs.
    """

    on: str
    command: str
    days: int
    warm_up: int
    places: float
    sha256: str
    points: tuple[Point, ...]

    def at(self, load: float, dated: float) -> list[Point]:
        """Return every ruleset at one load and share of dated demand."""
        return [p for p in self.points if (p.load, p.dated) == (load, dated)]

    @property
    def size(self) -> Size:
        """Return how long and how large each run was."""
        return Size(self.places, self.days, self.warm_up)

    @property
    def shares(self) -> list[float]:
        """Return the shares of dated demand that were measured."""
        return sorted({point.dated for point in self.points})

    def loads(self, dated: float) -> list[float]:
        """Return the loads measured at one share of dated demand."""
        return sorted({point.load for point in self.points if point.dated == dated})


def as_json(found: Measured) -> dict[str, object]:
    """Return the table and where it comes from, as data."""
    return {**asdict(found), "points": [asdict(point) for point in found.points]}


def runs() -> str:
    """Return the runs that come with the laboratory, one a line."""
    return files("simulation.frontier").joinpath(RUNS).read_text("utf-8")


@cache
def measured() -> Measured:
    """Make the table from the runs that come with the laboratory."""
    about = json.loads(files("simulation.frontier").joinpath(ABOUT).read_text("utf-8"))
    return Measured(
        on=about["on"],
        command=about["command"],
        days=about["days"],
        warm_up=about["warm_up"],
        places=about["places"],
        sha256=about["sha256"],
        points=tuple(points(*from_csv(runs()))),
    )
