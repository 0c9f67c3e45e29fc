"""A file as people really write it: every fault named by line and column, no echo."""

import io
import struct
import zipfile
from contextlib import suppress
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.formparsers import MultiPartParser

from service.adapters.sheets import read_sheet
from service.adapters.sheets.template import write_csv_template, write_template
from service.adapters.sheets.xlsx_file import MOST_UNPACKED
from service.usecases.desk.sheet import (
    MOST_BYTES,
    EmptySheetError,
    Sheet,
    SheetError,
    SheetTooLargeError,
    TooManyLinesError,
    UnreadableSheetError,
)
from service.web.pages.helper.columns import TEMPLATE_WORDS, template_columns
from service.web.pages.helper.rows import ReadSheet, cells_of, read_lines
from service.web.uploads import MOST
from tests.unit.web.bodies import HOSTILE
from tests.unit.web.fakes import isere

TODAY = date(2026, 11, 23)
HEADINGS = (
    "Nom de famille",
    "Prénoms",
    "Date de naissance",
    "Numéro étranger",
    "Motif",
    "Lieux",
    "Document actuel",
    "Fin de validité",
    "Courriel de la personne",
    "Téléphone de la personne",
    "Langue des messages",
    "Jours impossibles",
    "Personnes reçues ensemble",
)
GOOD = (
    "DIALLO",
    "Awa",
    "04/05/1990",
    "9900000001",
    "renouvellement-titre",
    "grenoble",
    "Carte de séjour temporaire (un an au plus)",
    "12/12/2026",
    "awa@example.org",
    "06 39 98 00 01",
    "arabe",
    "mardi, jeudi",
    "2",
)


def csv_of(*rows: tuple[str, ...], separator: str = ";") -> str:
    return "\r\n".join(
        separator.join('"' + cell.replace('"', '""') + '"' for cell in row)
        for row in (HEADINGS, *rows)
    )


def xlsx_of(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in (HEADINGS, *rows):
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def read(content: bytes | str) -> ReadSheet:
    lines, about = cells_of(
        read_sheet(content.encode() if isinstance(content, str) else content)
    )
    assert about.missing_columns == ()
    return read_lines(lines, isere(), TODAY)


def with_cell(heading: str, value: str) -> tuple[str, ...]:
    at = HEADINGS.index(heading)
    return (*GOOD[:at], value, *GOOD[at + 1 :])


def test_a_line_becomes_the_very_command_of_the_form() -> None:
    [line] = read(csv_of(GOOD)).lines

    command = line.command
    assert line.number == 2
    assert command.channel == "helper"
    assert command.identity.names.family_name == "DIALLO"
    assert command.identity.birth_date.text == "1990-05-04"
    assert command.motif == "renouvellement-titre"
    assert command.sites == ("grenoble",)
    assert command.facts.held_document == "cst"
    assert command.facts.permit_expires_on == date(2026, 12, 12)
    assert command.contact.language == "ar"
    assert command.availability.weekdays_excluded == {2, 4}
    assert command.people == 2


@pytest.mark.parametrize(
    ("heading", "value", "column", "said"),
    [
        ("Numéro étranger", "12AB34567", "numero", "carte"),
        ("Numéro étranger", "99100OO303", "numero", "lettre O"),
        ("Fin de validité", "12/12/2034", "fin", "passeport"),
    ],
)
def test_a_helper_is_asked_what_a_person_would_be_asked(
    heading: str, value: str, column: str, said: str
) -> None:
    [line] = read(csv_of(with_cell(heading, value))).lines

    [question] = line.questions
    assert (question.number, question.column) == (2, column)
    assert said in question.sentence
    assert value not in question.sentence


def test_a_sound_line_is_asked_nothing_and_found_by_the_end_of_its_number() -> None:
    [line] = read(csv_of(GOOD)).lines

    assert line.questions == ()
    assert line.last_digits == "0001"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_it_is_read_whatever_program_wrote_it(separator: str, encoding: str) -> None:
    content = csv_of(GOOD, separator=separator).encode(encoding)

    assert len(read(content).lines) == 1


def test_xlsx_numbers_and_dates_are_read_as_people_meant_them() -> None:
    row = (
        "DIALLO",
        "Awa",
        datetime(1990, 5, 4),  # noqa: DTZ001 - a spreadsheet's date
        9900000001,
        "renouvellement-titre",
        "grenoble",
        "cst",
        datetime(2026, 12, 12),  # noqa: DTZ001 - a spreadsheet's date
        None,
        612980001,
        None,
        None,
        2.0,
    )

    [line] = read(xlsx_of(row)).lines

    assert line.command.identity.to_json()["agdref_number"] == "9900000001"
    assert line.command.identity.birth_date.text == "1990-05-04"
    assert line.command.contact.to_json()["phone"] == "+33612980001"
    assert line.command.people == 2


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("4/5/1990", "1990-05-04"),
        ("04-05-1990", "1990-05-04"),
        ("04.05.1990", "1990-05-04"),
        ("1990-05-04", "1990-05-04"),
        ("٠٤/٠٥/١٩٩٠", "1990-05-04"),
        ("05/1990", "1990-05"),
        ("1990", "1990"),
        ("00/00/1990", "1990"),
    ],
)
def test_a_birth_date_is_read_as_far_as_it_is_known(typed: str, read_as: str) -> None:
    [line] = read(csv_of(with_cell("Date de naissance", typed))).lines

    assert line.command.identity.birth_date.text == read_as


