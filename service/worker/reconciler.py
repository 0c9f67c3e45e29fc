"""The clock that needs no Redis: at start and each minute, whatever else is down."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta

import structlog

from service.domain.night import NightState
from service.usecases.ports import Ports
from service.worker.jobs import MESSAGES, NIGHTS, UPKEEP, Part, take_turn

log = structlog.get_logger()

EVERY = timedelta(minutes=1)


async def reconcile(
    *, ports: Ports, wake: asyncio.Event, every: Callable[[], timedelta] = lambda: EVERY
) -> None:
    """Let nights, messages and upkeep go on beside each other, for ever.

    Each loop does what is due, then waits for a minute, for the next instant of a
    night, for the bell, or for another loop that did something: a night that is
    published wakes the mail, the last message wakes its night. A failure is logged and
    tried again: these loops are the last to give up.
    """
    all_parts = (NIGHTS, MESSAGES, UPKEEP)
    bells = [asyncio.Event() for _ in all_parts]
    async with asyncio.TaskGroup() as loops:
        loops.create_task(_pass_on(wake, bells))
        for parts, mine in zip(all_parts, bells, strict=True):
            others = [bell for bell in bells if bell is not mine]
            loops.create_task(_loop(parts, mine, others, ports=ports, every=every))


async def _pass_on(wake: asyncio.Event, bells: Sequence[asyncio.Event]) -> None:
    while True:
        await wake.wait()
        wake.clear()
        for bell in bells:
            bell.set()


async def _loop(
    parts: Sequence[Part],
    mine: asyncio.Event,
    others: Sequence[asyncio.Event],
    *,
    ports: Ports,
    every: Callable[[], timedelta],
) -> None:
    while True:
        mine.clear()
        turn = await take_turn(parts, ports=ports)
        if turn.done:
            for bell in others:
                bell.set()
        longest = every()
        if parts is NIGHTS:
            longest = await _until_next(ports, longest)
        await _rest(mine, longest)


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
    except Exception as error:
        log.warning("next instant unknown", error=type(error).__name__)
        return longest
    now = ports.clock.now()
    instants = [
        night.freeze_at if night.state is NightState.PLANNED else night.beacon_due_at
        for night in nights
        if night.state in (NightState.PLANNED, NightState.COMMITTED)
    ]
    waits = [at - now for at in instants if at is not None and at > now]
    return min([longest, *waits])
