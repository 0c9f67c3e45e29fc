"""What writing to organisations, and changing their ceilings, needs of the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from service.usecases.records.organisations import (
    CeilingChange,
    MailStatus,
    QueuedMail,
)


class OrganisationMail(Protocol):
    """Messages to organisations, and the ceilings they tell of."""

    async def queue(self, new: QueuedMail) -> None:
        """Store a message, due at once."""
        ...

    async def lease(
        self, now: datetime, until: datetime, limit: int
    ) -> Sequence[QueuedMail]:
        """Take messages that are due; nobody else takes them before ``until``."""
        ...

    async def postpone(self, mail_id: UUID, until: datetime) -> None:
        """Try again later."""
        ...

    async def settle(self, mail_id: UUID, outcome: str, at: datetime) -> None:
        """Note what became of it, and forget the text."""
        ...

    async def of(self, organisation_id: UUID, limit: int) -> Sequence[MailStatus]:
        """Return the last messages of an organisation, newest first."""
        ...

    async def add_change(self, change: CeilingChange) -> None:
        """Keep a change of ceilings."""
        ...

    async def changes(self, organisation_id: UUID) -> Sequence[CeilingChange]:
        """Return every change, newest first."""
        ...
