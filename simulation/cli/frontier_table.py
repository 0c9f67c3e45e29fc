"""The frontier on a terminal, one table for each load."""

from itertools import groupby

from rich.console import Console
from rich.table import Table

from simulation.frontier.table import USUAL, Point, is_overfull, recommended
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
            "Ruleset", "Savable rights lost", "from the default",
            "Wait without a date, 19 in 20", "from the default", "The longest",
            "Days without the right", "Seeds", "", box=None,
        )  # fmt: skip
        for each in here:
            table.add_row(
                each.ruleset,
                _ranged(each.lost, "%"),
                _gap(each, each.lost_gap, "pts"),
                _ranged(each.wait, "d"),
                _gap(each, each.wait_gap, "d"),
                shown(each.longest.mean, "d"),
                shown(each.days_lost.mean, ""),
                str(each.lost.seeds),
                "efficient" if each.efficient else "",
            )
        console.print(table)
        if is_overfull(here[0]):
            console.print(
                "Nothing recommended: dated needs alone are more than the places, the "
                "queue grows from year to year, and only places help"
            )
            continue
        chosen = recommended(here, longest_wait)
        console.print(
            f"Recommended for at most {longest_wait:g} days (19 in 20): "
            f"{chosen.ruleset}"
        )
    console.print(
        "No attackers, nobody gives up; the run begins without a queue, and unserved "
        "people count with their wait so far: above load 1 both grow with its length. "
        "Intervals tell luck, not assumptions."
    )


def _gap(point: Point, gap: Interval, unit: str) -> str:
    """Write a difference from the default, or that luck may explain it."""
    if point.ruleset == USUAL or gap.seeds < 2:
        return ""
    return "not established" if gap.contains_zero else _ranged(gap, unit)


def _ranged(each: Interval, unit: str) -> str:
    if each.seeds < 2:
        return shown(each.mean, unit)
    ends = f"{shown(each.low, unit)} to {shown(each.high, unit)}"
    return f"{shown(each.mean, unit)} ({ends})"
