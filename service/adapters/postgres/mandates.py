"""Mandates, and what was done under them, in PostgreSQL."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import mandate_tables as t
from service.adapters.postgres.mandate_lists import (
    followed_query,
    is_live,
    rates_query,
    watched_query,
)
from service.adapters.postgres.tables import registration
from service.domain.anomalies import Rates
from service.domain.mandate import EndedBy, Mandate, Scope
from service.usecases.errors import AlreadyFollowedError
from service.usecases.records.mandates import (
    ActRecord,
    EndedRow,
    FollowedRow,
    MandateRecord,
    OpenCounts,
    WatchedRow,
)

_M = t.mandate.c
_R = registration.c
_TAKES_PART = ("live", "joined")


class PostgresMandates:
    """See `service.usecases.ports.mandates.Mandates`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, new: MandateRecord) -> None:
        with _one_live_mandate():
            await self._connection.execute(
                insert(t.mandate).values(mandate_columns(new))
            )

    async def by_id(
        self, mandate_id: UUID, *, lock: bool = False
    ) -> MandateRecord | None:
        query = _mandates().where(_M.id == mandate_id)
        return await self._one(query.with_for_update(of=t.mandate) if lock else query)

    async def live_for(
        self, organisation_id: UUID, registration_id: UUID
    ) -> MandateRecord | None:
        query = _mandates().where(
            _M.organisation_id == organisation_id,
            _M.registration_id == registration_id,
            _M.ended_at.is_(None),
        )
        # FOR SHARE: whoever takes the mandate back waits for what is being done, and
        # whoever acts next finds it ended.
        return await self._one(query.with_for_update(of=t.mandate, read=True))

    async def live_for_key(
        self, organisation_id: UUID, applicant_key: bytes, motif: str, today: date
    ) -> bool:
        found = await self._connection.execute(
            select(_M.id)
            .join(registration, _R.id == _M.registration_id)
            .where(
                _M.organisation_id == organisation_id,
                is_live(today),
                _R.applicant_key == applicant_key,
                _R.motif == motif,
                or_(_R.released_at.is_(None), _R.state == "joined"),
            )
        )
        return found.first() is not None

    async def end(self, mandate_id: UUID, by: EndedBy, at: datetime) -> bool:
        ended = await self._connection.execute(
            update(t.mandate)
            .where(_M.id == mandate_id, _M.ended_at.is_(None))
            .values(ended_at=at, ended_by=by.value)
        )
        return bool(ended.rowcount)

    async def end_expired(
        self, today: date, at: datetime, limit: int
    ) -> Sequence[MandateRecord]:
        query = (
            _mandates()
            .where(_M.ended_at.is_(None), _M.ends_on < today)
            .order_by(_M.ends_on, _M.id)
            .limit(limit)
            .with_for_update(of=t.mandate, skip_locked=True)
        )
        found = await self._many(query)
        if found:
            await self._connection.execute(
                update(t.mandate)
                .where(_M.id.in_([one.id for one in found]))
                .values(ended_at=at, ended_by=EndedBy.TIME.value)
            )
        return found

    async def move(self, mandate_id: UUID, registration_id: UUID) -> None:
        with _one_live_mandate():
            await self._connection.execute(
                update(t.mandate)
                .where(_M.id == mandate_id)
                .values(registration_id=registration_id)
            )

    async def counts(self, organisation_id: UUID, today: date) -> OpenCounts:
        row = await self._connection.execute(
            select(
                func.count()
                .filter(is_live(today), _R.state.in_(_TAKES_PART))
                .label("live"),
                func.count().filter(_M.begins_on == today).label("today"),
            )
            .select_from(t.mandate)
            .join(registration, _R.id == _M.registration_id)
            .where(_M.organisation_id == organisation_id)
        )
        return OpenCounts(**row.mappings().one())

    async def contacts(
        self, organisation_id: UUID, today: date
    ) -> Sequence[tuple[UUID, bytes | None]]:
        rows = await self._connection.execute(
            select(_R.id, _R.sealed_contact)
            .join(t.mandate, _M.registration_id == _R.id)
            .where(
                _M.organisation_id == organisation_id,
                is_live(today),
                _R.state.in_(_TAKES_PART),
            )
        )
        return [(row.id, row.sealed_contact) for row in rows]

    async def of_registration(self, registration_id: UUID) -> Sequence[MandateRecord]:
        query = _mandates().where(_concerns(registration_id))
        return await self._many(query.order_by(_M.opened_at.desc(), _M.id))

    async def acts_of(self, registration_id: UUID, limit: int) -> Sequence[ActRecord]:
        acts = t.mandate_act.c
        rows = await self._connection.execute(
            select(
                acts.mandate_id,
                t.organisation.c.name.label("organisation_name"),
                acts.act,
                acts.at,
            )
            .join(t.mandate, _M.id == acts.mandate_id)
            .join(t.organisation, t.organisation.c.id == _M.organisation_id)
            .join(registration, _R.id == _M.registration_id)
            .where(_concerns(registration_id))
            .order_by(acts.at.desc(), acts.id.desc())
            .limit(limit)
        )
        return [ActRecord(**row) for row in rows.mappings()]

    async def add_act(
        self, mandate_id: UUID, helper_id: UUID, act: str, at: datetime
    ) -> None:
        await self._connection.execute(
            insert(t.mandate_act).values(
                mandate_id=mandate_id, helper_id=helper_id, act=act, at=at
            )
        )

    async def has_act_since(self, mandate_id: UUID, act: str, since: datetime) -> bool:
        acts = t.mandate_act.c
        found = await self._connection.execute(
            select(acts.id)
            .where(acts.mandate_id == mandate_id, acts.act == act, acts.at >= since)
            .limit(1)
        )
        return found.first() is not None

    async def followed(
        self, organisation_id: UUID, today: date
    ) -> Sequence[FollowedRow]:
        rows = await self._connection.execute(followed_query(organisation_id, today))
        found: list[dict[str, Any]] = [dict(row) for row in rows.mappings()]
        return [
            FollowedRow(scopes=frozenset(map(Scope, row.pop("scopes"))), **row)
            for row in found
        ]

    async def ended(self, organisation_id: UUID, since: datetime) -> Sequence[EndedRow]:
        rows = await self._connection.execute(
            select(_R.reference, _M.ended_at, _M.ended_by)
            .join(t.mandate, _M.registration_id == _R.id)
            .where(_M.organisation_id == organisation_id, _M.ended_at >= since)
            .order_by(_M.ended_at.desc())
        )
        return [
            EndedRow(
                reference=row.reference,
                ended_at=row.ended_at,
                ended_by=EndedBy(row.ended_by),
            )
            for row in rows
        ]

    async def watched(self, prefecture: str, since: datetime) -> Sequence[WatchedRow]:
        rows = await self._connection.execute(watched_query(prefecture, since))
        found: list[dict[str, Any]] = [dict(row) for row in rows.mappings()]
        return [WatchedRow(ended_by=_who(row.pop("ended_by")), **row) for row in found]

    async def pool_rates(self, prefecture: str, since: datetime) -> Rates:
        row = await self._connection.execute(rates_query(prefecture, since))
        return Rates(**row.mappings().one())

    async def _one(self, query: Select[Any]) -> MandateRecord | None:
        row = (await self._connection.execute(query)).mappings().first()
        return _record(row) if row else None

    async def _many(self, query: Select[Any]) -> Sequence[MandateRecord]:
        rows = await self._connection.execute(query)
        return [_record(row) for row in rows.mappings()]


