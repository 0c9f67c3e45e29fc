"""A file of lines and columns as it was read: text, nothing understood yet."""

from dataclasses import dataclass, field
from typing import ClassVar, Final

from service.domain.errors import DomainError

MOST_BYTES: Final = 512 * 1024
"""Largest file: three hundred lines with every column full take a fifth of it."""

MOST_LINES: Final = 300
MOST_COLUMNS: Final = 40


class SheetError(DomainError):
    """The file cannot be taken."""

    code: ClassVar[str] = "unreadable-sheet"


class UnreadableSheetError(SheetError):
    """The file is neither CSV nor XLSX, or it is damaged."""

    code: ClassVar[str] = "unreadable-sheet"


class SheetTooLargeError(SheetError):
    """The file is too large once opened."""

    code: ClassVar[str] = "sheet-too-large"


class TooManyLinesError(SheetError):
    """The file has more than 300 lines."""

    code: ClassVar[str] = "too-many-lines"


class EmptySheetError(SheetError):
    """The file has no line of people."""

    code: ClassVar[str] = "empty-sheet"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number in the file, as a spreadsheet shows it, and its cells."""

    number: int
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Headings and lines; empty lines are left out, cells are trimmed text."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...] = field(repr=False)


def sheet_of(found: list[tuple[int, list[str]]]) -> Sheet:
    """Make a sheet of numbered rows, the first of which that holds text are headings.

    Raises:
        EmptySheetError: Nothing stands below the headings.
        TooManyLinesError: More than 300 lines.
    """
    filled = [(number, cells) for number, cells in found if any(cells)]
    if len(filled) < 2:
        raise EmptySheetError
    if len(filled) - 1 > MOST_LINES:
        raise TooManyLinesError
    headings = tuple(filled[0][1])
    lines = tuple(Line(number, tuple(cells)) for number, cells in filled[1:])
    return Sheet(headings, lines)
