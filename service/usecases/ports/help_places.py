"""What the directory of places that help needs of its store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from service.domain.help_places import HelpPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPlaceRecord:
    """A place of the directory, and when an agent last checked it."""

    id: UUID
    prefecture: str
    place: HelpPlace
    checked_on: date


class HelpPlaces(Protocol):
    """The directory of places that help without appointment."""

    async def all(self, prefecture: str) -> Sequence[HelpPlaceRecord]:
        """Return every place of a prefecture, by town and name."""
        ...

    async def by_id(self, place_id: UUID) -> HelpPlaceRecord | None:
        """Return one place."""
        ...

    async def save(self, record: HelpPlaceRecord) -> None:
        """Insert a place, or replace the one of that identifier."""
        ...

    async def remove(self, place_id: UUID) -> bool:
        """Forget a place; False when there was none."""
        ...