@pytest.mark.parametrize(
    ("heading", "typed", "column"),
    [
        ("Nom de famille", "", "nom"),
        ("Nom de famille", "<b>x</b>", "nom"),
        ("Nom de famille", "é" * 101, "nom"),
        ("Nom de famille", "ali\u202e", "nom"),
        ("Nom de famille", "=1+1", "nom"),
        ("Nom de famille", "@SUM(A1)", "nom"),
        ("Date de naissance", "31/02/1990", "naissance"),
        ("Date de naissance", "04/05/90", "naissance"),
        ("Date de naissance", "2030", "naissance"),
        ("Numéro étranger", "12", "numero"),
        ("Numéro étranger", "", "numero"),
        ("Motif", "autre chose", "motif"),
        ("Lieux", "Paris", "lieux"),
        ("Lieux", "grenoble, Paris", "lieux"),
        ("Document actuel", "carte bleue", "document"),
        ("Fin de validité", "demain", "fin"),
        ("Fin de validité", "12/12/1950", "fin"),
        ("Courriel de la personne", "awa", "courriel"),
        ("Téléphone de la personne", "0612", "telephone"),
        ("Langue des messages", "klingon", "langue"),
        ("Jours impossibles", "lundi,mardi,mercredi,jeudi,vendredi", "jours"),
        ("Jours impossibles", "parfois", "jours"),
        ("Personnes reçues ensemble", "9", "personnes"),
        ("Prénoms", "é" * 10_000, "prenoms"),
    ],
)
def test_a_fault_is_named_by_line_and_column_without_the_value(
    heading: str, typed: str, column: str
) -> None:
    found = read(csv_of(GOOD, with_cell(heading, typed)))

    assert [line.number for line in found.lines] == [2]
    assert (3, column) in {(fault.number, fault.column) for fault in found.faults}
    if typed:
        assert all(typed not in fault.sentence for fault in found.faults)


def test_partial_success_is_explicit() -> None:
    second = with_cell("Numéro étranger", "9900000002")
    bad = with_cell("Motif", "?")

    found = read(csv_of(GOOD, bad, second))

    assert [line.number for line in found.lines] == [2, 4]
    assert found.faulty_lines == 1


def test_one_person_twice_in_a_file_is_said_at_the_second_line() -> None:
    found = read(csv_of(GOOD, with_cell("Numéro étranger", "99 0000 0001")))

    assert [line.number for line in found.lines] == [2]
    assert [(one.number, one.column) for one in found.faults] == [(3, "numero")]


def test_headings_are_recognised_however_they_are_typed_and_others_are_told() -> None:
    text = csv_of(GOOD).replace("Nom de famille", "  NOM  DE FAMILLE ")
    lines, about = cells_of(read_sheet(f"{text}".replace("Motif", "Raison").encode()))

    assert [column.key for column in about.missing_columns] == ["motif"]
    assert about.unknown_columns == (5,)
    assert lines[0][1]["nom"] == "DIALLO"


def test_the_templates_come_back_with_every_column() -> None:
    columns = template_columns(isere())
    for content in (
        write_template(columns, TEMPLATE_WORDS),
        write_csv_template(columns),
    ):
        with pytest.raises(EmptySheetError):
            read_sheet(content)
    book = openpyxl.load_workbook(io.BytesIO(write_template(columns, TEMPLATE_WORDS)))
    people = book["Personnes"]
    assert [cell.value for cell in people[1]] == [one.heading for one in columns]
    assert people["D2"].number_format == "@"  # a number keeps its zeros
    assert len(people.data_validations.dataValidation) > 3


