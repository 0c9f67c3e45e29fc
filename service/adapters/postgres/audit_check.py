"""The audit chain redone from its first event: a rewritten row is named."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncEngine

from service.adapters.postgres import tables as t
from service.adapters.postgres.audit import GENESIS, event_hash

_PAGE: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainReport:
    """How far the chain holds.

    Attributes:
        events: How many hold, from the first one.
        head: Digest of the last that holds, 32 bytes; zeros without any.
        broken_at: Number of the first event that does not hold, None when all do.
        known_holds: Whether the head noted earlier stands in the chain; None when
            none was given.
    """

    events: int
    head: bytes
    broken_at: int | None
    known_holds: bool | None


async def check_chain(
    engine: AsyncEngine, *, known: tuple[int, bytes] | None = None
) -> ChainReport:
    """Redo every digest, event by event, in little memory.

    A chain whose end was cut off holds in itself: only a head noted before (``known``:
    number and digest, as ``/v1/audit-head`` gives it every day) shows that.
    """
    events, head = 0, GENESIS
    seen: bytes | None = None
    async with aclosing(_rows(engine)) as rows:
        async for row in rows:
            number: int = row["id"]
            digest = event_hash(
                head,
                number=number,
                at=row["at"],
                prefecture=row["prefecture"],
                actor=row["actor"],
                action=row["action"],
                detail=row["detail"],
            )
            if number != events + 1 or digest != row["hash"]:
                return _report(events, head, known, seen, broken_at=events + 1)
            events, head = number, digest
            if known is not None and number == known[0]:
                seen = digest
    return _report(events, head, known, seen, broken_at=None)


def _report(
    events: int,
    head: bytes,
    known: tuple[int, bytes] | None,
    seen: bytes | None,
    *,
    broken_at: int | None,
) -> ChainReport:
    return ChainReport(
        events=events,
        head=head,
        broken_at=broken_at,
        known_holds=None if known is None else seen == known[1],
    )


async def _rows(engine: AsyncEngine) -> AsyncGenerator[RowMapping]:
    """Yield the events by number, a page at a time."""
    last = None
    async with engine.connect() as connection:
        while True:
            page = select(t.audit).order_by(t.audit.c.id).limit(_PAGE)
            if last is not None:
                page = page.where(t.audit.c.id > last)
            rows = (await connection.execute(page)).mappings().all()
            for row in rows:
                yield row
            if len(rows) < _PAGE:
                return
            last = rows[-1]["id"]
