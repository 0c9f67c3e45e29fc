"""Annulled nights in PostgreSQL: one row each, for ever."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import tables as t
from service.adapters.postgres.guard_tables import night_annulment
from service.usecases.records.guards import AnnulmentRecord


class PostgresAnnulments:
    """See `service.usecases.ports.guards.Annulments`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, annulment: AnnulmentRecord) -> None:
        await self._connection.execute(
            insert(night_annulment).values(asdict(annulment))
        )

    async def of_nights(self, nights: Iterable[int]) -> Sequence[AnnulmentRecord]:
        rows = await self._connection.execute(
            select(night_annulment)
            .where(night_annulment.c.night_id.in_(list(nights)))
            .order_by(night_annulment.c.night_id)
        )
        return [AnnulmentRecord(**row) for row in rows.mappings()]

    async def document(self, prefecture: str, held_on: date) -> bytes | None:
        found = await self._connection.execute(
            select(night_annulment.c.document)
            .join(t.night, t.night.c.id == night_annulment.c.night_id)
            .where(t.night.c.prefecture == prefecture, t.night.c.held_on == held_on)
        )
        return found.scalar()
