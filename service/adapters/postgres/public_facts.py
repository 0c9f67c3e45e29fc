"""What everybody may know, in PostgreSQL; each question is one statement."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Date,
    RowMapping,
    Select,
    and_,
    case,
    cast,
    exists,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import public_tables as p
from service.adapters.postgres import tables as t
from service.adapters.postgres.paris import paris_day
from service.domain.errors import MotifAlreadySuspendedError
from service.domain.night import instant_of, paris_date
from service.domain.suspension import Suspension
from service.usecases.records.public import (
    CountedGroup,
    CountedPlaces,
    CountedRegistration,
    FiguresRecord,
    RulesetRecord,
    SuspensionRecord,
)

_HELD = exists().where(
    t.offer_place.c.place_id == t.place.c.id, t.offer_place.c.given_back_at.is_(None)
)


class PostgresPublicFacts:
    """See `service.usecases.ports.public.PublicFacts`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def rulesets(self, prefecture: str) -> Sequence[RulesetRecord]:
        rows = await self._connection.execute(
            select(t.ruleset.c.version, t.ruleset.c.effective_on, t.ruleset.c.content)
            .where(t.ruleset.c.prefecture == prefecture)
            .order_by(t.ruleset.c.effective_on.desc(), t.ruleset.c.version.desc())
        )
        return [RulesetRecord(**row) for row in rows.mappings()]

    async def suspensions(self, prefecture: str) -> Sequence[SuspensionRecord]:
        rows = await self._connection.execute(
            select(p.motif_suspension)
            .where(p.motif_suspension.c.prefecture == prefecture)
            .order_by(
                p.motif_suspension.c.reopened_at.is_not(None),
                p.motif_suspension.c.suspended_at.desc(),
            )
        )
        return [
            SuspensionRecord(
                suspension=Suspension(
                    motif=row.motif,
                    since_on=row.since_on,
                    reason=row.reason,
                    meanwhile=row.meanwhile,
                ),
                reopened_on=paris_date(row.reopened_at) if row.reopened_at else None,
            )
            for row in rows
        ]

    async def suspend(
        self, prefecture: str, suspension: Suspension, *, by: UUID, at: datetime
    ) -> None:
        stored = await self._connection.execute(
            upsert(p.motif_suspension)
            .values(
                prefecture=prefecture,
                motif=suspension.motif,
                since_on=suspension.since_on,
                reason=suspension.reason,
                meanwhile=suspension.meanwhile,
                suspended_at=at,
                suspended_by=by,
            )
            .on_conflict_do_nothing(
                index_elements=["prefecture", "motif"],
                index_where=p.motif_suspension.c.reopened_at.is_(None),
            )
            .returning(p.motif_suspension.c.id)
        )
        if stored.first() is None:
            raise MotifAlreadySuspendedError("motif")

    async def reopen(
        self, prefecture: str, motif: str, *, by: UUID, at: datetime
    ) -> bool:
        ended = await self._connection.execute(
            update(p.motif_suspension)
            .where(
                p.motif_suspension.c.prefecture == prefecture,
                p.motif_suspension.c.motif == motif,
                p.motif_suspension.c.reopened_at.is_(None),
            )
            .values(reopened_at=at, reopened_by=by)
        )
        return ended.rowcount == 1

    async def counted_registrations(
        self, prefecture: str, since: date
    ) -> Sequence[CountedRegistration]:
        rows = await self._connection.execute(_counted(prefecture, since))
        return [
            CountedRegistration(**_with_set(row, "sites")) for row in rows.mappings()
        ]

    async def counted_places(
        self, prefecture: str, since: date
    ) -> Sequence[CountedPlaces]:
        day = cast(t.slot.c.starts_at, Date)
        rows = await self._connection.execute(
            select(
                t.slot.c.site,
                day.label("day"),
                t.slot.c.motifs,
                func.count().label("places"),
                func.count().filter(_HELD).label("held"),
            )
            .join(t.place, t.place.c.slot_id == t.slot.c.id)
            .where(
                t.slot.c.prefecture == prefecture,
                t.slot.c.starts_at >= datetime.combine(since, time.min),
                t.place.c.withdrawn_at.is_(None),
            )
            .group_by(t.slot.c.site, day, t.slot.c.motifs)
            .order_by(t.slot.c.site, day, t.slot.c.motifs)
        )
        return [CountedPlaces(**_with_set(row, "motifs")) for row in rows.mappings()]

    async def counted_groups(
        self, prefecture: str, since: date
    ) -> Sequence[CountedGroup]:
        result = t.entry.c.result
        rows = await self._connection.execute(
            select(
                t.night.c.held_on,
                t.entry.c.band,
                func.count().filter(result == "served").label("served"),
                func.count().filter(result == "places_taken").label("passed_over"),
            )
            .join(t.entry, t.entry.c.night_id == t.night.c.id)
            .where(
                t.night.c.prefecture == prefecture,
                t.night.c.held_on >= since,
                t.night.c.published_at.is_not(None),
            )
            .group_by(t.night.c.held_on, t.entry.c.band)
            .order_by(t.night.c.held_on, t.entry.c.band)
        )
        return [CountedGroup(**row) for row in rows.mappings()]

    async def store_figures(self, figures: FiguresRecord) -> bool:
        stored = await self._connection.execute(
            upsert(p.morning_figures)
            .values(
                prefecture=figures.prefecture,
                day=figures.day,
                taken_at=figures.taken_at,
                content=figures.content,
            )
            .on_conflict_do_nothing()
            .returning(p.morning_figures.c.day)
        )
        return stored.first() is not None

    async def figures(
        self, prefecture: str, day: date | None = None
    ) -> FiguresRecord | None:
        row = await self._connection.execute(
            select(p.morning_figures)
            .where(
                p.morning_figures.c.prefecture == prefecture,
                true() if day is None else p.morning_figures.c.day == day,
            )
            .order_by(p.morning_figures.c.day.desc())
            .limit(1)
        )
        found = row.mappings().first()
        return FiguresRecord(**found) if found else None

    async def figures_days(self, prefecture: str, limit: int) -> Sequence[date]:
        rows = await self._connection.execute(
            select(p.morning_figures.c.day)
            .where(p.morning_figures.c.prefecture == prefecture)
            .order_by(p.morning_figures.c.day.desc())
            .limit(limit)
        )
        return rows.scalars().all()


