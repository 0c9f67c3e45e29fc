"""An agent's account as its operator sees it."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRecord:
    """Whose account it is, and whether one can sign in; never a password."""

    id: UUID
    prefecture: str
    login: str
    name: str
    active: bool = True
