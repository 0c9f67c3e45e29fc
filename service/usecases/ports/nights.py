"""The places published and the nights that share them out."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from service.domain.night import NightState
from service.domain.slots import OpenSlot
from service.usecases.records import (
    DrawnEntry,
    EntryRecord,
    FrozenEntry,
    NightRecord,
    NightSummary,
    PackedTranscript,
    SlotRecord,
)


class Slots(Protocol):
    """Published capacity."""

    async def lock(self, prefecture: str) -> None:
        """Let nobody else publish there until the transaction ends."""
        ...

    async def publish(
        self, prefecture: str, slots: Sequence[OpenSlot], *, by: UUID, at: datetime
    ) -> Sequence[SlotRecord]:
        """Store slots with their places; returns them with their codes."""
        ...

    async def between(
        self, prefecture: str, first: date, last: date
    ) -> Sequence[SlotRecord]:
        """Return slots of these days, in slot order, with counts of places."""
        ...

    async def by_codes(
        self, prefecture: str, codes: Sequence[str]
    ) -> Sequence[SlotRecord]:
        """Return these slots, in slot order, with their counts."""
        ...

    async def by_code(self, prefecture: str, code: str) -> SlotRecord | None:
        """Return one slot with its counts."""
        ...

    async def open_from(self, prefecture: str, first: date) -> Sequence[OpenSlot]:
        """Return every slot from that day on, for the freeze: full ones count too.

        The held share of a day is computed from what was published.
        """
        ...

    async def withdraw(
        self, prefecture: str, code: str, places: int, at: datetime
    ) -> int:
        """Withdraw up to ``places`` unused places; returns how many were."""
        ...


class Nights(Protocol):
    """The nights and their states; ``save`` names the state that a night moves from."""

    async def plan(self, prefecture: str, held_on: date, freeze_at: datetime) -> bool:
        """Insert a planned night; False when it exists."""
        ...

    async def next_open(
        self, prefecture: str, *, lock: bool = True, not_before: date | None = None
    ) -> NightRecord | None:
        """Return the first planned night; locked FOR SHARE, the freeze waits for us."""
        ...

    async def unfinished(self) -> Sequence[NightRecord]:
        """Return every night that is not notified, oldest first, unlocked."""
        ...

    async def stopped(self) -> Sequence[NightRecord]:
        """Return every night that a check stopped, oldest first, unlocked.

        Annulled ones are settled, and not among them.
        """
        ...

    async def latest_of(self, prefecture: str) -> NightRecord | None:
        """Return the last night planned for that prefecture."""
        ...

    async def claim(self, night_id: int, state: NightState) -> NightRecord | None:
        """Lock the night if it still is in ``state`` and nobody works on it."""
        ...

    async def by_date(self, prefecture: str, held_on: date) -> NightRecord | None:
        """Return that night."""
        ...

    async def by_id(self, night_id: int) -> NightRecord | None:
        """As ``by_date``, by the internal number."""
        ...

    async def waits_for_an_earlier(self, night: NightRecord) -> bool:
        """Say whether an earlier night of the prefecture is frozen and not drawn.

        A stopped one counts until it is annulled.
        """
        ...

    async def previous_commitment(self, night: NightRecord) -> bytes | None:
        """Return the digest of the last commitment before ``night``."""
        ...

    async def save(self, changed: NightRecord, *, was: str) -> None:
        """Store ``changed`` if the stored state still is ``was``.

        Raises:
            NightMovedError: Another process moved it first.
        """
        ...

    async def add_entries(self, night_id: int, entries: Sequence[FrozenEntry]) -> None:
        """Store the frozen entries in one statement."""
        ...

    async def entries(
        self, night_id: int, *, lock: bool = False
    ) -> Sequence[FrozenEntry]:
        """Return the frozen entries in label order.

        With ``lock``, who is still there when they are read still is at the commit:
        whoever withdraws or closes a registration meanwhile waits, and then meets the
        offer.
        """
        ...

    async def record_draw(
        self,
        night_id: int,
        outcome: bytes,
        entries: Sequence[DrawnEntry],
        free_places: int,
        at: datetime,
    ) -> None:
        """Store what the draw decided, once and for ever."""
        ...

    async def outcome(self, night_id: int) -> bytes | None:
        """Return the canonical bytes of the outcome."""
        ...

    async def store_transcript(self, night_id: int, transcript: bytes) -> None:
        """Store the published transcript."""
        ...

    async def transcript(
        self, prefecture: str, held_on: date
    ) -> PackedTranscript | None:
        """Return the published transcript."""
        ...

    async def history_of(self, registration_id: UUID) -> Sequence[EntryRecord]:
        """Return each drawn night this registration took part in, oldest first."""
        ...

    async def published(
        self, prefecture: str, limit: int, held_on: date | None = None
    ) -> Sequence[NightSummary]:
        """Return committed or later nights, newest first, with their public counts."""
        ...
