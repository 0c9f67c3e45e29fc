"""What an agent sees of a person is what the program knows, not what a screen may show.

A screen hides the news of who proved nothing from strangers; an agent is asked by the
person who stands there, and has to tell them.
"""

import pytest

from service.usecases.desk.agent_files import FileView, open_file
from service.usecases.desk.day_list import list_day
from service.usecases.message.send_messages import send_messages
from service.usecases.night.open_slots import open_slots
from service.usecases.person.view_registration import view_registration
from tests.nights import hold_night
from tests.world import World

pytestmark = pytest.mark.anyio


async def file_of(world: World, reference: str) -> FileView:
    return await open_file(world.agent, reference, ports=world.ports)


async def test_an_agent_sees_the_place_of_who_has_not_opened_the_link_yet(
    world: World,
) -> None:
    """Message, list of the day and file of an agent say the same of one person."""
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register(is_proved=False)
    await hold_night(world)
    await send_messages(ports=world.ports)

    own = await view_registration(access, ports=world.ports)
    file = await file_of(world, access.reference)

    assert (own.needs_proof, own.offer, own.nights) == (True, None, ())
    assert file.view.offer is not None
    assert file.view.offer.state == "awaiting"
    assert [night.result for night in file.view.nights] == ["served"]
    assert (file.view.held_document, file.view.band) == ("cst", 0)
    assert file.view.end_of_right_on is not None
    assert not file.is_proved
    day = file.view.offer.starts_at.date()
    listed = await list_day(world.agent, day, site=None, ports=world.ports)
    assert [one.reference for one in listed] == [access.reference]


async def test_a_look_of_an_agent_proves_nothing_for_the_screen(world: World) -> None:
    access = await world.register(is_proved=False)
    await hold_night(world)

    await file_of(world, access.reference)

    assert (await view_registration(access, ports=world.ports)).needs_proof


async def test_a_repeated_registration_leads_an_agent_to_the_first_one(
    world: World,
) -> None:
    """Its own nights are none and its date orders nothing: the first one has them."""
    first = await world.register(1)
    again = await world.register(1, is_proved=False)

    file = await file_of(world, again.reference)

    assert file.first_reference == first.reference
    assert (await file_of(world, first.reference)).first_reference is None
