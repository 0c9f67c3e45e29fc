"""An agent registers somebody: all of it or nothing, and twice is once."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from service.adapters.postgres import doors_tables as d
from service.adapters.postgres import tables as t
from service.domain.channels import Channel
from service.domain.checks import SeenDocument
from service.usecases.desk.take_in import TakenIn, take_in
from service.usecases.ports import Ports
from tests.helping import rows
from tests.world import World

pytestmark = pytest.mark.anyio


async def at_the_desk(
    world: World, *, key: str = "one-form", ports: Ports | None = None
) -> TakenIn:
    return await take_in(
        world.agent,
        world.person(7),
        channel=Channel.DESK,
        seen=SeenDocument.CARD,
        idempotency_key=key,
        ports=ports or world.ports,
    )


async def acts(world: World) -> list[str]:
    async with world.engine.connect() as connection:
        found = await connection.execute(
            select(t.audit.c.action).order_by(t.audit.c.id)
        )
    return list(found.scalars())


async def test_the_same_form_sent_twice_is_one_act_and_one_answer(
    world: World,
) -> None:
    first = await at_the_desk(world)
    again = await at_the_desk(world)

    assert again == first
    assert first.check == "verified"
    assert await rows(world, d.date_check) == 1
    assert await acts(world) == ["taken-in", "dates-seen", "dates-verified"]


async def test_two_agents_taking_the_same_person_in_at_once_find_each_other(
    world: World,
) -> None:
    one, other = await asyncio.gather(
        at_the_desk(world, key="form-one"), at_the_desk(world, key="form-two")
    )

    assert one.reference == other.reference
    assert [one.secret, other.secret].count(None) == 1
    assert await rows(world, t.registration) == 1
    assert (await acts(world)).count("taken-in") == 1


def breaking_at(world: World, call: int) -> Callable[[int], bytes]:
    left = call

    def entropy(count: int) -> bytes:
        nonlocal left
        left -= 1
        if left == 0:
            raise ConnectionAbortedError
        return world.ports.entropy(count)

    return entropy


async def test_wherever_it_breaks_off_nothing_is_left_and_sending_again_does_it(
    world: World,
) -> None:
    broke_off = 0
    while True:
        ports = replace(world.ports, entropy=breaking_at(world, broke_off + 1))
        try:
            done = await at_the_desk(world, ports=ports)
        except ConnectionAbortedError:
            broke_off += 1
            assert await rows(world, t.registration) == 0
            assert await acts(world) == []
        else:
            break

    assert broke_off >= 2  # the registration's own numbers, and the check's
    assert done.check == "verified"
    assert await acts(world) == ["taken-in", "dates-seen", "dates-verified"]
