"""A night that needs somebody says so in words, and goes on once it is mended."""

from datetime import timedelta

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import literal_column, select, update

from service.adapters.postgres import tables as t
from service.domain.errors import InvalidNoticeTextError
from service.usecases.errors import UnknownResourceError
from service.usecases.message.send_messages import send_messages
from service.usecases.night.advance_nights import advance_nights
from service.usecases.night.open_slots import open_slots
from service.usecases.night.plan_nights import plan_nights
from service.usecases.night.trouble_words import said_of, to_do
from service.usecases.night.watch_nights import (
    Trouble,
    resume_night,
    trouble_of,
    watch_nights,
)
from service.web.app import create_app
from tests.integration.test_storage_away import Standing
from tests.nights import freeze_hour, hold_night, state_of
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio


async def stop_tonight(world: World) -> None:
    """A row changed behind the service's back, between freeze and draw."""
    await open_slots(world.agent, world.plan(), ports=world.ports)
    await world.register()
    await freeze_hour(world)
    await advance_nights(ports=world.ports)
    await change_pool(world, "pool || '\\x20'")
    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)
    await plan_nights(ports=world.ports)


async def change_pool(world: World, to: str) -> None:
    changed = update(t.night).where(t.night.c.held_on == TONIGHT)
    await world.tamper(changed.values(pool=literal_column(to)))


async def test_a_night_that_goes_well_needs_nobody(world: World) -> None:
    assert await watch_nights(ports=world.ports) == []

    await hold_night(world)
    await plan_nights(ports=world.ports)

    assert await watch_nights(ports=world.ports) == []


async def test_a_stopped_night_says_which_check_and_what_to_do(world: World) -> None:
    await stop_tonight(world)

    (found,) = await watch_nights(ports=world.ports)

    assert (found.trouble, found.because) == (Trouble.STOPPED, "PoolChangedError")
    assert f"isere/{TONIGHT}" in said_of(found)
    assert "tourderole audit" in to_do(found)
    assert "tourderole resume" in to_do(found)


async def resume(world: World, found: str) -> None:
    by, ports = "operator:awa", world.ports
    await resume_night("isere", TONIGHT, found=found, by=by, ports=ports)


async def test_what_was_mended_goes_on_and_is_in_the_audit(world: World) -> None:
    await stop_tonight(world)
    await change_pool(world, "substr(pool, 1, length(pool) - 1)")

    await resume(world, "a byte too many, restored")
    await advance_nights(ports=world.ports)

    assert await state_of(world) == "published"
    assert await watch_nights(ports=world.ports) == []
    async with world.engine.connect() as connection:
        event = (
            await connection.execute(
                select(t.audit).where(t.audit.c.action == "night-resumed")
            )
        ).one()
    assert event.detail["found"] == "a byte too many, restored"
    assert event.actor == "operator:awa"


async def test_what_was_not_mended_stops_again(world: World) -> None:
    await stop_tonight(world)

    await resume(world, "it looked all right")
    await advance_nights(ports=world.ports)

    assert [one.trouble for one in await watch_nights(ports=world.ports)] == ["stopped"]


async def test_nothing_is_resumed_in_silence_or_without_cause(world: World) -> None:
    with pytest.raises(UnknownResourceError):
        await resume(world, "just in case")
    await stop_tonight(world)

    with pytest.raises(InvalidNoticeTextError):
        await resume(world, "  ok ")
    assert await watch_nights(ports=world.ports)


async def test_a_worker_that_is_away_shows_ten_minutes_after_the_freeze(
    world: World,
) -> None:
    await freeze_hour(world)
    assert await watch_nights(ports=world.ports) == []
    world.clock.advance(minutes=11)

    (found,) = await watch_nights(ports=world.ports)

    assert (found.trouble, found.state) == (Trouble.LATE, "planned")
    assert "tourderole tick" in to_do(found)


async def test_a_round_that_does_not_come_is_no_reason_to_choose_another(
    world: World,
) -> None:
    await freeze_hour(world)
    await advance_nights(ports=world.ports)
    async with world.ports.open_uow() as uow:
        night = await uow.nights.by_date("isere", TONIGHT)
    assert night is not None
    assert night.beacon_due_at is not None

    early = night.beacon_due_at + timedelta(minutes=9)
    late = night.beacon_due_at + timedelta(minutes=11)

    assert trouble_of(night, early) is None
    found = trouble_of(night, late)
    assert found is not None
    assert found.trouble is Trouble.ROUND_LATE
    assert "no other number" in to_do(found)


async def test_a_carrier_that_is_down_is_seen_and_nobody_loses_a_place(
    world: World,
) -> None:
    world.mailbox.delaying.add("p1@example.org")
    await world.register(1)
    for _ in range(6):
        await send_messages(ports=world.ports)
        world.clock.advance(minutes=40)

    (found,) = [
        one
        for one in await watch_nights(ports=world.ports)
        if one.trouble is Trouble.MESSAGES_LATE
    ]
    assert said_of(found).startswith("1 messages")
    world.mailbox.delaying.clear()
    world.clock.advance(hours=1)
    await send_messages(ports=world.ports)

    assert not [
        one
        for one in await watch_nights(ports=world.ports)
        if one.trouble is Trouble.MESSAGES_LATE
    ]


async def test_a_monitor_is_told_by_status_and_in_words(world: World) -> None:
    app = create_app(Standing(world.ports))
    async with AsyncClient(
        transport=ASGITransport(app=app), base_url="http://localhost"
    ) as client:
        well = await client.get("/v1/health/nights")
        await stop_tonight(world)
        ill = await client.get("/v1/health/nights")

    assert (well.status_code, well.json()) == (200, {"well": True, "troubles": []})
    assert ill.status_code == 503
    (trouble,) = ill.json()["troubles"]
    assert trouble["trouble"] == "stopped"
    assert trouble["night"] == str(TONIGHT)
    assert "resume" in trouble["to_do"]
