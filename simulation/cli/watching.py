"""Say how long it will take, then show that it moves."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from simulation.comparison import comparison_s, jobs_of
from simulation.engine.world import Progress as Report
from simulation.estimate import Smaller, by_scale, refuse_hours, spoken
from simulation.scenarios.model import Scenario
from simulation.sweep.kept import of_other_engines

SHORT_S = 2.0


def announce(seconds: float) -> None:
    """Say on standard error how long it will take, when it is more than a moment."""
    if seconds > SHORT_S:
        Console(stderr=True).print(f"about {spoken(seconds)} on an idle machine")


def begin(
    seconds: float,
    *,
    force: bool,
    smaller: Smaller = by_scale,
    keep: Path | None = None,
) -> None:
    """Say how long it will take; refuse hours, with a size that would not.

    Args:
        seconds: The estimate.
        force: Whether hours were asked for.
        smaller: What to ask less of.
        keep: A file of results, of which runs of another engine are told.

    Raises:
        LaboratoryError: More than an hour, and not forced.
    """
    refuse_hours(seconds, force=force, smaller=smaller, goes_on=keep is not None)
    if older := of_other_engines(keep):
        tell(
            f"{keep}: {older} runs of another version of the engine stay in the file "
            "and are not used: their digits could differ"
        )
    announce(seconds)


def tell(words: str) -> None:
    """Say something to people: on standard error, programs read the other."""
    Console(stderr=True).print(words, highlight=False)


@contextmanager
def playing(
    scenario: Scenario, rules: tuple[str, ...], *, quiet: bool
) -> Generator[Report | None]:
    """Show a bar on standard error while one seed is played, unless ``quiet``."""
    if quiet or comparison_s(scenario, rules, 1) < SHORT_S:
        yield None
        return
    runs = len(jobs_of(scenario, rules, (1,), causeless=True))
    with counting(scenario.id, runs * scenario.days, quiet=False) as advance:

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
