"""Numbers as people of each language read them: one place for every page."""

import re
from datetime import date
from typing import Final

from simulation.numbers import NARROW, Language, as_french, exact

__all__ = [
    "NARROW",
    "THIN_MINUS",
    "Language",
    "day_written",
    "exact",
    "range_written",
    "read_in",
    "spaced",
    "typeset",
    "written",
]

THIN_MINUS: Final = "\u2212"
_APART: Final = re.compile(r"(?<=\d) (?=\d{3}(?!\d)|[%€])")
_UNITS = {"d": {"fr": "j", "en": "d"}, "pts": {"fr": "points", "en": "points"}}


def spaced(text: str, language: Language) -> str:
    """Keep French signs with their word, and a number in one piece on its line."""
    if language == "en":
        return text
    text = _APART.sub(NARROW, text)
    for sign in ":;?!»":
        text = text.replace(f" {sign}", f"\u00a0{sign}")
    return text.replace("« ", "«\u00a0")


def typeset(words: dict[Language, dict[str, str]]) -> dict[Language, dict[str, str]]:
    """Return the words of both languages, spaced as each of them is printed."""
    return {
        language: {key: spaced(text, language) for key, text in each.items()}
        for language, each in words.items()
    }


def written(value: float, unit: str, language: Language) -> str:
    """Write one number: one decimal under ten, none above; no false precision.

    Args:
        value: Shares are written in percent when the unit is ``%`` or ``pts``.
        unit: ``%``, ``pts``, ``d``, ``€``, ``h``, ``s`` or nothing.
        language: French has a comma and a narrow space in thousands.
    """
    if value != value:
        return "–"
    value = value * 100 if unit in {"%", "pts"} else value
    digits = 0 if abs(value) >= 10 or float(value).is_integer() else 1
    text = f"{abs(value):,.{digits}f}"
    sign = THIN_MINUS if value < 0 and float(text.replace(",", "")) != 0 else ""
    if unit == "pts" and value > 0:
        sign = "+"
    if language == "fr":
        text = as_french(text)
    shown = _UNITS.get(unit, {}).get(language, unit)
    return f"{sign}{text}{NARROW if shown else ''}{shown}"


_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3})")
_DECIMALS: Final = re.compile(r"(?<=\d)\.(?=\d)")
_MINUS: Final = re.compile(r"(?<![\w\-–])-(?=\d)")
_UNIT_AFTER: Final = re.compile(r"(?<=\d) (?=[%€]|points?\b|s\b)")


def read_in(text: str, language: Language) -> str:
    """Return a sentence with its English numbers as people of the language read them.

    For sentences that are put together from numbers, such as the validation table.
    """
    text = _UNIT_AFTER.sub(NARROW, _MINUS.sub(THIN_MINUS, text))
    if language == "en":
        return text
    return spaced(_DECIMALS.sub(",", _THOUSANDS.sub(NARROW, text)), language)


_MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
           "septembre", "octobre", "novembre", "décembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August",
           "September", "October", "November", "December"),
}  # fmt: skip


def day_written(day: date, language: Language) -> str:
    """Write a day: 26 novembre 2026, 26 November 2026."""
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[language][day.month - 1]} {day.year}"


def range_written(low: float, high: float, unit: str, language: Language) -> str:
    """Write ``41 to 62 %``, or one number when both ends read alike.

    A dash when there is no interval.
    """
    if low != low or high != high:
        return "–"
    word = "à" if language == "fr" else "to"
    shown = _UNITS.get(unit, {}).get(language, unit)
    last = written(high, unit, language)
    if written(low, unit, language) == last:
        return last
    first = written(low, unit, language).removesuffix(f"{NARROW}{shown}")
    return f"{first} {word} {last}"
