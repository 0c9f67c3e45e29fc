"""Lines of an office's list as values of the domain; a refusal names its column."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from service.domain.birth_date import BirthDate
from service.domain.contact import Contact
from service.domain.errors import DomainError, ImplausibleDateError
from service.domain.identity import AgdrefNumber, Identity
from service.domain.lists import Line, iso_day
from service.domain.names import Names

Value = TypeVar("Value")

FRENCH = "fr"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineResult:
    """What came of one line: ``result``, or the column and code of its refusal."""

    number: int
    result: str
    column: str = ""
    code: str = ""


class LineRefusedError(Exception):
    """A line cannot be read; where and why, never what."""

    def __init__(self, column: str, code: str) -> None:
        super().__init__(column, code)
        self.column = column
        self.code = code


def at(column: str, parse: Callable[[], Value]) -> Value:
    """Return what ``parse`` returns; its refusal is placed in a column.

    Raises:
        LineRefusedError: It was refused.
    """
    try:
        return parse()
    except DomainError as error:
        raise LineRefusedError(column, error.code) from None


def identity_of(line: Line, today: date) -> Identity:
    """Read number, names and birth date.

    Raises:
        LineRefusedError: One of them cannot be read.
    """
    number = at("numero", lambda: AgdrefNumber.parse(line["numero"]))
    names = at("nom", lambda: Names.parse(line["nom"], line["prenoms"]))
    born = at(
        "naissance", lambda: BirthDate.parse(iso_day(line["naissance"]), today=today)
    )
    return Identity(proof=number, names=names, birth_date=born)


def contact_of(line: Line) -> Contact:
    """Read address, telephone and language; all may be missing.

    Raises:
        LineRefusedError: One of them cannot be read.
    """
    email = at("courriel", lambda: _contact(line["courriel"], "", FRENCH)).email
    phone = at("telephone", lambda: _contact("", line["telephone"], FRENCH)).phone
    language = line["langue"].casefold() or FRENCH
    checked = at("langue", lambda: _contact("", "", language))
    return Contact(email, phone, checked.language)


def day_of(line: Line, column: str) -> date | None:
    """Read a day, None when the cell is empty.

    Raises:
        LineRefusedError: No such day.
    """
    typed = iso_day(line[column])
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise LineRefusedError(column, ImplausibleDateError.code) from None


def _contact(email: str, phone: str, language: str) -> Contact:
    return Contact.parse(email=email or None, phone=phone or None, language=language)
