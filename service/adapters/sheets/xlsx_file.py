"""XLSX read as text: bounded before it is opened, without entities or evaluation."""

import io
import warnings
import zipfile
from datetime import date, datetime, time
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import (  # type: ignore[import-untyped]
    DefusedXmlException,
)
from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]
from openpyxl import load_workbook  # type: ignore[import-untyped]

from service.usecases.desk.sheet import (
    MOST_COLUMNS,
    MOST_LINES,
    Sheet,
    SheetTooLargeError,
    UnreadableSheetError,
    sheet_of,
)

MOST_UNPACKED: Final = 8 * 1024 * 1024
MOST_MEMBERS: Final = 200


def read_xlsx(content: bytes) -> Sheet:
    """Read the first sheet of a workbook.

    A formula is read as the text of the formula, never as its value; dates come as
    ISO dates, whole numbers without a decimal part.

    Raises:
        SheetError: Damaged, hostile, too large, empty or too long.
    """
    _refuse_bombs(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles it does not know are not ours
            book = load_workbook(
                io.BytesIO(content), read_only=True, data_only=False, keep_links=False
            )
            try:
                rows = _rows(book)
            finally:
                book.close()
    except (SheetTooLargeError, UnreadableSheetError):
        raise
    except Exception:
        # A damaged workbook fails in many ways, deep in the library; all mean one
        # thing to who sent it.
        raise UnreadableSheetError from None
    return sheet_of(rows)


def _rows(book: Any) -> list[tuple[int, list[str]]]:  # noqa: ANN401 - openpyxl is untyped
    if not book.worksheets:
        raise UnreadableSheetError
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    found = sheet.iter_rows(
        min_row=1,
        max_row=2 * MOST_LINES + 2,
        max_col=MOST_COLUMNS,
        values_only=True,
    )
    return [
        (number, [text_of(value) for value in values])
        for number, values in enumerate(found, start=1)
    ]


def text_of(value: object) -> str:
    """Return a cell as a person would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, str | int | float):
        return str(value).strip()
    return "="  # an array formula, a data table: nothing a person typed


def _refuse_bombs(content: bytes) -> None:
    """Refuse what would grow or reach outside, before anything is parsed.

    The sizes that a zip announces bind its reader: a member that goes on longer fails.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
            if len(members) > MOST_MEMBERS:
                raise SheetTooLargeError
            if sum(one.file_size for one in members) > MOST_UNPACKED:
                raise SheetTooLargeError
            for one in members:
                if one.filename.endswith((".xml", ".rels")):
                    _refuse_entities(packed.read(one))
    except SheetTooLargeError:
        raise
    except (DefusedXmlException, ParseError, zipfile.BadZipFile, OSError, ValueError):
        raise UnreadableSheetError from None
    except (RuntimeError, EOFError, zipfile.LargeZipFile):
        raise UnreadableSheetError from None
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma"):
            raise UnreadableSheetError from None
        raise


def _refuse_entities(xml: bytes) -> None:
    """Walk through one part without any document type: no entity, no outside."""
    for _event, element in iterparse(io.BytesIO(xml), forbid_dtd=True):
        element.clear()
