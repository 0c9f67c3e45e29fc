"""The door somebody came through never enters the draw: the same pool, to the byte."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from service.adapters.postgres import tables as t
from service.domain.availability import Availability
from service.domain.channels import Channel
from service.domain.permits import DocumentFacts
from service.domain.ruleset import DEFAULT_RULESET
from service.draw.canonical import canonical_bytes
from service.draw.freeze import Candidate, freeze
from service.usecases.night.open_slots import open_slots
from service.words import desk_phrases
from service.words.data_words import CHANNELS
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


async def pool_bytes(world: World) -> bytes:
    """The pool that tonight would freeze, under labels that belong to people."""
    async with world.ports.open_uow() as uow:
        standing = await uow.registrations.standing("isere", TONIGHT)
        slots = await uow.slots.open_from("isere", TONIGHT)
    candidates = [
        Candidate(
            label=(row.registration_id.bytes * 2).hex(),
            motif=row.motif,
            sites=row.sites,
            end_of_right_on=row.end_of_right_on,
            registered_on=row.waiting_since_on,
            availability=row.availability,
            people=row.people,
        )
        for row in standing
    ]
    pool = freeze("isere", TONIGHT, DEFAULT_RULESET, slots, candidates)
    return canonical_bytes(pool.to_json())


async def shuffle_doors(world: World, luck: random.Random) -> None:
    async with world.engine.begin() as connection:
        rows = await connection.execute(select(t.registration.c.id))
        for number in rows.scalars().all():
            await connection.execute(
                update(t.registration)
                .where(t.registration.c.id == number)
                .values(channel=luck.choice(DOORS))
            )


def test_every_door_has_a_name_in_the_public_shares() -> None:
    assert set(DOORS) <= set(CHANNELS)
    assert set(DOORS) == set(desk_phrases.CHANNELS)


async def test_any_exchange_of_doors_freezes_the_same_pool(world: World) -> None:
    luck = random.Random(11)
    await populate(world, luck, people=40)
    await open_slots(world.agent, world.plan(), ports=world.ports)
    before = await pool_bytes(world)

    for _ in range(10):
        await shuffle_doors(world, luck)
        assert await pool_bytes(world) == before


async def test_the_comparison_would_see_something_that_counts(world: World) -> None:
    luck = random.Random(12)
    await populate(world, luck, people=5)
    await open_slots(world.agent, world.plan(), ports=world.ports)
    before = await pool_bytes(world)

    async with world.engine.begin() as connection:
        await connection.execute(update(t.registration).values(people=4))

    assert await pool_bytes(world) != before
