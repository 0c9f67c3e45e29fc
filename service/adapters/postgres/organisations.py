"""Organisations and their helpers in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import mandate_tables as t
from service.adapters.postgres.organisation_mail import PostgresOrganisationMail
from service.adapters.postgres.second_factors import HELPERS, PostgresDoor
from service.adapters.postgres.sessions import Sessions
from service.domain.mandate import Ceilings
from service.usecases.ports.organisations import OrganisationMail
from service.usecases.ports.second_factor import GuardedAccount
from service.usecases.records.mandates import (
    BatchRecord,
    HelperRecord,
    OrganisationRecord,
)


class PostgresOrganisations:
    """See `service.usecases.ports.mandates.Organisations`."""

    mail: OrganisationMail

    def __init__(self, connection: AsyncConnection) -> None:
        self.mail = PostgresOrganisationMail(connection)
        self._connection = connection
        self._sessions = Sessions(connection, t.helper_session, "helper_id")

    async def add(self, new: OrganisationRecord) -> bool:
        added = await self._connection.execute(
            upsert(t.organisation)
            .values(organisation_columns(new))
            .on_conflict_do_nothing(index_elements=["prefecture", "name"])
            .returning(t.organisation.c.id)
        )
        return added.first() is not None

    async def by_id(
        self, organisation_id: UUID, *, lock: bool = False
    ) -> OrganisationRecord | None:
        query = select(t.organisation).where(t.organisation.c.id == organisation_id)
        rows = await self._connection.execute(
            query.with_for_update() if lock else query
        )
        row = rows.mappings().first()
        return _organisation(row) if row else None

    async def all(self, prefecture: str) -> Sequence[OrganisationRecord]:
        rows = await self._connection.execute(
            select(t.organisation)
            .where(t.organisation.c.prefecture == prefecture)
            .order_by(func.lower(t.organisation.c.name), t.organisation.c.id)
        )
        return [_organisation(row) for row in rows.mappings()]

    async def save(self, changed: OrganisationRecord) -> None:
        await self._connection.execute(
            update(t.organisation)
            .where(t.organisation.c.id == changed.id)
            .values(_moving(organisation_columns(changed)))
        )

    # --- helpers

    async def add_helper(self, new: HelperRecord) -> bool:
        added = await self._connection.execute(
            upsert(t.helper)
            .values(helper_columns(new))
            .on_conflict_do_nothing(index_elements=["login"])
            .returning(t.helper.c.id)
        )
        return added.first() is not None

    async def helper_by_login(
        self, login: str, *, lock: bool = False
    ) -> HelperRecord | None:
        query = _helpers().where(
            t.helper.c.login == login, t.helper.c.state == "active"
        )
        return await self._one_helper(query, lock=lock)

    async def helper_by_id(
        self, helper_id: UUID, *, lock: bool = False
    ) -> HelperRecord | None:
        return await self._one_helper(
            _helpers().where(t.helper.c.id == helper_id), lock=lock
        )

    async def helper_by_invitation(
        self, digest: bytes, now: datetime, *, lock: bool = False
    ) -> HelperRecord | None:
        query = _helpers().where(
            t.helper.c.invitation_sha256 == digest,
            t.helper.c.invitation_ends_at > now,
            t.helper.c.state == "invited",
        )
        return await self._one_helper(query, lock=lock)

    async def helpers(self, organisation_id: UUID) -> Sequence[HelperRecord]:
        rows = await self._connection.execute(
            _helpers()
            .where(t.helper.c.organisation_id == organisation_id)
            .order_by(t.helper.c.name, t.helper.c.id)
        )
        return [HelperRecord(**row) for row in rows.mappings()]

    async def save_helper(self, changed: HelperRecord) -> None:
        await self._connection.execute(
            update(t.helper)
            .where(t.helper.c.id == changed.id)
            .values(_moving(helper_columns(changed)))
        )

    async def _one_helper(
        self, query: Select[Any], *, lock: bool
    ) -> HelperRecord | None:
        rows = await self._connection.execute(
            query.with_for_update(of=t.helper) if lock else query
        )
        row = rows.mappings().first()
        return HelperRecord(**row) if row else None

    # --- second factor

    def door(self, helper_id: UUID) -> GuardedAccount:
        return PostgresDoor(self._connection, HELPERS, helper_id)

    async def add_recovery(self, helper_id: UUID, digests: Sequence[bytes]) -> None:
        await self._connection.execute(
            delete(t.helper_recovery).where(t.helper_recovery.c.helper_id == helper_id)
        )
        await self._connection.execute(
            insert(t.helper_recovery),
            [{"helper_id": helper_id, "code_sha256": one} for one in digests],
        )

    async def recovery_left(self, helper_id: UUID) -> int:
        count = await self._connection.execute(
            select(func.count())
            .select_from(t.helper_recovery)
            .where(
                t.helper_recovery.c.helper_id == helper_id,
                t.helper_recovery.c.used_at.is_(None),
            )
        )
        return count.scalar_one()

    # --- sessions

    async def open_session(
        self, token_sha256: bytes, helper_id: UUID, at: datetime
    ) -> None:
        await self._sessions.open(token_sha256, helper_id, at)

    async def helper_of_session(
        self, token_sha256: bytes, now: datetime
    ) -> HelperRecord | None:
        helper_id = await self._sessions.seen(token_sha256, now)
        found = await self.helper_by_id(helper_id) if helper_id else None
        return found if found is not None and found.state == "active" else None

    async def close_session(self, token_sha256: bytes) -> None:
        await self._sessions.close(token_sha256)

    async def close_sessions_of(self, helper_id: UUID) -> None:
        await self._sessions.close_all(helper_id)

    # --- files that wait for their confirmation

    async def keep_batch(self, batch: BatchRecord) -> None:
        await self._connection.execute(insert(t.helper_batch).values(asdict(batch)))

    async def batch(
        self, batch_id: UUID, organisation_id: UUID, *, lock: bool = False
    ) -> BatchRecord | None:
        query = select(t.helper_batch).where(
            t.helper_batch.c.id == batch_id,
            t.helper_batch.c.organisation_id == organisation_id,
        )
        rows = await self._connection.execute(
            query.with_for_update() if lock else query
        )
        row = rows.mappings().first()
        return BatchRecord(**row) if row else None

    async def finish_batch(self, batch_id: UUID, at: datetime) -> None:
        await self._connection.execute(
            update(t.helper_batch)
            .where(t.helper_batch.c.id == batch_id)
            .values(sealed=None, done_at=at)
        )

    async def forget_batches(self, before: datetime) -> int:
        gone = await self._connection.execute(
            delete(t.helper_batch).where(
                t.helper_batch.c.done_at.is_(None),
                t.helper_batch.c.uploaded_at < before,
            )
        )
        return gone.rowcount


_FIXED = frozenset(("id", "prefecture", "name", "kind", "contact")) | frozenset(
    ("proposed_by", "proposed_at", "organisation_id", "login", "is_lead", "invited_at")
)
"""Columns that stay what they were when the row was made."""


def _moving(columns: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in columns.items() if name not in _FIXED}


def organisation_columns(record: OrganisationRecord) -> dict[str, Any]:
    """Return the row that an organisation is stored as."""
    columns = asdict(record)
    del columns["ceilings"]
    columns["ceiling_live"] = record.ceilings.live
    columns["ceiling_per_day"] = record.ceilings.per_day
    return columns


def helper_columns(record: HelperRecord) -> dict[str, Any]:
    """Return the row that a helper is stored as."""
    columns = asdict(record)
    del columns["prefecture"]
    return columns


def _organisation(row: RowMapping) -> OrganisationRecord:
    columns: dict[str, Any] = dict(row)
    ceilings = Ceilings(columns.pop("ceiling_live"), columns.pop("ceiling_per_day"))
    return OrganisationRecord(**columns, ceilings=ceilings)


def _helpers() -> Select[Any]:
    return select(t.helper, t.organisation.c.prefecture).join(
        t.organisation, t.organisation.c.id == t.helper.c.organisation_id
    )