def _counted(prefecture: str, since: date) -> Select[*tuple[Any, ...]]:
    """Who waits, and whoever came, was served or left since ``since``.

    A registration that joined an older one is the same person twice: not counted.
    """
    r, o, s, e = t.registration, t.offer, t.slot, t.entry
    begin = instant_of(datetime.combine(since, time.min))
    left = r.c.state.in_(("withdrawn", "lapsed"))
    return (
        select(
            r.c.motif,
            r.c.sites,
            r.c.channel,
            paris_day(r.c.registered_at).label("registered_on"),
            (r.c.state == "live").label("is_live"),
            r.c.end_of_right_on,
            case((left, paris_day(r.c.released_at))).label("left_on"),
            paris_day(o.c.answered_at).label("confirmed_on"),
            cast(s.c.starts_at, Date).label("appointment_on"),
            s.c.site,
            e.c.band,
        )
        .select_from(r)
        .outerjoin(o, and_(o.c.registration_id == r.c.id, o.c.state == "confirmed"))
        .outerjoin(s, s.c.id == o.c.slot_id)
        .outerjoin(e, and_(e.c.night_id == o.c.night_id, e.c.registration_id == r.c.id))
        .where(
            r.c.prefecture == prefecture,
            r.c.state != "joined",
            or_(
                r.c.state == "live",
                r.c.registered_at >= begin,
                r.c.released_at >= begin,
                s.c.starts_at >= datetime.combine(since, time.min),
            ),
        )
    )


def _with_set(row: RowMapping, name: str) -> dict[str, Any]:
    columns: dict[str, Any] = dict(row)
    columns[name] = frozenset(columns[name])
    return columns
