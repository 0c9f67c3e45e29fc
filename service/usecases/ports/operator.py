"""What the operator's acts need of the world: prefectures and agents' accounts."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from service.domain.stated_prefecture import StatedPrefecture, StoredPrefecture
from service.usecases.records.operator import AccountRecord


class Prefectures(Protocol):
    """Prefectures as they are opened and changed; nothing is ever deleted."""

    async def locked(self, code: str) -> StoredPrefecture | None:
        """Return what is stored; whoever sets a prefecture meanwhile waits."""
        ...

    async def put(self, prefecture: StatedPrefecture) -> None:
        """Store the prefecture, its sites and its ruleset in place of what was there.

        Sites and rulesets that it does not name stay.
        """
        ...


class AgentAccounts(Protocol):
    """Agents as their operator knows them, closed ones included."""

    async def add(self, new: AccountRecord, password_hash: str) -> bool:
        """Store; False, and nothing stored, when the login was ever given."""
        ...

    async def by_login(self, login: str) -> AccountRecord | None:
        """Return an account, locked until the transaction ends."""
        ...

    async def all(self, prefecture: str | None) -> Sequence[AccountRecord]:
        """Return the accounts of one prefecture, or of all, by login."""
        ...

    async def close(self, agent_id: UUID) -> None:
        """Let nobody sign in any more, and end every session."""
        ...

    async def end_sessions(self, agent_id: UUID) -> None:
        """End every session of an agent."""
        ...

    async def change_password(self, agent_id: UUID, password_hash: str) -> None:
        """Store a password, end sessions and a begun enrolment, forget wrong tries."""
        ...
