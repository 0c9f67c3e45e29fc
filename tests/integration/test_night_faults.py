"""A night that something disturbs: workers, lateness, a hand on the stored night."""

import asyncio
from datetime import UTC, date, datetime

import psycopg
import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from service.adapters.postgres import tables as t
from service.usecases.errors import (
    PlacesLockedError,
)
from service.usecases.message.send_messages import send_messages
from service.usecases.night.advance_nights import advance_nights
from service.usecases.night.open_slots import (
    open_slots,
    withdraw_places,
)
from service.usecases.night.view_nights import view_night
from service.usecases.person.view_registration import view_registration
from tests.nights import freeze_hour, hold_night, offers, state_of
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio


async def test_eight_workers_at_once_draw_once(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    for number in range(20):
        await world.register(number)
    await freeze_hour(world)
    await asyncio.gather(*(advance_nights(ports=world.ports) for _ in range(8)))
    world.clock.advance(minutes=16)

    await asyncio.gather(*(advance_nights(ports=world.ports) for _ in range(8)))

    assert await state_of(world) == "published"
    assert await offers(world) == 6


async def test_a_second_draw_is_impossible_even_for_a_wrong_program(
    world: World, owned: str
) -> None:
    await hold_night(world)

    for statement in (
        "UPDATE draw SET outcome = ''",
        "DELETE FROM draw",
        "UPDATE transcript SET gzipped = ''",
        "INSERT INTO draw SELECT night_id, ''::bytea, 0, 0, 0, now() FROM draw",
    ):
        with pytest.raises(DBAPIError):
            async with world.engine.begin() as connection:
                await connection.execute(text(statement))
        with psycopg.connect(owned) as owner, pytest.raises(psycopg.Error):
            owner.execute(statement)


async def test_a_missed_night_heals_itself(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register()

    world.clock.move_to(datetime(2026, 11, 24, 7, 0, tzinfo=UTC))
    await advance_nights(ports=world.ports)
    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)

    assert await state_of(world) == "published"
    assert (await view_registration(access, ports=world.ports)).offer is not None


async def test_a_night_caught_up_late_still_gives_its_people_notice(
    world: World,
) -> None:
    await open_slots(world.agent, world.plan(day=date(2026, 11, 27)), ports=world.ports)
    access = await world.register()

    world.clock.move_to(datetime(2026, 11, 26, 7, 0, tzinfo=UTC))
    await advance_nights(ports=world.ports)
    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)

    assert await state_of(world) == "published"
    assert (await view_registration(access, ports=world.ports)).offer is None


async def test_a_pool_changed_after_the_freeze_stops_the_night(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    await world.register()
    await freeze_hour(world)
    await advance_nights(ports=world.ports)
    await world.tamper("UPDATE night SET pool = pool || '\\x20'")
    world.clock.advance(minutes=16)

    await advance_nights(ports=world.ports)

    night = await view_night("isere", TONIGHT, ports=world.ports)
    assert (night.state, night.stopped_because) == ("revealed", "PoolChangedError")
    assert await offers(world) == 0
    await send_messages(ports=world.ports)
    assert len(world.mailbox.sent) == 1


async def test_a_night_whose_replay_differs_is_never_announced(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    await world.register()
    await freeze_hour(world)
    await advance_nights(ports=world.ports)
    await world.tamper(update(t.night).values(signature_value=bytes(64)))
    world.clock.advance(minutes=16)

    await advance_nights(ports=world.ports)
    await send_messages(ports=world.ports)

    night = await view_night("isere", TONIGHT, ports=world.ports)
    assert (night.state, night.stopped_because) == ("drawn", "ReplayMismatchError")
    assert [mail.subject for mail in world.mailbox.sent] == [
        "Votre inscription est enregistrée"
    ]


async def test_the_freeze_waits_for_a_registration_in_flight(world: World) -> None:
    await freeze_hour(world)
    async with world.ports.open_uow() as uow:
        in_flight = await uow.nights.next_open("isere")
        freeze = asyncio.create_task(advance_nights(ports=world.ports))
        done, _ = await asyncio.wait({freeze}, timeout=0.5)
        assert not done
        assert in_flight is not None
        await uow.commit()

    await freeze

    assert await state_of(world) == "committed"


async def test_frozen_places_cannot_be_withdrawn_before_they_are_drawn(
    world: World,
) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register()
    await freeze_hour(world)
    await advance_nights(ports=world.ports)

    for code in ("grenoble-20261130-0900", "grenoble-20261130-1040"):
        with pytest.raises(PlacesLockedError):
            await withdraw_places(world.agent, code, 1, ports=world.ports)

    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)
    assert (await view_registration(access, ports=world.ports)).offer is not None
    free = "grenoble-20261130-1040"
    assert await withdraw_places(world.agent, free, 1, ports=world.ports) == 1
