"""What people are sent: true, at a decent hour, on every way, and never too much.

The pitfalls of `product.md` § 6 that touch messages are here by name.
"""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from service.adapters.postgres import message_tables as m
from service.adapters.postgres import tables as t
from service.domain.contact import Contact
from service.domain.night import paris_date
from service.domain.sending import MOST_A_DAY, MOST_ANYONES, MOST_ORDINARY, at_once
from service.usecases.amend_registration import amend_registration
from service.usecases.answer_offer import confirm_offer
from service.usecases.cancel_slot import Cancelled, cancel_slot
from service.usecases.commands import Access, AmendRegistration
from service.usecases.errors import UnknownResourceError
from service.usecases.lapse_offers import lapse_offers
from service.usecases.letter import NoticeMissingError
from service.usecases.open_slots import list_slots, open_slots
from service.usecases.records import NewOutboxRow
from service.usecases.send_messages import GIVE_UP_AFTER, send_messages
from service.usecases.sign_acknowledgement import sign_acknowledgement
from service.usecases.view_registration import view_registration
from service.usecases.withdraw_registration import withdraw_registration
from service.words.i18n import typeset
from tests.integration.test_night import hold_night
from tests.integration.test_offers import free_places, offered
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

PHONE = "+33639980000"
BOTH = Contact.parse(email="p1@example.org", phone=PHONE, language="fr")
PHONE_ONLY = Contact.parse(email=None, phone=PHONE, language="fr")


def subjects(world: World, address: str = "p1@example.org") -> list[str]:
    return [mail.subject for mail in world.mailbox.to(address)]


def texted(world: World, number: str = PHONE) -> list[str]:
    return [message.text for message in world.telephones.to(number)]


async def fill(world: World, kind: str, count: int, number: int = 1) -> None:
    """Put rows of one kind into the outbox, each for a cause of its own."""
    async with world.ports.open_uow() as uow:
        key = world.ports.pseudonymiser.key(world.person(number).identity)
        record = await uow.registrations.live_of(key, "isere", "renouvellement-titre")
        assert record is not None
        now = world.clock.now()
        await uow.outbox.add(
            NewOutboxRow(
                once=f"{kind}:{at}:{now.isoformat()}",
                kind=kind,
                registration_id=record.id,
                available_at=now,
            )
            for at in range(count)
        )
        await uow.commit()


# --- 136 SMS to one person (rdv-service-public 4172)


async def test_a_hundred_and_thirty_six_messages_reach_a_person_a_few_a_day(
    world: World,
) -> None:
    await world.register(contact=PHONE_ONLY)
    await fill(world, "date_corrected", 136)
    by_day: Counter[date] = Counter()
    for _ in range(6):
        before = len(world.telephones.sent)
        await send_messages(ports=world.ports)
        by_day[paris_date(world.clock.now())] += len(world.telephones.sent) - before
        world.clock.advance(hours=5)

    assert max(by_day.values()) == MOST_A_DAY
    assert sum(by_day.values()) > MOST_A_DAY  # the rest comes later, none is lost


async def test_the_cap_counts_a_person_not_a_registration(world: World) -> None:
    await world.register(motif="aes", contact=PHONE_ONLY)
    await world.register(contact=PHONE_ONLY)
    await fill(world, "date_corrected", 10)

    await send_messages(ports=world.ports)

    assert len(world.telephones.sent) == MOST_A_DAY


