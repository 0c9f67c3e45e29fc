"""A line of a file as a command, or what to correct in it: by column, in words.

The same command that the form of applicants and the JSON API build. No sentence
repeats what was typed: a helper has the file in front of them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from service.domain.availability import Availability
from service.domain.birth_date import BirthDate
from service.domain.contact import Contact
from service.domain.errors import BirthDateInFutureError, DomainError
from service.domain.help_places import fold
from service.domain.identity import AgdrefNumber, Identity, Names, TravelDocument
from service.domain.keyboard import ascii_digits
from service.domain.motifs import MOTIFS, MotifFamily
from service.domain.permits import DocumentFacts
from service.domain.permits.questions import question_about
from service.usecases.commands import RegisterApplicant
from service.usecases.desk.sheet import Line, Sheet
from service.usecases.helper.helper_batch import Cells
from service.usecases.public.describe_prefecture import PrefectureView
from service.web.pages.answers import Errors
from service.web.pages.helper.cells import LineReader, date_parts
from service.web.pages.helper.columns import (
    BY_HEADING,
    COLUMNS,
    Choices,
    Column,
    choices_of,
)
from service.web.pages.registration_form import DATE_QUESTIONS, NUMBER_QUESTIONS
from service.words.i18n import N_

_BARE_PHONE: Final = re.compile(r"[1-9][0-9]{8}")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to correct: line, column, sentence."""

    number: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """A line that was understood."""

    number: int
    cells: Cells = field(repr=False)
    command: RegisterApplicant = field(repr=False)
    questions: tuple[Fault, ...] = ()
    """What is possible and still looks like a slip: registered once it was checked."""

    @property
    def last_digits(self) -> str:
        """Return the end of the number, by which a helper finds it in the file."""
        proof = self.command.identity.proof
        text = proof.text if isinstance(proof, AgdrefNumber) else proof.number
        return text[-4:]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSheet:
    """A whole file: what was understood, and what is to be corrected."""

    lines: tuple[ReadLine, ...]
    faults: tuple[Fault, ...]
    unknown_columns: tuple[int, ...] = ()
    missing_columns: tuple[Column, ...] = ()

    @property
    def faulty_lines(self) -> int:
        """How many lines have something to correct."""
        return len({fault.number for fault in self.faults})


def cells_of(sheet: Sheet) -> tuple[list[tuple[int, Cells]], ReadSheet]:
    """Give each cell its column; tell which headings are unknown or missing."""
    columns = [BY_HEADING.get(fold(heading)) for heading in sheet.headings]
    found = {column.key for column in columns if column}
    missing = [one for one in COLUMNS if one.is_needed and one.key not in found]
    unknown = [
        at
        for at, (heading, column) in enumerate(
            zip(sheet.headings, columns, strict=True), start=1
        )
        if heading and column is None
    ]
    about = ReadSheet(
        lines=(),
        faults=(),
        unknown_columns=tuple(unknown),
        missing_columns=tuple(missing),
    )
    return [(line.number, _cells(line, columns)) for line in sheet.lines], about


def _cells(line: Line, columns: list[Column | None]) -> Cells:
    pairs = zip(columns, line.cells, strict=False)
    return {column.key: text for column, text in pairs if column is not None and text}


def read_lines(
    lines: Iterable[tuple[int, Cells]], prefecture: PrefectureView, today: date
) -> ReadSheet:
    """Read every line; a person twice in one file is said at the second line."""
    choices = choices_of(prefecture)
    read: list[ReadLine] = []
    faults: list[Fault] = []
    seen: dict[tuple[bytes, str], int] = {}
    for number, cells in lines:
        errors = Errors()
        command = read_line(cells, prefecture, choices, today, errors)
        if command is not None:
            who = (command.identity.key_material(), command.motif)
            first = seen.setdefault(who, number)
            if first != number:
                errors.add("numero", N_("Cette personne est déjà dans le fichier."))
        faults += [Fault(number, column, said) for column, said in errors.items()]
        if command is not None and not errors:
            asked = tuple(
                Fault(number, column, said)
                for column, said in questions_about(command, today)
            )
            read.append(
                ReadLine(number=number, cells=cells, command=command, questions=asked)
            )
    return ReadSheet(lines=tuple(read), faults=tuple(faults))


def read_line(
    cells: Cells,
    prefecture: PrefectureView,
    choices: Choices,
    today: date,
    errors: Errors,
) -> RegisterApplicant | None:
    """Read one line; None, and a sentence by column, when something is wrong."""
    reader = LineReader(cells, choices, errors)
    reader.refuse_unreadable()
    motif = reader.choice("motif", N_("Choisissez un motif de la liste."))
    sites = reader.choices("lieux", N_("Choisissez un lieu de la liste."))
    identity = _identity(reader, today)
    contact = _contact(reader)
    facts = _facts(reader, motif, today)
    availability = _availability(reader)
    people = _people(reader)
    if errors or not motif or identity is None or contact is None:
        return None
    known = {site.code: site.motifs for site in prefecture.sites}
    if not all(motif in known.get(site, ()) for site in sites):
        errors.add("lieux", N_("Ce lieu ne reçoit pas pour ce motif."))
    if errors or availability is None:
        return None
    return RegisterApplicant(
        prefecture=prefecture.code,
        motif=motif,
        sites=sites,
        identity=identity,
        contact=contact,
        facts=facts,
        availability=availability,
        people=people,
        channel="helper",
    )


