"""What forgetting people needs of the world."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizons:
    """Instants before which something has ended long enough to be forgotten.

    Attributes:
        ended: Registrations that ended before then.
        uncollected: Permits that were said to be ready before then.
        answered: Answers kept for a repeated request, given before then.
        now: What lives until an instant of its own.
    """

    ended: datetime
    uncollected: datetime
    answered: datetime
    now: datetime


class Retention(Protocol):
    """Erases personal data; what the replay of a draw needs has none and stays."""

    async def forget(self, prefecture: str, before: Horizons) -> Mapping[str, int]:
        """Erase what a prefecture need not keep; returns how many rows, by table.

        Twice is the same as once: the second time finds nothing.
        """
        ...

    async def forget_common(self, before: Horizons) -> Mapping[str, int]:
        """The same for what belongs to no prefecture."""
        ...
