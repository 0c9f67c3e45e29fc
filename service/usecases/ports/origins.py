"""What the audit of origins reads: where each offer and each state comes from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLine:
    """A line of a drawn night as it is stored now; the last three are newer."""

    label: bytes
    band: int
    ticket: bytes | None
    rank: int | None
    result: str | None
    tier: str | None
    through: str | None
    cut_off: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredOffer:
    """An offer of a night as it is stored now.

    Attributes:
        label: The line of its registration in that night, hex; None without one.
        places: How many it was given, those that came back included.
    """

    id: str
    label: str | None
    slot: str
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTranscript:
    """What a night published."""

    content: bytes = field(repr=False)
    sha256: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """A row that comes from nowhere: what it should rest on, and which one it is."""

    what: str
    which: str


class Origins(Protocol):
    """Reads what was stored, to be compared with what decided it."""

    async def drawn(self) -> Sequence[int]:
        """Return the nights that were drawn, the oldest first."""
        ...

    async def lines(self, night_id: int) -> Sequence[StoredLine]:
        """Return a night's lines, by label."""
        ...

    async def offers(self, night_id: int) -> Sequence[StoredOffer]:
        """Return a night's offers, by id."""
        ...

    async def transcript(self, night_id: int) -> StoredTranscript | None:
        """Return what a night published; None before."""
        ...

    async def stray(self) -> Stray | None:
        """Return the first row that rests on no act of which a trace must stand."""
        ...