@pytest.mark.parametrize("formula", ["=1+1", '=HYPERLINK("http://x")', "=A1"])
def test_a_formula_of_a_workbook_is_never_evaluated(formula: str) -> None:
    row = with_cell("Nom de famille", formula)

    found = read(xlsx_of(row))

    assert found.lines == ()
    assert found.faults[0].column == "nom"


def bomb(entry: bytes) -> bytes:
    """A workbook with one more part in it."""
    written = io.BytesIO(xlsx_of(GOOD))
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/extra.xml", entry)
    return written.getvalue()


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;">]><x>&b;</x>'
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    b"<x>&e;</x>"
)


@pytest.mark.parametrize("entry", [ENTITIES, OUTSIDE, b"<x>", b"\x00"])
def test_entities_and_damaged_parts_are_refused(entry: bytes) -> None:
    with pytest.raises(UnreadableSheetError):
        read_sheet(bomb(entry))


def test_a_zip_bomb_is_refused_before_it_is_opened() -> None:
    packed = bomb(b"<x>" + b" " * (MOST_UNPACKED + 1) + b"</x>")

    assert len(packed) < MOST_BYTES
    with pytest.raises(SheetTooLargeError):
        read_sheet(packed)


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(bomb(b"<x>" + b" " * 1_000_000 + b"</x>"))
    directory = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, directory + 24, 10)

    with pytest.raises(SheetError):
        read_sheet(bytes(content))


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptySheetError),
        (b"   \n", EmptySheetError),
        (csv_of().encode(), EmptySheetError),
        (b"PK\x03\x04nothing", UnreadableSheetError),
        (b"a;b\n\x00;c", UnreadableSheetError),
        (b"\xff\xfea", UnreadableSheetError),
        (b"\x81\x8d\n\x81", UnreadableSheetError),
        (b"x" * (MOST_BYTES + 1), SheetTooLargeError),
        (csv_of(*[GOOD] * 301).encode(), TooManyLinesError),
        (("a" * 200_000 + ";b\nc;d").encode(), UnreadableSheetError),
    ],
)
def test_what_is_no_file_of_people_is_refused(
    content: bytes, error: type[SheetError]
) -> None:
    with pytest.raises(error):
        read_sheet(content)


def test_three_hundred_lines_pass() -> None:
    assert len(read_sheet(csv_of(*[GOOD] * 300).encode()).lines) == 300


@given(st.binary(max_size=3_000))
def test_no_bytes_do_more_than_be_refused(content: bytes) -> None:
    with suppress(SheetError):
        assert isinstance(read_sheet(content), Sheet)


@given(st.integers(0, 4_000), st.binary(min_size=1, max_size=4))
def test_no_damage_to_a_workbook_does_more_than_be_refused(
    at: int, damage: bytes
) -> None:
    whole = bytearray(WORKBOOK)
    at %= len(whole)
    whole[at : at + len(damage)] = damage
    with suppress(SheetError):
        assert isinstance(read_sheet(bytes(whole)), Sheet)


WORKBOOK = xlsx_of(GOOD)

CELLS = st.one_of(
    st.text(max_size=60),
    st.sampled_from([value for value in HOSTILE.values() if isinstance(value, str)]),
    st.sampled_from(GOOD),
)


@given(st.lists(CELLS, min_size=len(HEADINGS), max_size=len(HEADINGS)))
def test_every_line_is_either_understood_or_has_a_fault(cells: list[str]) -> None:
    row = tuple(written(cell) for cell in cells)
    try:
        found = read(csv_of(GOOD, row).encode())
    except SheetError:
        return

    numbers = {line.number for line in found.lines} | {
        fault.number for fault in found.faults
    }
    assert len(numbers) == (2 if any(cell.strip() for cell in row) else 1)


def written(cell: str) -> str:
    """What of a text a spreadsheet would save."""
    kept = "".join(letter for letter in cell if letter.isprintable())
    return kept.encode(errors="ignore").decode()


def test_the_parser_of_a_form_keeps_a_file_in_memory() -> None:
    """Beyond its spool a part would be written to disk, unsealed."""
    assert MultiPartParser.spool_max_size > MOST
