"""The code of a paper: typed by whoever was handed it, and it opens nothing."""

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
from service.domain.errors import InvalidPaperCodeError

RANDOM_BYTES: Final = 7
_DIGITS: Final = 11
_FORM: Final = re.compile(rf"[{DIGITS}]{{{_DIGITS}}}[{re.escape(CHECKS)}]")


@dataclass(frozen=True, slots=True)
class PaperCode:
    """Eleven characters and a check character: 55 bits of luck.

    Among a million papers one guess in 2**35 meets one, and then learns a date and a
    prefecture. Promise: any one mistyped character and any two neighbours swapped are
    noticed.
    """

    text: str

    def __post_init__(self) -> None:
        if not _FORM.fullmatch(self.text):
            raise InvalidPaperCodeError("code")
        if check_of(value_of(self.text[:_DIGITS])) != self.text[_DIGITS]:
            raise InvalidPaperCodeError("code")

    @classmethod
    def from_random(cls, luck: bytes) -> Self:
        """Make a code from seven random bytes.

        Raises:
            ValueError: Not exactly seven bytes.
        """
        if len(luck) != RANDOM_BYTES:
            message = f"a paper's code takes {RANDOM_BYTES} random bytes"
            raise ValueError(message)
        return cls(with_check(int.from_bytes(luck) >> 1, digits=_DIGITS))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code as dictated or copied; see `service.domain.crockford.typed`.

        Raises:
            InvalidPaperCodeError: Another form, or the check character disagrees.
        """
        return cls(typed(text))

    @property
    def spelled(self) -> str:
        """Return it in groups, as it is printed: ``7ZK4-M2QD-X9B8``."""
        return f"{self.text[:4]}-{self.text[4:8]}-{self.text[8:]}"

    def __str__(self) -> str:
        return self.text
