"""Names as people write them, and the key under which two spellings may meet."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final, Self

from service.domain.errors import InvalidNameError, MissingNameError, NameTooLongError

MAX_CHARACTERS: Final = 100
"""Longest family name or given names accepted, in code points after trimming."""

_APOSTROPHES: Final = frozenset("'’‘ʼ`´׳״")
_OTHER_SIGNS: Final = frozenset(".,·")
# Zero-width joiners shape letters in Persian and in Indian scripts; every other
# invisible character (direction marks, overrides, NUL) is refused.
_JOINERS: Final = frozenset("\u200c\u200d")
# Cards print these where there is no first name (permits.md § 4).
_NO_GIVEN_NAME: Final = frozenset({"XXX", "SP"})
# Latin letters that Unicode does not take apart, as the machine-readable zone
# writes them (ICAO 9303-3, transliteration), save Ø: O, as people type it.
_PLAIN_LETTERS: Final = str.maketrans(
    {"Æ": "AE", "Œ": "OE", "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH"}
)


@dataclass(frozen=True, slots=True, repr=False)
class Names:
    """A person's names, stored as they were typed.

    Only the family name is required: many people have a single name. Values are
    NFC, trimmed, with single spaces; ``parse`` makes them so, the constructor
    refuses what ``parse`` would not have produced.
    """

    family_name: str
    given_names: str | None = None

    def __post_init__(self) -> None:
        if _clean(self.family_name, field="family_name") != self.family_name:
            raise InvalidNameError("family_name")
        if self.given_names is None:
            return
        if _clean(self.given_names, field="given_names") != self.given_names:
            raise InvalidNameError("given_names")

    @classmethod
    def parse(cls, family_name: str, given_names: str | None = None) -> Self:
        """Read names as typed; an empty given name is no given name.

        Raises:
            MissingNameError: There is no family name.
            NameTooLongError: More than 100 characters after trimming.
            InvalidNameError: A digit, symbol, control or direction character, or
                an unpaired surrogate.
        """
        family = _clean(family_name, field="family_name")
        given = (given_names or "").strip()
        return cls(family, _clean(given, field="given_names") if given else None)

    @property
    def folded(self) -> str:
        """Return the key under which spellings meet: family name, given names.

        Capitals without marks; hyphens, apostrophes and stops are spaces. It only
        serves to *propose* near matches to an agent, never to merge two people:
        names written in other scripts have several Latin forms.

        Source:
            permits.md § 4; ICAO Doc 9303-3 for the letters Unicode keeps whole.
        """
        given = _fold(self.given_names or "")
        if given in _NO_GIVEN_NAME:
            given = ""
        return f"{_fold(self.family_name)} {given}".strip()

    def may_be_same_as(self, other: Self) -> bool:
        """Tell whether both hold the same words, whatever their order."""
        return sorted(self.folded.split()) == sorted(other.folded.split())

    def __repr__(self) -> str:
        return "Names(…)"


def _clean(typed: str, *, field: str) -> str:
    text = unicodedata.normalize("NFC", typed.strip())
    if not text:
        raise MissingNameError(field)
    if len(text) > MAX_CHARACTERS:
        raise NameTooLongError(field)
    if not all(_belongs_in_a_name(character) for character in text):
        raise InvalidNameError(field)
    if not any(unicodedata.category(character)[0] == "L" for character in text):
        raise InvalidNameError(field)
    return " ".join(text.split())


def _belongs_in_a_name(character: str) -> bool:
    if character in _APOSTROPHES or character in _OTHER_SIGNS or character in _JOINERS:
        return True
    category = unicodedata.category(character)
    return category[0] in "LM" or category in ("Zs", "Pd")


def _fold(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    # Marks of combining class 0 are vowels of Indian scripts: without them nothing
    # of the name would be left.
    bare = (c for c in decomposed if not unicodedata.combining(c) and c not in _JOINERS)
    capitals = "".join(bare).upper().translate(_PLAIN_LETTERS)
    return " ".join("".join(_letter_or_space(c) for c in capitals).split())


def _letter_or_space(character: str) -> str:
    is_part = unicodedata.category(character)[0] in "LM"
    return character if is_part and character not in _APOSTROPHES else " "
