"""Rows about evidence: rounds, signed statements, witnesses, keys."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundName:
    """A beacon round that does not exist yet when it is named."""

    chain: str
    beacon_round: int
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundValue:
    """A published round, its signature already checked."""

    signature: bytes
    randomness: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedStatement:
    """A signed commitment as it is handed to a witness.

    Attributes:
        document: Canonical JSON of commitment and signature: what to keep.
        beacon_due_at: Received before this instant, it proves that the promise came
            before the randomness.
    """

    prefecture: str
    held_on: date
    document: bytes = field(repr=False)
    commitment_sha256: str
    committed_at: datetime
    beacon_chain: str
    beacon_round: int
    beacon_due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedWitness:
    """Someone to whom a commitment will be handed; ``name`` is public."""

    witness: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDelivery:
    """A commitment to hand over, leased to this process for a while."""

    night_id: int
    witness: str
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditorRecord:
    """Someone outside who wants every commitment; the address is sealed."""

    id: UUID
    prefecture: str
    name: str
    sealed_email: bytes | None = field(repr=False)
    subscribed_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRecord:
    """A key that signed commitments, from its first one until the next key's."""

    public_key: bytes
    valid_from: datetime
    valid_to: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRecord:
    """What one witness of a night has been handed so far."""

    night_id: int
    name: str
    attempts: int
    delivered_at: datetime | None
    document_sha256: bytes | None
