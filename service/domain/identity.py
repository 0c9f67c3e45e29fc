"""Who someone is, for the queue: a number on a paper, names and a birth date.

One person is one key: ``Identity.key_material`` is what the keyed pseudonym is made
from. All of it is personal data: no ``repr`` and no error shows a value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, Self

from service.domain.birth_date import BirthDate
from service.domain.countries import COUNTRIES, country_code
from service.domain.errors import (
    InvalidAgdrefNumberError,
    InvalidDocumentNumberError,
    MalformedRecordError,
    UnknownCountryError,
    UnknownDocumentKindError,
)
from service.domain.keyboard import compact
from service.domain.names import Names
from service.domain.records import record, text, text_or_none

__all__ = [
    "AgdrefNumber",
    "BirthDate",
    "DocumentKind",
    "Identity",
    "Names",
    "TravelDocument",
]

_AGDREF: Final = re.compile(r"[0-9A-Z]{9,11}")
_TEN_DIGITS: Final = re.compile(r"[0-9]{10}")
_CARD_NUMBER: Final = re.compile(r"(?=.*[A-Z])(?=.*[0-9])[0-9A-Z]{9}")
_DOCUMENT_NUMBER: Final = re.compile(r"[0-9A-Z]{3,20}")
_SEPARATORS: Final = str.maketrans("", "", "-‐‑–./°")

_RECORD: Final = (
    "agdref_number",
    "document",
    "family_name",
    "given_names",
    "birth_date",
)

_LETTERS_FOR_DIGITS: Final = str.maketrans("OQIL", "0011")

Question = Literal["maybe-card-number", "letter-for-digit", "unusual-agdref-number"]


@dataclass(frozen=True, slots=True, repr=False)
class AgdrefNumber:
    """A foreign national's file number (numéro étranger), as printed on the card.

    No public check digit is known: nine to eleven letters or digits are accepted,
    ten digits is the usual form, and nothing here claims that the number exists.

    Source:
        permits.md § 4; reliability.md, finding 8.
    """

    text: str

    def __post_init__(self) -> None:
        if not _AGDREF.fullmatch(self.text):
            raise InvalidAgdrefNumberError

    @classmethod
    def parse(cls, typed: str) -> Self:
        """Read a number as people copy it.

        Spaces, hyphens, lower case, full-width and Arabic-Indic digits are accepted.

        Raises:
            InvalidAgdrefNumberError: An impossible form.
        """
        return cls(compact(typed).translate(_SEPARATORS))

    @property
    def is_usual(self) -> bool:
        """Tell whether it has ten digits, as nearly all have."""
        return _TEN_DIGITS.fullmatch(self.text) is not None

    @property
    def question(self) -> Question | None:
        """Return what to ask on screen, never a refusal.

        Nine characters mixing letters and digits look like the number of the card
        itself, printed at its top right: another number, easily mistaken. An O among
        nine digits is most often a zero.
        """
        if self.is_usual:
            return None
        if _TEN_DIGITS.fullmatch(self.text.translate(_LETTERS_FOR_DIGITS)):
            return "letter-for-digit"
        if _CARD_NUMBER.fullmatch(self.text):
            return "maybe-card-number"
        return "unusual-agdref-number"

    def __repr__(self) -> str:
        return "AgdrefNumber(…)"


class DocumentKind(StrEnum):
    """What proves an identity when there is no AGDREF number."""

    PASSPORT = "passport"
    VISA = "visa"
    ASYLUM = "asylum"
    OFPRA = "ofpra"
    OTHER = "other"


# These are issued by France, whatever country the holder comes from: a person who
# writes a nationality there once and nothing the next time is still one person.
_ISSUED_BY_FRANCE: Final = frozenset(
    {DocumentKind.VISA, DocumentKind.ASYLUM, DocumentKind.OFPRA}
)


@dataclass(frozen=True, slots=True, repr=False)
class TravelDocument:
    """Another proof of identity: kind, number and country, none of them secret.

    ``country`` is the canonical three-letter code. Leading zeros of the number
    count.
    """

    kind: DocumentKind
    number: str
    country: str

    def __post_init__(self) -> None:
        if not _DOCUMENT_NUMBER.fullmatch(self.number):
            raise InvalidDocumentNumberError("number")
        if self.country not in COUNTRIES:
            raise UnknownCountryError("country")

    @classmethod
    def parse(cls, kind: str, number: str, country: str) -> Self:
        """Read a document as typed.

        Args:
            kind: One of ``DocumentKind``.
            number: 3 to 20 letters or digits; spaces, hyphens and stops are dropped.
            country: ISO 3166-1 code of two or three letters, any case.

        Raises:
            UnknownDocumentKindError, InvalidDocumentNumberError,
            UnknownCountryError: As named.
        """
        if kind not in {known.value for known in DocumentKind}:
            raise UnknownDocumentKindError("kind")
        try:
            code = country_code(country)
        except UnknownCountryError:
            raise UnknownCountryError("country") from None
        return cls(DocumentKind(kind), compact(number).translate(_SEPARATORS), code)

    @property
    def issuer(self) -> str:
        """Return the country that issued it: France for its own visas and papers."""
        return "FRA" if self.kind in _ISSUED_BY_FRANCE else self.country

    def to_json(self) -> dict[str, object]:
        """Return the record that ``from_json`` reads back; personal data."""
        return {
            "kind": self.kind.value,
            "number": self.number,
            "country": self.country,
        }

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read back a record.

        Raises:
            MalformedRecordError, UnknownDocumentKindError,
            InvalidDocumentNumberError, UnknownCountryError: Not such a record.
        """
        found = record(value, "kind", "number", "country")
        return cls.parse(*(text(found[key]) for key in ("kind", "number", "country")))

    def __repr__(self) -> str:
        return f"TravelDocument({self.kind.value}, …)"


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """A person as far as the queue needs to know one."""

    proof: AgdrefNumber | TravelDocument
    names: Names
    birth_date: BirthDate

    def key_material(self) -> bytes:
        """Return what the keyed pseudonym of this person is computed from.

        Names and the birth date are left out: both are written in more than one way,
        and one paper is one person. Equal people give equal bytes, however they typed
        their number; the bytes are personal data and never leave the process.
        """
        if isinstance(self.proof, AgdrefNumber):
            return f"agdref:v1:{self.proof.text}".encode()
        document = self.proof
        parts = (document.kind.value, document.issuer, document.number)
        return ":".join(("document:v2", *parts)).encode()

    def to_json(self) -> dict[str, object]:
        """Return the record that ``from_json`` reads back; personal data."""
        proof = self.proof
        document = proof.to_json() if isinstance(proof, TravelDocument) else None
        return {
            "agdref_number": proof.text if isinstance(proof, AgdrefNumber) else None,
            "document": document,
            "family_name": self.names.family_name,
            "given_names": self.names.given_names,
            "birth_date": self.birth_date.text,
        }

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read back a record: a number or a document, never both.

        Raises:
            DomainError: Not such a record; its class and field say why.
        """
        found = record(value, *_RECORD)
        number, document = found["agdref_number"], found["document"]
        if (number is None) == (document is None):
            raise MalformedRecordError
        return cls(
            TravelDocument.from_json(document)
            if number is None
            else AgdrefNumber(text(number)),
            Names(text(found["family_name"]), text_or_none(found["given_names"])),
            BirthDate.parse(text(found["birth_date"])),
        )

    def __repr__(self) -> str:
        return "Identity(…)"
