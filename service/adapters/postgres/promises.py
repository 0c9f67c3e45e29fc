"""Promises in PostgreSQL: who was first stands, triggers refuse the rest."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres.promise_tables import promise
from service.usecases.records.promises import PromiseRecord

_ADD = text(
    "INSERT INTO promise (registration_id, said, sealed_label_key, first_label_on, "
    "made_at) SELECT * FROM unnest(CAST(:registrations AS uuid[]), "
    "CAST(:said AS bytea[]), CAST(:sealed AS bytea[]), CAST(:firsts AS date[]), "
    "CAST(:made AS timestamptz[])) ON CONFLICT (registration_id) DO NOTHING"
)


class PostgresPromises:
    """See `service.usecases.ports.promises.Promises`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, new: Sequence[PromiseRecord]) -> None:
        await self._connection.execute(
            _ADD,
            {
                "registrations": [one.registration_id for one in new],
                "said": [one.said for one in new],
                "sealed": [one.sealed_label_key for one in new],
                "firsts": [one.first_label_on for one in new],
                "made": [one.made_at for one in new],
            },
        )

    async def of(self, registration_id: UUID) -> PromiseRecord | None:
        rows = await self._connection.execute(
            select(promise).where(promise.c.registration_id == registration_id)
        )
        row = rows.mappings().first()
        return PromiseRecord(**row) if row else None

    async def sealed_label_keys(
        self, registration_ids: Iterable[UUID]
    ) -> Mapping[UUID, bytes]:
        rows = await self._connection.execute(
            select(promise.c.registration_id, promise.c.sealed_label_key).where(
                promise.c.registration_id == func.any(list(registration_ids)),
                promise.c.sealed_label_key.is_not(None),
            )
        )
        return {row.registration_id: row.sealed_label_key for row in rows}

    async def sign(
        self, registration_id: UUID, signature: bytes, *, with_key: bool
    ) -> bytes:
        column = promise.c.signature_with_key if with_key else promise.c.signature
        signed = await self._connection.execute(
            update(promise)
            .where(promise.c.registration_id == registration_id)
            .values({column: func.coalesce(column, signature)})
            .returning(column)
        )
        stands: bytes = signed.scalar_one()
        return stands
