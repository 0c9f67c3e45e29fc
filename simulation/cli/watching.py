"""Say how long it will take, then show that it moves."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from simulation.engine.population import visits_per_year
from simulation.engine.world import Progress as Report
from simulation.errors import LaboratoryError
from simulation.mechanisms.registry import rule
from simulation.scenarios.model import Scenario

CLICK_DAY_S, DRAW_DAY_S = 0.0008, 0.002
CLICK_S, DRAW_S = 1.2e-7, 2.5e-7
"""Per day and pool; per visit and day of the run. Measured by ``bench``."""

TOO_LONG_S = 3600.0
SHORT_S = 2.0


def estimate_s(scenario: Scenario, rules: tuple[str, ...], seeds: int) -> float:
    """Return the seconds that a comparison is expected to take on one core.

    Rough: queues, and with them the nights, grow with the load.
    """
    days = scenario.days
    visits = visits_per_year(scenario.demand) * days / 365
    pools = 1 if scenario.capacity.pooled else len(scenario.demand.motifs)
    each = [
        (DRAW_S, DRAW_DAY_S) if rule(slug).is_draw else (CLICK_S, CLICK_DAY_S)
        for slug in rules
    ]
    return seeds * sum(
        visits * days * per_visit + days * pools * per_day
        for per_visit, per_day in each
    )


def spoken(seconds: float) -> str:
    """Say a length of time as people do."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} hours"


def refuse_hours(seconds: float, *, force: bool) -> None:
    """Refuse what would take hours, and say how to make it smaller.

    What takes more than a moment is announced on standard error before it starts.

    Raises:
        LaboratoryError: Longer than an hour and not asked for in so many words.
    """
    if seconds > SHORT_S:
        Console(stderr=True).print(f"about {spoken(seconds)} on an idle machine")
    if seconds > TOO_LONG_S and not force:
        share = TOO_LONG_S / seconds / 3
        raise LaboratoryError(
            f"this would take about {seconds / 3600:.1f} hours; use fewer --seeds, "
            f"fewer --rule, or a smaller size such as --scale {share:.2g} "
            "(shares change little with size); --force runs it all the same"
        )


@contextmanager
def playing(
    scenario: Scenario, rules: tuple[str, ...], *, quiet: bool
) -> Generator[Report | None]:
    """Show a bar on standard error while one seed is played, unless ``quiet``."""
    if quiet or estimate_s(scenario, rules, 1) < SHORT_S:
        yield None
        return
    with counting(scenario.id, len(rules) * scenario.days, quiet=False) as advance:

        def day_done(_done: int, _all: int) -> None:
            advance()

        yield day_done


@contextmanager
def counting(what: str, total: int, *, quiet: bool) -> Generator[Callable[[], None]]:
    """Show how many of ``total`` steps are done, on standard error."""
    if quiet:
        yield _nothing
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=total)

        def advance() -> None:
            bar.advance(task)

        yield advance


def _nothing() -> None:
    """Say nothing: somebody else reads the output."""
