"""A thief's change of contact is stopped; a screen alone shows no news, for ever."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from service.adapters.postgres import tables as t
from service.domain.contact import Contact
from service.domain.errors import OfferNotOpenError
from service.usecases.commands import Access, AmendRegistration
from service.usecases.errors import UnknownResourceError
from service.usecases.message.send_messages import send_messages
from service.usecases.night.open_slots import open_slots
from service.usecases.person.access import open_by_link
from service.usecases.person.amend_registration import amend_registration
from service.usecases.person.answer_offer import confirm_offer
from service.usecases.person.change_contact import change_contacts, keep_contact
from service.usecases.person.my_line import my_line
from service.usecases.person.view_registration import view_registration
from service.usecases.person.withdraw_registration import withdraw_registration
from tests.nights import hold_night
from tests.ways_in import link_in, sent
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

# --- a changed contact


async def changed(world: World) -> tuple[Access, str]:
    """A hijacker changes the contact; returns the access and the old one's link."""
    access = await world.register()
    thief = Contact.parse(email="thief@example.org", phone=None, language="fr")
    await amend_registration(
        AmendRegistration(access=access, contact=thief), ports=world.ports
    )
    [told] = await sent(world, "Vos coordonnées vont changer")
    return access, link_in(told, "/garder")


async def test_the_old_contact_stops_a_change_in_one_tap(world: World) -> None:
    access, stop = await changed(world)

    await keep_contact(stop, ports=world.ports)
    world.clock.advance(hours=73)
    await change_contacts(ports=world.ports)
    [kept] = await sent(
        world, "Le changement est arrêté : vos coordonnées restent les mêmes"
    )

    assert world.mailbox.to("thief@example.org") == []
    with pytest.raises(UnknownResourceError):
        await view_registration(access, ports=world.ports)  # the thief's access ended
    with pytest.raises(UnknownResourceError):
        await keep_contact(stop, ports=world.ports)
    opened = await open_by_link(link_in(kept), ports=world.ports)
    view = await view_registration(opened, ports=world.ports)
    assert (view.masked_email, view.waiting_since_on) == ("p…@example.org", TONIGHT)


async def test_a_change_counts_after_72_hours_and_the_new_contact_is_told(
    world: World,
) -> None:
    access, _ = await changed(world)
    world.clock.advance(hours=71)
    assert await change_contacts(ports=world.ports) == 0

    world.clock.advance(hours=1)
    assert await change_contacts(ports=world.ports) == 1
    assert await change_contacts(ports=world.ports) == 0
    await send_messages(ports=world.ports)

    assert [mail.subject for mail in world.mailbox.to("thief@example.org")] == [
        "Vos messages arrivent maintenant ici"
    ]
    view = await view_registration(access, ports=world.ports)
    assert view.masked_email == "t…@example.org"
    assert view.new_contact_from is None


# --- neutral for good: what a screen alone shows


async def looks(world: World, access: Access) -> object:
    """Everything but what was typed at the time: reference and instants."""
    view = await view_registration(access, ports=world.ports)
    return replace(view, reference="", registered_at=world.clock.now())


async def test_a_repeated_registration_and_a_first_one_look_alike_for_ever(
    world: World,
) -> None:
    """ADR 0005's open point: after nights, offers and silence nothing differs."""
    await open_slots(world.agent, world.plan(), ports=world.ports)
    await world.register(1)  # the person, known here; number 2 is not
    known = await world.register(1, is_proved=False)
    unknown = await world.register(2, is_proved=False)
    pairs = []
    for _ in range(3):
        await hold_night(world)
        await send_messages(ports=world.ports)
        pairs.append((await looks(world, known), await looks(world, unknown)))
        world.clock.advance(days=1)

    for one, other in pairs:
        assert replace(one, masked_email="") == replace(other, masked_email="")  # type: ignore[type-var]
    async with world.engine.connect() as connection:
        offers = await connection.execute(select(func.count()).select_from(t.offer))
    assert offers.scalar_one() >= 2  # there was something to see
    for access in (known, unknown):
        with pytest.raises(OfferNotOpenError):
            await confirm_offer(access, ports=world.ports)
        with pytest.raises(UnknownResourceError):
            await my_line(access, TONIGHT, ports=world.ports)
    for access in (known, unknown):
        await withdraw_registration(access, ports=world.ports)
    one, other = await looks(world, known), await looks(world, unknown)
    assert replace(one, masked_email="") == replace(other, masked_email="")  # type: ignore[type-var]


async def test_one_link_opens_everything_also_for_the_code_of_the_screen(
    world: World,
) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register(is_proved=False)
    await hold_night(world)
    [told] = await sent(world, "Votre inscription est enregistrée")
    assert (await view_registration(access, ports=world.ports)).needs_proof

    await open_by_link(link_in(told), ports=world.ports)

    view = await view_registration(access, ports=world.ports)
    assert not view.needs_proof
    assert view.offer is not None
    assert [night.result for night in view.nights] == ["served"]


async def test_a_personal_link_given_with_its_reference_proves_as_well(
    world: World,
) -> None:
    access = await world.register(is_proved=False)
    [told] = await sent(world, "Votre inscription est enregistrée")
    await hold_night(world)

    by_link = replace(access, secret=link_in(told))

    assert not (await view_registration(by_link, ports=world.ports)).needs_proof
    assert not (await view_registration(access, ports=world.ports)).needs_proof


async def test_a_trace_is_never_proved_whoever_reads_its_messages(
    world: World,
) -> None:
    await world.register()
    thief = Contact.parse(email="thief@example.org", phone=None, language="fr")
    trace = await world.register(contact=thief, is_proved=False)
    other = Contact.parse(email="other@example.org", phone=None, language="fr")
    await amend_registration(
        AmendRegistration(access=trace, contact=other), ports=world.ports
    )
    await send_messages(ports=world.ports)
    [told] = world.mailbox.to("thief@example.org")
    await hold_night(world)

    opened = await open_by_link(link_in(told.text, "/garder"), ports=world.ports)

    view = await view_registration(opened, ports=world.ports)
    assert view.needs_proof
    assert view.nights == ()
    assert world.clock.now() - view.registered_at < timedelta(days=1)
