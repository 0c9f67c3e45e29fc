"""The template to fill in: a sheet for people, its explanations, its lists."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.styles import (  # type: ignore[import-untyped]
    Alignment,
    Font,
    PatternFill,
)
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet.datavalidation import (  # type: ignore[import-untyped]
    DataValidation,
)

LINES = 300
_INK = "FF10302F"
_PAPER = "FFE0EFEC"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateColumn:
    """One column of the template.

    Attributes:
        heading: As written in the first line.
        explanation: One sentence.
        example: What a line may hold.
        is_needed: A line without it is not taken.
        choices: What the list of the column offers; empty for free text.
    """

    heading: str
    explanation: str
    example: str
    is_needed: bool
    choices: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateWords:
    """The titles of the sheets and of the columns that explain."""

    people: str
    explanations: str
    lists: str
    column: str
    explanation: str
    needed: str
    example: str
    yes: str
    no: str


def write_template(columns: Sequence[TemplateColumn], words: TemplateWords) -> bytes:
    """Return the template as XLSX.

    Every cell of the sheet for people is text: a spreadsheet then keeps the zero at
    the start of a number, and writes no date its own way.
    """
    book = Workbook()
    people = book.active
    if people is None:
        people = book.create_sheet()
    people.title = words.people
    lists = book.create_sheet(words.lists)
    explained = book.create_sheet(words.explanations, 1)
    _explain(explained, columns, words)
    for at, column in enumerate(columns, start=1):
        letter = get_column_letter(at)
        _head(people.cell(1, at, column.heading))
        people.column_dimensions[letter].width = max(14, len(column.heading) + 4)
        for line in range(2, LINES + 2):
            people.cell(line, at).number_format = "@"
        _head(lists.cell(1, at, column.heading))
        lists.column_dimensions[letter].width = 44 if column.choices else 14
        for line, choice in enumerate(column.choices, start=2):
            lists.cell(line, at, choice)
        if column.choices:
            _offer(people, letter, words.lists, len(column.choices))
    people.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def write_csv_template(columns: Sequence[TemplateColumn]) -> bytes:
    """Return headings and an example as CSV, as a French spreadsheet opens it."""
    written = io.StringIO(newline="")
    lines = csv.writer(written, delimiter=";")
    lines.writerow([column.heading for column in columns])
    return ("\ufeff" + written.getvalue()).encode()


def _explain(
    sheet: Any,  # noqa: ANN401 - openpyxl is untyped
    columns: Sequence[TemplateColumn],
    words: TemplateWords,
) -> None:
    titles = (words.column, words.explanation, words.needed, words.example)
    for at, (title, width) in enumerate(zip(titles, (28, 90, 14, 34), strict=True), 1):
        _head(sheet.cell(1, at, title))
        sheet.column_dimensions[get_column_letter(at)].width = width
    for line, column in enumerate(columns, start=2):
        needed = words.yes if column.is_needed else words.no
        said = (column.heading, column.explanation, needed, column.example)
        for at, text in enumerate(said, start=1):
            cell = sheet.cell(line, at, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = "@"
    sheet.freeze_panes = "A2"


def _offer(sheet: Any, letter: str, lists: str, count: int) -> None:  # noqa: ANN401
    choice = DataValidation(
        type="list",
        formula1=f"'{lists}'!${letter}$2:${letter}${count + 1}",
        allow_blank=True,
    )
    choice.showErrorMessage = False  # several sites or days fit in one cell
    sheet.add_data_validation(choice)
    choice.add(  # pyright: ignore[reportUnknownMemberType] - untyped library
        f"{letter}2:{letter}{LINES + 1}"
    )


def _head(cell: Any) -> None:  # noqa: ANN401 - openpyxl is untyped
    cell.font = Font(bold=True, color=_INK)
    cell.fill = PatternFill("solid", start_color=_PAPER)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
