"""The reference of a registration: short enough to be read over the telephone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

from service.domain.crockford import (
    CHECKS,
    DIGITS,
    check_of,
    typed,
    value_of,
    with_check,
)
from service.domain.errors import InvalidReferenceError

RANDOM_BYTES: Final = 5
"""Bytes of luck that a reference is made from: 40 bits, eight characters."""

_FORM: Final = re.compile(rf"[{DIGITS}]{{8}}[{re.escape(CHECKS)}]")


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
        if check_of(value_of(self.text[:8])) != self.text[8]:
            raise InvalidReferenceError("reference")

    @classmethod
    def from_random(cls, luck: bytes) -> Self:
        """Make a reference from five random bytes.

        Raises:
            ValueError: Not exactly five bytes.
        """
        if len(luck) != RANDOM_BYTES:
            message = f"a reference takes {RANDOM_BYTES} random bytes"
            raise ValueError(message)
        return cls(with_check(int.from_bytes(luck), digits=8))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a reference as dictated or copied.

        Spaces, hyphens, lower case and other digits are accepted, ``O`` is zero,
        ``I`` and ``L`` are one.

        Raises:
            InvalidReferenceError: Another form, or the check character disagrees.
        """
        return cls(typed(text))

    @property
    def spelled(self) -> str:
        """Return it in groups, as it is printed: ``7ZK4-M2QD-X``."""
        return f"{self.text[:4]}-{self.text[4:8]}-{self.text[8]}"

    def __str__(self) -> str:
        return self.text