@contextmanager
def _one_live_mandate() -> Generator[None]:
    """Turn the database's verdict "one live mandate" into a refusal."""
    try:
        yield
    except IntegrityError as error:
        if _constraint_of(error) == "uq_mandate_live":
            raise AlreadyFollowedError from None
        raise


def _constraint_of(error: IntegrityError) -> str | None:
    """Return the name of the constraint that spoke, whatever language it speaks."""
    said = error.orig
    return said.diag.constraint_name if isinstance(said, psycopg.Error) else None


def _concerns(registration_id: UUID) -> ColumnElement[bool]:
    """A person's own mandates, and those on traces of a repeated registration."""
    return or_(_R.id == registration_id, _R.joined_to == registration_id)


def _mandates() -> Select[Any]:
    return (
        select(
            t.mandate,
            t.organisation.c.name.label("organisation_name"),
            (_R.state == "joined").label("is_proposed"),
        )
        .join(t.organisation, t.organisation.c.id == _M.organisation_id)
        .join(registration, _R.id == _M.registration_id)
    )


def _record(row: RowMapping) -> MandateRecord:
    ended_by = row["ended_by"]
    return MandateRecord(
        id=row["id"],
        organisation_id=row["organisation_id"],
        organisation_name=row["organisation_name"],
        registration_id=row["registration_id"],
        helper_id=row["helper_id"],
        mandate=Mandate(
            scopes=frozenset(Scope(one) for one in row["scopes"]),
            begins_on=row["begins_on"],
            ends_on=row["ends_on"],
            ended_by=_who(ended_by),
        ),
        opened_at=row["opened_at"],
        ended_at=row["ended_at"],
        is_proposed=row["is_proposed"],
    )


def _who(stored: str | None) -> EndedBy | None:
    return EndedBy(stored) if stored else None


def mandate_columns(record: MandateRecord) -> dict[str, Any]:
    """Return the row that a mandate is stored as."""
    ended_by = record.ended_by
    return {
        "id": record.id,
        "organisation_id": record.organisation_id,
        "registration_id": record.registration_id,
        "helper_id": record.helper_id,
        "scopes": sorted(scope.value for scope in record.mandate.scopes),
        "begins_on": record.mandate.begins_on,
        "ends_on": record.mandate.ends_on,
        "opened_at": record.opened_at,
        "ended_at": record.ended_at,
        "ended_by": ended_by.value if ended_by else None,
    }
