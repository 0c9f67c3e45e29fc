"""What waits to be told."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from service.usecases.records import (
    DueMessage,
    NewOutboxRow,
)


class Outbox(Protocol):
    """Messages to send, written in the same transaction as their cause."""

    async def add(self, rows: Iterable[NewOutboxRow]) -> None:
        """Store rows; a row whose ``once`` exists already is left out."""
        ...

    async def lease(
        self, now: datetime, until: datetime, limit: int
    ) -> Sequence[DueMessage]:
        """Take due rows of published nights; they are due again at ``until``."""
        ...

    async def settle(self, row_id: int, outcome: str, at: datetime) -> None:
        """Mark a row sent, stale or undeliverable."""
        ...

    async def postpone(self, row_id: int, until: datetime, error: str) -> None:
        """Try again later; ``error`` holds no personal data."""
        ...

    async def struggling(self, attempts: int) -> int:
        """Count the rows that failed so often and are not settled."""
        ...

    async def pending_of_night(self, night_id: int) -> int:
        """Count the rows of a night that are not settled."""
        ...
