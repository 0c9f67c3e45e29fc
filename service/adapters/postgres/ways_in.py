"""Links, codes and contacts under way in PostgreSQL."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import tables as t


class PostgresWaysIn:
    """See `service.usecases.access_ports.WaysIn`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_link(self, secret_sha256: bytes, now: datetime) -> UUID | None:
        found = await self._connection.execute(
            select(t.access_link.c.registration_id).where(
                t.access_link.c.secret_sha256 == secret_sha256,
                t.access_link.c.expires_at > now,
            )
        )
        return found.scalar()
