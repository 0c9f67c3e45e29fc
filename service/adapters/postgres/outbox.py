"""The outbox and the stored answers: what must happen once, whoever crashes."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import case, func, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import tables as t
from service.usecases.errors import IdempotencyKeyInFlightError
from service.usecases.records import AnswerRecord, DueMessage, NewOutboxRow

_ADD = text(
    "INSERT INTO outbox "
    "(once, kind, registration_id, available_at, night_id, offer_id, about) "
    "SELECT * FROM unnest(CAST(:onces AS text[]), CAST(:kinds AS text[]), "
    "CAST(:registrations AS uuid[]), CAST(:instants AS timestamptz[]), "
    "CAST(:nights AS bigint[]), CAST(:offers AS uuid[]), CAST(:abouts AS bytea[])) "
    "ON CONFLICT (once) DO NOTHING"
)
"""One statement for a whole night's messages."""


def _values(row: NewOutboxRow) -> tuple[object, ...]:
    return (
        row.once,
        row.kind,
        row.registration_id,
        row.available_at,
        row.night_id,
        row.offer_id,
        row.about,
    )


_URGENCY = case(
    (t.outbox.c.kind == "not_drawn", 2), (t.outbox.c.kind == "drawn", 1), else_=0
)
"""Whoever just acted reads at once; then places; then "you stay in"."""


class PostgresOutbox:
    """See `service.usecases.ports.Outbox`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, rows: Iterable[NewOutboxRow]) -> None:
        columns = list(zip(*map(_values, rows), strict=True))
        if columns:
            names = (
                *("onces", "kinds", "registrations", "instants"),
                *("nights", "offers", "abouts"),
            )
            await self._connection.execute(
                _ADD, {name: list(at) for name, at in zip(names, columns, strict=True)}
            )

    async def lease(
        self, now: datetime, until: datetime, limit: int
    ) -> Sequence[DueMessage]:
        """Lease instead of lock: no transaction stays open while a message leaves."""
        due = (
            select(t.outbox.c.id)
            .outerjoin(t.night, t.night.c.id == t.outbox.c.night_id)
            .where(
                t.outbox.c.done_at.is_(None),
                t.outbox.c.available_at <= now,
                or_(
                    t.outbox.c.night_id.is_(None),
                    t.night.c.state.in_(("published", "notified")),
                ),
            )
            .order_by(_URGENCY, t.outbox.c.available_at)
            .limit(limit)
            .with_for_update(of=t.outbox, skip_locked=True)
        )
        rows = await self._connection.execute(
            update(t.outbox)
            .where(t.outbox.c.id.in_(due.scalar_subquery()))
            .values(available_at=until)
            .returning(
                t.outbox.c.id,
                t.outbox.c.kind,
                t.outbox.c.registration_id,
                t.outbox.c.night_id,
                t.outbox.c.offer_id,
                t.outbox.c.attempts,
                t.outbox.c.counted_on,
                t.outbox.c.about,
            )
        )
        return sorted(
            (DueMessage(**row) for row in rows.mappings()), key=lambda row: row.id
        )

    async def settle(self, row_id: int, outcome: str, at: datetime) -> None:
        await self._connection.execute(
            update(t.outbox)
            .where(t.outbox.c.id == row_id)
            .values(done_at=at, outcome=outcome, attempts=t.outbox.c.attempts + 1)
        )

    async def postpone(self, row_id: int, until: datetime, error: str) -> None:
        await self._connection.execute(
            update(t.outbox)
            .where(t.outbox.c.id == row_id)
            .values(
                available_at=until, last_error=error, attempts=t.outbox.c.attempts + 1
            )
        )

    async def struggling(self, attempts: int) -> int:
        count = await self._connection.execute(
            select(func.count())
            .select_from(t.outbox)
            .where(t.outbox.c.done_at.is_(None), t.outbox.c.attempts >= attempts)
        )
        return count.scalar_one()

    async def pending_of_night(self, night_id: int) -> int:
        count = await self._connection.execute(
            select(func.count())
            .select_from(t.outbox)
            .where(t.outbox.c.night_id == night_id, t.outbox.c.done_at.is_(None))
        )
        return count.scalar_one()


class PostgresAnswers:
    """See `service.usecases.ports.Answers`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self, scope: str, key: str) -> None:
        """Hold the key until the transaction ends; a second holder is told at once."""
        held = await self._connection.execute(
            select(
                func.pg_try_advisory_xact_lock(
                    func.hashtextextended(f"answer/{scope}/{key}", 0)
                )
            )
        )
        if not held.scalar_one():
            raise IdempotencyKeyInFlightError

    async def get(self, scope: str, key: str) -> AnswerRecord | None:
        rows = await self._connection.execute(
            select(
                t.answer.c.body_sha256, t.answer.c.sealed, t.answer.c.answered_at
            ).where(t.answer.c.scope == scope, t.answer.c.key == key)
        )
        row = rows.mappings().first()
        return AnswerRecord(**row) if row else None

    async def add(self, scope: str, key: str, answer: AnswerRecord) -> None:
        await self._connection.execute(
            insert(t.answer).values(scope=scope, key=key, **asdict(answer))
        )
