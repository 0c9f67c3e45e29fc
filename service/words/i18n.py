"""Words and dates in the reader's language; the message identifiers are French.

Every visible sentence passes through gettext. In French the sentences are also
typeset here, once: curved apostrophes and the non-breaking spaces that French
typography asks for, so that a source file can be written on any keyboard.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path
from types import MappingProxyType
from typing import Final

from babel.dates import format_date, format_skeleton, get_day_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

from service.domain.night import PARIS

LOCALES = Path(__file__).parent / "locales"
LANGUAGES: Final = ("fr", "en", "ar", "es", "pt", "tr", "uk", "zh", "fa", "bn")
"""Languages whose catalogue is complete; one that is not ready is not listed."""

NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "fr": "Français",
        "en": "English",
        "ar": "العربية",
        "es": "Español",
        "pt": "Português",
        "tr": "Türkçe",
        "uk": "Українська",
        "zh": "中文",
        "fa": "فارسی",
        "bn": "বাংলা",
    }
)
"""What each language calls itself, in the order in which they are shown."""

RIGHT_TO_LEFT: Final = frozenset({"ar", "fa"})

_LOCALES: Final[Mapping[str, str]] = MappingProxyType(
    {"en": "en_GB", "pt": "pt_PT", "zh": "zh_Hans"}
)
"""Where a language is written in several ways: the one whose dates we write."""

_NBSP = "\u00a0"
_BEFORE = re.compile(r" (?=(?:[:;?!»]|%%?)(?:\s|$|<|\)|&|\.|,))")
_AFTER = re.compile(r"(?<=«) ")
_NUMBERS = re.compile(
    r"(?<=[0-9]) (?=(?:h|[0-9]{2}|[0-9]{3}|heures?|jours?|minutes?|places?)\b)"
)
_WRITTEN_ONE_WAY = re.compile(
    r"(?<![\w/%(\u2066-])(?:"
    r"\+?[0-9]{2}(?: [0-9]{1,2}){3,}"  # a telephone: 06 39 98 00 00
    r"|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{1,4}"  # code or reference: 7ZK4-M2QD-X
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}"  # a date as programs write it
    r")(?![\w-])"
)

_WEEK_DAY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ar": "EEEE، d MMMM",
        "es": "EEEE, d 'de' MMMM",
        "pt": "EEEE, d 'de' MMMM",
        "tr": "d MMMM EEEE",
        "uk": "EEEE, d MMMM",
        "zh": "M月d日EEEE",
        "bn": "EEEE, d MMMM",
    }
)
"""How a day without its year is written (CLDR, availableFormats MMMMEEEEd)."""


def N_(text: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a sentence for translation; it is translated where it is shown."""
    return text


def typeset(text: str) -> str:
    """Give a French sentence its apostrophes and non-breaking spaces.

    >>> typeset("L'heure : 20 h 15") == "L\u2019heure\u00a0: 20\u00a0h\u00a015"
    True
    """
    text = text.replace("'", "\u2019")
    text = _BEFORE.sub(_NBSP, text)
    text = _AFTER.sub(_NBSP, text)
    return _NUMBERS.sub(_NBSP, re.sub(r"(?<=\bh) (?=[0-9])", _NBSP, text))


def isolate(text: str) -> str:
    """Keep numbers and codes in their own order inside a sentence from right to left.

    Without it the groups of a telephone number are shown the other way round, and a
    person dials it backwards; cut at the end of a line, they are no easier to follow.

    Source: UAX #9, rules W2 and L2; LRI and PDI.

    >>> isolate("مثلًا: 2027-04-30") == "مثلًا: \u20662027-04-30\u2069"
    True
    """
    return _WRITTEN_ONE_WAY.sub(
        lambda found: f"\u2066{found[0].replace(' ', _NBSP)}\u2069", text
    )


