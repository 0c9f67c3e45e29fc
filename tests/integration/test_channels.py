"""The door somebody came through never enters the draw: the same pool, to the byte."""

import json
import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from service.adapters.postgres import tables as t
from service.adapters.postgres.unit_of_work import PostgresUnitOfWork
from service.domain.availability import Availability
from service.domain.channels import Channel
from service.domain.permits import DocumentFacts
from service.usecases.night.freeze_night import freeze_night
from service.usecases.night.open_slots import open_slots
from service.words import desk_phrases
from service.words.data_words import CHANNELS
from tests.nights import freeze_hour
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

DOORS = [one.value for one in Channel]


async def populate(world: World, luck: random.Random, people: int) -> None:
    """People of every kind; who they are is drawn without a look at their door."""
    for number in range(1, people + 1):
        await world.register(
            number,
            facts=DocumentFacts(
                held_document="cst",
                permit_expires_on=TONIGHT + timedelta(days=luck.randint(-30, 90)),
            ),
            people=luck.choice((1, 1, 1, 2, 3)),
            availability=Availability(short_notice=luck.random() < 0.3),
            channel=luck.choice(DOORS),
        )


class NotKept(PostgresUnitOfWork):
    """A transaction that is undone where it would be kept, once its pool was read."""

    def __init__(self, engine: AsyncEngine, pools: list[bytes]) -> None:
        super().__init__(engine)
        self._pools = pools

    async def commit(self) -> None:
        night = await self.nights.by_date("isere", TONIGHT)
        assert night is not None
        assert night.pool is not None
        self._pools.append(night.pool)


async def pool_bytes(world: World) -> bytes:
    """The pool that tonight's freeze would store, its labels drawn with equal luck."""
    async with world.ports.open_uow() as uow:
        night = await uow.nights.by_date("isere", TONIGHT)
    assert night is not None
    pools: list[bytes] = []
    ports = replace(
        world.ports,
        open_uow=lambda: NotKept(world.engine, pools),
        entropy=random.Random(3).randbytes,
    )
    assert await freeze_night(night, ports=ports)
    [pool] = pools
    return pool


async def shuffle_doors(world: World, luck: random.Random) -> None:
    async with world.engine.connect() as connection:
        rows = await connection.execute(select(t.registration.c.id))
    await world.tamper(
        *(
            update(t.registration)
            .where(t.registration.c.id == number)
            .values(channel=luck.choice(DOORS))
            for number in rows.scalars().all()
        )
    )


def test_every_door_has_a_name_in_the_public_shares() -> None:
    assert set(DOORS) <= set(CHANNELS)
    assert set(DOORS) == set(desk_phrases.CHANNELS)


async def displace(world: World, every: int) -> None:
    """The prefecture cancelled the appointment of some: they come first."""
    async with world.engine.begin() as connection:
        rows = await connection.execute(
            select(t.registration.c.id).order_by(t.registration.c.id)
        )
        await connection.execute(
            update(t.registration)
            .where(t.registration.c.id.in_(list(rows.scalars())[::every]))
            .values(displaced_on=TONIGHT - timedelta(days=1))
        )


async def ready_to_freeze(world: World, luck: random.Random, people: int) -> None:
    await populate(world, luck, people=people)
    await open_slots(world.agent, world.plan(), ports=world.ports)
    await freeze_hour(world)


async def test_any_exchange_of_doors_freezes_the_same_pool(world: World) -> None:
    luck = random.Random(11)
    await ready_to_freeze(world, luck, people=40)
    await displace(world, every=7)
    before = await pool_bytes(world)
    assert len(json.loads(before)["registrations"]) == 40

    for _ in range(10):
        await shuffle_doors(world, luck)
        assert await pool_bytes(world) == before


@pytest.mark.parametrize("counts", ["people", "displaced", "sites"])
async def test_the_comparison_would_see_something_that_counts(
    world: World, counts: str
) -> None:
    luck = random.Random(12)
    await ready_to_freeze(world, luck, people=5)
    before = await pool_bytes(world)

    if counts == "displaced":
        await displace(world, every=1)
    else:
        changed = {"people": 4} if counts == "people" else {"sites": ["vienne"]}
        async with world.engine.begin() as connection:
            await connection.execute(update(t.registration).values(**changed))

    assert await pool_bytes(world) != before