async def test_what_strangers_cause_never_crowds_out_an_offer(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    await world.register()
    for _ in range(20):
        await world.register(is_proved=False)
    await fill(world, "already_registered", 30)
    await send_messages(ports=world.ports)
    assert len(world.mailbox.sent) == 1 + MOST_ANYONES

    await hold_night(world)
    await send_messages(ports=world.ports)

    assert typeset("Une place pour vous : à confirmer") in subjects(world)


async def test_an_ordinary_message_over_the_cap_leaves_the_next_morning(
    world: World,
) -> None:
    await world.register()
    await fill(world, "contact_changed", MOST_ORDINARY)
    await send_messages(ports=world.ports)
    assert len(world.mailbox.sent) == MOST_ORDINARY

    world.clock.move_to(datetime(2026, 11, 24, 6, 59, tzinfo=UTC))
    await send_messages(ports=world.ports)
    assert len(world.mailbox.sent) == MOST_ORDINARY
    world.clock.advance(minutes=1)
    await send_messages(ports=world.ports)

    assert len(world.mailbox.sent) == MOST_ORDINARY + 1


async def test_the_database_itself_refuses_a_seventh_message_a_day(
    world: World,
) -> None:
    async with world.ports.open_uow() as uow:
        for limit in range(1, 12):
            counted = await uow.deliveries.count_in(
                b"k" * 32, TONIGHT, limit=min(limit, MOST_A_DAY), anyones=False
            )
            assert counted == (limit <= MOST_A_DAY)
        await uow.commit()
    async with world.engine.connect() as connection:
        [row] = (await connection.execute(select(m.message_day.c.messages))).all()
    assert row.messages == MOST_A_DAY


# --- decent hours


async def test_a_message_of_the_night_waits_for_the_morning_and_its_window_too(
    world: World,
) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register()
    await send_messages(ports=world.ports)
    await hold_night(world)
    world.clock.move_to(datetime(2026, 11, 23, 22, 0, tzinfo=UTC))
    await send_messages(ports=world.ports)
    assert len(world.mailbox.sent) == 1

    world.clock.move_to(datetime(2026, 11, 24, 7, 0, tzinfo=UTC))
    await send_messages(ports=world.ports)

    view = await view_registration(access, ports=world.ports)
    assert subjects(world)[-1] == typeset("Une place pour vous : à confirmer")
    assert view.offer is not None
    assert view.offer.confirm_by == datetime(2026, 11, 26, 7, 0, tzinfo=UTC)


async def test_the_answer_to_ones_own_act_comes_at_any_hour(world: World) -> None:
    world.clock.move_to(datetime(2026, 11, 29, 2, 0, tzinfo=UTC))  # a Sunday, 3:00

    await world.register()
    await send_messages(ports=world.ports)

    assert subjects(world) == ["Votre inscription est enregistrée"]


async def test_the_demonstration_wakes_nobody_and_waits_for_nothing(
    world: World,
) -> None:
    ports = replace(world.ports, opening=at_once)
    await world.register()
    world.clock.move_to(datetime(2026, 11, 29, 2, 0, tzinfo=UTC))
    await fill(world, "date_corrected", 1)

    await send_messages(ports=ports)

    assert len(world.mailbox.sent) == 2


# --- two ways


async def test_an_offer_goes_both_ways_and_says_one_deadline(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register(contact=BOTH)
    await hold_night(world)
    await send_messages(ports=world.ports)

    view = await view_registration(access, ports=world.ports)

    assert view.offer is not None
    assert view.offer.confirm_by == datetime(2026, 11, 25, 19, 16, tzinfo=UTC)
    assert "mercredi 25 novembre 2026 à 20 h 16" in world.mailbox.sent[-1].text.replace(
        "\u00a0", " "
    )
    [text] = [text for text in texted(world) if "Une place" in text]
    assert "mercredi 25 novembre 20 h 16" in text
    assert "311-3-1" in text
    assert len(texted(world)) == 1  # what does not press comes by mail alone


async def test_a_way_that_is_delayed_never_repeats_the_other(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register(contact=BOTH)
    await hold_night(world)
    world.telephones.delaying.add(PHONE)
    await send_messages(ports=world.ports)
    by = (await view_registration(access, ports=world.ports)).offer
    mails = len(world.mailbox.sent)

    world.clock.advance(minutes=10)
    world.telephones.delaying.clear()
    await send_messages(ports=world.ports)

    after = (await view_registration(access, ports=world.ports)).offer
    assert len(world.mailbox.sent) == mails
    assert len(texted(world)) == 1
    assert by is not None
    assert after is not None
    assert by.confirm_by == after.confirm_by  # the window began with the mail


async def test_a_refused_address_gives_its_turn_to_the_telephone(world: World) -> None:
    world.mailbox.refusing.add("p1@example.org")
    await world.register(contact=BOTH)

    await send_messages(ports=world.ports)

    assert len(texted(world)) == 1
    async with world.engine.connect() as connection:
        rows = await connection.execute(select(m.delivery.c.way, m.delivery.c.outcome))
    assert {(row.way, row.outcome) for row in rows} == {
        ("email", "refused"),
        ("text", "sent"),
    }


async def test_without_a_provider_a_number_alone_goes_on_the_call_list(
    world: World,
) -> None:
    ports = replace(world.ports, texter=None)
    await open_slots(world.agent, world.plan(), ports=ports)
    access = await world.register(contact=PHONE_ONLY)
    await hold_night(world)

    await send_messages(ports=ports)
    world.clock.advance(days=6)
    await lapse_offers(ports=ports)

    view = await view_registration(access, ports=ports)
    assert view.offer is not None
    assert view.offer.next_refusal_is_free


async def test_a_provider_that_is_away_for_good_ends_on_the_call_list(
    world: World,
) -> None:
    await world.register(contact=PHONE_ONLY)
    world.telephones.delaying.add(PHONE)
    for _ in range(GIVE_UP_AFTER):
        await send_messages(ports=world.ports)
        world.clock.advance(hours=6)

    async with world.engine.connect() as connection:
        [row] = (await connection.execute(select(t.outbox.c.outcome))).all()
    assert row.outcome == "undeliverable"


async def test_a_message_that_cannot_be_written_holds_up_nobody(world: World) -> None:
    def write(letter):  # type: ignore[no-untyped-def]
        if letter.kind == "date_corrected":
            raise NoticeMissingError
        return world.ports.write_letter(letter)

    await world.register()
    await world.register(2)
    await fill(world, "date_corrected", 1)

    await send_messages(ports=replace(world.ports, write_letter=write))

    assert len(world.mailbox.sent) == 2
    await send_messages(ports=world.ports)
    world.clock.advance(minutes=1)
    await send_messages(ports=world.ports)
    assert len(world.mailbox.sent) == 3  # mended, it leaves


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

    done = await cancel_slot(world.agent, code, ports=world.ports)
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
        await cancel_slot(world.agent, code, ports=world.ports)


async def test_who_was_displaced_is_drawn_before_people_far_from_their_end(
    world: World,
) -> None:
    far = replace(world.person().facts, permit_expires_on=TONIGHT + timedelta(days=300))
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register(facts=far)
    await hold_night(world)
    await send_messages(ports=world.ports)
    await cancel_slot(world.agent, await first_slot(world), ports=world.ports)
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
    await cancel_slot(world.agent, await first_slot(world), ports=world.ports)
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
