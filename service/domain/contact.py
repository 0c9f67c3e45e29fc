"""How to reach someone: an e-mail address, a telephone, a language."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Self

from service.domain.errors import (
    InvalidEmailAddressError,
    InvalidPhoneNumberError,
    UnknownLanguageError,
)
from service.domain.keyboard import compact
from service.domain.records import record, text, text_or_none

LANGUAGES: Final = ("fr", "en", "ar", "es", "pt", "tr", "uk", "zh", "fa", "bn")
"""Languages offered, in the order in which they are shown."""

_LOCAL_PART: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
)
_LABEL: Final = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN: Final = re.compile(rf"({_LABEL}\.)+(?=[^.]*[A-Za-z]){_LABEL}")
_MAX_LOCAL: Final = 64
_MAX_ADDRESS: Final = 254

_E164: Final = re.compile(r"\+[1-9][0-9]{7,14}")
_FRENCH: Final = re.compile(r"\+33[1-9][0-9]{8}")
_NATIONAL: Final = re.compile(r"0[1-9][0-9]{8}")
_PUNCTUATION: Final = str.maketrans("", "", "-‐‑–./()")
# The first four digits of the overseas departments' national numbers, and their
# country code: dialled from abroad these are not +33 (ARCEP numbering plan). 0639 is
# Mayotte's, and so is "06 39 01 …"; only 06 39 98, kept for stories and tests, is the
# mainland's and nobody's.
_OVERSEAS: Final = {
    **dict.fromkeys(("0590", "0690", "0691"), "+590"),
    **dict.fromkeys(("0594", "0694"), "+594"),
    **dict.fromkeys(("0596", "0696", "0697"), "+596"),
    **dict.fromkeys(("0262", "0263", "0269", "0639", "0692", "0693"), "+262"),
}
_NOBODYS: Final = "063998"


@dataclass(frozen=True, slots=True, repr=False)
class EmailAddress:
    """An address of plausible shape; only a message that arrives proves more.

    Source:
        RFC 5321 § 4.5.3.1 for lengths; dot-atom of RFC 5322 § 3.2.3, ASCII only.
    """

    text: str

    def __post_init__(self) -> None:
        local, at, domain = self.text.rpartition("@")
        if (
            not at
            or len(self.text) > _MAX_ADDRESS
            or len(local) > _MAX_LOCAL
            or not _LOCAL_PART.fullmatch(local)
            or not _DOMAIN.fullmatch(domain)
        ):
            raise InvalidEmailAddressError

    @classmethod
    def parse(cls, typed: str) -> Self:
        """Read an address; full-width letters and outer spaces are accepted.

        The domain becomes lower case; what stands before the ``@`` is kept.

        Raises:
            InvalidEmailAddressError: Another shape.
        """
        local, at, domain = unicodedata.normalize("NFKC", typed).strip().rpartition("@")
        return cls(f"{local}{at}{domain.lower()}")

    def __repr__(self) -> str:
        return "EmailAddress(…)"


@dataclass(frozen=True, slots=True, repr=False)
class PhoneNumber:
    """A telephone number in E.164 form: ``+`` and 8 to 15 digits."""

    text: str

    def __post_init__(self) -> None:
        if not _E164.fullmatch(self.text):
            raise InvalidPhoneNumberError
        if self.text.startswith("+33") and not _FRENCH.fullmatch(self.text):
            raise InvalidPhoneNumberError

    @classmethod
    def parse(cls, typed: str) -> Self:
        """Read ``06 12 34 56 78``, ``+33 (0)6…``, ``0033 6…`` or a foreign number.

        A national number of an overseas department gets that one's country code:
        ``06 39 01 …`` is Mayotte, ``+262 639 01 …``.

        Raises:
            InvalidPhoneNumberError: Neither a French nor an international number.
        """
        number = compact(typed).translate(_PUNCTUATION)
        if number.startswith("00"):
            number = f"+{number[2:]}"
        if number.startswith("+330"):
            number = f"+33{number[4:]}"
        if _NATIONAL.fullmatch(number):
            country = "+33" if number.startswith(_NOBODYS) else _country_of(number)
            number = f"{country}{number[1:]}"
        return cls(number)

    def __repr__(self) -> str:
        return "PhoneNumber(…)"


def _country_of(national: str) -> str:
    return _OVERSEAS.get(national[:4], "+33")


@dataclass(frozen=True, slots=True, repr=False)
class Contact:
    """Where the truth about a registration is sent, and in which language.

    Both ways may be missing: such a person gets a paper code and stands on the
    agents' call list instead of being refused.
    """

    email: EmailAddress | None
    phone: PhoneNumber | None
    language: str

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise UnknownLanguageError("language")

    @classmethod
    def parse(cls, *, email: str | None, phone: str | None, language: str) -> Self:
        """Read a contact as typed; empty means none.

        Raises:
            InvalidEmailAddressError, InvalidPhoneNumberError, UnknownLanguageError:
                As named, with their field.
        """
        return cls(_email(email), _phone(phone), language.strip().lower())

    @property
    def is_reachable(self) -> bool:
        """Tell whether any message can be sent."""
        return self.email is not None or self.phone is not None

    def to_json(self) -> dict[str, object]:
        """Return the record that ``from_json`` reads back; personal data."""
        return {
            "email": self.email.text if self.email else None,
            "phone": self.phone.text if self.phone else None,
            "language": self.language,
        }

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read back a record.

        Raises:
            DomainError: Not such a record; its class and field say why.
        """
        found = record(value, "email", "phone", "language")
        return cls.parse(
            email=text_or_none(found["email"]),
            phone=text_or_none(found["phone"]),
            language=text(found["language"]),
        )

    def __repr__(self) -> str:
        return f"Contact({self.language})"


def _email(typed: str | None) -> EmailAddress | None:
    if not (typed or "").strip():
        return None
    try:
        return EmailAddress.parse(typed or "")
    except InvalidEmailAddressError:
        raise InvalidEmailAddressError("email") from None


def _phone(typed: str | None) -> PhoneNumber | None:
    if not (typed or "").strip():
        return None
    try:
        return PhoneNumber.parse(typed or "")
    except InvalidPhoneNumberError:
        raise InvalidPhoneNumberError("phone") from None
