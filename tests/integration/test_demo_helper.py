"""The demonstration's helper signs in with what the README says, and follows people."""

import pytest
from sqlalchemy import select

from service.adapters.postgres import tables as t
from service.demo.helpers import load_helpers
from service.demonstration_account import LOGIN, PASSWORD, code_at
from service.usecases.helper.follow_people import follow_people
from service.usecases.helper.helper_accounts import helper_of, sign_in_helper
from tests.world import World

pytestmark = pytest.mark.anyio


async def test_the_demonstrations_helper_follows_its_people(world: World) -> None:
    for number in (1, 2):
        await world.register(number)
    async with world.engine.begin() as connection:
        people = (await connection.execute(select(t.registration.c.id))).scalars()
        await load_helpers(
            connection,
            world.ports,
            prefecture="isere",
            agent=world.agent.id,
            password="demonstration",
            people=list(people),
            now=world.clock.now(),
        )

    code = code_at(world.clock.now())
    token = await sign_in_helper(LOGIN, PASSWORD, code, ports=world.ports)
    me = await helper_of(token, ports=world.ports)

    followed = await follow_people(me.helper, ports=world.ports)
    assert len(followed.people) == 2
    assert me.organisation.name == "Maison des Passages"
