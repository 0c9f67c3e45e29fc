"""Counts that may leave the page: small cells are merged before anyone sees them."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Final

from service.usecases.views import BandCell, NightView

LEAST: Final = 11
"""Fewest people in a published cell (ADR 0012)."""


def merged(
    bands: Iterable[tuple[int, int, int]], least: int = LEAST
) -> tuple[BandCell, ...]:
    """Merge neighbouring bands until no cell holds fewer than ``least`` people.

    Neighbours only, so that a cell still means a span of urgency. A night of fewer
    people than that is one cell: how many took part stands in the commitment anyway.

    Args:
        bands: (band, people, served), any order.
        least: Fewest people in a cell.

    Returns:
        Cells from the most urgent band on; their sums are those of ``bands``.
    """
    cells: list[BandCell] = []
    for band, people, served in sorted(bands):
        cell = BandCell(first=band, last=band, people=people, served=served)
        if cells and cells[-1].people < least:
            cells[-1] = _joined(cells[-1], cell)
        else:
            cells.append(cell)
    if len(cells) > 1 and cells[-1].people < least:
        last = cells.pop()
        cells[-1] = _joined(cells[-1], last)
    return tuple(cells)


def _joined(one: BandCell, other: BandCell) -> BandCell:
    return BandCell(
        first=one.first,
        last=other.last,
        people=one.people + other.people,
        served=one.served + other.served,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the open data: its name and what it means, in French."""

    name: str
    meaning: str


COLUMNS: Final[Sequence[Column]] = (
    Column(name="prefecture", meaning="code de la préfecture"),
    Column(name="date", meaning="date de la nuit, heure de Paris"),
    Column(name="bande_de", meaning="première bande de la ligne, 0 la plus urgente"),
    Column(name="bande_a", meaning="dernière bande de la ligne"),
    Column(name="inscriptions", meaning="inscriptions de ces bandes, 11 au moins"),
    Column(name="servies", meaning="parmi elles, celles qui ont eu une place"),
    Column(name="places", meaning="places de la nuit, toutes bandes ensemble"),
    Column(name="places_libres", meaning="places restées libres cette nuit-là"),
    Column(name="engagement", meaning="empreinte SHA-256 de l'engagement"),
    Column(
        name="annulee_le",
        meaning="instant (UTC) où la nuit a été annulée : elle n'a donné aucune place",
    ),
    Column(name="annulee_motif", meaning="pourquoi, dans les mots de la préfecture"),
    Column(name="hasard_connu", meaning="oui si le nombre au hasard était déjà connu"),
)


def open_data_csv(nights: Iterable[NightView]) -> str:
    """Write one line a night and cell, oldest first (RFC 4180, UTF-8).

    Pure. Only published nights are in it, and annulled ones in a line without counts;
    see ``COLUMNS`` for the meaning of each.
    """
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow(column.name for column in COLUMNS)
    for night in sorted(nights, key=lambda one: (one.prefecture, one.held_on)):
        lines.writerows(_lines(night))
    return written.getvalue()


def _lines(night: NightView) -> list[Sequence[object]]:
    day, digest = night.held_on.isoformat(), night.commitment_sha256
    if night.annulment is not None:
        at = f"{night.annulment.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        known = "oui" if night.annulment.luck_was_known else "non"
        empty = ("",) * 6
        return [
            (night.prefecture, day, *empty, digest, at, night.annulment.reason, known)
        ]
    return [
        (
            night.prefecture,
            day,
            cell.first,
            cell.last,
            cell.people,
            cell.served,
            night.places,
            night.free_places,
            digest,
            "",
            "",
            "",
        )
        for cell in night.cells
    ]
