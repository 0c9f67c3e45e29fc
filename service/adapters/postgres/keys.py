"""The published signing keys in PostgreSQL: one in use at a time, none forgotten."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import evidence_tables as t
from service.usecases.records import KeyRecord


class PostgresSigningKeys:
    """See `service.usecases.ports.SigningKeys`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def use(self, public_key: bytes, at: datetime) -> None:
        """Two prefectures may commit at once: they take turns."""
        await self._connection.execute(
            select(func.pg_advisory_xact_lock(func.hashtext("signing_key")))
        )
        in_use = t.signing_key.c.valid_to.is_(None)
        found = await self._connection.execute(
            select(t.signing_key.c.public_key).where(in_use)
        )
        if found.scalar() == public_key:
            return
        await self._connection.execute(
            update(t.signing_key).where(in_use).values(valid_to=at)
        )
        await self._connection.execute(
            insert(t.signing_key).values(public_key=public_key, valid_from=at)
        )

    async def all(self) -> Sequence[KeyRecord]:
        rows = await self._connection.execute(
            select(t.signing_key).order_by(t.signing_key.c.valid_from)
        )
        return [KeyRecord(**row) for row in rows.mappings()]
