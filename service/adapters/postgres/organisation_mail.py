"""Messages to organisations and their ceilings in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres.organisation_tables import (
    ceiling_change,
    organisation_mail,
)
from service.domain.mandate import Ceilings
from service.usecases.records.organisations import (
    CeilingChange,
    MailStatus,
    QueuedMail,
)

_M = organisation_mail.c
_C = ceiling_change.c


class PostgresOrganisationMail:
    """See `service.usecases.ports.organisations.OrganisationMail`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def queue(self, new: QueuedMail) -> None:
        await self._connection.execute(
            insert(organisation_mail).values(
                id=new.id,
                organisation_id=new.organisation_id,
                about=new.about,
                sealed=new.sealed,
                queued_at=new.queued_at,
                available_at=new.queued_at,
            )
        )

    async def lease(
        self, now: datetime, until: datetime, limit: int
    ) -> Sequence[QueuedMail]:
        due = (
            select(_M.id)
            .where(_M.settled_at.is_(None), _M.available_at <= now)
            .order_by(_M.available_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = await self._connection.execute(
            update(organisation_mail)
            .where(_M.id.in_(due))
            .values(available_at=until, attempts=_M.attempts + 1)
            .returning(
                _M.id,
                _M.organisation_id,
                _M.about,
                _M.sealed,
                _M.queued_at,
                _M.attempts,
            )
        )
        return [QueuedMail(**row) for row in rows.mappings()]

    async def postpone(self, mail_id: UUID, until: datetime) -> None:
        await self._connection.execute(
            update(organisation_mail).where(_M.id == mail_id).values(available_at=until)
        )

    async def settle(self, mail_id: UUID, outcome: str, at: datetime) -> None:
        await self._connection.execute(
            update(organisation_mail)
            .where(_M.id == mail_id)
            .values(settled_at=at, outcome=outcome, sealed=None)
        )

    async def of(self, organisation_id: UUID, limit: int) -> Sequence[MailStatus]:
        rows = await self._connection.execute(
            select(_M.about, _M.queued_at, _M.outcome)
            .where(_M.organisation_id == organisation_id)
            .order_by(_M.queued_at.desc(), _M.id)
            .limit(limit)
        )
        return [MailStatus(**row) for row in rows.mappings()]

    async def add_change(self, change: CeilingChange) -> None:
        await self._connection.execute(
            insert(ceiling_change).values(
                id=change.id,
                organisation_id=change.organisation_id,
                changed_by=change.changed_by,
                changed_at=change.changed_at,
                live_before=change.before.live,
                per_day_before=change.before.per_day,
                live=change.after.live,
                per_day=change.after.per_day,
                reason=change.reason,
            )
        )

    async def changes(self, organisation_id: UUID) -> Sequence[CeilingChange]:
        rows = await self._connection.execute(
            select(ceiling_change)
            .where(_C.organisation_id == organisation_id)
            .order_by(_C.changed_at.desc(), _C.id)
        )
        return [
            CeilingChange(
                id=row.id,
                organisation_id=row.organisation_id,
                changed_by=row.changed_by,
                changed_at=row.changed_at,
                before=Ceilings(row.live_before, row.per_day_before),
                after=Ceilings(row.live, row.per_day),
                reason=row.reason,
            )
            for row in rows
        ]
