"""What keeps an insider from a second luck, and a friend from band 0."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from service.usecases.records.guards import (
    AnnulmentRecord,
    CancellationRecord,
    CountedCancellations,
    DisplacedRow,
)


class Annulments(Protocol):
    """The nights that give no places, each for ever."""

    async def add(self, annulment: AnnulmentRecord) -> None:
        """Store one; the store refuses a night that is not stopped, or is drawn."""
        ...

    async def of_nights(self, nights: Iterable[int]) -> Sequence[AnnulmentRecord]:
        """Return those of these nights, by number of the night."""
        ...

    async def document(self, prefecture: str, held_on: date) -> bytes | None:
        """Return the signed document of that night's annulment."""
        ...


class Cancellations(Protocol):
    """Slots that agents took back, and whom each one displaced."""

    async def add(
        self, cancellation: CancellationRecord, displaced: Iterable[UUID]
    ) -> None:
        """Store one, with the offers that it took from people."""
        ...

    async def awaiting(self, prefecture: str) -> Sequence[CancellationRecord]:
        """Return those that a second agent has to look at, oldest first."""
        ...

    async def by_id(self, cancellation_id: UUID) -> CancellationRecord | None:
        """Return one, locked."""
        ...

    async def decide(self, decided: CancellationRecord) -> None:
        """Store what the second agent said."""
        ...

    async def displaced(self, cancellation_id: UUID) -> Sequence[DisplacedRow]:
        """Return the registrations that lost a place and wait on, by number."""
        ...

    async def awaits(self, registration_id: UUID) -> bool:
        """Say whether the last place of a registration was taken back, unconfirmed."""
        ...

    async def counted(
        self, prefecture: str, since: date
    ) -> Sequence[CountedCancellations]:
        """Return the counts of each day of cancellations since that day, in order."""
        ...