@dataclass(frozen=True, slots=True)
class Words:
    """One language: its catalogue, and how it writes days, hours and numbers."""

    language: str
    catalogue: NullTranslations

    @property
    def direction(self) -> str:
        """Say which way the language is written."""
        return direction_of(self.language)

    @property
    def locale(self) -> str:
        """Name the locale whose dates and numbers are written."""
        return locale_of(self.language)

    def gettext(self, text: str) -> str:
        """Return the sentence in this language."""
        return self.set(self.catalogue.gettext(text))

    def set(self, text: str) -> str:
        """Typeset a text that is in this language already: a name, a title."""
        if self.language == "fr":
            return typeset(text)
        return self.in_order(text)

    def in_order(self, text: str) -> str:
        """Keep a number readable wherever it stands in a sentence of this language."""
        return isolate(text) if self.direction == "rtl" else text

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the sentence that goes with ``count``; French counts 0 as one."""
        if self.language == "fr":
            return typeset(one if abs(count) < 2 else many)
        return self.catalogue.ngettext(one, many, count)

    def day(self, day: date) -> str:
        """Say a day in full: "lundi 9 novembre 2026"."""
        return self._first(format_date(day, "full", locale=self.locale), day)

    def short_day(self, day: date) -> str:
        """Say a day without its weekday: "9 novembre 2026"."""
        return self._first(format_date(day, "long", locale=self.locale), day)

    def week_day(self, day: date) -> str:
        """Say a day without its year: "lundi 9 novembre"."""
        pattern = _WEEK_DAY.get(self.language, "EEEE d MMMM")
        said = format_date(day, pattern, locale=self.locale)
        return self._first(said, day)

    def tiny_day(self, day: date) -> str:
        """Say a day under a disc: "9 nov."."""
        return format_skeleton("MMMd", day, locale=self.locale).replace(" ", _NBSP)

    def hour(self, at: time | datetime) -> str:
        """Say an hour: "20 h 15", "10 h"; an aware instant is brought to Paris.

        Every language but French writes "20:15": the clock of the guichet has 24
        hours, and "8:15" alone would be taken for the morning.
        """
        if isinstance(at, datetime):
            at = paris(at)
        if self.language != "fr":
            return f"{at.hour:02d}:{at.minute:02d}"
        minutes = f"{_NBSP}{at.minute:02d}" if at.minute else ""
        return f"{at.hour}{_NBSP}h{minutes}"

    def moment(self, at: datetime) -> str:
        """Say an instant as a wall time of Paris: "lundi 9 novembre 2026 à 20 h 15".

        An aware instant is brought to Paris; a naive one already is wall time.
        """
        here = paris(at)
        return self.gettext("%(day)s à %(hour)s") % {
            "day": self.day(here.date()),
            "hour": self.hour(here),
        }

    def weekday_name(self, number: int) -> str:
        """Name a weekday: 1 is Monday."""
        return str(get_day_names("wide", locale=self.locale)[number - 1])

    def number(self, value: int) -> str:
        """Write a count with the thousands apart."""
        return str(format_decimal(value, locale=self.locale)).replace("\u202f", _NBSP)

    def _first(self, said: str, day: date) -> str:
        if self.language != "fr":
            return said
        if day.day == 1:
            said = re.sub(r"\b1\b", "1er", said, count=1)
        return re.sub(r"(?<=[0-9r]) (?=\w)", _NBSP, said, count=1)


def paris(at: datetime) -> datetime:
    """Return ``at`` as wall time of Paris; a naive time is one already."""
    return at.astimezone(PARIS) if at.tzinfo else at


def locale_of(language: str) -> str:
    """Name the locale whose dates, numbers and plural forms a language uses here."""
    return _LOCALES.get(language, language)


def direction_of(language: str) -> str:
    """Say which way a language is written."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=16)
def words_in(language: str) -> Words:
    """Return the words of ``language``; French when it is not offered."""
    chosen = language if language in LANGUAGES else "fr"
    return Words(chosen, catalogue_of(chosen))


def catalogue_of(language: str) -> NullTranslations:
    """Read the catalogue of a language; French needs none.

    The text catalogue is compiled here, once a process: no compiled file can then
    disagree with what translators and reviewers read.
    """
    source = LOCALES / language / "messages.po"
    if not source.is_file():
        return NullTranslations()
    compiled = io.BytesIO()
    with source.open("rb") as written:
        write_mo(compiled, read_po(written, locale=locale_of(language)))
    compiled.seek(0)
    return Translations(compiled, domain="messages")
