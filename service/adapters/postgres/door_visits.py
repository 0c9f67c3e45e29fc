"""Pairs of registrations that may be one person's, and who came to an appointment."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, or_, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import doors_tables as d
from service.adapters.postgres import tables as t
from service.adapters.postgres.registrations import recorded
from service.usecases.records import RegistrationRecord
from service.usecases.records.doors import (
    AppointmentRow,
    NearMatchRecord,
    Reopening,
    VisitRecord,
)


class PostgresNearMatches:
    """See `service.usecases.ports.doors.NearMatches`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def live(self, prefecture: str) -> Sequence[RegistrationRecord]:
        rows = await self._connection.execute(
            select(t.registration)
            .where(
                t.registration.c.prefecture == prefecture,
                t.registration.c.state == "live",
            )
            .order_by(t.registration.c.id)
        )
        return [recorded(row) for row in rows.mappings()]

    async def decided(self, prefecture: str) -> Sequence[NearMatchRecord]:
        rows = await self._connection.execute(
            select(d.near_match)
            .join(t.registration, t.registration.c.id == d.near_match.c.first_id)
            .where(t.registration.c.prefecture == prefecture)
            .order_by(d.near_match.c.decided_at)
        )
        return [NearMatchRecord(**row) for row in rows.mappings()]

    async def of_pair(
        self, first_id: UUID, second_id: UUID, *, lock: bool = False
    ) -> NearMatchRecord | None:
        query = select(d.near_match).where(
            d.near_match.c.first_id == first_id, d.near_match.c.second_id == second_id
        )
        rows = await self._connection.execute(
            query.with_for_update() if lock else query
        )
        row = rows.mappings().first()
        return NearMatchRecord(**row) if row else None

    async def asked_of(self, registration_id: UUID) -> Sequence[NearMatchRecord]:
        rows = await self._connection.execute(
            select(d.near_match)
            .where(
                or_(
                    d.near_match.c.first_id == registration_id,
                    d.near_match.c.second_id == registration_id,
                ),
                d.near_match.c.decision == "asked",
            )
            .order_by(d.near_match.c.first_id, d.near_match.c.second_id)
            .with_for_update()
        )
        return [NearMatchRecord(**row) for row in rows.mappings()]

    async def save(self, decided: NearMatchRecord) -> None:
        columns = asdict(decided)
        pair = {name: columns.pop(name) for name in ("first_id", "second_id")}
        await self._connection.execute(
            upsert(d.near_match)
            .values(pair | columns)
            .on_conflict_do_update(index_elements=list(pair), set_=columns)
        )

    async def add_reopening(self, reopening: Reopening) -> None:
        await self._connection.execute(
            upsert(d.near_match_reopening).values(asdict(reopening))
        )


class PostgresVisits:
    """See `service.usecases.ports.doors.Visits`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_day(
        self, prefecture: str, day: date, site: str | None = None
    ) -> Sequence[AppointmentRow]:
        start = datetime.combine(day, time())
        query = _appointments().where(
            t.slot.c.prefecture == prefecture,
            t.slot.c.starts_at >= start,
            t.slot.c.starts_at < start + timedelta(days=1),
            t.offer.c.state.in_(("awaiting", "confirmed")),
        )
        if site is not None:
            query = query.where(t.slot.c.site == site)
        rows = await self._connection.execute(
            query.order_by(t.slot.c.starts_at, t.registration.c.reference)
        )
        return [_appointment(row) for row in rows.mappings()]

    async def note(self, visit: VisitRecord) -> None:
        columns = asdict(visit)
        of = columns.pop("offer_id")
        await self._connection.execute(
            upsert(d.visit)
            .values(columns | {"offer_id": of})
            .on_conflict_do_update(index_elements=["offer_id"], set_=columns)
        )

    async def of_offer(self, offer_id: UUID) -> VisitRecord | None:
        rows = await self._connection.execute(
            select(d.visit).where(d.visit.c.offer_id == offer_id)
        )
        row = rows.mappings().first()
        return VisitRecord(**row) if row else None


def _appointments() -> Select[*tuple[Any, ...]]:
    return (
        select(
            t.offer.c.id.label("offer_id"),
            t.offer.c.state.label("offer_state"),
            t.registration.c.id.label("registration_id"),
            t.registration.c.reference,
            t.registration.c.motif,
            t.registration.c.people,
            t.registration.c.sealed_identity,
            d.companions.c.sealed.label("sealed_companions"),
            t.slot.c.site,
            t.slot.c.starts_at,
            t.slot.c.minutes,
            d.visit.c.outcome,
            d.visit.c.noted_at,
            d.visit.c.noted_by,
            d.visit.c.excuse,
            d.visit.c.excused_at,
            d.visit.c.excused_by,
        )
        .join(t.slot, t.slot.c.id == t.offer.c.slot_id)
        .join(t.registration, t.registration.c.id == t.offer.c.registration_id)
        .outerjoin(d.companions, d.companions.c.registration_id == t.registration.c.id)
        .outerjoin(d.visit, d.visit.c.offer_id == t.offer.c.id)
    )


_VISIT = ("outcome", "noted_at", "noted_by", "excuse", "excused_at", "excused_by")


def _appointment(row: RowMapping) -> AppointmentRow:
    columns: dict[str, Any] = dict(row)
    noted = {name: columns.pop(name) for name in _VISIT}
    visit = (
        VisitRecord(offer_id=columns["offer_id"], **noted) if noted["outcome"] else None
    )
    return AppointmentRow(**columns, visit=visit)
