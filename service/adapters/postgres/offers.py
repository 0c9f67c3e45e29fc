"""Offers in PostgreSQL; one live holder a place, one live offer a person."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    func,
    insert,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import tables as t
from service.adapters.postgres.slots import HELD
from service.usecases.errors import PlaceTakenError
from service.usecases.records import CalledOffer, NewOffer, OfferRecord

_ENDED = frozenset({"declined", "lapsed", "cancelled"})


class PostgresOffers:
    """See `service.usecases.ports.Offers`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def make(self, night_id: int, offers: Sequence[NewOffer]) -> None:
        if not offers:
            return
        slot_ids, free = await self._free_places(
            night_id, {offer.slot_code for offer in offers}
        )
        held: list[dict[str, Any]] = []
        for offer in offers:
            for _ in range(offer.places):
                if not free[offer.slot_code]:
                    raise PlaceTakenError
                held.append(
                    {"offer_id": offer.id, "place_id": free[offer.slot_code].pop()}
                )
        await self._connection.execute(
            insert(t.offer),
            [
                {
                    "id": offer.id,
                    "night_id": night_id,
                    "registration_id": offer.registration_id,
                    "slot_id": slot_ids[offer.slot_code],
                    "state": "awaiting",
                    "made_at": offer.made_at,
                    "confirm_by": offer.confirm_by,
                }
                for offer in offers
            ],
        )
        await self._connection.execute(insert(t.offer_place), held)

    async def live_of(
        self, registration_id: UUID, *, lock: bool = False
    ) -> OfferRecord | None:
        query = _offers().where(
            t.offer.c.registration_id == registration_id,
            t.offer.c.state.in_(("awaiting", "confirmed")),
        )
        return await self._one(query, lock=lock)

    async def last_of(self, registration_id: UUID) -> OfferRecord | None:
        query = (
            _offers()
            .where(t.offer.c.registration_id == registration_id)
            .order_by(t.offer.c.made_at.desc())
            .limit(1)
        )
        return await self._one(query, lock=False)

    async def by_id(self, offer_id: UUID, *, lock: bool = False) -> OfferRecord | None:
        return await self._one(_offers().where(t.offer.c.id == offer_id), lock=lock)

    async def save(self, changed: OfferRecord) -> None:
        await self._connection.execute(
            update(t.offer)
            .where(t.offer.c.id == changed.id)
            .values(
                state=changed.state,
                handed_over_at=changed.handed_over_at,
                undeliverable_at=changed.undeliverable_at,
                confirm_by=changed.confirm_by,
                answered_at=changed.answered_at,
            )
        )
        if changed.state in _ENDED:
            await self._connection.execute(
                update(t.offer_place)
                .where(
                    t.offer_place.c.offer_id == changed.id,
                    t.offer_place.c.given_back_at.is_(None),
                )
                .values(given_back_at=changed.answered_at)
            )

    async def overdue(
        self, now: datetime, limit: int, *, after: OfferRecord | None = None
    ) -> Sequence[OfferRecord]:
        by = t.offer.c.confirm_by, t.offer.c.id
        behind = tuple_(*by) > (after.confirm_by, after.id) if after else true()
        rows = await self._connection.execute(
            _offers().where(*_overdue(now), behind).order_by(*by).limit(limit)
        )
        return [OfferRecord(**row) for row in rows.mappings()]

    async def count_overdue(self, now: datetime) -> tuple[int, datetime | None]:
        found = await self._connection.execute(
            select(func.count(), func.min(t.offer.c.confirm_by)).where(*_overdue(now))
        )
        count, since = found.one()
        return count, since

    async def live_in(self, prefecture: str, slot: str) -> Sequence[OfferRecord]:
        rows = await self._connection.execute(
            _offers().where(
                t.slot.c.prefecture == prefecture,
                t.slot.c.code == slot,
                t.offer.c.state.in_(("awaiting", "confirmed")),
            )
        )
        return [OfferRecord(**row) for row in rows.mappings()]

    async def to_call(self, prefecture: str) -> Sequence[CalledOffer]:
        rows = await self._connection.execute(
            _offers()
            .add_columns(
                t.registration.c.reference,
                t.registration.c.sealed_identity,
                t.registration.c.sealed_contact,
            )
            .join(t.registration, t.registration.c.id == t.offer.c.registration_id)
            .where(
                t.registration.c.prefecture == prefecture,
                t.offer.c.state == "awaiting",
                t.offer.c.undeliverable_at.is_not(None),
            )
            .order_by(t.offer.c.confirm_by)
        )
        return [_called(dict(row)) for row in rows.mappings()]

    async def _free_places(
        self, night_id: int, codes: set[str]
    ) -> tuple[dict[str, int], dict[str, list[int]]]:
        """Return the slots' ids and, locked, their free places (last one first)."""
        rows = await self._connection.execute(
            select(t.slot.c.code, t.slot.c.id, t.place.c.id.label("place_id"))
            .join(t.place, t.place.c.slot_id == t.slot.c.id)
            .join(t.night, t.night.c.prefecture == t.slot.c.prefecture)
            .where(
                t.night.c.id == night_id,
                t.slot.c.code == func.any(sorted(codes)),
                t.place.c.withdrawn_at.is_(None),
                ~HELD,
            )
            .order_by(t.slot.c.code, t.place.c.number.desc())
            .with_for_update(of=t.place)
        )
        slot_ids: dict[str, int] = {}
        free: dict[str, list[int]] = {code: [] for code in codes}
        for row in rows:
            slot_ids[row.code] = row.id
            free[row.code].append(row.place_id)
        return slot_ids, free

    async def _one(
        self, query: Select[*tuple[Any, ...]], *, lock: bool
    ) -> OfferRecord | None:
        locked = query.with_for_update(of=t.offer) if lock else query
        row = (await self._connection.execute(locked)).mappings().first()
        return OfferRecord(**row) if row else None


def _overdue(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return t.offer.c.state == "awaiting", t.offer.c.confirm_by <= now


def _offers() -> Select[*tuple[Any, ...]]:
    return (
        select(
            t.offer.c.id,
            t.offer.c.night_id,
            t.night.c.held_on,
            t.offer.c.registration_id,
            t.slot.c.site,
            t.slot.c.code.label("slot_code"),
            t.slot.c.starts_at,
            t.slot.c.minutes,
            t.offer.c.state,
            t.offer.c.made_at,
            t.offer.c.confirm_by,
            t.offer.c.handed_over_at,
            t.offer.c.undeliverable_at,
            t.offer.c.answered_at,
        )
        .join(t.slot, t.slot.c.id == t.offer.c.slot_id)
        .join(t.night, t.night.c.id == t.offer.c.night_id)
    )


def _called(row: dict[str, Any]) -> CalledOffer:
    person = {
        name: row.pop(name)
        for name in ("reference", "sealed_identity", "sealed_contact")
    }
    offer = OfferRecord(**row)
    return CalledOffer(offer=offer, registration_id=offer.registration_id, **person)
