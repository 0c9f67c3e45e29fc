"""What became of each message on each way, and how many went to a person."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import message_tables as m
from service.adapters.postgres import tables as t
from service.domain.sending import MOST_ANYONES


class PostgresDeliveries:
    """See `service.usecases.ports.messages.Deliveries`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def count_in(
        self, applicant_key: bytes, on: date, *, limit: int, anyones: bool
    ) -> bool:
        """One statement counts and judges: two senders cannot both take the last."""
        day = m.message_day.c
        one = int(anyones)
        has_room = day.messages < limit
        if anyones:
            has_room &= day.anyones < MOST_ANYONES
        counted = (
            upsert(m.message_day)
            .values(applicant_key=applicant_key, sent_on=on, messages=1, anyones=one)
            .on_conflict_do_update(
                index_elements=[day.applicant_key, day.sent_on],
                set_={"messages": day.messages + 1, "anyones": day.anyones + one},
                where=has_room,
            )
            .returning(day.messages)
        )
        return (await self._connection.execute(counted)).first() is not None

    async def counted(self, row_id: int, on: date) -> None:
        await self._connection.execute(
            update(t.outbox).where(t.outbox.c.id == row_id).values(counted_on=on)
        )

    async def hold(self, row_id: int, until: datetime) -> None:
        await self._connection.execute(
            update(t.outbox).where(t.outbox.c.id == row_id).values(available_at=until)
        )

    async def outcomes(self, row_id: int) -> Mapping[str, str]:
        rows = await self._connection.execute(
            select(m.delivery.c.way, m.delivery.c.outcome).where(
                m.delivery.c.outbox_id == row_id
            )
        )
        return {row.way: row.outcome for row in rows}

    async def add(self, row_id: int, way: str, outcome: str, at: datetime) -> None:
        await self._connection.execute(
            upsert(m.delivery)
            .values(outbox_id=row_id, way=way, outcome=outcome, at=at)
            .on_conflict_do_nothing()
        )

    async def forget(self, before: date) -> int:
        gone = await self._connection.execute(
            delete(m.message_day).where(m.message_day.c.sent_on < before)
        )
        return gone.rowcount
