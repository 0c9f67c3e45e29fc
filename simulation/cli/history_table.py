"""Published nights on a terminal or as data, before and after."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from service.domain.ruleset import Ruleset
from simulation.cli.data import print_json, write_json
from simulation.cli.watching import begin, counting
from simulation.estimate import here_s
from simulation.history.replay import NightTwice, Tally, files_of, read_night, twice

A_MEGABYTE_S = 0.1
"""Processor seconds to read a megabyte of transcripts and draw them twice.

Read off nights of 500 to 20,000 registrations (0.09) on 26 November 2026.
"""


def replay_history(
    history: Path, ruleset: Ruleset, *, json_: bool, out: Path | None, force: bool
) -> None:
    """Replay every published night of a file or folder, and say what changes.

    Raises:
        LaboratoryError: No transcript there, one that is not whole, a ruleset that
            moves what the nights cannot tell, or hours of them.
    """
    files = files_of(history)
    megabytes = sum(file.stat().st_size for file in files) / 1e6
    begin(here_s(A_MEGABYTE_S * megabytes), force=force, smaller=partial(_fewer, files))
    found: list[NightTwice] = []
    with counting("nights", len(files), quiet=json_) as done:
        for file in files:
            found.append(twice(read_night(file), ruleset))
            done()
    if out is not None:
        write_json(out, [asdict(each) for each in found])
    if json_:
        print_json([asdict(each) for each in found])
    else:
        print_history(found)


def _fewer(files: Sequence[Path], share: float) -> str:
    some = max(1, int(share * len(files)))
    return f"give --history a folder with {some} of these {len(files)} files"


def print_history(nights: Sequence[NightTwice]) -> None:
    """Print each night as it was and under the other ruleset, then their sum."""
    table = Table(
        "Night", "Replays", "As it was", "Under the other ruleset", box=None,
        title="Served (in time), by band 0/1/2/3; left for later",
    )  # fmt: skip
    for night in nights:
        same = "yes" if night.replays else "[bold]NO[/bold]"
        table.add_row(night.name, same, _tally(night.before), _tally(night.after))
    if len(nights) > 1:
        table.add_section()
        before, after = ([n.before for n in nights], [n.after for n in nights])
        table.add_row(f"{len(nights)} nights", "", _sum(before), _sum(after))
    console = Console()
    console.print(table)
    console.print(
        "Each night by itself, with its own tickets: labels change every night, so "
        "what a later night would have been cannot be known."
    )
    for line in _changes(nights):
        console.print(line, highlight=False)
    if wrong := [night.name for night in nights if not night.replays]:
        console.print(
            f"[bold]{len(wrong)} of these results do not follow from their pool and "
            f"randomness[/bold]: {', '.join(wrong)}. Ask who published them."
        )


def _changes(nights: Sequence[NightTwice]) -> Iterator[str]:
    """Say which fields differ and what was done with each, once for all nights."""
    said = Counter(str(each) for night in nights for each in night.differences)
    if not said:
        yield "This is the ruleset of these nights: nothing was changed."
    for line, count in said.items():
        some = "" if count == len(nights) else f" ({count} of {len(nights)} nights)"
        yield f"{line}{some}"
    if left := sum(night.left for night in nights):
        yield (
            f"{left} held places stand without an open one beside them: whom else "
            "they suit no pool tells, so they stay with those they suited: the effect "
            "of opening them is shown smaller than it would be."
        )


def _tally(one: Tally) -> str:
    bands = "/".join(str(one.by_band.get(band, 0)) for band in range(4))
    return f"{one.served} ({one.in_time}), {bands}; {one.unserved}"


def _sum(many: Sequence[Tally]) -> str:
    bands = {band: sum(each.by_band.get(band, 0) for each in many) for band in range(4)}
    return _tally(
        Tally(
            served=sum(each.served for each in many),
            in_time=sum(each.in_time for each in many),
            unserved=sum(each.unserved for each in many),
            by_band=bands,
        )
    )
