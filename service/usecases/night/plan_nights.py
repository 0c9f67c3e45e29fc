"""There is always one planned night to register for."""

from datetime import date, datetime

from service.domain.errors import UnknownPrefectureError
from service.domain.night import (
    NightState,
    first_night_open_at,
    freeze_instant,
    paris_date,
)
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import NightRecord


async def plan_nights(*, ports: Ports) -> None:
    """Plan the next night of every prefecture that has none; idempotent."""
    async with ports.open_uow() as uow:
        for prefecture in await uow.directory.prefectures():
            await open_night(prefecture, uow=uow, now=ports.clock.now())
        await uow.commit()


async def open_night(
    prefecture: str, *, uow: UnitOfWork, now: datetime, lock: bool = True
) -> NightRecord:
    """Return the night that someone registering now takes part in, locked FOR SHARE.

    Who only looks passes ``lock=False``: reading must not make a freeze wait.

    The freeze takes the same row FOR UPDATE: it waits for every registration in
    flight, and who comes after it finds the following night (`reliability.md`
    finding 6).
    """
    night = await uow.nights.next_open(prefecture, lock=lock)
    while night is None:
        await plan_next_night(prefecture, uow=uow, now=now)
        night = await uow.nights.next_open(prefecture, lock=lock)
    return night


async def night_to_enter(
    prefecture: str, *, uow: UnitOfWork, now: datetime
) -> NightRecord:
    """Return the first night that someone registering now takes part in, locked.

    A night that was missed and is caught up later counts the days waited until its own
    date: who registers after that date enters the next one, never one in the past.
    """
    night = await open_night(prefecture, uow=uow, now=now)
    today = paris_date(now)
    while night.held_on < today:
        later = await uow.nights.next_open(prefecture, not_before=today)
        if later is None:
            await plan_next_night(prefecture, uow=uow, now=now)
        else:
            night = later
    return night


async def night_to_run(prefecture: str, *, ports: Ports) -> date:
    """Return the night that someone means who names none.

    The oldest one that has begun or is due and is not drawn and published; if there is
    none, the next one open.

    Raises:
        UnknownPrefectureError: No prefecture of that code uses the service.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        if await uow.directory.prefecture_name(prefecture) is None:
            raise UnknownPrefectureError("prefecture")
        following = await open_night(prefecture, uow=uow, now=now)
        unfinished = await uow.nights.unfinished()
        await uow.commit()
    begun = [
        night.held_on
        for night in unfinished
        if night.prefecture == prefecture and _is_under_way(night, now)
    ]
    return min(begun, default=following.held_on)


def _is_under_way(night: NightRecord, now: datetime) -> bool:
    if night.state is NightState.PLANNED:
        return night.freeze_at <= now
    return night.state is not NightState.PUBLISHED


async def plan_next_night(prefecture: str, *, uow: UnitOfWork, now: datetime) -> date:
    """Plan the night after the last one, never one whose freeze has passed."""
    ruleset = await uow.directory.ruleset_on(prefecture, paris_date(now))
    held_on = first_night_open_at(now, ruleset)
    latest = await uow.nights.latest_of(prefecture)
    if latest is not None and latest.held_on >= held_on:
        held_on = date.fromordinal(latest.held_on.toordinal() + 1)
    ruleset = await uow.directory.ruleset_on(prefecture, held_on)
    await uow.nights.plan(prefecture, held_on, freeze_instant(held_on, ruleset))
    return held_on
