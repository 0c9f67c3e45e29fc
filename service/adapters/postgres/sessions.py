"""Sessions of those who sign in, agents and helpers alike: a digest, and two clocks."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

IDLE = timedelta(minutes=15)
"""Who leaves the desk is signed out (`reliability.md` § 2.5)."""

ABSOLUTE = timedelta(hours=9)
"""No session outlives a working day."""


def is_live(table: Table, now: datetime) -> ColumnElement[bool]:
    """Say of each session whether it is still good for anything."""
    return and_(table.c.seen_at > now - IDLE, table.c.opened_at > now - ABSOLUTE)


class Sessions:
    """The sessions of one kind of people, in their own table."""

    def __init__(self, connection: AsyncConnection, table: Table, whose: str) -> None:
        """Name the table, and the column that says whose a session is."""
        self._connection = connection
        self._table = table
        self._whose = whose

    async def open(self, token_sha256: bytes, owner: UUID, at: datetime) -> None:
        """Store a session."""
        await self._connection.execute(
            insert(self._table).values(
                token_sha256=token_sha256,
                opened_at=at,
                seen_at=at,
                **{self._whose: owner},
            )
        )

    async def seen(self, token_sha256: bytes, now: datetime) -> UUID | None:
        """Return whose session this is, and note that it was used; None once over."""
        columns = self._table.c
        found = await self._connection.execute(
            update(self._table)
            .where(columns.token_sha256 == token_sha256, is_live(self._table, now))
            .values(seen_at=now)
            .returning(columns[self._whose])
        )
        owner: UUID | None = found.scalar()
        return owner

    async def close(self, token_sha256: bytes) -> None:
        """End a session; ending it twice is the same as once."""
        await self._connection.execute(
            delete(self._table).where(self._table.c.token_sha256 == token_sha256)
        )

    async def close_all(self, owner: UUID) -> None:
        """End every session of somebody."""
        await self._connection.execute(
            delete(self._table).where(self._table.c[self._whose] == owner)
        )
