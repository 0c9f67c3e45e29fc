"""Answers of a form as values of the domain, or what to write instead.

Every function takes the typed text and either returns a value or adds one sentence
to ``Errors``, at the input where the person will correct it.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from service.domain.birth_date import BirthDate
from service.domain.errors import DomainError
from service.domain.keyboard import ascii_digits
from service.web.messages import PROBLEMS
from service.web.pages.form_data import Form
from service.words.i18n import N_

Value = TypeVar("Value")
PARTS = ("jour", "mois", "annee")

_TWO = 2


class Errors(dict[str, str]):
    """What to correct: sentence by input, in the order of the page.

    ``doubts`` are the inputs whose answer may be true all the same: the page offers a
    box to say so. Offered elsewhere, the box would be a way that leads nowhere.
    """

    def __init__(self) -> None:
        super().__init__()
        self.doubts: set[str] = set()

    def add(self, field: str, sentence: str) -> None:
        """Keep the first sentence for an input."""
        self.setdefault(field, sentence)

    def doubt(self, field: str, sentence: str) -> None:
        """Ask about an answer that is unusual and possible."""
        if field not in self:
            self.doubts.add(field)
        self.add(field, sentence)

    def add_refusal(self, field: str, error: DomainError) -> None:
        """Say a refusal of the domain at an input."""
        self.add(field, PROBLEMS.get(error.code, PROBLEMS["refused"]))

    def under(self, fields: Iterable[str]) -> str | None:
        """Return the first sentence at one of these inputs."""
        return next((self[field] for field in fields if field in self), None)


def date_fields(name: str) -> tuple[str, str, str]:
    """Return the three inputs of a date."""
    day, month, year = (f"{name}-{part}" for part in PARTS)
    return day, month, year


def typed_parts(form: Form, name: str) -> tuple[str, str, str]:
    """Return day, month and year as typed, in ordinary digits."""
    day, month, year = (ascii_digits(form.one(at)) for at in date_fields(name))
    return day, month, year


def read_date(form: Form, name: str, errors: Errors) -> date | None:
    """Read a full date; None, without an error, when nothing was typed."""
    parts = typed_parts(form, name)
    if not any(parts):
        return None
    if not _are_numbers(parts, name, errors):
        return None
    day, month, year = (int(part) for part in parts)
    try:
        return date(year, month, day)
    except ValueError:
        errors.add(
            f"{name}-jour",
            N_("Ce jour n'existe pas. Vérifiez le jour, le mois et l'année."),
        )
        return None


def _are_numbers(parts: tuple[str, str, str], name: str, errors: Errors) -> bool:
    missing = (
        N_("Il manque le jour."),
        N_("Il manque le mois. Par exemple : 2 pour février."),
        N_("Il manque l'année. Écrivez quatre chiffres."),
    )
    for part, text, field in zip(parts, missing, date_fields(name), strict=True):
        if not part:
            errors.add(field, text)
        elif not (part.isascii() and part.isdigit()):
            errors.add(field, N_("Écrivez la date avec des chiffres seulement."))
        elif field.endswith("annee") and len(part) != 4:
            errors.add(field, N_("Écrivez l'année avec quatre chiffres."))
        elif not field.endswith("annee") and len(part) > 2:
            errors.add(field, N_("Le jour et le mois ont un ou deux chiffres."))
    return not errors.under(date_fields(name))


def read_birth_date(form: Form, name: str, errors: Errors) -> BirthDate | None:
    """Read a birth date whose day or month may be unknown: empty or 0."""
    day, month, year = (part.strip() for part in typed_parts(form, name))
    if not year:
        errors.add(
            f"{name}-annee",
            N_("Il manque l'année de naissance. Écrivez quatre chiffres."),
        )
        return None
    if any(
        part and not (part.isascii() and part.isdigit()) for part in (day, month, year)
    ):
        errors.add(f"{name}-jour", N_("Écrivez la date avec des chiffres seulement."))
        return None
    if len(day) > _TWO or len(month) > _TWO:
        errors.add(f"{name}-jour", N_("Le jour et le mois ont un ou deux chiffres."))
        return None
    text = year
    if int(month or 0):
        text = f"{year}-{int(month):02d}"
        if int(day or 0):
            text = f"{text}-{int(day):02d}"
    elif int(day or 0):
        errors.add(
            f"{name}-mois", N_("Il manque le mois. S'il est inconnu, effacez le jour.")
        )
        return None
    return attempt(lambda: BirthDate.parse(text), f"{name}-jour", errors)


def attempt(parse: Callable[[], Value], field: str, errors: Errors) -> Value | None:
    """Return what ``parse`` returns; its refusal is said at ``field``."""
    try:
        return parse()
    except DomainError as error:
        errors.add_refusal(field, error)
        return None
