"""Agents' second factors in PostgreSQL: begun, enrolled, used, forgotten."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import agent_tables as a
from service.adapters.postgres import tables as t
from service.adapters.postgres.second_factors import AGENTS, PostgresDoor
from service.usecases.ports.second_factor import BegunEnrolment, GuardedAccount


class PostgresAgentFactors:
    """See `service.usecases.ports.second_factor.AgentFactors`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def door(self, agent_id: UUID, desk_sha256: bytes | None) -> GuardedAccount:
        return PostgresDoor(
            self._connection, AGENTS, agent_id, {"desk_sha256": desk_sha256}
        )

    async def begin(
        self, agent_id: UUID, token_sha256: bytes, sealed_totp: bytes, ends_at: datetime
    ) -> None:
        values = {
            "token_sha256": token_sha256,
            "sealed_totp": sealed_totp,
            "ends_at": ends_at,
        }
        await self._connection.execute(
            upsert(a.agent_enrolment)
            .values(agent_id=agent_id, **values)
            .on_conflict_do_update(index_elements=["agent_id"], set_=values)
        )

    async def begun(
        self, token_sha256: bytes, now: datetime, *, lock: bool = False
    ) -> BegunEnrolment | None:
        agent, enrolment = t.agent, a.agent_enrolment
        query = (
            select(
                enrolment.c.agent_id,
                agent.c.prefecture,
                agent.c.login,
                agent.c.name,
                enrolment.c.token_sha256,
                enrolment.c.sealed_totp,
            )
            .join(agent, agent.c.id == enrolment.c.agent_id)
            .where(
                enrolment.c.token_sha256 == token_sha256,
                enrolment.c.ends_at > now,
                agent.c.active,
            )
        )
        rows = await self._connection.execute(
            query.with_for_update(of=agent, key_share=True) if lock else query
        )
        row = rows.mappings().first()
        return BegunEnrolment(**row) if row else None

    async def enrol(
        self,
        begun: BegunEnrolment,
        *,
        step: int,
        recovery: Sequence[bytes],
        at: datetime,
    ) -> bool:
        used = await self._connection.execute(  # of two at once, one finds the token
            delete(a.agent_enrolment).where(
                a.agent_enrolment.c.agent_id == begun.agent_id,
                a.agent_enrolment.c.token_sha256 == begun.token_sha256,
            )
        )
        added = used.rowcount and await self._connection.execute(
            upsert(a.agent_factor)
            .values(
                agent_id=begun.agent_id,
                sealed_totp=begun.sealed_totp,
                totp_step=step,
                enrolled_at=at,
            )
            .on_conflict_do_nothing()
        )
        if not (added and added.rowcount):
            return False
        await self._connection.execute(
            insert(a.agent_recovery),
            [{"agent_id": begun.agent_id, "code_sha256": one} for one in recovery],
        )
        return True

    async def recovery_left(self, agent_id: UUID) -> int | None:
        factor, recovery = a.agent_factor, a.agent_recovery
        is_unused = (recovery.c.agent_id == factor.c.agent_id) & (
            recovery.c.used_at.is_(None)
        )
        count = await self._connection.execute(
            select(func.count(recovery.c.code_sha256))
            .select_from(factor)
            .outerjoin(recovery, is_unused)
            .where(factor.c.agent_id == agent_id)
            .group_by(factor.c.agent_id)
        )
        left: int | None = count.scalar()
        return left

    async def forget(self, agent_id: UUID) -> bool:
        for table in (a.agent_recovery, a.agent_enrolment, a.agent_try):
            await self._connection.execute(
                delete(table).where(table.c.agent_id == agent_id)
            )
        gone = await self._connection.execute(
            delete(a.agent_factor).where(a.agent_factor.c.agent_id == agent_id)
        )
        return bool(gone.rowcount)
