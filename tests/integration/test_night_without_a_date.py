"""Who names no night means the one under way, else the next one."""

from datetime import timedelta

import pytest

from service.domain.errors import UnknownPrefectureError
from service.usecases.night.advance_nights import advance_nights, run_night
from service.usecases.night.plan_nights import night_to_run
from tests.nights import freeze_hour, state_of
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

TOMORROW = TONIGHT + timedelta(days=1)


async def test_the_night_is_tonights_until_it_is_published_then_tomorrows(
    world: World,
) -> None:
    async def meant() -> object:
        return await night_to_run("isere", ports=world.ports)

    assert await meant() == TONIGHT
    await freeze_hour(world)
    world.clock.advance(minutes=1)
    assert await meant() == TONIGHT
    await advance_nights(ports=world.ports)
    assert await meant() == TONIGHT
    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)

    assert await meant() == TOMORROW


async def test_the_evening_of_the_readme_goes_well_after_the_freeze_too(
    world: World,
) -> None:
    await freeze_hour(world)
    await advance_nights(ports=world.ports)
    world.clock.advance(hours=2)
    await advance_nights(ports=world.ports)

    night = await night_to_run("isere", ports=world.ports)
    await run_night("isere", night, ports=world.ports, bring_forward=True)

    assert night == TOMORROW
    assert await state_of(world, night) == "committed"


async def test_an_unknown_prefecture_has_no_night(world: World) -> None:
    with pytest.raises(UnknownPrefectureError):
        await night_to_run("atlantis", ports=world.ports)
