"""A motif for which nobody is received at present, told to everybody.

Suspending is a statement about reception and nothing else: people go on registering,
keep their seniority, and take part in each night as before. No rule of the draw reads
it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from service.domain.errors import InvalidNoticeTextError
from service.domain.motifs import motif_of

SHORTEST: Final = 10
LONGEST: Final = 600
"""Code points of each text, after trimming."""

_LINE_BREAK: Final = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """Since when, why, and what to do meanwhile.

    Attributes:
        motif: Its slug.
        since_on: First day, Europe/Paris.
        reason: Why, in the prefecture's words; everybody reads it.
        meanwhile: What to do until it is open again.

    Raises:
        UnknownMotifError: At ``motif``.
        InvalidNoticeTextError: At ``reason`` or ``meanwhile``.
    """

    motif: str
    since_on: date
    reason: str
    meanwhile: str

    def __post_init__(self) -> None:
        motif_of(self.motif)
        for name, text in (("reason", self.reason), ("meanwhile", self.meanwhile)):
            if plain_notice(text, name) != text:
                raise InvalidNoticeTextError(name)

    @classmethod
    def parse(cls, *, motif: str, since_on: date, reason: str, meanwhile: str) -> Self:
        """Read the texts as typed.

        Raises:
            UnknownMotifError: At ``motif``.
            InvalidNoticeTextError: At ``reason`` or ``meanwhile``.
        """
        return cls(
            motif=motif,
            since_on=since_on,
            reason=plain_notice(reason, "reason"),
            meanwhile=plain_notice(meanwhile, "meanwhile"),
        )


def plain_notice(typed: str, field: str) -> str:
    """Return a text in NFC, trimmed, with single spaces and line breaks kept.

    Raises:
        InvalidNoticeTextError: At ``field``: too short, too long, or a character
            that cannot be seen (a control, a direction mark, half a surrogate).
    """
    lines = typed.replace("\r\n", _LINE_BREAK).strip().split(_LINE_BREAK)
    text = _LINE_BREAK.join(" ".join(line.split()) for line in lines)
    text = unicodedata.normalize("NFC", text)
    is_hidden = any(
        unicodedata.category(one) in {"Cc", "Cf", "Cs", "Co", "Cn"}
        for one in text
        if one != _LINE_BREAK
    )
    if is_hidden or not SHORTEST <= len(text) <= LONGEST:
        raise InvalidNoticeTextError(field)
    return text
