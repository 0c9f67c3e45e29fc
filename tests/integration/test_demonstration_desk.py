"""The demonstration shows what takes two agents, and where permits are collected."""

import pytest

from service.demo.desk import SECOND_LOGIN, load_desk
from tests.world import QuickPasswords, World

pytestmark = pytest.mark.anyio


async def test_a_second_agent_and_hours_are_there_however_often_it_is_loaded(
    world: World,
) -> None:
    for _ in range(2):
        async with world.engine.begin() as connection:
            await load_desk(connection, QuickPasswords().hash, "demonstration")

    async with world.ports.open_uow() as uow:
        agent = await uow.directory.agent_by_login(SECOND_LOGIN)
        hours = await uow.doors.lists.hours("isere")
    assert agent is not None
    assert agent.id != world.agent.id
    assert [one.weekday for one in hours] == [1, 2, 3, 5]
