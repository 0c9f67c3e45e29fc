"""A person's own file read from PostgreSQL; ``own_columns`` says what is in it."""

from collections.abc import Mapping
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres.own_columns import SECTIONS
from service.usecases.ports.own_data import Lines


class PostgresOwnData:
    """See `service.usecases.ports.own_data.OwnData`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, registration_id: UUID) -> Mapping[str, Lines]:
        found: dict[str, Lines] = {}
        for section in SECTIONS:
            rows = await self._connection.execute(section.query(registration_id))
            found[section.name] = [
                {name: _plain(value) for name, value in row.items()}
                for row in rows.mappings()
            ]
        return found


def _plain(value: object) -> object:
    match value:
        case bytes():
            return value.hex()
        case date():  # an instant is one too
            return value.isoformat()
        case UUID():
            return str(value)
        case list():
            return [_plain(one) for one in cast("list[object]", value)]
        case _:
            return value
