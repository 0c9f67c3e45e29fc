"""Slots taken back, in PostgreSQL: the second agent is a constraint of the table."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, and_, cast, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import tables as t
from service.adapters.postgres.guard_tables import displaced_offer, slot_cancellation
from service.domain.cancellations import CancellationState, CancelReason
from service.domain.night import PARIS
from service.usecases.records.guards import (
    CancellationRecord,
    CountedCancellations,
    DisplacedRow,
)

_CANCELLATION = slot_cancellation.c
_LATER = t.offer.alias("later")
_IS_LAST = ~exists().where(
    _LATER.c.registration_id == t.offer.c.registration_id,
    _LATER.c.made_at > t.offer.c.made_at,
)


class PostgresCancellations:
    """See `service.usecases.ports.guards.Cancellations`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, cancellation: CancellationRecord, displaced: Iterable[UUID]
    ) -> None:
        await self._connection.execute(
            insert(slot_cancellation).values(
                id=cancellation.id,
                slot_id=select(t.slot.c.id)
                .where(
                    t.slot.c.prefecture == cancellation.prefecture,
                    t.slot.c.code == cancellation.slot_code,
                )
                .scalar_subquery(),
                reason=cancellation.reason,
                cancelled_by=cancellation.cancelled_by,
                cancelled_at=cancellation.cancelled_at,
                people=cancellation.people,
                state=cancellation.state,
            )
        )
        rows = [
            {"offer_id": offer, "cancellation_id": cancellation.id}
            for offer in displaced
        ]
        if rows:
            await self._connection.execute(insert(displaced_offer), rows)

    async def awaiting(self, prefecture: str) -> Sequence[CancellationRecord]:
        rows = await self._connection.execute(
            _cancellations()
            .where(
                t.slot.c.prefecture == prefecture,
                _CANCELLATION.state == CancellationState.AWAITING,
            )
            .order_by(t.slot.c.starts_at, t.slot.c.site, _CANCELLATION.id)
        )
        return [_record(dict(row)) for row in rows.mappings()]

    async def by_id(self, cancellation_id: UUID) -> CancellationRecord | None:
        rows = await self._connection.execute(
            _cancellations()
            .where(_CANCELLATION.id == cancellation_id)
            .with_for_update(of=slot_cancellation)
        )
        row = rows.mappings().first()
        return _record(dict(row)) if row else None

    async def decide(self, decided: CancellationRecord) -> None:
        await self._connection.execute(
            update(slot_cancellation)
            .where(_CANCELLATION.id == decided.id)
            .values(
                state=decided.state,
                decided_by=decided.decided_by,
                decided_at=decided.decided_at,
            )
        )

    async def displaced(self, cancellation_id: UUID) -> Sequence[DisplacedRow]:
        rows = await self._connection.execute(
            select(
                t.offer.c.registration_id,
                t.registration.c.end_of_right_on,
                and_(_IS_LAST, t.registration.c.state == "live").label("is_last"),
            )
            .select_from(displaced_offer)
            .join(t.offer, t.offer.c.id == displaced_offer.c.offer_id)
            .join(t.registration, t.registration.c.id == t.offer.c.registration_id)
            .where(displaced_offer.c.cancellation_id == cancellation_id)
            .order_by(t.offer.c.registration_id)
        )
        return [DisplacedRow(**row) for row in rows.mappings()]

    async def awaits(self, registration_id: UUID) -> bool:
        found = await self._connection.execute(
            select(t.offer.c.id)
            .join(displaced_offer, displaced_offer.c.offer_id == t.offer.c.id)
            .join(
                slot_cancellation,
                _CANCELLATION.id == displaced_offer.c.cancellation_id,
            )
            .where(
                t.offer.c.registration_id == registration_id,
                _CANCELLATION.state == CancellationState.AWAITING,
                _IS_LAST,
            )
            .limit(1)
        )
        return found.first() is not None

    async def counted(
        self, prefecture: str, since: date
    ) -> Sequence[CountedCancellations]:
        day = cast(func.timezone(str(PARIS), _CANCELLATION.cancelled_at), Date)
        confirmed = _CANCELLATION.state == CancellationState.CONFIRMED
        people = func.sum(_CANCELLATION.people)
        rows = await self._connection.execute(
            select(
                day.label("day"),
                func.count().label("slots"),
                people.label("people"),
                func.coalesce(people.filter(confirmed), 0).label("first_band"),
            )
            .join(t.slot, t.slot.c.id == _CANCELLATION.slot_id)
            .where(t.slot.c.prefecture == prefecture, day >= since)
            .group_by(day)
            .order_by(day)
        )
        return [CountedCancellations(**row) for row in rows.mappings()]


def _cancellations() -> Select[*tuple[Any, ...]]:
    return (
        select(
            _CANCELLATION.id,
            t.slot.c.prefecture,
            t.slot.c.code.label("slot_code"),
            t.slot.c.site,
            t.slot.c.starts_at,
            _CANCELLATION.reason,
            _CANCELLATION.cancelled_by,
            t.agent.c.name.label("cancelled_by_name"),
            _CANCELLATION.cancelled_at,
            _CANCELLATION.people,
            _CANCELLATION.state,
            _CANCELLATION.decided_by,
            _CANCELLATION.decided_at,
        )
        .select_from(slot_cancellation)
        .join(t.slot, t.slot.c.id == _CANCELLATION.slot_id)
        .join(t.agent, t.agent.c.id == _CANCELLATION.cancelled_by)
    )


def _record(row: dict[str, Any]) -> CancellationRecord:
    row["reason"] = CancelReason(row["reason"])
    row["state"] = CancellationState(row["state"])
    return CancellationRecord(**row)
