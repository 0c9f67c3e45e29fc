"""The answers of a form as they are read back to the person."""

from dataclasses import dataclass
from datetime import date

from service.domain.permits import DocumentFacts
from service.web.pages import steps
from service.web.pages.answers import Errors, read_birth_date, read_date
from service.web.pages.form_data import Form
from service.web.pages.registration_form import days_off
from service.words import phrases
from service.words.i18n import Words


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the last page reads back beside the typed texts."""

    asks_for_document: bool
    has_dates: bool
    facts: DocumentFacts
    birth: str
    days_off: tuple[date, ...]


def spoken(answers: Form, words: Words) -> Spoken:
    """Return answers that were already checked, in words."""
    slug = answers.one("document")
    return Spoken(
        asks_for_document=steps.asks_for_document(answers),
        has_dates=phrases.has_dates(slug),
        facts=_facts(answers),
        birth=_birth(answers, words),
        days_off=tuple(sorted(days_off(answers, Errors()))),
    )


def _facts(answers: Form) -> DocumentFacts:
    ignored = Errors()
    unknown = answers.has("fin-inconnue")
    return DocumentFacts(
        permit_expires_on=None if unknown else read_date(answers, "fin", ignored),
        permit_starts_on=read_date(answers, "debut", ignored),
        entered_on=read_date(answers, "entree", ignored),
        requested_on=read_date(answers, "demande", ignored),
    )


def _birth(answers: Form, words: Words) -> str:
    born = read_birth_date(answers, "naissance", Errors())
    if born is None:
        return ""
    if born.precision == "day":
        return words.short_day(born.earliest)
    return born.text if born.precision == "year" else f"{born.month:02d}/{born.year}"
