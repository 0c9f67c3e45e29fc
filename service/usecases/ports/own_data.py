"""What a person's own file needs of the world (RGPD 15 and 20)."""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias
from uuid import UUID

Lines: TypeAlias = Sequence[Mapping[str, object]]
"""Rows in plain words: French names; texts, counts, ISO days and instants, or lists."""


class OwnData(Protocol):
    """Reads every row kept of one registration, and of no other."""

    async def of(self, registration_id: UUID) -> Mapping[str, Lines]:
        """Return the rows by section, the oldest first; sealed columns stay shut."""
        ...
