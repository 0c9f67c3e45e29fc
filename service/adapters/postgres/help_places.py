"""Places that help, in PostgreSQL."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres.help_tables import help_place
from service.domain.contact import PhoneNumber
from service.domain.help_places import Help, HelpKind, HelpPlace
from service.usecases.ports.help_places import HelpPlaceRecord

_FIXED = frozenset(("id", "prefecture"))


class PostgresHelpPlaces:
    """See `service.usecases.ports.help_places.HelpPlaces`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self, prefecture: str) -> Sequence[HelpPlaceRecord]:
        rows = await self._connection.execute(
            select(help_place)
            .where(help_place.c.prefecture == prefecture)
            .order_by(help_place.c.town, help_place.c.name, help_place.c.id)
        )
        return [_record(row) for row in rows.mappings()]

    async def by_id(self, place_id: UUID) -> HelpPlaceRecord | None:
        rows = await self._connection.execute(
            select(help_place).where(help_place.c.id == place_id)
        )
        row = rows.mappings().first()
        return _record(row) if row else None

    async def save(self, record: HelpPlaceRecord) -> None:
        columns = help_place_columns(record)
        await self._connection.execute(
            upsert(help_place)
            .values(columns)
            .on_conflict_do_update(
                index_elements=["id"],
                set_={n: v for n, v in columns.items() if n not in _FIXED},
            )
        )

    async def remove(self, place_id: UUID) -> bool:
        gone = await self._connection.execute(
            delete(help_place).where(help_place.c.id == place_id)
        )
        return bool(gone.rowcount)


def help_place_columns(record: HelpPlaceRecord) -> dict[str, Any]:
    """Return the row that a place is stored as."""
    place = record.place
    return {
        "id": record.id,
        "prefecture": record.prefecture,
        "kind": place.kind.value,
        "name": place.name,
        "address": place.address,
        "postcode": place.postcode,
        "town": place.town,
        "phone": place.phone.text if place.phone else None,
        "website": place.website,
        "hours": place.hours,
        "languages": sorted(place.languages),
        "helps_with": sorted(one.value for one in place.helps_with),
        "is_step_free": place.is_step_free,
        "checked_on": record.checked_on,
    }


def _record(row: RowMapping) -> HelpPlaceRecord:
    return HelpPlaceRecord(
        id=row["id"],
        prefecture=row["prefecture"],
        place=HelpPlace(
            kind=HelpKind(row["kind"]),
            name=row["name"],
            address=row["address"],
            postcode=row["postcode"],
            town=row["town"],
            hours=row["hours"],
            helps_with=frozenset(Help(one) for one in row["helps_with"]),
            phone=PhoneNumber(row["phone"]) if row["phone"] else None,
            website=row["website"],
            languages=frozenset(row["languages"]),
            is_step_free=row["is_step_free"],
        ),
        checked_on=row["checked_on"],
    )
