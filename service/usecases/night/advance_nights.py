"""Bring every due night as far as it can go: freeze, commit, reveal, draw, publish.

Whoever calls (the worker's bell, the reconciler, the command line) only says
"advance what is due": what is due is a fact of the database. Called twice, late or
by several at once, no harm: each arrow is one transaction from the old state.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import structlog

from service.domain.errors import UnknownPrefectureError
from service.domain.night import NightState, paris_date
from service.usecases.errors import (
    NightMovedError,
    NightNotDueError,
    PlaceTakenError,
    UnknownResourceError,
)
from service.usecases.night.commit_night import commit_night
from service.usecases.night.draw_night import PoolChangedError, draw_night
from service.usecases.night.freeze_night import freeze_night
from service.usecases.night.plan_nights import open_night
from service.usecases.night.publish_night import (
    ReplayMismatchError,
    finish_night,
    publish_night,
)
from service.usecases.night.reveal_night import reveal_night
from service.usecases.ports import Ports
from service.usecases.records import NightRecord

log = structlog.get_logger()

Arrow = Callable[..., Awaitable[bool]]

ARROWS: dict[str, Arrow] = {
    "planned": freeze_night,
    "frozen": commit_night,
    "committed": reveal_night,
    "revealed": draw_night,
    "drawn": publish_night,
    "published": finish_night,
}
"""From each state the one step that leads on."""

STOPS = (PoolChangedError, PlaceTakenError, ReplayMismatchError)
"""Faults after which a person must look before the night may go on."""


async def advance_nights(*, ports: Ports) -> int:
    """Advance every due night; returns how many arrows were made.

    One failing prefecture does not stop the others.

    Raises:
        ExceptionGroup: What went wrong, once every other night was advanced.
    """
    async with ports.open_uow() as uow:
        nights = await uow.nights.unfinished()
    moved = 0
    errors: list[Exception] = []
    for night in nights:
        try:
            moved += await advance_night(night, ports=ports)
        except Exception as error:
            log.exception("night failed", night=_name(night), state=night.state)
            errors.append(error)
    if errors:
        raise ExceptionGroup("some nights failed", errors)
    return moved


async def advance_night(night: NightRecord, *, ports: Ports) -> int:
    """Advance one night until it waits for something; returns the arrows made."""
    moved = 0
    current: NightRecord | None = night
    while current is not None and current.state in ARROWS:
        try:
            if not await ARROWS[current.state](current, ports=ports):
                break
        except NightMovedError:
            break
        except STOPS as error:
            await _stop(current, error, ports=ports)
            break
        moved += 1
        log.info("night advanced", night=_name(night), was=current.state)
        async with ports.open_uow() as uow:
            current = await uow.nights.by_date(night.prefecture, night.held_on)
    return moved


MOST_EARLY: Final = timedelta(days=7)
"""By how much a demonstration's night may be brought forward."""


async def run_night(
    prefecture: str, held_on: date, *, ports: Ports, bring_forward: bool = False
) -> NightRecord:
    """Advance one night by hand; on a night that is done, nothing changes.

    Args:
        prefecture: Its code.
        held_on: The date of the night, Europe/Paris.
        ports: The outside.
        bring_forward: Demonstration only: freeze now instead of tonight; the night
            says for ever that this was done. By a week at most: an earlier round is
            no round of that night to any verifier.

    Raises:
        UnknownPrefectureError: No prefecture of that code uses the service.
        UnknownResourceError: No such night is planned.
        NightNotDueError: Its freeze lies ahead.
    """
    async with ports.open_uow() as uow:
        if await uow.directory.prefecture_name(prefecture) is None:
            raise UnknownPrefectureError("prefecture")
        await open_night(prefecture, uow=uow, now=ports.clock.now())
        night = await uow.nights.by_date(prefecture, held_on)
        if night is None:
            raise UnknownResourceError("date")
        now = ports.clock.now()
        if night.state is NightState.PLANNED and night.freeze_at > now:
            if not bring_forward or held_on > paris_date(now) + MOST_EARLY:
                raise NightNotDueError
            night = replace(night, freeze_at=now, brought_forward=True)
            await uow.nights.save(night, was="planned")
        await uow.commit()
    await advance_night(night, ports=ports)
    async with ports.open_uow() as uow:
        return await uow.nights.by_date(prefecture, held_on) or night


async def _stop(night: NightRecord, error: Exception, *, ports: Ports) -> None:
    """Hold a night that must not go on by itself, and page someone."""
    log.critical("night stopped", night=_name(night), because=type(error).__name__)
    async with ports.open_uow() as uow:
        stored = await uow.nights.claim(night.id, night.state)
        if stored is not None:
            stopped = replace(
                stored,
                stopped_at=ports.clock.now(),
                stopped_because=type(error).__name__,
            )
            await uow.nights.save(stopped, was=night.state)
            await uow.commit()


def _name(night: NightRecord) -> str:
    return f"{night.prefecture}/{night.held_on}"
