"""Ready permits, renewals without a visit, holders called, shares by channel."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from uuid import UUID

from sqlalchemy import case, delete, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import doors_tables as d
from service.adapters.postgres import tables as t
from service.adapters.postgres.registrations import recorded
from service.usecases.records import RegistrationRecord
from service.usecases.records.doors import (
    CalledListRecord,
    CollectionHours,
    PaperRenewal,
    ReadyPermitRecord,
)

PROVISIONAL = ("recepisse_first", "recepisse_renewal", "api", "aps")
"""Papers that an office renews in batches, without seeing their holder."""


class PostgresLists:
    """See `service.usecases.ports.doors.Lists`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def latest_of_person(
        self, applicant_key: bytes, prefecture: str
    ) -> RegistrationRecord | None:
        # A repeated registration (joined) carries the contact of whoever repeated it,
        # and a withdrawn one is not written to: neither is this person's address.
        rows = await self._connection.execute(
            select(t.registration)
            .where(
                t.registration.c.applicant_key == applicant_key,
                t.registration.c.prefecture == prefecture,
                t.registration.c.state.in_(("live", "served", "lapsed")),
                t.registration.c.sealed_contact.is_not(None),
            )
            .order_by(
                case((t.registration.c.state == "live", 0), else_=1),
                t.registration.c.registered_at.desc(),
            )
            .limit(1)
        )
        row = rows.mappings().first()
        return recorded(row) if row else None

    async def of_person(
        self, applicant_key: bytes, prefecture: str
    ) -> Sequence[RegistrationRecord]:
        rows = await self._connection.execute(
            select(t.registration)
            .where(
                t.registration.c.applicant_key == applicant_key,
                t.registration.c.prefecture == prefecture,
                t.registration.c.state != "joined",
            )
            .order_by(t.registration.c.registered_at.desc())
        )
        return [recorded(row) for row in rows.mappings()]

    async def add_ready_unless_known(self, ready: ReadyPermitRecord) -> bool:
        added = await self._connection.execute(
            upsert(d.ready_permit)
            .values(asdict(ready))
            .on_conflict_do_nothing(
                index_elements=["prefecture", "applicant_key"],
                index_where=text("collected_at IS NULL"),
            )
            .returning(d.ready_permit.c.id)
        )
        return added.first() is not None

    async def ready(self, prefecture: str) -> Sequence[ReadyPermitRecord]:
        rows = await self._connection.execute(
            select(d.ready_permit)
            .where(
                d.ready_permit.c.prefecture == prefecture,
                d.ready_permit.c.collected_at.is_(None),
            )
            .order_by(d.ready_permit.c.said_at, d.ready_permit.c.id)
        )
        return [ReadyPermitRecord(**row) for row in rows.mappings()]

    async def ready_by_id(
        self, ready_id: UUID, *, lock: bool = False
    ) -> ReadyPermitRecord | None:
        query = select(d.ready_permit).where(d.ready_permit.c.id == ready_id)
        rows = await self._connection.execute(
            query.with_for_update() if lock else query
        )
        row = rows.mappings().first()
        return ReadyPermitRecord(**row) if row else None

    async def ready_of(self, registration_id: UUID) -> ReadyPermitRecord | None:
        rows = await self._connection.execute(
            select(d.ready_permit).where(
                d.ready_permit.c.registration_id == registration_id,
                d.ready_permit.c.collected_at.is_(None),
            )
        )
        row = rows.mappings().first()
        return ReadyPermitRecord(**row) if row else None

    async def save_ready(self, changed: ReadyPermitRecord) -> None:
        await self._connection.execute(
            update(d.ready_permit)
            .where(d.ready_permit.c.id == changed.id)
            .values(
                told_at=changed.told_at,
                told_how=changed.told_how,
                collected_at=changed.collected_at,
                sealed_identity=changed.sealed_identity,
                sealed_contact=changed.sealed_contact,
            )
        )

    async def hours(self, prefecture: str) -> Sequence[CollectionHours]:
        rows = await self._connection.execute(
            select(
                d.collection_hours.c.site,
                d.collection_hours.c.weekday,
                d.collection_hours.c.opens,
                d.collection_hours.c.closes,
            )
            .where(d.collection_hours.c.prefecture == prefecture)
            .order_by(d.collection_hours.c.site, d.collection_hours.c.weekday)
        )
        return [CollectionHours(**row) for row in rows.mappings()]

    async def set_hours(
        self, prefecture: str, site: str, hours: Sequence[CollectionHours]
    ) -> None:
        await self._connection.execute(
            delete(d.collection_hours).where(
                d.collection_hours.c.prefecture == prefecture,
                d.collection_hours.c.site == site,
            )
        )
        if hours:
            await self._connection.execute(
                insert(d.collection_hours),
                [{"prefecture": prefecture, **asdict(one)} for one in hours],
            )

    async def papers_ending(
        self, prefecture: str, first: date, last: date
    ) -> Sequence[RegistrationRecord]:
        rows = await self._connection.execute(
            select(t.registration)
            .where(
                t.registration.c.prefecture == prefecture,
                t.registration.c.state == "live",
                t.registration.c.held_document.in_(PROVISIONAL),
                t.registration.c.permit_expires_on.between(first, last),
            )
            .order_by(t.registration.c.permit_expires_on, t.registration.c.reference)
        )
        return [recorded(row) for row in rows.mappings()]

    async def add_renewal(self, renewal: PaperRenewal) -> bool:
        added = await self._connection.execute(
            upsert(d.paper_renewal)
            .values(
                asdict(renewal)
                | {"ended_registration": int(renewal.ended_registration)}
            )
            .on_conflict_do_nothing()
            .returning(d.paper_renewal.c.registration_id)
        )
        return added.first() is not None

    async def renewal_of(self, registration_id: UUID) -> PaperRenewal | None:
        rows = await self._connection.execute(
            select(d.paper_renewal)
            .where(d.paper_renewal.c.registration_id == registration_id)
            .order_by(d.paper_renewal.c.renewed_until.desc())
            .limit(1)
        )
        row = rows.first()
        if row is None:
            return None
        return PaperRenewal(
            registration_id=row.registration_id,
            renewed_until=row.renewed_until,
            renewed_at=row.renewed_at,
            renewed_by=row.renewed_by,
            ended_registration=bool(row.ended_registration),
        )

    async def called_untold(self, prefecture: str) -> Sequence[RegistrationRecord]:
        rows = await self._connection.execute(
            select(t.registration)
            .join(t.outbox, t.outbox.c.registration_id == t.registration.c.id)
            .where(
                t.registration.c.prefecture == prefecture,
                t.registration.c.state == "live",
                t.outbox.c.kind == "called",
                t.outbox.c.outcome == "undeliverable",
            )
            .order_by(t.registration.c.registered_at, t.registration.c.id)
        )
        return [recorded(row) for row in rows.mappings()]

    async def add_called(self, called: CalledListRecord) -> None:
        await self._connection.execute(insert(d.called_list).values(asdict(called)))

    async def called(self, prefecture: str) -> Sequence[CalledListRecord]:
        rows = await self._connection.execute(
            select(d.called_list)
            .where(d.called_list.c.prefecture == prefecture)
            .order_by(d.called_list.c.imported_at.desc())
            .limit(50)
        )
        return [CalledListRecord(**row) for row in rows.mappings()]
