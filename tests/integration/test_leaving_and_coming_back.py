"""Leaving and registering again undoes no refusal, and tells no stranger of one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain.channels import Channel
from service.domain.contact import Contact
from service.usecases.commands import Access
from service.usecases.message.send_messages import send_messages
from service.usecases.night.advance_nights import advance_nights
from service.usecases.night.open_slots import open_slots
from service.usecases.person.answer_offer import decline_offer
from service.usecases.person.register_applicant import register_applicant
from service.usecases.person.view_registration import view_registration
from service.usecases.person.withdraw_registration import withdraw_registration
from service.usecases.records import RegistrationRecord
from service.usecases.views import RegistrationView
from tests.nights import hold_night
from tests.world import World

pytestmark = pytest.mark.anyio

SOMEONE_ELSE = Contact.parse(email="other@example.org", phone=None, language="fr")


async def look(world: World, access: Access) -> RegistrationView:
    return await view_registration(access, ports=world.ports)


async def stored(world: World, access: Access) -> RegistrationRecord:
    async with world.ports.open_uow() as uow:
        found = await uow.registrations.by_reference(access.reference)
    assert found is not None
    return found


async def night(world: World) -> None:
    await hold_night(world)
    await send_messages(ports=world.ports)
    await advance_nights(ports=world.ports)


async def offered(world: World) -> Access:
    day = world.clock.now().date() + timedelta(days=20)
    await open_slots(world.agent, world.plan(day=day), ports=world.ports)
    access = await world.register()
    await night(world)
    assert (await look(world, access)).offer is not None
    return access


async def refused_twice(world: World) -> Access:
    """Who refused two places: they sit out seven nights."""
    access = await offered(world)
    await decline_offer(access, ports=world.ports)
    for _ in range(2):
        world.clock.advance(days=1)
        await night(world)
    await decline_offer(access, ports=world.ports)
    return access


async def test_who_leaves_and_comes_back_sits_out_all_the_same(world: World) -> None:
    access = await refused_twice(world)
    back_on = (await look(world, access)).back_on
    assert back_on is not None

    await withdraw_registration(access, ports=world.ports)
    again = await world.register()
    world.clock.advance(days=1)
    await night(world)

    view = await look(world, again)
    assert (view.back_on, view.takes_part_next, view.nights) == (back_on, False, ())
    assert view.waiting_since_on > (await look(world, access)).waiting_since_on
    while (view := await look(world, again)).offer is None:
        assert view.next_night_on <= back_on + timedelta(days=1)
        world.clock.advance(days=1)
        await night(world)
    assert (view.offer.held_on, view.offer.next_refusal_is_free) == (back_on, False)


async def test_leaving_with_a_place_in_hand_is_refusing_it(world: World) -> None:
    access = await offered(world)

    await withdraw_registration(access, ports=world.ports)
    again = await world.register()

    found = await stored(world, again)
    assert found.declines == 1
    assert found.back_on == found.first_night_on + timedelta(days=1)


async def test_leaving_before_any_message_arrived_refuses_nothing(
    world: World,
) -> None:
    day = world.clock.now().date() + timedelta(days=20)
    await open_slots(world.agent, world.plan(day=day), ports=world.ports)
    access = await world.register()
    await hold_night(world)

    await withdraw_registration(access, ports=world.ports)

    assert (await stored(world, await world.register())).declines == 0


async def test_a_repeated_registration_that_is_withdrawn_clears_nothing(
    world: World,
) -> None:
    access = await refused_twice(world)
    repeated = await world.register(is_proved=False)
    await withdraw_registration(access, ports=world.ports)
    await withdraw_registration(repeated, ports=world.ports)

    found = await stored(world, await world.register())

    assert (found.declines, found.back_on) == (2, (await stored(world, access)).back_on)


async def test_another_visit_and_another_season_start_anew(world: World) -> None:
    access = await refused_twice(world)
    await withdraw_registration(access, ports=world.ports)

    other = await stored(world, await world.register(motif="changement-statut"))
    assert (other.declines, other.back_on) == (0, None)
    world.clock.advance(days=93)
    later = await stored(world, await world.register())
    assert (later.declines, later.back_on) == (0, None)


async def test_a_stranger_with_the_number_is_shown_a_first_registration(
    world: World,
) -> None:
    """They typed a known number, and even read their own messages."""
    access = await refused_twice(world)
    await withdraw_registration(access, ports=world.ports)

    typed = await world.register(contact=SOMEONE_ELSE, is_proved=False)
    nobody = await world.register(2, contact=SOMEONE_ELSE, is_proved=False)

    for _ in range(2):
        shown, compared = await look(world, typed), await look(world, nobody)
        kept = {
            name: getattr(compared, name)
            for name in ("reference", "nights", "registered_at")
        }
        assert replace(shown, **kept) == compared
        assert (shown.nights, shown.back_on, shown.takes_part_next) == ((), None, True)
        await world.prove(typed.reference)
        await world.prove(nobody.reference)


async def test_who_came_to_an_agent_is_told(world: World) -> None:
    access = await refused_twice(world)
    back_on = (await look(world, access)).back_on
    await withdraw_registration(access, ports=world.ports)

    command = world.person(contact=SOMEONE_ELSE, channel=Channel.DESK)
    answer = await register_applicant(
        command, idempotency_key="at-the-desk", ports=world.ports
    )

    view = await look(world, Access(reference=answer.reference, secret=answer.secret))
    assert (view.back_on, view.takes_part_next) == (back_on, False)
