"""Prefectures, sites, rulesets, agents and their sessions in PostgreSQL."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import tables as t
from service.adapters.postgres.sessions import Sessions
from service.domain.ruleset import Ruleset
from service.usecases.records import AgentRecord, SiteRecord


class PostgresDirectory:
    """See `service.usecases.ports.Directory`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._sessions = Sessions(connection, t.agent_session, "agent_id")

    async def prefectures(self) -> Sequence[str]:
        rows = await self._connection.execute(
            select(t.prefecture.c.code).order_by(t.prefecture.c.code)
        )
        return rows.scalars().all()

    async def prefecture_name(self, prefecture: str) -> str | None:
        row = await self._connection.execute(
            select(t.prefecture.c.name).where(t.prefecture.c.code == prefecture)
        )
        return row.scalar()

    async def prefecture_phone(self, prefecture: str) -> str | None:
        row = await self._connection.execute(
            select(t.prefecture.c.phone).where(t.prefecture.c.code == prefecture)
        )
        return row.scalar()

    async def publishes(self, prefecture: str) -> str:
        row = await self._connection.execute(
            select(t.prefecture.c.publishes).where(t.prefecture.c.code == prefecture)
        )
        policy: str = row.scalar_one()
        return policy

    async def sites(self, prefecture: str) -> Sequence[SiteRecord]:
        rows = await self._connection.execute(
            select(t.site)
            .where(t.site.c.prefecture == prefecture)
            .order_by(t.site.c.code)
        )
        return [
            SiteRecord(
                code=row.code,
                name=row.name,
                address=row.address,
                motifs=tuple(row.motifs),
            )
            for row in rows
        ]

    async def ruleset_on(self, prefecture: str, day: date) -> Ruleset:
        row = await self._connection.execute(
            select(t.ruleset.c.content)
            .where(
                t.ruleset.c.prefecture == prefecture, t.ruleset.c.effective_on <= day
            )
            .order_by(t.ruleset.c.effective_on.desc(), t.ruleset.c.version.desc())
            .limit(1)
        )
        return Ruleset.from_json(row.scalar_one())

    async def agent_by_login(
        self, login: str, *, lock: bool = False
    ) -> AgentRecord | None:
        query = select(
            t.agent.c.id,
            t.agent.c.prefecture,
            t.agent.c.login,
            t.agent.c.name,
            t.agent.c.password_hash,
        ).where(t.agent.c.login == login, t.agent.c.active)
        row = await self._connection.execute(
            query.with_for_update(key_share=True) if lock else query
        )
        found = row.mappings().first()
        return AgentRecord(**found) if found else None

    async def open_session(
        self, token_sha256: bytes, agent_id: UUID, at: datetime
    ) -> None:
        await self._sessions.open(token_sha256, agent_id, at)

    async def agent_of_session(
        self, token_sha256: bytes, now: datetime
    ) -> AgentRecord | None:
        agent_id = await self._sessions.seen(token_sha256, now)
        if agent_id is None:
            return None
        row = await self._connection.execute(
            select(
                t.agent.c.id,
                t.agent.c.prefecture,
                t.agent.c.login,
                t.agent.c.name,
                t.agent.c.password_hash,
            ).where(t.agent.c.id == agent_id, t.agent.c.active)
        )
        found = row.mappings().first()
        return AgentRecord(**found) if found else None

    async def close_session(self, token_sha256: bytes) -> None:
        await self._sessions.close(token_sha256)
