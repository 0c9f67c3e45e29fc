"""The arq worker: an alarm clock, nothing more.

arq is in maintenance only, loses missed cron runs and runs jobs more than once
(`stack.md` § 3): what is due is therefore read from PostgreSQL, and all that a job
does is wake the reconciler of this process.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC
from typing import Any

import orjson
from arq import Worker, cron
from arq.connections import RedisSettings


async def tick(ctx: dict[str, Any]) -> None:
    """Wake the reconciler; called twice, late or never, no harm."""
    ctx["wake"].set()


def arq_worker(redis_url: str, wake: asyncio.Event) -> Worker:
    """Return a worker that rings every minute and whenever someone asks."""
    return Worker(
        functions=[tick],
        cron_jobs=[cron(tick, second=0, run_at_startup=True, keep_result=0)],
        redis_settings=RedisSettings.from_dsn(redis_url),
        ctx={"wake": wake},
        handle_signals=False,
        keep_result=0,
        health_check_interval=15,
        timezone=UTC,
        job_serializer=orjson.dumps,
        job_deserializer=_loads(),
    )


def _loads() -> Callable[[bytes], dict[str, Any]]:
    return orjson.loads
