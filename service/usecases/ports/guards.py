"""What keeps an insider from a second luck, and a friend from band 0."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from service.usecases.records.guards import (
    AnnulmentRecord,
    CancellationRecord,
    CountedCancellations,
    DisplacedRow,
    EndingRecord,
    UnwitnessedNight,
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


class Endings(Protocol):
    """Requests to write to an auditor no more, and nights that nobody witnessed."""

    async def ask(self, ending: EndingRecord) -> None:
        """Store a request; a second one of the same auditor changes nothing."""
        ...

    async def of(self, auditor_id: UUID) -> EndingRecord | None:
        """Return the request of one auditor, locked."""
        ...

    async def standing(self, prefecture: str) -> Sequence[EndingRecord]:
        """Return the requests that no second agent agreed to yet."""
        ...

    async def untold(self) -> Sequence[EndingRecord]:
        """Return the requests whose auditor was not told yet."""
        ...

    async def save(self, changed: EndingRecord) -> None:
        """Store when the auditor was told, and who agreed."""
        ...

    async def unwitnessed(self, now: datetime) -> Sequence[UnwitnessedNight]:
        """Return each prefecture's last night, if its public round passed unwitnessed.

        Only whoever was handed the commitment before the round counts: a directory that
        somebody else holds, or an auditor's mail. Who reads the feed leaves no trace
        here. Nights of a local chain prove nothing to outsiders anyway: left out.
        """
        ...