def questions_about(
    command: RegisterApplicant, today: date
) -> Iterable[tuple[str, str]]:
    """Ask what the form asks a person: a card's number, the end of a passport."""
    proof = command.identity.proof
    if isinstance(proof, AgdrefNumber) and proof.question:
        yield "numero", NUMBER_QUESTIONS[proof.question]
    question = question_about(command.facts, today)
    if question is not None:
        yield "fin", DATE_QUESTIONS[question]


def _identity(reader: LineReader, today: date) -> Identity | None:
    names: Names | None = None
    try:
        names = Names.parse(reader.text("nom"), reader.text("prenoms") or None)
    except DomainError as error:
        reader.refused(error, "nom")
    birth_date = _birth_date(reader, today)
    proof = _proof(reader)
    if names is None or birth_date is None or proof is None:
        return None
    return Identity(proof=proof, names=names, birth_date=birth_date)


def _birth_date(reader: LineReader, today: date) -> BirthDate | None:
    typed = " ".join(ascii_digits(reader.text("naissance")).split())
    parts = date_parts(typed)
    if parts is None:
        reader.errors.add(
            "naissance",
            N_("Écrivez jour/mois/année, mois/année ou année, avec 4 chiffres."),
        )
        return None
    known = [*parts, 0, 0][:3]
    text = f"{known[0]:04d}"
    if known[1]:
        text += f"-{known[1]:02d}" + (f"-{known[2]:02d}" if known[2] else "")
    try:
        return BirthDate.parse(text, today=today)
    except BirthDateInFutureError as error:
        reader.errors.add_refusal("naissance", error)
    except DomainError as error:
        reader.refused(error, "naissance")
    return None


def _proof(reader: LineReader) -> AgdrefNumber | TravelDocument | None:
    if reader.text("numero"):
        try:
            return AgdrefNumber.parse(reader.text("numero"))
        except DomainError as error:
            reader.errors.add_refusal("numero", error)
            return None
    if not reader.text("piece") and not reader.text("piece-numero"):
        reader.errors.add(
            "numero", N_("Écrivez le numéro étranger, ou une autre pièce.")
        )
        return None
    kind = reader.choice("piece", N_("Choisissez une pièce de la liste."))
    country = reader.choice("piece-pays", N_("Choisissez un pays de la liste."))
    if not kind or not country:
        return None
    try:
        return TravelDocument.parse(kind, reader.text("piece-numero"), country)
    except DomainError as error:
        reader.refused(error, "piece-numero")
        return None


def _contact(reader: LineReader) -> Contact | None:
    language = reader.choice(
        "langue", N_("Choisissez une langue de la liste."), needed=False
    )
    phone = reader.text("telephone")
    if _BARE_PHONE.fullmatch("".join(phone.split())):
        phone = f"0{phone}"  # a spreadsheet took the zero away
    try:
        return Contact.parse(
            email=reader.text("courriel") or None,
            phone=phone or None,
            language=language or "fr",
        )
    except DomainError as error:
        reader.refused(error, "courriel")
        return None


def _facts(reader: LineReader, motif: str, today: date) -> DocumentFacts:
    """Read the paper and its dates; those that do not count are not read."""
    nothing = DocumentFacts()
    family = MOTIFS[motif].family if motif in MOTIFS else None
    if family in (MotifFamily.UNDATED, MotifFamily.MAJORITY):
        return nothing
    document = reader.choice(
        "document", N_("Choisissez un document de la liste."), needed=False
    )
    days = {key: reader.day(key) for key in ("fin", "debut", "entree", "demande")}
    if reader.errors:
        return nothing
    try:
        facts = DocumentFacts(
            held_document=document or "unknown",
            permit_expires_on=days["fin"],
            permit_starts_on=days["debut"],
            entered_on=days["entree"],
            requested_on=days["demande"],
        )
        facts.refuse_implausible(today)
    except DomainError as error:
        reader.refused(error, "document")
        return nothing
    return facts


def _availability(reader: LineReader) -> Availability | None:
    days = reader.choices("jours", N_("Écrivez des jours de la semaine."), needed=False)
    short = reader.choice("bref", N_("Écrivez oui ou non."), needed=False)
    try:
        availability = Availability(
            weekdays_excluded=frozenset(int(day) for day in days),
            short_notice=short == "oui",
        )
        availability.refuse_no_working_day()
        return availability
    except DomainError as error:
        reader.refused(error, "jours")
        return None


def _people(reader: LineReader) -> int:
    typed = reader.choice("personnes", N_("Écrivez de 1 à 8."), needed=False)
    return int(typed or 1)


def typed(form: Mapping[str, tuple[str, ...]]) -> Cells:
    """Return the cells that a single form gives: the same reader reads both."""
    return {
        column.key: ", ".join(value for value in form.get(column.key, ()) if value)
        for column in COLUMNS
        if any(form.get(column.key, ()))
    }
