"""The runs behind the frontier, one a line: whoever has them has the whole table."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from simulation.errors import LaboratoryError
from simulation.frontier.table import MEASURED, USUAL, Best, Found

HEAD: Final = (
    *("load", "dated", "ruleset", "seed"),
    *MEASURED,
    "clairvoyant_lost_share",
)
"""Columns; the last stands only beside the default ruleset, whose seeds it has."""


def as_csv(found: Found, best: Best) -> str:
    """Write every run, by load, share, ruleset and seed; digits are exact."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(HEAD)
    for (load, share, name), runs in sorted(found.items()):
        for seed, measures in sorted(runs.items()):
            cells = [repr(measures[key]) for key in MEASURED]
            bound = repr(best[load, share, seed]) if name == USUAL else ""
            lines.writerow([f"{load:g}", f"{share:g}", name, seed, *cells, bound])
    return text.getvalue()


def from_csv(text: str) -> tuple[Found, Best]:
    """Read what :func:`as_csv` wrote.

    Raises:
        LaboratoryError: Another kind of file.
    """
    found: Found = {}
    best: Best = {}
    for row in _rows(text):
        at = float(row["load"]), float(row["dated"])
        seed = int(row["seed"])
        runs = found.setdefault((*at, row["ruleset"]), {})
        runs[seed] = {key: float(row[key]) for key in MEASURED}
        if row["clairvoyant_lost_share"]:
            best[*at, seed] = float(row["clairvoyant_lost_share"])
    return found, best


def _rows(text: str) -> Iterator[dict[str, str]]:
    lines = csv.DictReader(io.StringIO(text))
    if tuple(lines.fieldnames or ()) != HEAD:
        raise LaboratoryError(
            "not a file of the frontier's runs: its first line must be "
            + ",".join(HEAD)
        )
    yield from lines
