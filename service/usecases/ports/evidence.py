"""What the evidence of a night needs: signature, beacon, witnesses, published keys."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from service.usecases.records import (
    AuditorRecord,
    DeliveryRecord,
    DueDelivery,
    ExpectedWitness,
    KeyRecord,
    RoundName,
    RoundValue,
    SignedStatement,
)


class Signer(Protocol):
    """The prefecture's Ed25519 key."""

    @property
    def public_key(self) -> bytes:
        """The 32 bytes that everyone may know."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature of ``message``."""
        ...

    def is_valid(self, key: bytes, message: bytes, signature: bytes) -> bool:
        """Say whether ``signature`` of ``message`` was made with ``key``."""
        ...


class Beacon(Protocol):
    """Public randomness that nobody at the prefecture chooses."""

    async def name_round(self, not_before: datetime) -> RoundName:
        """Name the first round that will exist at or after ``not_before``."""
        ...

    async def fetch(self, chain: str, beacon_round: int) -> RoundValue | None:
        """Return that very round, checked, or None while it does not exist."""
        ...

    def check(self, chain: str, beacon_round: int, signature: str) -> bytes:
        """Return the randomness that this hex signature proves.

        Raises:
            ValueError: It is not that round's.
            LookupError: The chain is unknown.
        """
        ...


class Witness(Protocol):
    """Somewhere outside that keeps each signed commitment it is handed."""

    @property
    def key(self) -> str:
        """The word under which deliveries are recorded; never changes."""
        ...

    @property
    def name(self) -> str:
        """The name that everybody may read."""
        ...

    async def deliver(self, statement: SignedStatement) -> None:
        """Return once the witness has it; handing it over twice is harmless.

        Raises:
            WitnessDelayedError: Worth another try later.
        """
        ...


class Witnesses(Protocol):
    """Who was handed which commitment, and who subscribed to them."""

    async def expect(
        self, night_id: int, expected: Iterable[ExpectedWitness], at: datetime
    ) -> None:
        """Note, with the commitment itself, to whom it has to be handed."""
        ...

    async def lease(
        self, now: datetime, until: datetime, limit: int
    ) -> Sequence[DueDelivery]:
        """Take what is due; it is due again at ``until``."""
        ...

    async def settle(
        self, due: DueDelivery, *, document_sha256: bytes, at: datetime
    ) -> None:
        """Note that the witness has it, and what it was."""
        ...

    async def postpone(
        self, due: DueDelivery, *, until: datetime | None, error: str
    ) -> None:
        """Try again at ``until``, never again when None."""
        ...

    async def of_nights(self, nights: Iterable[int]) -> Sequence[DeliveryRecord]:
        """Return every delivery of these nights, by name."""
        ...

    async def subscribe(self, auditor: AuditorRecord) -> None:
        """Store a subscription."""
        ...

    async def end_subscription(self, auditor_id: UUID, at: datetime) -> bool:
        """Erase the address and keep the name; False when there was none."""
        ...

    async def auditors(self, prefecture: str) -> Sequence[AuditorRecord]:
        """Return the standing subscriptions, by name."""
        ...

    async def auditor(self, auditor_id: UUID) -> AuditorRecord | None:
        """Return one subscription, ended or not."""
        ...


class SigningKeys(Protocol):
    """The public half of every key that ever signed a commitment."""

    async def use(self, public_key: bytes, at: datetime) -> None:
        """Note that a commitment is signed with this key now; ends another one."""
        ...

    async def all(self) -> Sequence[KeyRecord]:
        """Return every key with its time, oldest first."""
        ...
