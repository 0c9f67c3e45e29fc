"""Telephone numbers as people write them → E.164, at the edge.

The domain keeps the text alone; what countries' numbers look like is
``phonenumbers``' trade. A number that it does not know is not refused for that: ranges
open every year, and only a message that arrives proves more.
"""

import re
import unicodedata
from typing import Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from service.domain.errors import InvalidPhoneNumberError
from service.domain.keyboard import ascii_digits

REGIONS: Final = ("FR", "RE", "GP", "MQ", "GF", "YT", "PM", "NC", "PF", "WF")
"""Where a number without a country code is looked for, the mainland first."""

_SIGNS: Final = re.compile(r"[0-9+\s().\-/‐‑–]{3,60}")


def phone_or_none(typed: str | None) -> str | None:
    """Return a contact's number as the domain keeps it; None when nothing was typed.

    Raises:
        InvalidPhoneNumberError: At ``phone``.
    """
    if not (typed or "").strip():
        return None
    try:
        return e164(typed or "")
    except InvalidPhoneNumberError:
        raise InvalidPhoneNumberError("phone") from None


def e164(typed: str) -> str:
    """Return ``+`` and digits for a number as typed.

    Every kind of digit, spaces, stops, brackets and ``(0)`` are accepted. A national
    number is French, of the mainland or of a territory overseas; what only one of them
    knows is taken for theirs.

    Raises:
        InvalidPhoneNumberError: No number can be read in it.
    """
    text = ascii_digits(unicodedata.normalize("NFKC", typed)).strip()
    if not _SIGNS.fullmatch(text):  # the parser would pick a number out of a sentence
        raise InvalidPhoneNumberError
    read = [number for region in REGIONS if (number := _read(text, region))]
    known = [number for number in read if phonenumbers.is_valid_number(number)]
    possible = [one for one in read[:1] if phonenumbers.is_possible_number(one)]
    for number in (*known, *possible):
        return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    raise InvalidPhoneNumberError


def _read(text: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException:
        return None
