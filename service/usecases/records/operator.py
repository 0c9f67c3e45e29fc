"""An agent's account as its operator sees it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRecord:
    """Whose account it is, and whether one can sign in; never a password.

    ``enrolled_at``: since when a second factor is asked for; None without one.
    """

    id: UUID
    prefecture: str
    login: str
    name: str
    active: bool = True
    enrolled_at: datetime | None = None
