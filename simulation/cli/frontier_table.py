"""The frontier on a terminal, one table for each load."""

from itertools import groupby

from rich.console import Console
from rich.table import Table

from simulation.frontier.table import Point, recommended
from simulation.metrics.catalogue import shown
from simulation.metrics.intervals import Interval


def print_frontier(points: list[Point], longest_wait: float) -> None:
    """Print every ruleset at every load, then the recommended one."""
    console = Console()
    for (load, dated), group in groupby(points, key=lambda p: (p.load, p.dated)):
        here = list(group)
        best = here[0].best
        console.print(
            f"[bold]Load {load:g}, {100 * dated:.0f} % dated[/bold]; "
            f"clairvoyant: {shown(best.mean, '%')} of savable rights lost"
        )
        table = Table(
            "Ruleset", "Savable rights lost", "Wait without a date, 19 in 20",
            "The longest", "", box=None,
        )  # fmt: skip
        for each in here:
            table.add_row(
                each.ruleset,
                _ranged(each.lost, "%"),
                _ranged(each.wait, "d"),
                shown(each.longest.mean, "d"),
                "efficient" if each.efficient else "",
            )
        console.print(table)
        chosen = recommended(here, longest_wait)
        console.print(
            f"Recommended for at most {longest_wait:g} days (19 in 20): "
            f"{chosen.ruleset}"
        )
    console.print(
        "No attackers, nobody gives up; unserved people count with their wait so far. "
        "Intervals tell luck, not assumptions."
    )


def _ranged(each: Interval, unit: str) -> str:
    if each.seeds < 2:
        return shown(each.mean, unit)
    ends = f"{shown(each.low, unit)} to {shown(each.high, unit)}"
    return f"{shown(each.mean, unit)} ({ends})"
