"""What the use cases need of the machine: time, secrets, and a trail of acts."""

from datetime import datetime
from typing import Protocol

from service.domain.identity import Identity


class Clock(Protocol):
    """The only source of "now"."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


class Pseudonymiser(Protocol):
    """Turns an identity into the one-way key that makes a person unique."""

    version: int

    def key(self, identity: Identity) -> bytes:
        """Return 32 bytes: keyed HMAC of the identity, never published."""
        ...

    def recognise(self, said: bytes) -> bytes:
        """Return 32 bytes by which what somebody said is known when it comes again."""
        ...


class Sealer(Protocol):
    """Authenticated encryption of personal data at rest."""

    def seal(self, plain: bytes, *, place: str) -> bytes:
        """Encrypt ``plain``, bound to the ``place`` where it will be stored."""
        ...

    def unseal(self, sealed: bytes, *, place: str) -> bytes:
        """Decrypt.

        Raises:
            UnsealError: The bytes were altered, moved, or sealed with another key.
        """
        ...


class PasswordKeeper(Protocol):
    """Slow, salted password hashing; called from a thread, never in the loop."""

    def hash(self, password: str) -> str:
        """Return what may be stored."""
        ...

    def matches(self, stored: str, password: str) -> bool:
        """Say whether ``password`` is the one; takes as long for a wrong one."""
        ...


class Audit(Protocol):
    """Append-only, hash-chained record of what agents did."""

    async def append(
        self,
        *,
        prefecture: str,
        actor: str,
        action: str,
        detail: dict[str, str | int],
        at: datetime,
    ) -> None:
        """Add one event to the chain; ``detail`` holds no personal data."""
        ...

    async def head_before(self, instant: datetime) -> tuple[int, bytes]:
        """Return number and digest of the last event before then; 0 and zeros else."""
        ...
