"""Prefectures, their sites and rulesets in PostgreSQL, as their operator sets them."""

from collections import Counter
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import tables as t
from service.domain.ruleset import Ruleset
from service.domain.stated_prefecture import (
    StatedPrefecture,
    StatedSite,
    StoredPrefecture,
)


class PostgresPrefectures:
    """See `service.usecases.ports.operator.Prefectures`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def locked(self, code: str) -> StoredPrefecture | None:
        # Not the row: nobody who registers waits, and a new one has no row to lock.
        await self._connection.execute(
            select(func.pg_advisory_xact_lock(func.hashtext("set-prefecture")))
        )
        rows = await self._connection.execute(
            select(t.prefecture).where(t.prefecture.c.code == code)
        )
        row = rows.first()
        if row is None:
            return None
        return StoredPrefecture(
            name=row.name,
            phone=row.phone,
            publishes=row.publishes,
            sites=await self._sites(code),
            rulesets=await self._rulesets(code),
            waiting=await self._waiting(code),
            last_night_on=await self._last_night(code),
        )

    async def put(self, prefecture: StatedPrefecture) -> None:
        own = {
            "name": prefecture.name,
            "phone": prefecture.phone,
            "publishes": prefecture.publishes,
        }
        await self._connection.execute(
            upsert(t.prefecture)
            .values(code=prefecture.code, **own)
            .on_conflict_do_update(index_elements=["code"], set_=own)
        )
        for site in prefecture.sites:
            values = {
                "name": site.name,
                "address": site.address,
                "motifs": sorted(site.motifs),
            }
            await self._connection.execute(
                upsert(t.site)
                .values(prefecture=prefecture.code, code=site.code, **values)
                .on_conflict_do_update(
                    index_elements=["prefecture", "code"], set_=values
                )
            )
        rule = {
            "effective_on": prefecture.ruleset.effective_on,
            "content": prefecture.ruleset.to_json(),
        }
        await self._connection.execute(
            upsert(t.ruleset)
            .values(
                prefecture=prefecture.code, version=prefecture.ruleset.version, **rule
            )
            .on_conflict_do_update(index_elements=["prefecture", "version"], set_=rule)
        )

    async def _sites(self, code: str) -> dict[str, StatedSite]:
        rows = await self._connection.execute(
            select(t.site).where(t.site.c.prefecture == code)
        )
        return {
            row.code: StatedSite(
                code=row.code,
                name=row.name,
                address=row.address,
                motifs=frozenset(row.motifs),
            )
            for row in rows
        }

    async def _rulesets(self, code: str) -> dict[str, Ruleset]:
        rows = await self._connection.execute(
            select(t.ruleset.c.version, t.ruleset.c.content).where(
                t.ruleset.c.prefecture == code
            )
        )
        return {row.version: Ruleset.from_json(row.content) for row in rows}

    async def _waiting(self, code: str) -> Counter[tuple[str, str]]:
        r = t.registration.c
        rows = await self._connection.execute(
            select(r.sites, r.motif, func.count().label("people"))
            .where(r.prefecture == code, r.state == "live")
            .group_by(r.sites, r.motif)
        )
        waiting: Counter[tuple[str, str]] = Counter()
        for row in rows:
            for site in row.sites:
                waiting[site, row.motif] += row.people
        return waiting

    async def _last_night(self, code: str) -> date | None:
        rows = await self._connection.execute(
            select(func.max(t.night.c.held_on)).where(t.night.c.prefecture == code)
        )
        last: date | None = rows.scalar()
        return last
