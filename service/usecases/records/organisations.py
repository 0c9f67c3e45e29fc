"""Messages to organisations and changes of their ceilings, as they are stored."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from service.domain.mandate import Ceilings


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedMail:
    """A message to an organisation that waits to be handed over.

    Attributes:
        about: ``invitation`` or ``ceilings``.
        sealed: Address, subject and text; gone once settled.
        attempts: Tries so far, this one included.
    """

    id: UUID
    organisation_id: UUID
    about: str
    sealed: bytes = field(repr=False)
    queued_at: datetime
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MailStatus:
    """What became of a message; ``outcome`` is None while it waits."""

    about: str
    queued_at: datetime
    outcome: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CeilingChange:
    """Ceilings that an agent changed, and why."""

    id: UUID
    organisation_id: UUID
    changed_by: UUID
    changed_at: datetime
    before: Ceilings
    after: Ceilings
    reason: str
