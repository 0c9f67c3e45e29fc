"""The directory of places: agents keep their own prefecture's, everybody reads it."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from service.adapters.postgres import tables as t
from service.demo.help_places import help_places
from service.usecases.errors import UnknownResourceError
from service.usecases.public.help_places import (
    keep_help_place,
    list_help_places,
    remove_help_place,
)
from tests.world import World

pytestmark = pytest.mark.anyio

PLACES = [one.place for one in help_places("isere", date(2026, 11, 23))]


async def test_an_added_place_is_listed_and_counts_as_checked_today(
    world: World,
) -> None:
    for place in PLACES:
        await keep_help_place(world.agent, place, ports=world.ports)

    listed = await list_help_places("isere", near="vienne", ports=world.ports)

    assert next(one.place for one in listed).town == "Vienne"
    assert {one.place for one in listed} == set(PLACES)
    assert {one.checked_on for one in listed} == {date(2026, 11, 23)}


async def test_a_corrected_place_is_still_one_place(world: World) -> None:
    added = await keep_help_place(world.agent, PLACES[0], ports=world.ports)
    world.clock.advance(days=3)

    await keep_help_place(
        world.agent,
        replace(PLACES[0], hours="vendredi, 10 h"),
        place_id=added.id,
        ports=world.ports,
    )

    [only] = await list_help_places("isere", ports=world.ports)
    assert (only.place.hours, only.checked_on) == ("vendredi, 10 h", date(2026, 11, 26))


async def test_another_prefecture_neither_corrects_nor_removes_it(world: World) -> None:
    added = await keep_help_place(world.agent, PLACES[0], ports=world.ports)
    stranger = replace(world.agent, prefecture="rhone")

    with pytest.raises(UnknownResourceError):
        await remove_help_place(stranger, added.id, ports=world.ports)
    with pytest.raises(UnknownResourceError):
        await keep_help_place(stranger, PLACES[1], place_id=added.id, ports=world.ports)

    assert len(await list_help_places("isere", ports=world.ports)) == 1


async def test_what_agents_do_with_the_directory_is_audited(world: World) -> None:
    added = await keep_help_place(world.agent, PLACES[0], ports=world.ports)
    await remove_help_place(world.agent, added.id, ports=world.ports)

    async with world.engine.connect() as connection:
        actions = await connection.execute(select(t.audit.c.action))

    assert actions.scalars().all() == ["help-place-added", "help-place-removed"]
    assert await list_help_places("isere", ports=world.ports) == []
