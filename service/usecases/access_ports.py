"""What getting back in needs of the database: links, codes, contacts under way."""

from datetime import datetime
from typing import Protocol
from uuid import UUID


class WaysIn(Protocol):
    """Everything that opens a registration beside its own secret."""

    async def of_link(self, secret_sha256: bytes, now: datetime) -> UUID | None:
        """Return the registration that a link opens, if it still does."""
        ...
