"""How a night is held in tests: by the clock that we hold, on the real ports."""

from datetime import UTC, date, datetime

from sqlalchemy import func, select

from service.adapters.postgres import tables as t
from service.usecases.message.send_messages import send_messages
from service.usecases.night.advance_nights import advance_nights
from service.usecases.night.view_nights import view_night
from tests.world import TONIGHT, World


async def freeze_hour(world: World) -> None:
    """Move to 20:00 in Paris, in winter, on the day that the clock shows."""
    day = world.clock.now().date()
    world.clock.move_to(datetime(day.year, day.month, day.day, 19, 0, tzinfo=UTC))


async def hold_night(world: World) -> None:
    """Hold tonight's draw from freeze to published."""
    await freeze_hour(world)
    await advance_nights(ports=world.ports)
    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)


async def hold_and_tell_night(world: World) -> None:
    """Hold tonight's draw, from the freeze to the last message."""
    await hold_night(world)
    await send_messages(ports=world.ports)
    await advance_nights(ports=world.ports)


async def state_of(world: World, held_on: date = TONIGHT) -> str:
    return (await view_night("isere", held_on, ports=world.ports)).state


async def stored_state(world: World, held_on: date = TONIGHT) -> str:
    """The state of a night as the worker sees it, also before it is public."""
    async with world.ports.open_uow() as uow:
        night = await uow.nights.by_date("isere", held_on)
    assert night is not None
    return night.state


async def offers(world: World) -> int:
    async with world.engine.connect() as connection:
        found = await connection.execute(select(func.count()).select_from(t.offer))
    return found.scalar_one()
