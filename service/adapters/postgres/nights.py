"""The nights in PostgreSQL: each change of state is one conditional UPDATE."""

import gzip
import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, exists, func, insert, select, text, true
from sqlalchemy import update as sql_update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import tables as t
from service.adapters.postgres.guard_tables import night_annulment
from service.domain.night import NightState
from service.usecases.errors import NightMovedError
from service.usecases.records import (
    DrawnEntry,
    EntryRecord,
    FrozenEntry,
    NightRecord,
    NightSummary,
    PackedTranscript,
)

_BIG = ("pool", "nonces", "commitment")
"""Columns that lists do not need."""

_ANNULLED = exists().where(night_annulment.c.night_id == t.night.c.id)

_ADD_ENTRIES = text(
    "INSERT INTO entry (night_id, registration_id, label, band) "
    "SELECT :night_id, * FROM unnest("
    "CAST(:registrations AS uuid[]), CAST(:labels AS bytea[]), "
    "CAST(:bands AS smallint[]))"
)
_RECORD_ENTRIES = text(
    "UPDATE entry SET ticket = drawn.ticket, rank = drawn.rank, "
    "result = drawn.result, tier = drawn.tier, through = drawn.through, "
    "cut_off = drawn.cut_off "
    "FROM unnest(CAST(:labels AS bytea[]), CAST(:tickets AS bytea[]), "
    "CAST(:ranks AS integer[]), CAST(:results AS text[]), CAST(:tiers AS text[]), "
    "CAST(:quotas AS text[]), CAST(:cut_offs AS integer[])) "
    "AS drawn(label, ticket, rank, result, tier, through, cut_off) "
    "WHERE entry.night_id = :night_id AND entry.label = drawn.label"
)


