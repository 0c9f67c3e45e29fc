"""The audit chain: each event holds the digest of the one before it."""

import hashlib
import json
from datetime import UTC, datetime

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import tables as t

GENESIS = bytes(32)


class PostgresAudit:
    """See `service.usecases.ports.Audit`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def append(
        self,
        *,
        prefecture: str,
        actor: str,
        action: str,
        detail: dict[str, str | int],
        at: datetime,
    ) -> None:
        """Add one event; writers wait for each other, so that the chain has no fork."""
        await self._connection.execute(
            select(func.pg_advisory_xact_lock(func.hashtext("audit")))
        )
        last = await self._connection.execute(
            select(t.audit.c.id, t.audit.c.hash).order_by(t.audit.c.id.desc()).limit(1)
        )
        previous = last.first()
        number = previous.id + 1 if previous else 1
        await self._connection.execute(
            insert(t.audit).values(
                id=number,
                at=at,
                prefecture=prefecture,
                actor=actor,
                action=action,
                detail=detail,
                hash=event_hash(
                    previous.hash if previous else GENESIS,
                    number=number,
                    at=at,
                    prefecture=prefecture,
                    actor=actor,
                    action=action,
                    detail=detail,
                ),
            )
        )

    async def head_before(self, instant: datetime) -> tuple[int, bytes]:
        rows = await self._connection.execute(
            select(t.audit.c.id, t.audit.c.hash)
            .where(t.audit.c.at < instant)
            .order_by(t.audit.c.id.desc())
            .limit(1)
        )
        last = rows.first()
        return (last.id, last.hash) if last else (0, GENESIS)


def event_hash(
    previous: bytes,
    *,
    number: int,
    at: datetime,
    prefecture: str,
    actor: str,
    action: str,
    detail: dict[str, str | int],
) -> bytes:
    """Return SHA-256(previous ‖ event as sorted JSON): anyone can redo the chain."""
    event = {
        "id": number,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "prefecture": prefecture,
        "actor": actor,
        "action": action,
        "detail": detail,
    }
    text = json.dumps(event, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(previous + text.encode()).digest()
