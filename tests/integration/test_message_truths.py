"""What a message says is true when it leaves, and everybody is told what concerns them.

The pitfalls of `product.md` § 6 that touch messages are here by name, and in
``test_messages``.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from service.domain.cancellations import CancelReason
from service.domain.contact import Contact
from service.domain.night import paris_date
from service.usecases.commands import Access, AmendRegistration
from service.usecases.errors import UnknownResourceError
from service.usecases.message.send_messages import send_messages
from service.usecases.night.cancel_slot import Cancelled, cancel_slot
from service.usecases.night.lapse_offers import lapse_offers
from service.usecases.night.open_slots import list_slots, open_slots
from service.usecases.person.amend_registration import amend_registration
from service.usecases.person.answer_offer import confirm_offer
from service.usecases.person.sign_acknowledgement import sign_acknowledgement
from service.usecases.person.view_registration import view_registration
from service.usecases.person.withdraw_registration import withdraw_registration
from service.words.i18n import typeset
from tests.helping import confirm_what_was_cancelled
from tests.integration.test_offers import free_places, offered
from tests.messages import BOTH, fill, subjects
from tests.nights import hold_night
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

# --- message sent after the date (pretix 1031)


async def test_nothing_leaves_about_a_day_that_is_past(world: World) -> None:
    access = await offered(world)
    await confirm_offer(access, ports=world.ports)
    sent = len(world.mailbox.sent)

    world.clock.advance(days=9)
    await send_messages(ports=world.ports)

    assert len(world.mailbox.sent) == sent


async def test_who_was_served_meanwhile_is_not_told_to_wait(world: World) -> None:
    access = await offered(world)
    await fill(world, "not_drawn", 1)
    await confirm_offer(access, ports=world.ports)
    await send_messages(ports=world.ports)

    assert typeset("Pas encore de place : votre inscription continue") not in (
        subjects(world)
    )


async def test_who_left_is_told_that_and_nothing_more(world: World) -> None:
    access = await world.register()
    await fill(world, "date_corrected", 2)
    await withdraw_registration(access, ports=world.ports)

    await send_messages(ports=world.ports)

    assert subjects(world) == ["Votre inscription est retirée"]


# --- only one of the duplicates is mailed (bloom 4312)


async def test_the_recorded_contact_learns_of_a_duplicate_and_the_other_does_not(
    world: World,
) -> None:
    await world.register()
    other = Contact.parse(email="other@example.org", phone=None, language="fr")
    await world.register(contact=other, is_proved=False)

    await send_messages(ports=world.ports)

    assert typeset("Votre inscription existe déjà : rien ne change") in subjects(world)
    assert subjects(world, "other@example.org") == []


# --- losers never told; unclear how to leave (EMF, EMF 2238)


async def test_who_is_not_drawn_is_told_at_once_then_weekly_and_how_to_leave(
    world: World,
) -> None:
    await world.register()
    told: list[date] = []
    for _ in range(15):
        before = len(world.mailbox.sent)
        await hold_night(world)
        await send_messages(ports=world.ports)
        if len(world.mailbox.sent) > before:
            told.append(paris_date(world.clock.now()))
        world.clock.advance(days=1)

    last = world.mailbox.sent[-1]
    assert last.subject == typeset("Pas encore de place : votre inscription continue")
    assert "Retirer mon inscription" in last.text
    assert told[0] == TONIGHT
    gaps = [later - sooner for sooner, later in pairwise(told)]
    assert gaps
    assert min(gaps) >= timedelta(days=7)


# --- abandoned offers block the queue (virtual waiting room 154)


async def test_an_abandoned_offer_expires_and_its_person_is_told_to_stay(
    world: World,
) -> None:
    await offered(world)
    world.clock.advance(hours=48)

    assert await lapse_offers(ports=world.ports) == 1
    world.clock.move_to(datetime(2026, 11, 26, 8, 0, tzinfo=UTC))
    await send_messages(ports=world.ports)

    assert await free_places(world) == 6
    last = world.mailbox.sent[-1]
    assert last.subject == typeset("La place est repartie : votre inscription continue")
    assert "311-3-1" in last.text


# --- attachment lost to a mail quota (demarches-simplifiees 11229)


async def test_the_proof_can_be_had_without_any_message(world: World) -> None:
    world.mailbox.refusing.add("p1@example.org")
    access = await world.register()
    await send_messages(ports=world.ports)

    assert world.mailbox.sent == []
    assert b"received_at" in await sign_acknowledgement(access, ports=world.ports)


async def test_an_appointment_brings_its_calendar_file(world: World) -> None:
    ports = replace(
        world.ports, write_calendar=lambda view: f"{view.offer.starts_at}".encode()
    )
    access = await offered(world)
    await confirm_offer(access, ports=world.ports)

    await send_messages(ports=ports)

    [file] = world.mailbox.sent[-1].attachments
    assert (file.name, file.media_type) == ("rendez-vous.ics", "text/calendar")
    assert file.content == b"2026-11-30 09:00:00"


async def test_who_never_opened_a_link_is_told_of_a_place_all_the_same(
    world: World,
) -> None:
    """The screen hides news from strangers; the recorded contact gets all of it."""
    await open_slots(world.agent, world.plan(), ports=world.ports)
    await world.register(is_proved=False)
    await hold_night(world)

    await send_messages(ports=world.ports)

    last = world.mailbox.sent[-1]
    assert last.subject == typeset("Une place pour vous : à confirmer")
    assert "lundi 30 novembre 2026" in last.text.replace("\u00a0", " ")


# --- cancelled by the prefecture


async def first_slot(world: World) -> str:
    day = TONIGHT + timedelta(days=7)
    slots = await list_slots(world.agent, day, day, ports=world.ports)
    return next(slot.code for slot in slots if slot.offered or slot.confirmed)


@pytest.mark.parametrize("confirms", [True, False])
async def test_who_loses_a_place_to_the_prefecture_is_told_and_comes_first(
    world: World, confirms: bool
) -> None:
    access = await offered(world)
    if confirms:
        await confirm_offer(access, ports=world.ports)
    code = await first_slot(world)

    done = await cancel_slot(
        world.agent, code, reason=CancelReason.CLOSED, ports=world.ports
    )
    await confirm_what_was_cancelled(world)
    await send_messages(ports=world.ports)

    view = await view_registration(access, ports=world.ports)
    assert done == Cancelled(people=1, places=1)
    assert (view.state, view.band, view.band_reason) == ("live", 0, "displaced")
    assert (view.waiting_since_on, view.back_on) == (TONIGHT, None)
    assert view.takes_part_next
    assert await free_places(world) == 5  # the place is gone, nobody else has it
    last = world.mailbox.sent[-1]
    assert "La préfecture annule" in last.subject
    assert "dans le groupe servi en premier" in last.text
    with pytest.raises(UnknownResourceError):
        await cancel_slot(
            world.agent, code, reason=CancelReason.CLOSED, ports=world.ports
        )


async def test_who_was_displaced_is_drawn_before_people_far_from_their_end(
    world: World,
) -> None:
    far = replace(world.person().facts, permit_expires_on=TONIGHT + timedelta(days=300))
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register(facts=far)
    await hold_night(world)
    await send_messages(ports=world.ports)
    await cancel_slot(
        world.agent,
        await first_slot(world),
        reason=CancelReason.CLOSED,
        ports=world.ports,
    )
    assert await confirm_what_was_cancelled(world) == 1
    for number in range(2, 9):
        await world.register(number, facts=far)
    world.clock.advance(days=1)

    await hold_night(world)

    view = await view_registration(access, ports=world.ports)
    assert [night.rank for night in view.nights] == [1, 1]
    assert view.nights[-1].band == 0
    assert view.offer is not None
    assert view.offer.state == "awaiting"


async def test_no_message_of_a_cancellation_says_another_day(world: World) -> None:
    """Drawn again before the message left: only what is true is told."""
    access = await offered(world)
    await cancel_slot(
        world.agent,
        await first_slot(world),
        reason=CancelReason.CLOSED,
        ports=world.ports,
    )
    world.clock.advance(days=1)
    await hold_night(world)
    await send_messages(ports=world.ports)

    view = await view_registration(access, ports=world.ports)
    assert view.offer is not None
    assert view.offer.state == "awaiting"
    assert not any("annule" in subject for subject in subjects(world))


async def test_a_changed_language_is_heard_at_once(world: World) -> None:
    access: Access = await world.register()
    contact = replace(BOTH, language="en")
    await amend_registration(
        AmendRegistration(access=access, contact=contact), ports=world.ports
    )

    await send_messages(ports=world.ports)

    assert {mail.language for mail in world.mailbox.sent} == {"en"}
