"""The clock that needs no Redis: at start and each minute, whatever else is down."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import structlog

from service.usecases.ports import Ports
from service.worker.jobs import do_what_is_due

log = structlog.get_logger()

EVERY = timedelta(minutes=1)


async def reconcile(
    *, ports: Ports, wake: asyncio.Event, every: Callable[[], timedelta] = lambda: EVERY
) -> None:
    """Do what is due, then wait for a minute or for the bell; for ever.

    A failure is logged and tried again: this loop is the last to give up.
    """
    while True:
        wake.clear()
        try:
            await do_what_is_due(ports=ports)
        except Exception:
            log.exception("reconciler failed, next try in a minute")
        await _rest(wake, await _until_next(ports, every()))


async def _rest(wake: asyncio.Event, pause: timedelta) -> None:
    try:
        await asyncio.wait_for(wake.wait(), pause.total_seconds())
    except TimeoutError:
        return


async def _until_next(ports: Ports, longest: timedelta) -> timedelta:
    """Sleep no longer than until the next known instant: a freeze or a round."""
    try:
        async with ports.open_uow() as uow:
            nights = await uow.nights.unfinished()
    except Exception:
        return longest
    now = ports.clock.now()
    instants = [
        night.freeze_at if night.state == "planned" else night.beacon_due_at
        for night in nights
        if night.state in ("planned", "committed")
    ]
    waits = [at - now for at in instants if at is not None and at > now]
    return min([longest, *waits])
