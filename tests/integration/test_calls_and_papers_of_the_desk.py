"""The call list remembers who was called; the desk prints a person's own papers."""

from datetime import timedelta

import pytest

from service.domain.contact import Contact
from service.domain.desk_acts import Shown
from service.domain.errors import OfferNotOpenError
from service.usecases.desk.act_for import (
    PersonThere,
    acknowledgement_for,
    confirm_for,
    convocation_for,
    explanation_for,
    note_not_reached,
)
from service.usecases.desk.calls_made import calls_made
from service.usecases.errors import UnknownResourceError
from service.usecases.message.send_messages import send_messages
from service.usecases.night.open_slots import offers_to_call, open_slots
from tests.integration.test_acting_for import BORN, PHONE, events, there, view
from tests.integration.test_offers import offered
from tests.nights import hold_night
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

# --- the call list


async def test_a_call_that_reached_nobody_is_seen_by_the_next_agent(
    world: World,
) -> None:
    both = Contact.parse(email="p1@example.org", phone=PHONE, language="fr")
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register(contact=both)
    world.mailbox.refusing.add("p1@example.org")
    world.telephones.refusing.add(PHONE)
    await hold_night(world)
    await send_messages(ports=world.ports)
    first = world.clock.now()
    await note_not_reached(world.agent, access.reference, ports=world.ports)
    world.clock.advance(hours=2)
    await note_not_reached(world.agent, access.reference, ports=world.ports)

    offers = await offers_to_call(world.agent, ports=world.ports)
    [made] = (await calls_made(world.agent, offers, ports=world.ports)).values()

    assert (made.times, made.last_at, made.by) == (
        2,
        first + timedelta(hours=2),
        "Agent",
    )
    assert (await view(world, access)).doors.done_at_desk == ()
    who = there(access, Shown.CALLED)
    await confirm_for(world.agent, who, ports=world.ports)
    assert await offers_to_call(world.agent, ports=world.ports) == []
    assert await events(world, "not-reached", "acted-for") == [
        ("agent", "not-reached", None),
        ("agent", "not-reached", None),
        ("agent", "acted-for", "confirmed"),
    ]


async def test_no_call_is_noted_without_a_place_that_waits(world: World) -> None:
    access = await world.register()

    with pytest.raises(UnknownResourceError):
        await note_not_reached(world.agent, access.reference, ports=world.ports)


# --- papers


async def test_the_papers_of_the_desk_are_the_persons_own_and_are_audited(
    world: World,
) -> None:
    access = await offered(world)
    accuse = await acknowledgement_for(world.agent, access.reference, ports=world.ports)
    with pytest.raises(OfferNotOpenError):
        await convocation_for(world.agent, access.reference, ports=world.ports)
    await confirm_for(world.agent, there(access), ports=world.ports)

    convocation = await convocation_for(
        world.agent, access.reference, ports=world.ports
    )

    why = await explanation_for(
        world.agent, access.reference, TONIGHT, ports=world.ports
    )
    with pytest.raises(UnknownResourceError):
        await explanation_for(
            world.agent,
            access.reference,
            TONIGHT - timedelta(days=1),
            ports=world.ports,
        )

    assert (why.entry.result, why.night.held_on) == ("served", TONIGHT)
    assert accuse.view.reference == access.reference
    assert len(accuse.view.nights) == 1
    assert accuse.holder.birth_date == BORN
    assert convocation.offer.starts_at.date() == TONIGHT + timedelta(days=7)
    assert await events(world, "acted-for") == [
        ("agent", "acted-for", "printed"),
        ("agent", "acted-for", "confirmed"),
        *[("agent", "acted-for", "printed")] * 3,
    ]
    assert (await view(world, access)).doors.done_at_desk[0].act == "confirmed"


def test_nothing_of_a_person_is_written_where_an_act_is_shown() -> None:
    who = PersonThere(
        reference="0123ABCDM", shown=Shown.CODE, birth_date=BORN, code="SECRET"
    )

    assert "1990" not in repr(who)
    assert "SECRET" not in repr(who)
