"""Places where someone is helped without an appointment, as a prefecture lists them.

The directory answers one question: where can I go, near here, without asking first?
A place that only receives by appointment does not belong in it (`product.md` B4).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Self

from service.domain.contact import LANGUAGES, PhoneNumber
from service.domain.errors import InvalidPhoneNumberError, UnknownLanguageError
from service.domain.help_errors import InvalidHelpPlaceError

GOES_STALE_AFTER: Final = timedelta(days=180)
"""Hours that nobody checked for half a year are shown with a warning."""

MAX_TEXT: Final = 200
"""Longest name, address or town, in code points after trimming."""

MAX_HOURS: Final = 500
"""Longest text of opening hours."""

_POSTCODE: Final = re.compile(r"[0-9]{5}")
_WEBSITE: Final = re.compile(
    r"https?://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(/[A-Za-z0-9._~/?=&%#-]*)?"
)
_MAX_WEBSITE: Final = 300


class HelpKind(StrEnum):
    """Who helps there."""

    PREFECTURE = "prefecture"
    FRANCE_SERVICES = "france-services"
    DIGITAL_POINT = "point-numerique"
    ASSOCIATION = "association"
    TOWN_HALL = "mairie"
    UNIVERSITY = "universite"
    UNION = "syndicat"
    OTHER = "autre"


class Help(StrEnum):
    """What one is helped with there."""

    REGISTER = "inscription"
    FOLLOW = "suivi"
    FILE = "dossier"
    PRINT = "impression"
    LAW = "droit"
    TRANSLATE = "traduction"


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPlace:
    """One place that helps without appointment.

    Attributes:
        kind: Who helps.
        name: As written on the door.
        address: Number and street.
        postcode: Five digits.
        town: Name of the commune.
        phone: To ask before coming; None without any.
        website: http or https; None without any.
        hours: Opening hours in words, one line a day or less.
        languages: Codes of the languages spoken there beside French.
        helps_with: What one is helped with, at least one.
        is_step_free: A wheelchair gets in; None when nobody said.
    """

    kind: HelpKind
    name: str
    address: str
    postcode: str
    town: str
    hours: str
    helps_with: frozenset[Help]
    phone: PhoneNumber | None = None
    website: str | None = None
    languages: frozenset[str] = field(default_factory=frozenset[str])
    is_step_free: bool | None = None

    def __post_init__(self) -> None:
        for name, longest in _TEXTS.items():
            written = getattr(self, name)
            if not written or _tidy(written) != written or len(written) > longest:
                raise InvalidHelpPlaceError(name)
        if not _POSTCODE.fullmatch(self.postcode):
            raise InvalidHelpPlaceError("postcode")
        if self.website is not None and not _is_website(self.website):
            raise InvalidHelpPlaceError("website")
        if not self.languages <= set(LANGUAGES):
            raise UnknownLanguageError("languages")
        if not self.helps_with:
            raise InvalidHelpPlaceError("helps_with")

    @classmethod
    def parse(
        cls,
        *,
        kind: str,
        texts: dict[str, str],
        helps_with: Iterable[str],
        languages: Iterable[str] = (),
        is_step_free: bool | None = None,
    ) -> Self:
        """Read a place as an agent typed it.

        Args:
            kind: One of ``HelpKind``.
            texts: ``name``, ``address``, ``postcode``, ``town``, ``hours``, and
                perhaps ``phone`` and ``website``; empty means none.
            helps_with: Of ``Help``.
            languages: Language codes.
            is_step_free: None when nobody said.

        Raises:
            InvalidHelpPlaceError, InvalidPhoneNumberError, UnknownLanguageError:
                At the field to correct.
        """
        if kind not in {known.value for known in HelpKind}:
            raise InvalidHelpPlaceError("kind")
        chosen = set(helps_with)
        if not chosen <= {known.value for known in Help}:
            raise InvalidHelpPlaceError("helps_with")
        return cls(
            kind=HelpKind(kind),
            name=_tidy(texts.get("name", "")),
            address=_tidy(texts.get("address", "")),
            postcode="".join(texts.get("postcode", "").split()),
            town=_tidy(texts.get("town", "")),
            hours=_tidy(texts.get("hours", "")),
            helps_with=frozenset(Help(one) for one in chosen),
            phone=_phone(texts.get("phone", "")),
            website=texts.get("website", "").strip() or None,
            languages=frozenset(languages),
            is_step_free=is_step_free,
        )


_TEXTS: Final = {
    "name": MAX_TEXT,
    "address": MAX_TEXT,
    "town": MAX_TEXT,
    "hours": MAX_HOURS,
}


def is_stale(checked_on: date, today: date) -> bool:
    """Tell whether hours were checked too long ago to be promised."""
    return today - checked_on > GOES_STALE_AFTER


def nearest_first(places: Sequence[HelpPlace], typed: str) -> tuple[HelpPlace, ...]:
    """Order places by how well they fit a postcode or a town, as typed.

    Total: every place stays, those that fit nothing come last; equal ones by town
    and name. Near is read from the postcode alone: the same five digits, then the
    same first three, then the same department. Nobody's position is asked for.
    """
    wanted = fold(typed)
    digits = "".join(found for found in wanted if found.isdigit())[:5]

    def order(place: HelpPlace) -> tuple[int, str, str]:
        return (_distance(place, wanted, digits), fold(place.town), fold(place.name))

    return tuple(sorted(places, key=order))


def fits(place: HelpPlace, typed: str) -> bool:
    """Tell whether a place is in the department or town that was typed."""
    wanted = fold(typed)
    digits = "".join(found for found in wanted if found.isdigit())[:5]
    return _distance(place, wanted, digits) < _FAR


_FAR: Final = 9


def _distance(place: HelpPlace, wanted: str, digits: str) -> int:
    town = fold(place.town)
    if wanted and (wanted == town or (len(digits) == 5 and digits == place.postcode)):
        return 0
    if len(wanted) >= 3 and not digits and wanted in town:
        return 1
    for shared in (3, 2):
        if len(digits) >= shared and place.postcode[:shared] == digits[:shared]:
            return 5 - shared
    return _FAR


def fold(typed: str) -> str:
    """Return a text in small plain letters, for comparing what people type."""
    plain = unicodedata.normalize("NFKD", typed).casefold()
    kept = (c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join("".join(kept).split())


def _is_website(text: str) -> bool:
    return len(text) <= _MAX_WEBSITE and _WEBSITE.fullmatch(text) is not None


def _phone(typed: str) -> PhoneNumber | None:
    if not typed.strip():
        return None
    try:
        return PhoneNumber.parse(typed)
    except InvalidPhoneNumberError:
        raise InvalidPhoneNumberError("phone") from None


def _tidy(text: str) -> str:
    """Trim, keep single spaces within lines, drop what cannot be seen."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").split("\n")
    seen = (
        "".join(c for c in line if unicodedata.category(c)[0] != "C") for line in lines
    )
    return "\n".join(filter(None, (" ".join(line.split()) for line in seen)))
