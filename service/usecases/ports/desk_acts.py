"""What the acts of agents need of the world."""

from collections.abc import Collection, Sequence
from typing import Protocol
from uuid import UUID

from service.usecases.records.desk_acts import DeskActRecord


class DeskActs(Protocol):
    """What agents did for people: added to, never changed."""

    async def add(self, done: DeskActRecord) -> None:
        """Note one act."""
        ...

    async def of(self, registration_id: UUID, limit: int) -> Sequence[DeskActRecord]:
        """Return the acts for one registration, the newest first."""
        ...

    async def calls(self, registrations: Collection[UUID]) -> Sequence[DeskActRecord]:
        """Return the calls that reached nobody, the newest first."""
        ...
