"""Published nights on a terminal, before and after."""

from rich.console import Console
from rich.table import Table

from simulation.history.replay import NightTwice, Tally


def print_history(nights: list[NightTwice]) -> None:
    """Print each night as it was and under the other ruleset."""
    table = Table(
        "Night", "Replays", "As it was", "Under the other ruleset", box=None,
        title="Served (in time), by band 0/1/2/3; left for later",
    )  # fmt: skip
    for night in nights:
        same = "yes" if night.replays else "[bold]NO[/bold]"
        table.add_row(night.name, same, _tally(night.before), _tally(night.after))
    console = Console()
    console.print(table)
    console.print(
        "Each night by itself, with its own tickets: labels change every night, so "
        "what a later night would have been cannot be known. Shares and held places "
        "can be changed here; edges of bands and notice are frozen in the pool."
    )


def _tally(one: Tally) -> str:
    bands = "/".join(str(one.by_band.get(band, 0)) for band in range(4))
    return f"{one.served} ({one.in_time}), {bands}; {one.unserved}"
