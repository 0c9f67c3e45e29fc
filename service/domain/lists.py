"""Lists of people as an office keeps them: pasted from a spreadsheet or a file.

One line a person, a heading on top; tabs, semicolons or commas. A line that cannot be
read is named by its number and its column, never by what stands in it.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from service.domain.errors import InvalidListError

MOST_LINES: Final = 1000
"""Most lines at once; a longer list is pasted in parts."""

_MOST_CHARACTERS: Final = 200
_DELIMITERS: Final = "\t;,"

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "numero": ("numero", "numero etranger", "agdref", "n etranger"),
    "nom": ("nom", "nom de famille", "noms"),
    "prenoms": ("prenoms", "prenom"),
    "naissance": ("naissance", "date de naissance", "ne le", "nee le"),
    "document": ("document", "type de titre"),
    "debut": ("debut", "debut de validite"),
    "fin": ("fin", "fin de validite", "expire le", "valable jusqu au"),
    "motif": ("motif",),
    "lieu": ("lieu", "site", "lieux"),
    "courriel": ("courriel", "email", "e mail", "adresse electronique", "mail"),
    "telephone": ("telephone", "tel", "portable", "mobile"),
    "langue": ("langue",),
    "reference": ("reference",),
    "renouvele": ("renouvele", "renouvele jusqu au", "nouvelle fin"),
}
"""Each column with the headings that name it, without accents or signs."""


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One line of a list: its number as a spreadsheet shows it, text by column."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return what stands in a column, trimmed; empty when it is absent."""
        return self.cells.get(column, "")

    def __repr__(self) -> str:
        return f"Line({self.number})"


def read_list(text: str, *, needed: Sequence[str]) -> tuple[Line, ...]:
    """Read a pasted list.

    Args:
        text: Heading and lines; a byte order mark and empty lines are skipped.
        needed: Columns without which nothing can be done.

    Raises:
        InvalidListError: At ``heading`` when a needed column is missing, a heading is
            unknown or stands twice; at ``lines`` when there are none or too many; at
            ``line.N`` when a line has more cells than the heading, or an endless one.
    """
    rows = _rows(text.lstrip("\ufeff"))
    first = next(rows, None)
    if first is None:
        raise InvalidListError("lines")
    heading = [column_of(cell) for cell in first[1]]
    if None in heading or len(set(heading)) != len(heading):
        raise InvalidListError("heading")
    if not set(needed) <= set(heading):
        raise InvalidListError("heading")
    lines: list[Line] = []
    for number, cells in rows:
        if len(cells) > len(heading) or any(len(c) > _MOST_CHARACTERS for c in cells):
            raise InvalidListError(f"line.{number}")
        named = zip((name or "" for name in heading), cells, strict=False)
        lines.append(Line(number, dict(named)))
        if len(lines) > MOST_LINES:
            raise InvalidListError("lines")
    if not lines:
        raise InvalidListError("lines")
    return tuple(lines)


def column_of(heading: str) -> str | None:
    """Return the column that a heading names, None when it is unknown."""
    bare = unicodedata.normalize("NFKD", heading.casefold())
    kept = "".join(
        c if c.isalnum() else " " for c in bare if not unicodedata.combining(c)
    )
    plain = " ".join(kept.split())
    return next((name for name, known in COLUMNS.items() if plain in known), None)


def iso_day(typed: str) -> str:
    """Return ``2027-01-31`` for ``31/01/2027``, as spreadsheets write days in France.

    Anything else is returned as it is: the parser of dates decides.
    """
    parts = typed.replace(".", "/").replace(" ", "").split("/")
    if len(parts) == 3 and len(parts[2]) == 4:
        day, month, year = parts
        return f"{year}-{month.zfill(2)}-{day.zfill(2)}"
    return typed.strip()


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, trimmed cells) of every line that is not empty."""
    heading = text.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            trimmed = [" ".join(cell.split()) for cell in cells]
            if any(trimmed):
                yield reader.line_num, trimmed
    except csv.Error:
        raise InvalidListError("lines") from None
