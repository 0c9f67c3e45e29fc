"""What agents did for people, in PostgreSQL."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import tables as t
from service.adapters.postgres.desk_act_tables import desk_act
from service.domain.desk_acts import DeskAct
from service.usecases.records.desk_acts import DeskActRecord


class PostgresDeskActs:
    """See `service.usecases.ports.desk_acts.DeskActs`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, done: DeskActRecord) -> None:
        await self._connection.execute(
            insert(desk_act).values(
                registration_id=done.registration_id,
                agent_id=done.agent_id,
                act=done.act,
                shown=done.shown,
                noted_at=done.noted_at,
            )
        )

    async def of(self, registration_id: UUID, limit: int) -> Sequence[DeskActRecord]:
        mine = desk_act.c.registration_id == registration_id
        return await self._read(_acts().where(mine).limit(limit))

    async def calls(self, registrations: Collection[UUID]) -> Sequence[DeskActRecord]:
        if not registrations:
            return []
        return await self._read(
            _acts().where(
                desk_act.c.registration_id.in_(registrations),
                desk_act.c.act == DeskAct.NOT_REACHED,
            )
        )

    async def _read(self, asked: Select[*tuple[Any, ...]]) -> Sequence[DeskActRecord]:
        rows = await self._connection.execute(asked)
        return [DeskActRecord(**row) for row in rows.mappings()]


def _acts() -> Select[*tuple[Any, ...]]:
    acts = desk_act.c
    return (
        select(
            acts.registration_id,
            acts.agent_id,
            acts.act,
            acts.shown,
            acts.noted_at,
            t.agent.c.name.label("agent_name"),
        )
        .join(t.agent, t.agent.c.id == acts.agent_id)
        .order_by(acts.noted_at.desc(), acts.id.desc())
    )
