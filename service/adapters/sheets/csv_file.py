"""CSV as people's programs write it: three separators, three encodings."""

import csv
import io
from typing import Final

from service.usecases.desk.sheet import (
    MOST_COLUMNS,
    MOST_LINES,
    Sheet,
    TooManyLinesError,
    UnreadableSheetError,
    sheet_of,
)

_SEPARATORS: Final = ";,\t"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


def read_csv(content: bytes) -> Sheet:
    """Read comma, semicolon or tab separated text.

    UTF-8 with or without its mark, UTF-16 with its mark (a spreadsheet's "Unicode
    text"), else Windows-1252.

    Raises:
        SheetError: Unreadable, empty or too long.
    """
    text = decoded(content)
    if "\x00" in text:
        raise UnreadableSheetError
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text))
    found: list[tuple[int, list[str]]] = []
    try:
        for cells in lines:
            trimmed = [cell.strip() for cell in cells[:MOST_COLUMNS]]
            found.append((lines.line_num, trimmed))
            if len(found) > 2 * MOST_LINES + 2:
                raise TooManyLinesError
    except csv.Error:
        raise UnreadableSheetError from None
    return sheet_of(found)


def decoded(content: bytes) -> str:
    """Return the text of a file.

    Raises:
        UnreadableSheetError: In none of the encodings.
    """
    if content.startswith(_UTF16):
        return _in("utf-16", content)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _in("cp1252", content)


def _in(encoding: str, content: bytes) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableSheetError from None


def separator_of(text: str) -> str:
    """Return the separator that occurs most in the first line with text."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_SEPARATORS, key=first.count)
