"""The cells of one line as they were typed, and where their faults are written."""

import re
from datetime import date
from typing import Final

from service.domain.errors import DomainError
from service.domain.help_places import fold
from service.domain.keyboard import ascii_digits
from service.usecases.helper.helper_batch import Cells
from service.web.pages.answers import Errors
from service.web.pages.helper.columns import Choices
from service.words.i18n import N_

LONGEST_CELL: Final = 400
COLUMN_OF: Final = {
    "family_name": "nom",
    "given_names": "prenoms",
    "birth_date": "naissance",
    "agdref_number": "numero",
    "kind": "piece",
    "number": "piece-numero",
    "country": "piece-pays",
    "motif": "motif",
    "sites": "lieux",
    "held_document": "document",
    "permit_expires_on": "fin",
    "permit_starts_on": "debut",
    "entered_on": "entree",
    "requested_on": "demande",
    "email": "courriel",
    "phone": "telephone",
    "language": "langue",
    "weekdays_excluded": "jours",
    "people": "personnes",
    "contact": "telephone",
}
"""The column that corrects a field of the domain."""

_FORMULA: Final = re.compile(r"[=@]|[+-](?![0-9 (])")
_ISO: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_FRENCH: Final = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
_MONTH: Final = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{4})")
_ISO_MONTH: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_YEAR: Final = re.compile(r"[0-9]{4}")
_SEPARATORS: Final = re.compile(r"[,;/|\n]")


class LineReader:
    """The cells of one line, and where their faults are written."""

    def __init__(self, cells: Cells, choices: Choices, errors: Errors) -> None:
        self._cells = cells
        self._choices = choices
        self.errors = errors

    def text(self, key: str) -> str:
        """Return a cell, trimmed."""
        return self._cells.get(key, "").strip()

    def refuse_unreadable(self) -> None:
        """Refuse formulas, and texts that nobody would type."""
        for key, text in self._cells.items():
            if _FORMULA.match(text.strip()):
                self.errors.add(
                    key, N_("Cette case contient une formule. Écrivez la valeur.")
                )
            elif len(text) > LONGEST_CELL:
                self.errors.add(key, N_("Ce texte est trop long."))

    def choice(self, key: str, sentence: str, *, needed: bool = True) -> str:
        """Return the value that a text names in the list of its column."""
        typed = fold(self.text(key))
        found = self._choices[key].get(typed, "")
        if not found and (typed or needed):
            self.errors.add(key, sentence)
        return found

    def choices(
        self, key: str, sentence: str, *, needed: bool = True
    ) -> tuple[str, ...]:
        """Return the values that a text names, one or several."""
        whole = self._choices[key].get(fold(self.text(key)))
        if whole:  # a name may itself hold a comma
            return (whole,)
        typed = [fold(one) for one in _SEPARATORS.split(self.text(key)) if one.strip()]
        found = tuple(dict.fromkeys(self._choices[key].get(one, "") for one in typed))
        if "" in found or (needed and not found):
            self.errors.add(key, sentence)
            return ()
        return found

    def day(self, key: str) -> date | None:
        """Read a full date, French or ISO; None when nothing was typed."""
        typed = " ".join(ascii_digits(self.text(key)).split())
        if not typed:
            return None
        parts = date_parts(typed)
        try:
            if parts is not None and len(parts) == 3:
                return date(*parts)
        except ValueError:
            pass
        self.errors.add(
            key, N_("Écrivez une date qui existe : jour/mois/année, avec 4 chiffres.")
        )
        return None

    def refused(self, error: DomainError, otherwise: str) -> None:
        """Say a refusal of the domain at the column that corrects it."""
        last = (error.field or "").rpartition(".")[2]
        self.errors.add_refusal(COLUMN_OF.get(last, otherwise), error)


def date_parts(typed: str) -> tuple[int, ...] | None:
    """Return (year, month, day), (year, month) or (year,) of a date as typed."""
    if found := _ISO.fullmatch(typed):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _FRENCH.fullmatch(typed):
        return int(found[3]), int(found[2]), int(found[1])
    if found := _ISO_MONTH.fullmatch(typed):
        return int(found[1]), int(found[2])
    if found := _MONTH.fullmatch(typed):
        return int(found[2]), int(found[1])
    return (int(typed),) if _YEAR.fullmatch(typed) else None
