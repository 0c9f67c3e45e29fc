"""Agents' accounts in PostgreSQL, as their operator sees them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import tables as t
from service.adapters.postgres.agent_tables import (
    agent_enrolment,
    agent_factor,
    agent_try,
)
from service.adapters.postgres.sessions import Sessions
from service.usecases.records.operator import AccountRecord


class PostgresAgentAccounts:
    """See `service.usecases.ports.operator.AgentAccounts`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._sessions = Sessions(connection, t.agent_session, "agent_id")

    async def add(self, new: AccountRecord, password_hash: str) -> bool:
        added = await self._connection.execute(
            upsert(t.agent)
            .values(
                id=new.id,
                prefecture=new.prefecture,
                login=new.login,
                name=new.name,
                password_hash=password_hash,
                active=new.active,
            )
            .on_conflict_do_nothing(index_elements=["login"])
            .returning(t.agent.c.id)
        )
        return added.first() is not None

    async def by_login(self, login: str) -> AccountRecord | None:
        rows = await self._connection.execute(
            _accounts()
            .where(t.agent.c.login == login)
            .with_for_update(of=t.agent, key_share=True)
        )
        row = rows.mappings().first()
        return AccountRecord(**row) if row else None

    async def all(self, prefecture: str | None) -> Sequence[AccountRecord]:
        query = _accounts().order_by(t.agent.c.prefecture, t.agent.c.login)
        if prefecture is not None:
            query = query.where(t.agent.c.prefecture == prefecture)
        rows = await self._connection.execute(query)
        return [AccountRecord(**row) for row in rows.mappings()]

    async def close(self, agent_id: UUID) -> None:
        await self._connection.execute(
            update(t.agent).where(t.agent.c.id == agent_id).values(active=False)
        )
        await self._sessions.close_all(agent_id)

    async def end_sessions(self, agent_id: UUID) -> None:
        await self._sessions.close_all(agent_id)

    async def change_password(self, agent_id: UUID, password_hash: str) -> None:
        await self._connection.execute(
            update(t.agent)
            .where(t.agent.c.id == agent_id)
            .values(password_hash=password_hash)
        )
        for table in (agent_try, agent_enrolment):
            await self._connection.execute(
                delete(table).where(table.c.agent_id == agent_id)
            )
        await self._sessions.close_all(agent_id)


def _accounts() -> Select[*tuple[Any, ...]]:
    agent = t.agent.c
    return select(
        agent.id,
        agent.prefecture,
        agent.login,
        agent.name,
        agent.active,
        agent_factor.c.enrolled_at,
    ).outerjoin_from(t.agent, agent_factor)
