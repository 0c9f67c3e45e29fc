"""Whoever has an appointment can still say where to be reached."""

import pytest

from service.domain.contact import Contact
from service.domain.errors import RegistrationNotLiveError
from service.usecases.commands import AmendRegistration
from service.usecases.message.send_messages import send_messages
from service.usecases.person.amend_registration import amend_registration
from service.usecases.person.change_contact import change_contacts
from service.usecases.person.view_registration import view_registration
from service.usecases.person.withdraw_registration import withdraw_registration
from tests.integration.test_papers import confirmed
from tests.world import World

pytestmark = pytest.mark.anyio

NEW = Contact.parse(email="new@example.org", phone=None, language="fr")


async def test_a_new_contact_counts_and_the_appointment_stays(world: World) -> None:
    access = await confirmed(world)

    await amend_registration(
        AmendRegistration(access=access, contact=NEW), ports=world.ports
    )
    await send_messages(ports=world.ports)
    world.clock.advance(hours=86)  # in the morning: nothing leaves at night
    await change_contacts(ports=world.ports)
    await send_messages(ports=world.ports)

    view = await view_registration(access, ports=world.ports)
    assert view.state == "served"
    assert view.offer is not None
    assert view.offer.state == "confirmed"
    assert len(world.mailbox.to("new@example.org")) == 1


async def test_nothing_else_of_an_appointment_is_changed_that_way(world: World) -> None:
    access = await confirmed(world)

    with pytest.raises(RegistrationNotLiveError):
        await amend_registration(
            AmendRegistration(access=access, contact=NEW, people=2), ports=world.ports
        )
    with pytest.raises(RegistrationNotLiveError):
        await amend_registration(
            AmendRegistration(access=access, people=2), ports=world.ports
        )


async def test_who_has_withdrawn_is_not_reached_anew(world: World) -> None:
    access = await world.register()
    await withdraw_registration(access, ports=world.ports)

    with pytest.raises(RegistrationNotLiveError):
        await amend_registration(
            AmendRegistration(access=access, contact=NEW), ports=world.ports
        )
