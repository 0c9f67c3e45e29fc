"""Say how long it will take, then show that it moves."""

from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from simulation.engine.population import visits_per_year
from simulation.engine.world import Progress as Report
from simulation.errors import LaboratoryError
from simulation.mechanisms.registry import rule
from simulation.scenarios.model import Scenario

CLICK_S_PER_MILLION, DRAW_S_PER_MILLION = 0.30, 0.60
"""Seconds for a million visit-days, measured on two ordinary cores."""

TOO_LONG_S = 3600.0
WORTH_SAYING_S = 60.0


def estimate_s(scenario: Scenario, rules: tuple[str, ...], seeds: int) -> float:
    """Return the seconds that a comparison is expected to take on one core."""
    years = scenario.days / 365
    millions = visits_per_year(scenario.demand) * years * scenario.days / 1e6
    each = [
        DRAW_S_PER_MILLION if rule(slug).is_draw else CLICK_S_PER_MILLION
        for slug in rules
    ]
    return seeds * (sum(each) * millions + 0.2)


def refuse_hours(seconds: float, *, force: bool) -> None:
    """Refuse what would take hours, and say how to make it smaller.

    Raises:
        LaboratoryError: Longer than an hour and not asked for in so many words.
    """
    if seconds > TOO_LONG_S and not force:
        raise LaboratoryError(
            f"this would take about {seconds / 3600:.1f} hours; use fewer --seeds, "
            "fewer --rule, or a copy of the scenario with fewer people and places "
            "(say a tenth of both); --force runs it all the same"
        )


@contextmanager
def playing(
    scenario: Scenario, rules: tuple[str, ...], seeds: int, *, quiet: bool
) -> Generator[Report | None]:
    """Show a bar on standard error while rules are played, unless ``quiet``."""
    seconds = estimate_s(scenario, rules, seeds)
    if quiet or seconds < 2:
        yield None
        return
    console = Console(stderr=True)
    if seconds > WORTH_SAYING_S:
        console.print(
            f"about {seconds / 60:.0f} min for {len(rules)} rules × {seeds} seeds"
        )
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        total = len(rules) * seeds * scenario.days
        task = bar.add_task(scenario.id, total=total)

        def advance(_done: int, _all: int) -> None:
            bar.advance(task)

        yield advance
