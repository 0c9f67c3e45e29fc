"""Ends of auditors' subscriptions, and nights without a witness, in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import tables as t
from service.adapters.postgres.evidence_tables import (
    auditor_subscription,
    witness_delivery,
)
from service.adapters.postgres.guard_tables import subscription_ending
from service.usecases.records.guards import EndingRecord, UnwitnessedNight

_ENDING = subscription_ending.c
_LOCAL = "local/%"


class PostgresEndings:
    """See `service.usecases.ports.guards.Endings`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def ask(self, ending: EndingRecord) -> None:
        await self._connection.execute(
            upsert(subscription_ending).values(asdict(ending)).on_conflict_do_nothing()
        )

    async def of(self, auditor_id: UUID) -> EndingRecord | None:
        rows = await self._connection.execute(
            select(subscription_ending)
            .where(_ENDING.auditor_id == auditor_id)
            .with_for_update()
        )
        row = rows.mappings().first()
        return EndingRecord(**row) if row else None

    async def standing(self, prefecture: str) -> Sequence[EndingRecord]:
        rows = await self._connection.execute(
            select(subscription_ending)
            .join(
                auditor_subscription,
                auditor_subscription.c.id == _ENDING.auditor_id,
            )
            .where(
                auditor_subscription.c.prefecture == prefecture,
                _ENDING.confirmed_at.is_(None),
            )
        )
        return [EndingRecord(**row) for row in rows.mappings()]

    async def untold(self) -> Sequence[EndingRecord]:
        rows = await self._connection.execute(
            select(subscription_ending)
            .where(_ENDING.told_at.is_(None))
            .order_by(_ENDING.asked_at, _ENDING.auditor_id)
        )
        return [EndingRecord(**row) for row in rows.mappings()]

    async def save(self, changed: EndingRecord) -> None:
        await self._connection.execute(
            update(subscription_ending)
            .where(_ENDING.auditor_id == changed.auditor_id)
            .values(
                told_at=changed.told_at,
                confirmed_by=changed.confirmed_by,
                confirmed_at=changed.confirmed_at,
            )
        )

    async def unwitnessed(self, now: datetime) -> Sequence[UnwitnessedNight]:
        night = t.night.c
        last = (
            select(
                night.id,
                night.prefecture,
                night.held_on,
                night.state,
                night.beacon_due_at,
                night.beacon_chain,
            )
            .where(night.committed_at.is_not(None), night.beacon_due_at <= now)
            .order_by(night.prefecture, night.held_on.desc())
            .ext(distinct_on(night.prefecture))
            .subquery()
        )
        in_time = exists().where(
            witness_delivery.c.night_id == last.c.id,
            witness_delivery.c.delivered_at < last.c.beacon_due_at,
        )
        rows = await self._connection.execute(
            select(
                last.c.prefecture, last.c.held_on, last.c.state, last.c.beacon_due_at
            )
            .where(last.c.beacon_chain.not_like(_LOCAL), ~in_time)
            .order_by(last.c.prefecture)
        )
        return [UnwitnessedNight(**row) for row in rows.mappings()]
