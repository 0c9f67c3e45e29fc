"""What the audit of origins reads in PostgreSQL, and what each state must rest on."""

import gzip
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import tables as t
from service.usecases.ports.origins import (
    StoredLine,
    StoredOffer,
    StoredTranscript,
    Stray,
)

_DRAWN: Final = ("drawn", "published", "notified")

_MINUTES: Final = text("SET LOCAL statement_timeout = '30min'")
"""Somebody waits at a terminal; pages are not concerned."""

_STRAYS: Final[Mapping[str, str]] = {
    "an offer of a night that was not drawn": (
        "SELECT o.id::text FROM offer o JOIN night n ON n.id = o.night_id "
        "WHERE n.state IN ('planned', 'frozen', 'committed', 'revealed')"
    ),
    "a confirmed place that nobody confirmed": (
        "SELECT o.id::text FROM offer o WHERE o.state = 'confirmed' AND NOT EXISTS "
        "(SELECT FROM outbox m WHERE m.once = 'confirmed:' || o.id)"
    ),
    "a served registration without a confirmed place or a renewed paper": (
        "SELECT r.reference FROM registration r WHERE r.state = 'served' "
        "AND NOT EXISTS (SELECT FROM offer o WHERE o.registration_id = r.id "
        "AND o.state = 'confirmed') "
        "AND NOT EXISTS (SELECT FROM paper_renewal p WHERE p.registration_id = r.id "
        "AND p.ended_registration = 1)"
    ),
    "a withdrawn registration that nobody withdrew": (
        "SELECT r.reference FROM registration r WHERE r.state = 'withdrawn' "
        "AND NOT EXISTS (SELECT FROM outbox m WHERE m.once = 'withdrawn:' || r.id)"
    ),
    "a lapsed registration that no two agents closed": (
        "SELECT r.reference FROM registration r WHERE r.state = 'lapsed' "
        "AND NOT EXISTS (SELECT FROM near_match m WHERE m.decision = 'same' "
        "AND r.id IN (m.first_id, m.second_id)) "
        "AND NOT EXISTS (SELECT FROM offer o WHERE o.registration_id = r.id "
        "AND o.state = 'cancelled')"
    ),
    "a registration joined to another person's": (
        "SELECT r.reference FROM registration r JOIN registration k "
        "ON k.id = r.joined_to WHERE ROW(r.applicant_key, r.prefecture, r.motif) "
        "IS DISTINCT FROM ROW(k.applicant_key, k.prefecture, k.motif) "
        "AND r.key_version = k.key_version"
    ),
    "a registration displaced by nobody": (
        "SELECT r.reference FROM registration r WHERE r.displaced_on IS NOT NULL "
        "AND NOT EXISTS (SELECT FROM offer o WHERE o.registration_id = r.id "
        "AND o.state = 'cancelled')"
    ),
    "a registration that waits since before it was made": (
        "SELECT r.reference FROM registration r WHERE r.waiting_since_on < "
        "(SELECT min((e.registered_at AT TIME ZONE 'Europe/Paris')::date) "
        "FROM registration e WHERE e.prefecture = r.prefecture AND e.motif = r.motif "
        "AND (e.applicant_key = r.applicant_key OR (e.key_version <> r.key_version "
        "AND e.sealed_identity IS NULL)))"
    ),
    "a date that no agent saw": (
        "SELECT c.id::text FROM date_check c JOIN agent g ON g.id = c.checked_by "
        "WHERE NOT EXISTS (SELECT FROM audit a WHERE a.action = 'dates-seen' "
        "AND a.detail->>'check' = c.id::text AND a.actor = g.login)"
    ),
    "a date that no second agent decided": (
        "SELECT c.id::text FROM date_check c JOIN agent g ON g.id = c.decided_by "
        "WHERE NOT EXISTS (SELECT FROM audit a WHERE a.action LIKE 'dates-%' "
        "AND a.detail->>'check' = c.id::text AND a.actor = g.login)"
    ),
    "a slot that no agent published": (
        "SELECT s.prefecture || '/' || s.code FROM slot s "
        "JOIN agent g ON g.id = s.published_by WHERE NOT EXISTS "
        "(SELECT FROM audit a WHERE a.action = 'slots-published' "
        "AND a.prefecture = s.prefecture AND a.actor = g.login "
        "AND a.at = s.published_at)"
    ),
}
"""By what is wrong: the rows that rest on no trace of the act behind them."""


class PostgresOrigins:
    """See `service.usecases.ports.origins.Origins`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def drawn(self) -> Sequence[int]:
        found = await self._connection.execute(
            select(t.night.c.id)
            .where(t.night.c.state.in_(_DRAWN))
            .order_by(t.night.c.held_on, t.night.c.prefecture)
        )
        return found.scalars().all()

    async def lines(self, night_id: int) -> Sequence[StoredLine]:
        rows = await self._connection.execute(
            select(
                t.entry.c.band,
                t.entry.c.label,
                t.entry.c.ticket,
                t.entry.c.rank,
                t.entry.c.result,
                t.entry.c.tier,
                t.entry.c.through,
                t.entry.c.cut_off,
            )
            .where(t.entry.c.night_id == night_id)
            .order_by(t.entry.c.label)
        )
        return [StoredLine(**row) for row in rows.mappings()]

    async def offers(self, night_id: int) -> Sequence[StoredOffer]:
        held = (
            select(func.count())
            .where(t.offer_place.c.offer_id == t.offer.c.id)
            .correlate(t.offer)
            .scalar_subquery()
        )
        rows = await self._connection.execute(
            select(t.offer.c.id, t.entry.c.label, t.slot.c.code, held.label("places"))
            .join(t.slot, t.slot.c.id == t.offer.c.slot_id)
            .outerjoin(
                t.entry,
                (t.entry.c.night_id == t.offer.c.night_id)
                & (t.entry.c.registration_id == t.offer.c.registration_id),
            )
            .where(t.offer.c.night_id == night_id)
            .order_by(t.offer.c.id)
        )
        return [
            StoredOffer(
                id=str(row.id),
                label=row.label.hex() if row.label else None,
                slot=row.code,
                places=row.places,
            )
            for row in rows
        ]

    async def transcript(self, night_id: int) -> StoredTranscript | None:
        found = await self._connection.execute(
            select(t.transcript.c.gzipped, t.transcript.c.sha256).where(
                t.transcript.c.night_id == night_id
            )
        )
        row = found.first()
        if row is None:
            return None
        return StoredTranscript(content=gzip.decompress(row.gzipped), sha256=row.sha256)

    async def stray(self) -> Stray | None:
        await self._connection.execute(_MINUTES)
        for what, query in _STRAYS.items():
            found = await self._connection.execute(text(f"{query} ORDER BY 1 LIMIT 1"))
            which = found.scalar()
            if which is not None:
                return Stray(what=what, which=which)
        return None
