"""Rows about what keeps an insider from a second luck."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnulmentRecord:
    """A stopped night that gives no places: who said so, when and why.

    Attributes:
        luck_was_known: The beacon round could be read already.
        document: What everybody may keep: signed, with the night's commitment.
    """

    night_id: int
    annulled_at: datetime
    annulled_by: str
    reason: str
    luck_was_known: bool
    document: bytes = field(repr=False)
