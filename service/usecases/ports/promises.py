"""What acknowledgements promised: written once, read for ever."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from service.usecases.records.promises import PromiseRecord


class Promises(Protocol):
    """The promises, one for each registration."""

    async def add(self, new: Sequence[PromiseRecord]) -> None:
        """Store them; a registration that has one keeps the one it has."""
        ...

    async def of(self, registration_id: UUID) -> PromiseRecord | None:
        """Return what was promised to a registration."""
        ...

    async def sealed_label_keys(
        self, registration_ids: Iterable[UUID]
    ) -> Mapping[UUID, bytes]:
        """Return the sealed label keys of those that have one, in one question."""
        ...

    async def sign(
        self, registration_id: UUID, signature: bytes, *, with_key: bool
    ) -> bytes:
        """Store a signature where there is none; return the one that stands."""
        ...
