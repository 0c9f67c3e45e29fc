"""Doors with two factors in PostgreSQL, agents' and helpers' alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import agent_tables as a
from service.adapters.postgres import mandate_tables as m
from service.domain.second_factor import WINDOW, FailedTry, TryKind
from service.usecases.ports.second_factor import Enrolled


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorTables:
    """Where the factors, recovery codes and wrong tries of one kind of people stand.

    Attributes:
        factor: The table with the sealed secret and the last step.
        factor_key: Its column that says whose it is.
        whose: The same column of the other two tables.
    """

    factor: Table
    factor_key: str
    recovery: Table
    tries: Table
    whose: str


AGENTS: Final = DoorTables(
    factor=a.agent_factor,
    factor_key="agent_id",
    recovery=a.agent_recovery,
    tries=a.agent_try,
    whose="agent_id",
)
HELPERS: Final = DoorTables(
    factor=m.helper,
    factor_key="id",
    recovery=m.helper_recovery,
    tries=m.helper_try,
    whose="helper_id",
)


@dataclass(frozen=True, slots=True)
class PostgresDoor:
    """See `service.usecases.ports.second_factor.GuardedAccount`.

    ``apart`` are further columns of a try: those of another desk are not counted.
    """

    _connection: AsyncConnection
    _tables: DoorTables
    _owner: UUID
    _apart: Mapping[str, Any] = field(default_factory=dict[str, Any])

    async def tries(self, since: datetime) -> Sequence[FailedTry]:
        columns = self._tables.tries.c
        rows = await self._connection.execute(
            select(columns.kind, columns.at).where(
                columns[self._tables.whose] == self._owner,
                columns.at > since,
                *(
                    columns[name].is_not_distinct_from(value)
                    for name, value in self._apart.items()
                ),
            )
        )
        return [FailedTry(TryKind(row.kind), row.at) for row in rows]

    async def add_try(self, kind: TryKind, at: datetime) -> None:
        table, whose = self._tables.tries, self._tables.whose
        await self._connection.execute(
            delete(table).where(
                table.c[whose] == self._owner, table.c.at <= at - WINDOW
            )
        )
        await self._connection.execute(
            insert(table).values(
                {whose: self._owner, "kind": kind.value, "at": at, **self._apart}
            )
        )

    async def enrolled(self) -> Enrolled | None:
        columns = self._tables.factor.c
        rows = await self._connection.execute(
            select(columns.sealed_totp, columns.totp_step).where(self._is_its())
        )
        row = rows.first()
        if row is None or row.sealed_totp is None:
            return None
        return Enrolled(sealed_totp=row.sealed_totp, step=row.totp_step)

    async def has_recovery(self, digest: bytes) -> bool:
        found = await self._connection.execute(
            select(self._tables.recovery.c.code_sha256).where(*self._is_unused(digest))
        )
        return found.first() is not None

    async def use_step(self, step: int) -> bool:
        table = self._tables.factor
        used = await self._connection.execute(
            update(table)
            .where(self._is_its(), table.c.totp_step < step)
            .values(totp_step=step)
        )
        return bool(used.rowcount)

    async def use_recovery(self, digest: bytes, now: datetime) -> bool:
        used = await self._connection.execute(
            update(self._tables.recovery)
            .where(*self._is_unused(digest))
            .values(used_at=now)
        )
        return bool(used.rowcount)

    def _is_its(self) -> ColumnElement[bool]:
        return self._tables.factor.c[self._tables.factor_key] == self._owner

    def _is_unused(self, digest: bytes) -> tuple[ColumnElement[bool], ...]:
        columns = self._tables.recovery.c
        return (
            columns[self._tables.whose] == self._owner,
            columns.code_sha256 == digest,
            columns.used_at.is_(None),
        )
