"""The reference of a registration: short enough to be read over the telephone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

from service.domain.errors import InvalidReferenceError
from service.domain.keyboard import compact

RANDOM_BYTES: Final = 5
"""Bytes of luck that a reference is made from: 40 bits, eight characters."""

_DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECKS: Final = _DIGITS + "*~$=U"
_FORM: Final = re.compile(rf"[{_DIGITS}]{{8}}[{re.escape(_CHECKS)}]")
_LOOKALIKES: Final = str.maketrans("OIL", "011", "-‐‑–.")


@dataclass(frozen=True, slots=True)
class Reference:
    """Eight characters and a check character; never sufficient alone.

    Promise: any one mistyped character and any two neighbours swapped are noticed.

    Source:
        Crockford's Base32, with its check symbol modulo 37.
    """

    text: str

    def __post_init__(self) -> None:
        if not _FORM.fullmatch(self.text):
            raise InvalidReferenceError("reference")
        if _CHECKS[_value(self.text[:8]) % 37] != self.text[8]:
            raise InvalidReferenceError("reference")

    @classmethod
    def from_random(cls, luck: bytes) -> Self:
        """Make a reference from five random bytes.

        The four check symbols that are no letters are hard to dictate and to put in
        an address: the next number up is taken instead, at most four steps away.

        Raises:
            ValueError: Not exactly five bytes.
        """
        if len(luck) != RANDOM_BYTES:
            message = f"a reference takes {RANDOM_BYTES} random bytes"
            raise ValueError(message)
        value = int.from_bytes(luck)
        while not _CHECKS[value % 37].isalnum():
            value = (value + 1) % 2**40
        digits = (_DIGITS[value >> shift & 31] for shift in range(35, -1, -5))
        return cls("".join(digits) + _CHECKS[value % 37])

    @classmethod
    def parse(cls, typed: str) -> Self:
        """Read a reference as dictated or copied.

        Spaces, hyphens, lower case and other digits are accepted, ``O`` is zero,
        ``I`` and ``L`` are one.

        Raises:
            InvalidReferenceError: Another form, or the check character disagrees.
        """
        return cls(compact(typed).translate(_LOOKALIKES))

    @property
    def spelled(self) -> str:
        """Return it in groups, as it is printed: ``7ZK4-M2QD-X``."""
        return f"{self.text[:4]}-{self.text[4:8]}-{self.text[8]}"

    def __str__(self) -> str:
        return self.text


def _value(digits: str) -> int:
    value = 0
    for digit in digits:
        value = value * 32 + _DIGITS.index(digit)
    return value
