"""Published capacity in PostgreSQL: slots, and one row a place."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    insert,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import tables as t
from service.domain.slots import OpenSlot
from service.usecases.records import SlotRecord

HELD = exists().where(
    t.offer_place.c.place_id == t.place.c.id, t.offer_place.c.given_back_at.is_(None)
)
"""Somebody holds this place."""


class PostgresSlots:
    """See `service.usecases.ports.Slots`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self, prefecture: str) -> None:
        await self._connection.execute(
            select(func.pg_advisory_xact_lock(func.hashtext("slots/" + prefecture)))
        )

    async def publish(
        self, prefecture: str, slots: Sequence[OpenSlot], *, by: UUID, at: datetime
    ) -> Sequence[SlotRecord]:
        await self.lock(prefecture)  # two at once must not choose the same code
        taken = await self._codes_taken(prefecture, slots)
        named = [(slot, _free_code(slot, taken)) for slot in slots]
        stored = await self._connection.execute(
            insert(t.slot).returning(t.slot.c.id, t.slot.c.code),
            [
                {
                    "prefecture": prefecture,
                    "code": code,
                    "site": slot.site,
                    "starts_at": slot.starts_at,
                    "minutes": slot.minutes,
                    "motifs": sorted(slot.motifs),
                    "published_at": at,
                    "published_by": by,
                }
                for slot, code in named
            ],
        )
        ids = {row.code: row.id for row in stored}
        await self._connection.execute(
            insert(t.place),
            [
                {"slot_id": ids[code], "number": number}
                for slot, code in named
                for number in range(1, slot.places + 1)
            ],
        )
        return await self._records(t.slot.c.id.in_(ids.values()))

    async def between(
        self, prefecture: str, first: date, last: date
    ) -> Sequence[SlotRecord]:
        return await self._records(
            and_(
                t.slot.c.prefecture == prefecture,
                t.slot.c.starts_at >= datetime.combine(first, time.min),
                t.slot.c.starts_at
                < datetime.combine(last, time.min) + timedelta(days=1),
            )
        )

    async def by_codes(
        self, prefecture: str, codes: Sequence[str]
    ) -> Sequence[SlotRecord]:
        return await self._records(
            and_(t.slot.c.prefecture == prefecture, t.slot.c.code.in_(codes))
        )

    async def by_code(self, prefecture: str, code: str) -> SlotRecord | None:
        found = await self.by_codes(prefecture, [code])
        return found[0] if found else None

    async def open_from(self, prefecture: str, first: date) -> Sequence[OpenSlot]:
        free = (
            select(
                t.place.c.slot_id,
                func.count().filter(~HELD).label("places"),
                func.count().label("published"),
            )
            .where(t.place.c.withdrawn_at.is_(None))
            .group_by(t.place.c.slot_id)
            .subquery()
        )
        rows = await self._connection.execute(
            select(t.slot, free.c.places, free.c.published)
            .join(free, free.c.slot_id == t.slot.c.id)
            .where(
                t.slot.c.prefecture == prefecture,
                t.slot.c.starts_at >= datetime.combine(first, time.min),
            )
        )
        return [
            OpenSlot(
                slot=row.code,
                site=row.site,
                starts_at=row.starts_at,
                minutes=row.minutes,
                motifs=frozenset(row.motifs),
                places=row.places,
                published=row.published,
            )
            for row in rows
        ]

    async def withdraw(
        self, prefecture: str, code: str, places: int, at: datetime
    ) -> int:
        chosen = (
            select(t.place.c.id)
            .join(t.slot, t.slot.c.id == t.place.c.slot_id)
            .where(
                t.slot.c.prefecture == prefecture,
                t.slot.c.code == code,
                t.place.c.withdrawn_at.is_(None),
                ~HELD,
            )
            .order_by(t.place.c.number.desc())
            .limit(places)
            .with_for_update(of=t.place)
        )
        withdrawn = await self._connection.execute(
            update(t.place)
            .where(t.place.c.id.in_(chosen.scalar_subquery()))
            .values(withdrawn_at=at)
        )
        return withdrawn.rowcount

    async def _codes_taken(
        self, prefecture: str, slots: Sequence[OpenSlot]
    ) -> set[str]:
        starts = {slot.starts_at for slot in slots}
        rows = await self._connection.execute(
            select(t.slot.c.code).where(
                t.slot.c.prefecture == prefecture, t.slot.c.starts_at.in_(starts)
            )
        )
        return set(rows.scalars())

    async def _records(self, condition: ColumnElement[bool]) -> Sequence[SlotRecord]:
        rows = await self._connection.execute(_with_counts().where(condition))
        return [
            SlotRecord(
                code=row.code,
                site=row.site,
                starts_at=row.starts_at,
                minutes=row.minutes,
                motifs=tuple(row.motifs),
                places=row.places,
                free=row.places - row.offered - row.confirmed,
                offered=row.offered,
                confirmed=row.confirmed,
            )
            for row in rows
        ]


def _with_counts() -> Select[*tuple[Any, ...]]:
    standing = func.count().filter(t.place.c.withdrawn_at.is_(None))
    counts = (
        select(
            standing.label("places"),
            func.count().filter(t.offer.c.state == "awaiting").label("offered"),
            func.count().filter(t.offer.c.state == "confirmed").label("confirmed"),
        )
        .select_from(
            t.place.outerjoin(
                t.offer_place,
                and_(
                    t.offer_place.c.place_id == t.place.c.id,
                    t.offer_place.c.given_back_at.is_(None),
                ),
            ).outerjoin(t.offer, t.offer.c.id == t.offer_place.c.offer_id)
        )
        .where(t.place.c.slot_id == t.slot.c.id)
        .correlate(t.slot)
        .lateral("counts")
    )
    return (
        select(t.slot, counts.c.places, counts.c.offered, counts.c.confirmed)
        .join(counts, true())
        .order_by(t.slot.c.starts_at, t.slot.c.code)
    )


def _free_code(slot: OpenSlot, taken: set[str]) -> str:
    """Keep the planned name, with a number when an earlier plan took it."""
    stem = slot.slot
    code, number = stem, 1
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    taken.add(code)
    return code
