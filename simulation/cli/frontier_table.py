"""The frontier on a terminal, one table for each load."""

from itertools import groupby

from rich.console import Console
from rich.table import Table

from simulation.frontier.advice import (
    FEWEST,
    is_rising,
    is_settled,
    recommended,
)
from simulation.frontier.playing import floor
from simulation.frontier.table import USUAL, Point
from simulation.metrics.catalogue import shown
from simulation.metrics.intervals import Interval


def print_frontier(points: list[Point], longest_wait: float) -> None:
    """Print every ruleset at every load, then the recommended one."""
    console = Console()
    for (load, dated), group in groupby(points, key=lambda p: (p.load, p.dated)):
        here = list(group)
        usual = here[0]
        console.print(
            f"[bold]Load {load:g}, {100 * dated:.0f} % dated[/bold]; clairvoyant: "
            f"{shown(usual.best.mean, '%')} of savable rights lost, "
            f"{shown(floor(load, dated), '%')} at least in the long run; "
            f"the queue grows by {shown(usual.grows.mean, '')} people a year"
        )
        table = Table(
            "Ruleset", "Savable rights lost", "from the default",
            "Without a date, left over", "from the default", "Wait, 19 in 20",
            "The longest", "Places through quotas", "Days without the right", "Seeds",
            "", box=None,
        )  # fmt: skip
        for each in here:
            table.add_row(*_cells(each))
        console.print(table)
        _print_advice(console, here, longest_wait)
    console.print(
        "No attackers, nobody gives up; measured after a warm-up. Left over: how many "
        "more wait at the end of the measured days than at their start, of those "
        "without a date who came. Waits with “≥” were cut short by the end. "
        "Intervals tell luck, not assumptions."
    )


def _print_advice(console: Console, here: list[Point], longest_wait: float) -> None:
    if not is_settled(here):
        console.print(f"Nothing recommended: fewer than {FEWEST} paired seeds")
        return
    chosen = recommended(here, longest_wait)
    console.print(
        f"Recommended for at most {longest_wait:g} days (19 in 20): {chosen.ruleset}"
    )
    if is_rising(chosen):
        console.print(
            "Losses still rise within the measured days: a moment, not a state; the "
            "next year may lose more, and only places help"
        )


def _cells(each: Point) -> list[str]:
    least = "≥ " if each.is_cut else ""
    return [
        each.ruleset,
        _ranged(each.lost, "%") + (" ↑" if is_rising(each) else ""),
        _gap(each, each.lost_gap),
        _ranged(each.left, "%"),
        _gap(each, each.left_gap),
        least + _ranged(each.wait, "d"),
        "≥ " + shown(each.longest.mean, "d"),
        " + ".join(shown(part.mean, "%") for part in each.through),
        shown(each.days_lost.mean, ""),
        str(each.lost.seeds),
        "efficient" if each.efficient else "",
    ]


def _gap(point: Point, gap: Interval) -> str:
    """Write a difference from the default, or that luck may explain it."""
    if point.ruleset == USUAL or gap.seeds < 2:
        return ""
    return "not established" if gap.contains_zero else _ranged(gap, "pts")


def _ranged(each: Interval, unit: str) -> str:
    if each.seeds < 2:
        return shown(each.mean, unit)
    ends = f"{shown(each.low, unit)} to {shown(each.high, unit)}"
    return f"{shown(each.mean, unit)} ({ends})"
