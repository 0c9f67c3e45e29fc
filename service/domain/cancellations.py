"""Why a prefecture takes a slot back, and how far a second agent has come with it."""

from enum import StrEnum


class CancelReason(StrEnum):
    """What an agent says of a slot that cannot be held; chosen, never typed."""

    AGENTS_AWAY = "agents-away"
    CLOSED = "closed"
    BREAKDOWN = "breakdown"
    PUBLISHED_BY_MISTAKE = "published-by-mistake"
    OTHER = "other"


class CancellationState(StrEnum):
    """Whether the people sent away stand in the first band for it."""

    NOBODY = "nobody"
    """Nobody lost a place: nothing is to be confirmed."""

    AWAITING = "awaiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
