"""What keeps an insider from a second luck: nights annulled in public."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from service.usecases.records.guards import AnnulmentRecord


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
