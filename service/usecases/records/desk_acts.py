"""Rows about what agents did for people."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskActRecord:
    """One act; ``shown`` is None when nobody was reached."""

    registration_id: UUID
    agent_id: UUID
    act: str
    shown: str | None
    noted_at: datetime
    agent_name: str = ""
    """Read with the row, for agents; never written."""
