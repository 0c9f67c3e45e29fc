"""Codes that people read aloud and copy: Crockford's Base32, with a check symbol."""

from __future__ import annotations

from typing import Final

from service.domain.keyboard import compact

DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS: Final = DIGITS + "*~$=U"
_LOOKALIKES: Final = str.maketrans("OIL", "011", "-‐‑–.")


def typed(text: str) -> str:
    """Read a code as dictated or copied.

    Spaces, hyphens, lower case and other digits are accepted, ``O`` is zero, ``I``
    and ``L`` are one.
    """
    return compact(text).translate(_LOOKALIKES)


def value_of(digits: str) -> int:
    """Return the number that ``digits`` write; each stands in ``DIGITS``."""
    value = 0
    for digit in digits:
        value = value * 32 + DIGITS.index(digit)
    return value


def check_of(value: int) -> str:
    """Return the symbol, modulo 37, that betrays one wrong or two swapped digits."""
    return CHECKS[value % 37]


def with_check(value: int, *, digits: int) -> str:
    """Write a number below ``32 ** digits`` with its check symbol.

    The four check symbols that are no letters are hard to dictate and to put in an
    address: the next number up is taken instead, at most four steps away.
    """
    while not check_of(value).isalnum():
        value = (value + 1) % 32**digits
    places = range(5 * (digits - 1), -1, -5)
    return "".join(DIGITS[value >> shift & 31] for shift in places) + check_of(value)
