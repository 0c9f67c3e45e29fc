"""Links, codes and contacts under way in PostgreSQL."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, delete, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import access_tables as a
from service.adapters.postgres import tables as t
from service.usecases.ports.access import AccessCode, PaperCode

_CODE = (
    a.access_code.c.request_sha256,
    a.access_code.c.registration_id,
    a.access_code.c.code_sha256,
    a.access_code.c.sealed_code,
    a.access_code.c.asked_at,
    a.access_code.c.expires_at,
    a.access_code.c.tries,
    a.access_code.c.used_at,
)


class PostgresWaysIn:
    """See `service.usecases.ports.access.WaysIn`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_link(self, secret_sha256: bytes, now: datetime) -> UUID | None:
        found = await self._connection.execute(
            select(a.access_link.c.registration_id).where(
                a.access_link.c.secret_sha256 == secret_sha256,
                a.access_link.c.expires_at > now,
            )
        )
        return found.scalar()

    async def end_all(self, registration_id: UUID, now: datetime) -> None:
        await self._connection.execute(
            delete(a.access_link).where(
                a.access_link.c.registration_id == registration_id
            )
        )
        await self._connection.execute(
            delete(a.paper_code).where(
                a.paper_code.c.registration_id == registration_id
            )
        )
        await self._connection.execute(
            update(a.access_code)
            .where(
                a.access_code.c.registration_id == registration_id,
                a.access_code.c.used_at.is_(None),
            )
            .values(used_at=now, sealed_code=None)
        )

    async def registration_of(self, reference: str) -> UUID | None:
        found = await self._connection.execute(
            select(
                func.coalesce(t.registration.c.joined_to, t.registration.c.id)
            ).where(t.registration.c.reference == reference)
        )
        registration: UUID | None = found.scalar()
        return registration

    async def registration_of_person(
        self, applicant_key: bytes, prefecture: str
    ) -> UUID | None:
        found = await self._connection.execute(
            select(t.registration.c.id)
            .where(
                t.registration.c.applicant_key == applicant_key,
                t.registration.c.prefecture == prefecture,
                t.registration.c.state != "joined",
            )
            .order_by(
                t.registration.c.released_at.is_(None).desc(),
                t.registration.c.registered_at.desc(),
            )
            .limit(1)
        )
        return found.scalar()

    async def ask(self, code: AccessCode) -> None:
        await self._connection.execute(insert(a.access_code).values(**asdict(code)))

    async def code(
        self, request_sha256: bytes, *, lock: bool = False
    ) -> AccessCode | None:
        query = select(*_CODE).where(a.access_code.c.request_sha256 == request_sha256)
        found = await self._connection.execute(
            query.with_for_update() if lock else query
        )
        row = found.mappings().first()
        return AccessCode(**row) if row else None

    async def unqueued(self, limit: int) -> Sequence[AccessCode]:
        found = await self._connection.execute(
            select(*_CODE)
            .where(a.access_code.c.queued_at.is_(None))
            .order_by(a.access_code.c.asked_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [AccessCode(**row) for row in found.mappings()]

    async def queued_for(
        self, registrations: Sequence[UUID], since: datetime
    ) -> Mapping[UUID, int]:
        found = await self._connection.execute(
            select(a.access_code.c.registration_id, func.count().label("codes"))
            .where(
                a.access_code.c.registration_id == func.any(list(registrations)),
                a.access_code.c.queued_at >= since,
            )
            .group_by(a.access_code.c.registration_id)
        )
        return {row.registration_id: row.codes for row in found}

    async def queued(self, codes: Sequence[AccessCode], at: datetime) -> None:
        await self._connection.execute(
            update(a.access_code)
            .where(
                a.access_code.c.request_sha256
                == func.any([code.request_sha256 for code in codes])
            )
            .values(queued_at=at)
        )

    async def make_nobodys(self, codes: Iterable[AccessCode]) -> None:
        await self._connection.execute(
            update(a.access_code)
            .where(
                a.access_code.c.request_sha256
                == func.any([code.request_sha256 for code in codes])
            )
            .values(registration_id=None)
        )

    async def save_code(self, changed: AccessCode) -> None:
        await self._connection.execute(
            update(a.access_code)
            .where(a.access_code.c.request_sha256 == changed.request_sha256)
            .values(
                tries=changed.tries,
                used_at=changed.used_at,
                sealed_code=changed.sealed_code,
            )
        )

    async def issue_paper(self, code: PaperCode) -> None:
        values = asdict(code)
        of = values.pop("registration_id")
        await self._connection.execute(
            upsert(a.paper_code)
            .values(registration_id=of, **values)
            .on_conflict_do_update(
                index_elements=[a.paper_code.c.registration_id], set_=values
            )
        )

    async def paper_opens(
        self, registration_id: UUID, code_sha256: bytes, now: datetime
    ) -> bool:
        found = await self._connection.execute(
            select(a.paper_code.c.registration_id).where(
                a.paper_code.c.registration_id == registration_id,
                a.paper_code.c.code_sha256 == code_sha256,
                a.paper_code.c.expires_at > now,
            )
        )
        return found.first() is not None

    async def contacts_due(self, now: datetime, limit: int) -> Sequence[UUID]:
        found = await self._connection.execute(
            select(t.registration.c.id)
            .where(t.registration.c.new_contact_from <= now)
            .order_by(t.registration.c.new_contact_from)
            .limit(limit)
        )
        return found.scalars().all()

    async def forget(self, before: datetime, *, nobodys_before: datetime) -> int:
        codes = await self._connection.execute(
            delete(a.access_code).where(
                or_(
                    a.access_code.c.expires_at < before,
                    and_(
                        a.access_code.c.registration_id.is_(None),
                        a.access_code.c.expires_at < nobodys_before,
                    ),
                )
            )
        )
        links = await self._connection.execute(
            delete(a.access_link).where(a.access_link.c.expires_at < before)
        )
        return codes.rowcount + links.rowcount
