"""What signing in with two factors needs of the world, for agents and helpers alike."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from service.domain.second_factor import FailedTry, TryKind


class SecondFactor(Protocol):
    """Codes that change every half minute, from a secret both sides hold."""

    def new_secret(self) -> str:
        """Return a fresh secret in base32."""
        ...

    def address(self, secret: str, *, login: str) -> str:
        """Return the ``otpauth://`` address that a QR code holds."""
        ...

    def step_of(self, secret: str, code: str, at: datetime) -> int | None:
        """Return the step whose code this is, one to each side of now; None if any."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """The second factor of an account.

    Attributes:
        step: The last step whose code was used: none at or before it again.
    """

    sealed_totp: bytes = field(repr=False)
    step: int


class GuardedAccount(Protocol):
    """An account whose door is tried; whoever asks has locked it: tries take turns."""

    async def tries(self, since: datetime) -> Sequence[FailedTry]:
        """Return the wrong tries since then."""
        ...

    async def add_try(self, kind: TryKind, at: datetime) -> None:
        """Note a wrong try, and forget those that no longer count."""
        ...

    async def enrolled(self) -> Enrolled | None:
        """Return the second factor, None without one."""
        ...

    async def has_recovery(self, digest: bytes) -> bool:
        """Say whether that recovery code is one of the account's, and unused."""
        ...

    async def use_step(self, step: int) -> bool:
        """Use the codes up to a step; False when it, or a later one, was used."""
        ...

    async def use_recovery(self, digest: bytes, now: datetime) -> bool:
        """Use a recovery code up; False when it is unknown or used."""
        ...


class AgentFactors(Protocol):
    """The second factors of agents, and the doors they are asked at."""

    def door(self, agent_id: UUID, desk_sha256: bytes | None) -> GuardedAccount:
        """Return an agent's door as one desk sees it, None for all other browsers."""
        ...

    async def begin(
        self, agent_id: UUID, token_sha256: bytes, sealed_totp: bytes, ends_at: datetime
    ) -> None:
        """Let that token enrol the agent until then; an earlier token does not."""
        ...

    async def begun(
        self, token_sha256: bytes, now: datetime, *, lock: bool = False
    ) -> "BegunEnrolment | None":
        """Return whom a token may enrol; with ``lock`` that agent's tries wait."""
        ...

    async def enrol(
        self,
        begun: "BegunEnrolment",
        *,
        step: int,
        recovery: Sequence[bytes],
        at: datetime,
    ) -> bool:
        """Use the token up, store factor and recovery codes; False when it was used."""
        ...

    async def recovery_left(self, agent_id: UUID) -> int | None:
        """Count the recovery codes that were not used; None without a factor."""
        ...

    async def forget(self, agent_id: UUID) -> bool:
        """Remove an agent's factor, codes, token and wrong tries; False without one."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class BegunEnrolment:
    """Who typed the right password, and the secret their application is shown."""

    agent_id: UUID
    prefecture: str
    login: str
    name: str
    token_sha256: bytes = field(repr=False)
    sealed_totp: bytes = field(repr=False)
