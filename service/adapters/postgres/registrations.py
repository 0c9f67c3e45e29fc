"""Standing registrations in PostgreSQL."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Index,
    RowMapping,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import access_tables as a
from service.adapters.postgres import tables as t
from service.domain.availability import Availability
from service.domain.night import PARIS
from service.usecases.records import RegistrationRecord, StandingRow

_ONCE = text("released_at IS NULL")
_FIXED = frozenset(("id", "prefecture", "motif", "reference", "channel")) | {
    "registered_at",
    "first_night_on",
}
"""Columns that no change of a registration touches; the account could not."""

Index(
    "ix_registration_older_key",
    t.registration.c.id,
    postgresql_where=text("key_version < 2 AND sealed_identity IS NOT NULL"),
)  # asked each minute, and empty but after a release that makes keys another way
Index(
    "ix_registration_withdrawn",
    t.registration.c.applicant_key,
    postgresql_where=text("state = 'withdrawn'"),
)  # asked at each registration


class PostgresRegistrations:
    """See `service.usecases.ports.Registrations`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add_unless_live(self, new: RegistrationRecord) -> bool:
        statement = (
            upsert(t.registration)
            .values(columns_of(new))
            .on_conflict_do_nothing(
                index_elements=["applicant_key", "prefecture", "motif"],
                index_where=_ONCE,
            )
            .returning(t.registration.c.id)
        )
        return (await self._connection.execute(statement)).first() is not None

    async def add_joined(self, new: RegistrationRecord) -> None:
        await self._connection.execute(insert(t.registration).values(columns_of(new)))

    async def live_of(
        self, applicant_key: bytes, prefecture: str, motif: str
    ) -> RegistrationRecord | None:
        row = await self._connection.execute(
            select(t.registration).where(
                t.registration.c.applicant_key == applicant_key,
                t.registration.c.prefecture == prefecture,
                t.registration.c.motif == motif,
                t.registration.c.released_at.is_(None),
            )
        )
        return _record(row.mappings().first())

    async def withdrawn_of(
        self, applicant_key: bytes, prefecture: str, motif: str, since: datetime
    ) -> Sequence[RegistrationRecord]:
        rows = await self._connection.execute(
            select(t.registration)
            .where(
                t.registration.c.applicant_key == applicant_key,
                t.registration.c.prefecture == prefecture,
                t.registration.c.motif == motif,
                t.registration.c.state == literal_column("'withdrawn'"),
                t.registration.c.released_at >= since,
            )
            .order_by(t.registration.c.released_at)
        )
        return [recorded(row) for row in rows.mappings()]

    async def by_reference(
        self, reference: str, *, lock: bool = False
    ) -> RegistrationRecord | None:
        query = select(t.registration).where(t.registration.c.reference == reference)
        row = await self._connection.execute(query.with_for_update() if lock else query)
        return _record(row.mappings().first())

    async def by_id(
        self, registration_id: UUID, *, lock: bool = False
    ) -> RegistrationRecord | None:
        query = select(t.registration).where(t.registration.c.id == registration_id)
        row = await self._connection.execute(query.with_for_update() if lock else query)
        return _record(row.mappings().first())

    async def by_ids(
        self, registration_ids: Iterable[UUID]
    ) -> Mapping[UUID, RegistrationRecord]:
        query = select(t.registration).where(
            t.registration.c.id == func.any(list(registration_ids))
        )
        rows = (await self._connection.execute(query)).mappings()
        return {row["id"]: found for row in rows if (found := _record(row))}

    async def keyed_before(
        self, version: int, limit: int, *, after: UUID | None = None
    ) -> Sequence[RegistrationRecord]:
        rows = await self._connection.execute(
            select(t.registration)
            .where(
                t.registration.c.key_version < literal_column(str(version)),
                t.registration.c.sealed_identity.is_not(None),
                true() if after is None else t.registration.c.id > after,
            )
            .order_by(t.registration.c.id)
            .limit(limit)
        )
        return [recorded(row) for row in rows.mappings()]

    async def keep_keys(self, registration_ids: Iterable[UUID], version: int) -> None:
        await self._connection.execute(
            update(t.registration)
            .where(t.registration.c.id == func.any(list(registration_ids)))
            .values(key_version=version)
        )

    async def save(self, changed: RegistrationRecord) -> None:
        await self._connection.execute(
            update(t.registration)
            .where(t.registration.c.id == changed.id)
            .values({n: v for n, v in columns_of(changed).items() if n not in _FIXED})
        )

    async def standing(self, prefecture: str, night: date) -> Sequence[StandingRow]:
        registration = t.registration.c
        held = exists().where(
            t.offer.c.registration_id == registration.id,
            t.offer.c.state.in_(("awaiting", "confirmed")),
        )
        found = await self._connection.execute(
            select(
                registration.id,
                registration.motif,
                registration.sites,
                registration.end_of_right_on,
                registration.waiting_since_on,
                registration.weekdays_excluded,
                registration.dates_excluded,
                registration.short_notice,
                registration.people,
                registration.displaced_on,
            )
            .where(
                registration.prefecture == prefecture,
                registration.state == "live",
                registration.first_night_on <= night,
                or_(
                    registration.back_on.is_(None),
                    registration.back_on <= night,
                ),
                ~held,
            )
            .order_by(registration.id)
        )
        return [
            StandingRow(
                registration_id=row["id"],
                motif=row["motif"],
                sites=frozenset(row["sites"]),
                end_of_right_on=row["end_of_right_on"],
                waiting_since_on=row["waiting_since_on"],
                availability=_availability(row),
                people=row["people"],
                is_displaced=row["displaced_on"] is not None,
            )
            for row in found.mappings()
        ]

    async def of_motifs(
        self, prefecture: str, motifs: Sequence[str]
    ) -> Sequence[RegistrationRecord]:
        rows = await self._connection.execute(
            select(t.registration)
            .where(
                t.registration.c.prefecture == prefecture,
                t.registration.c.motif == func.any(list(motifs)),
                t.registration.c.state == "live",
            )
            .order_by(t.registration.c.id)
            .with_for_update()
        )
        return [recorded(row) for row in rows.mappings()]

    async def add_link(
        self, registration_id: UUID, secret_sha256: bytes, expires_at: datetime
    ) -> None:
        await self._connection.execute(
            insert(a.access_link).values(
                secret_sha256=secret_sha256,
                registration_id=registration_id,
                expires_at=expires_at,
            )
        )

    async def link_opens(
        self, registration_id: UUID, secret_sha256: bytes, now: datetime
    ) -> bool:
        found = await self._connection.execute(
            select(a.access_link.c.registration_id).where(
                a.access_link.c.secret_sha256 == secret_sha256,
                a.access_link.c.registration_id == registration_id,
                a.access_link.c.expires_at > now,
            )
        )
        return found.first() is not None

    async def prove(self, registration_id: UUID, at: datetime) -> None:
        await self._connection.execute(
            update(t.registration)
            .where(
                t.registration.c.id == registration_id,
                t.registration.c.proved_at.is_(None),
                t.registration.c.state != "joined",
            )
            .values(proved_at=at)
        )

    async def tell_not_drawn(self, registrations: Sequence[UUID], on: date) -> None:
        await self._connection.execute(
            update(t.registration)
            .where(t.registration.c.id == func.any(list(registrations)))
            .values(told_not_drawn_on=on)
        )

    async def release_served(self, before: datetime) -> int:
        past = exists().where(
            t.offer.c.registration_id == t.registration.c.id,
            t.offer.c.state == "confirmed",
            t.offer.c.slot_id == t.slot.c.id,
            t.slot.c.starts_at < before,
        )
        released = await self._connection.execute(
            update(t.registration)
            .where(
                t.registration.c.state == "served",
                t.registration.c.released_at.is_(None),
                past,
            )
            .values(released_at=func.timezone(str(PARIS), before))
        )
        return released.rowcount


def columns_of(record: RegistrationRecord) -> dict[str, Any]:
    """Return the row that a record is stored as."""
    columns = asdict(record)
    availability = record.availability
    del columns["availability"]
    columns["sites"] = list(record.sites)
    columns["weekdays_excluded"] = sorted(availability.weekdays_excluded)
    columns["dates_excluded"] = sorted(availability.dates_excluded)
    columns["short_notice"] = availability.short_notice
    return columns


def _record(row: RowMapping | None) -> RegistrationRecord | None:
    return recorded(row) if row else None


def recorded(row: RowMapping) -> RegistrationRecord:
    """Return the record that a row is."""
    columns: dict[str, Any] = dict(row)
    for name in ("weekdays_excluded", "dates_excluded", "short_notice"):
        del columns[name]
    columns["sites"] = tuple(columns["sites"])
    return RegistrationRecord(**columns, availability=_availability(row))


def _availability(row: RowMapping) -> Availability:
    return Availability(
        weekdays_excluded=frozenset(row["weekdays_excluded"]),
        dates_excluded=frozenset(row["dates_excluded"]),
        short_notice=row["short_notice"],
    )