class PostgresNights:
    """See `service.usecases.ports.Nights`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def plan(self, prefecture: str, held_on: date, freeze_at: datetime) -> bool:
        planned = await self._connection.execute(
            upsert(t.night)
            .values(
                prefecture=prefecture,
                held_on=held_on,
                state="planned",
                freeze_at=freeze_at,
            )
            .on_conflict_do_nothing(index_elements=["prefecture", "held_on"])
            .returning(t.night.c.id)
        )
        return planned.first() is not None

    async def next_open(
        self, prefecture: str, *, lock: bool = True, not_before: date | None = None
    ) -> NightRecord | None:
        query = (
            select(t.night)
            .where(
                t.night.c.prefecture == prefecture,
                t.night.c.state == "planned",
                t.night.c.held_on >= (not_before or date.min),
            )
            .order_by(t.night.c.held_on)
            .limit(1)
        )
        return await self._one(query.with_for_update(read=True) if lock else query)

    async def unfinished(self) -> Sequence[NightRecord]:
        rows = await self._connection.execute(
            select(*_light_columns())
            .where(t.night.c.state != "notified", t.night.c.stopped_at.is_(None))
            .order_by(t.night.c.held_on, t.night.c.id)
        )
        return [NightRecord(**row) for row in rows.mappings()]

    async def stopped(self) -> Sequence[NightRecord]:
        rows = await self._connection.execute(
            select(*_light_columns())
            .where(t.night.c.stopped_at.is_not(None), ~_ANNULLED)
            .order_by(t.night.c.held_on, t.night.c.id)
        )
        return [NightRecord(**row) for row in rows.mappings()]

    async def latest_of(self, prefecture: str) -> NightRecord | None:
        return await self._one(
            select(*_light_columns())
            .where(t.night.c.prefecture == prefecture)
            .order_by(t.night.c.held_on.desc())
            .limit(1)
        )

    async def claim(self, night_id: int, state: NightState) -> NightRecord | None:
        return await self._one(
            select(t.night)
            .where(
                t.night.c.id == night_id,
                t.night.c.state == state,
                t.night.c.stopped_at.is_(None),
            )
            .with_for_update(skip_locked=state != "planned")
        )

    async def by_date(self, prefecture: str, held_on: date) -> NightRecord | None:
        return await self._one(
            select(t.night).where(
                t.night.c.prefecture == prefecture, t.night.c.held_on == held_on
            )
        )

    async def by_id(self, night_id: int) -> NightRecord | None:
        return await self._one(select(t.night).where(t.night.c.id == night_id))

    async def waits_for_an_earlier(self, night: NightRecord) -> bool:
        earlier = await self._connection.execute(
            select(t.night.c.id)
            .where(
                t.night.c.prefecture == night.prefecture,
                t.night.c.held_on < night.held_on,
                t.night.c.state.in_(("frozen", "committed", "revealed")),
                ~_ANNULLED,  # a stop alone would be a second luck for those in it
            )
            .limit(1)
        )
        return earlier.first() is not None

    async def previous_commitment(self, night: NightRecord) -> bytes | None:
        digest = await self._connection.execute(
            select(t.night.c.commitment_sha256)
            .where(
                t.night.c.prefecture == night.prefecture,
                t.night.c.held_on < night.held_on,
                t.night.c.commitment_sha256.is_not(None),
            )
            .order_by(t.night.c.held_on.desc())
            .limit(1)
        )
        return digest.scalar()

    async def save(self, changed: NightRecord, *, was: str) -> None:
        columns = asdict(changed)
        for fixed in ("id", "prefecture", "held_on"):
            del columns[fixed]
        moved = await self._connection.execute(
            sql_update(t.night)
            .where(t.night.c.id == changed.id, t.night.c.state == was)
            .values(columns)
        )
        if moved.rowcount != 1:
            raise NightMovedError

    async def add_entries(self, night_id: int, entries: Sequence[FrozenEntry]) -> None:
        await self._connection.execute(
            _ADD_ENTRIES,
            {
                "night_id": night_id,
                "registrations": [entry.registration_id for entry in entries],
                "labels": [entry.label for entry in entries],
                "bands": [entry.band for entry in entries],
            },
        )

    async def entries(
        self, night_id: int, *, lock: bool = False
    ) -> Sequence[FrozenEntry]:
        if lock:
            await self._lock_people_of(night_id)
        rows = await self._connection.execute(
            select(
                t.entry.c.registration_id,
                t.entry.c.label,
                t.entry.c.band,
                t.registration.c.told_not_drawn_on,
                (t.registration.c.state == "live").label("is_live"),
            )
            .join(t.registration, t.registration.c.id == t.entry.c.registration_id)
            .where(t.entry.c.night_id == night_id)
            .order_by(t.entry.c.label)
        )
        return [FrozenEntry(**row) for row in rows.mappings()]

    async def _lock_people_of(self, night_id: int) -> None:
        """Let nobody of that night end or change a registration until we are done.

        In one order, and as an update of the row would: two that need the same people
        wait for each other, and writing them later needs no second lock.
        """
        frozen = select(t.entry.c.registration_id).where(t.entry.c.night_id == night_id)
        await self._connection.execute(
            select(t.registration.c.id)
            .where(t.registration.c.id.in_(frozen))
            .order_by(t.registration.c.id)
            .with_for_update(key_share=True)
        )

    async def record_draw(
        self,
        night_id: int,
        outcome: bytes,
        entries: Sequence[DrawnEntry],
        free_places: int,
        at: datetime,
    ) -> None:
        served = sum(entry.result == "served" for entry in entries)
        await self._connection.execute(
            insert(t.draw).values(
                night_id=night_id,
                outcome=outcome,
                served=served,
                unserved=len(entries) - served,
                free_places=free_places,
                drawn_at=at,
            )
        )
        await self._connection.execute(
            _RECORD_ENTRIES,
            {
                "night_id": night_id,
                "labels": [entry.label for entry in entries],
                "tickets": [entry.ticket for entry in entries],
                "ranks": [entry.rank for entry in entries],
                "results": [entry.result for entry in entries],
                "tiers": [entry.tier for entry in entries],
                "quotas": [entry.through for entry in entries],
                "cut_offs": [entry.cut_off for entry in entries],
            },
        )

    async def outcome(self, night_id: int) -> bytes | None:
        stored = await self._connection.execute(
            select(t.draw.c.outcome).where(t.draw.c.night_id == night_id)
        )
        return stored.scalar()

    async def store_transcript(self, night_id: int, transcript: bytes) -> None:
        await self._connection.execute(
            insert(t.transcript).values(
                night_id=night_id,
                gzipped=gzip.compress(transcript, compresslevel=6, mtime=0),
                sha256=hashlib.sha256(transcript).digest(),
            )
        )

    async def transcript(
        self, prefecture: str, held_on: date
    ) -> PackedTranscript | None:
        stored = await self._connection.execute(
            select(t.transcript.c.gzipped, t.transcript.c.sha256)
            .join(t.night, t.night.c.id == t.transcript.c.night_id)
            .where(t.night.c.prefecture == prefecture, t.night.c.held_on == held_on)
        )
        row = stored.mappings().first()
        return PackedTranscript(**row) if row else None

    async def history_of(self, registration_id: UUID) -> Sequence[EntryRecord]:
        rows = await self._connection.execute(
            select(
                t.night.c.held_on,
                func.encode(t.entry.c.label, "hex").label("label"),
                t.entry.c.band,
                func.encode(t.entry.c.ticket, "hex").label("ticket"),
                t.entry.c.rank,
                (t.draw.c.served + t.draw.c.unserved).label("entries"),
                t.entry.c.result,
                t.entry.c.tier,
                t.entry.c.through,
                t.entry.c.cut_off,
            )
            .join(t.night, t.night.c.id == t.entry.c.night_id)
            .join(t.draw, t.draw.c.night_id == t.night.c.id)
            .where(
                t.entry.c.registration_id == registration_id,
                t.night.c.state.in_(("published", "notified")),
            )
            .order_by(t.night.c.held_on)
        )
        return [EntryRecord(**row) for row in rows.mappings()]

    async def published(
        self, prefecture: str, limit: int, held_on: date | None = None
    ) -> Sequence[NightSummary]:
        of_that_date = true() if held_on is None else t.night.c.held_on == held_on
        rows = await self._connection.execute(
            _summaries()
            .where(t.night.c.prefecture == prefecture, of_that_date)
            .order_by(t.night.c.held_on.desc())
            .limit(limit)
        )
        return [_summary(row) for row in rows.mappings()]

    async def _one(self, query: Select[*tuple[Any, ...]]) -> NightRecord | None:
        row = (await self._connection.execute(query)).mappings().first()
        return NightRecord(**row) if row else None


def _light_columns() -> list[Any]:
    return [column for column in t.night.c if column.name not in _BIG]


def _summaries() -> Select[*tuple[Any, ...]]:
    bands = (
        select(
            t.entry.c.band,
            func.count().label("entries"),
            func.count().filter(t.entry.c.result == "served").label("served"),
        )
        .where(t.entry.c.night_id == t.night.c.id)
        .group_by(t.entry.c.band)
        .correlate(t.night)
        .subquery("by_band")
    )
    by_band = (
        select(
            func.json_agg(
                func.json_build_array(bands.c.band, bands.c.entries, bands.c.served)
            )
        )
        .select_from(bands)
        .scalar_subquery()
    )
    return (
        select(
            *_light_columns(),
            t.night.c.commitment,
            t.draw.c.served,
            t.draw.c.unserved,
            t.draw.c.free_places,
            by_band.label("bands"),
        )
        .outerjoin(t.draw, t.draw.c.night_id == t.night.c.id)
        .where(t.night.c.committed_at.is_not(None))
    )


def _summary(row: RowMapping) -> NightSummary:
    columns: dict[str, Any] = dict(row)
    served, unserved, free_places = (
        columns.pop(name) for name in ("served", "unserved", "free_places")
    )
    bands = tuple(sorted(tuple(line) for line in columns.pop("bands") or ()))
    return NightSummary(
        night=NightRecord(**columns),
        entries=sum(entries for _, entries, _ in bands),
        served=served,
        unserved=unserved,
        free_places=free_places,
        bands=bands,
    )
