"""Witnesses in PostgreSQL: whom each commitment was handed to, and when."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, insert, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import evidence_tables as t
from service.usecases.records import (
    AuditorRecord,
    DeliveryRecord,
    DueDelivery,
    ExpectedWitness,
)

_DELIVERY = t.witness_delivery.c
_AUDITOR = t.auditor_subscription.c


class PostgresWitnesses:
    """See `service.usecases.ports.Witnesses`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def expect(
        self, night_id: int, expected: Iterable[ExpectedWitness], at: datetime
    ) -> None:
        rows = [{"night_id": night_id, "due_at": at, **asdict(one)} for one in expected]
        if rows:
            await self._connection.execute(
                upsert(t.witness_delivery).on_conflict_do_nothing(), rows
            )

    async def lease(
        self, now: datetime, until: datetime, limit: int
    ) -> Sequence[DueDelivery]:
        """Lease instead of lock: no transaction stays open while a witness reads."""
        due = (
            select(_DELIVERY.night_id, _DELIVERY.witness)
            .where(_DELIVERY.due_at <= now)
            .order_by(_DELIVERY.due_at, _DELIVERY.night_id, _DELIVERY.witness)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = await self._connection.execute(
            update(t.witness_delivery)
            .where(tuple_(_DELIVERY.night_id, _DELIVERY.witness).in_(due))
            .values(due_at=until)
            .returning(_DELIVERY.night_id, _DELIVERY.witness, _DELIVERY.attempts)
        )
        return [DueDelivery(**row) for row in rows.mappings()]

    async def settle(
        self, due: DueDelivery, *, document_sha256: bytes, at: datetime
    ) -> None:
        """The first hand-over counts: a repeat does not make the date later."""
        await self._connection.execute(
            update(t.witness_delivery)
            .where(_is(due), _DELIVERY.delivered_at.is_(None))
            .values(
                attempts=_DELIVERY.attempts + 1,
                due_at=None,
                delivered_at=at,
                document_sha256=document_sha256,
                last_error=None,
            )
        )

    async def postpone(
        self, due: DueDelivery, *, until: datetime | None, error: str
    ) -> None:
        await self._connection.execute(
            update(t.witness_delivery)
            .where(_is(due), _DELIVERY.delivered_at.is_(None))
            .values(attempts=_DELIVERY.attempts + 1, due_at=until, last_error=error)
        )

    async def of_nights(self, nights: Iterable[int]) -> Sequence[DeliveryRecord]:
        rows = await self._connection.execute(
            select(
                _DELIVERY.night_id,
                _DELIVERY.name,
                _DELIVERY.attempts,
                _DELIVERY.delivered_at,
                _DELIVERY.document_sha256,
            )
            .where(_DELIVERY.night_id.in_(list(nights)))
            .order_by(_DELIVERY.night_id, _DELIVERY.name, _DELIVERY.witness)
        )
        return [DeliveryRecord(**row) for row in rows.mappings()]

    async def subscribe(self, auditor: AuditorRecord) -> None:
        await self._connection.execute(
            insert(t.auditor_subscription).values(asdict(auditor))
        )

    async def end_subscription(self, auditor_id: UUID, at: datetime) -> bool:
        ended = await self._connection.execute(
            update(t.auditor_subscription)
            .where(_AUDITOR.id == auditor_id, _AUDITOR.ended_at.is_(None))
            .values(ended_at=at, sealed_email=None)
        )
        return ended.rowcount == 1

    async def auditors(self, prefecture: str) -> Sequence[AuditorRecord]:
        rows = await self._connection.execute(
            select(t.auditor_subscription)
            .where(_AUDITOR.prefecture == prefecture, _AUDITOR.ended_at.is_(None))
            .order_by(_AUDITOR.name, _AUDITOR.id)
        )
        return [AuditorRecord(**row) for row in rows.mappings()]

    async def auditor(self, auditor_id: UUID) -> AuditorRecord | None:
        rows = await self._connection.execute(
            select(t.auditor_subscription).where(_AUDITOR.id == auditor_id)
        )
        row = rows.mappings().first()
        return AuditorRecord(**row) if row else None


def _is(due: DueDelivery) -> ColumnElement[bool]:
    return and_(_DELIVERY.night_id == due.night_id, _DELIVERY.witness == due.witness)
