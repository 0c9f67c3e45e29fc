"""How often, when and on which ways people are written to.

The pitfalls of `product.md` § 6 that touch messages are here by name, and in
``test_message_truths``.
"""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from service.adapters.postgres import message_tables as m
from service.adapters.postgres import tables as t
from service.domain.night import paris_date
from service.domain.sending import MOST_A_DAY, MOST_ANYONES, MOST_ORDINARY, at_once
from service.usecases.message.letter import NoticeMissingError
from service.usecases.message.send_messages import GIVE_UP_AFTER, send_messages
from service.usecases.night.lapse_offers import lapse_offers
from service.usecases.night.open_slots import open_slots
from service.usecases.person.view_registration import view_registration
from service.usecases.records import Mail
from service.words.i18n import typeset
from tests.messages import BOTH, PHONE, PHONE_ONLY, fill, subjects, texted
from tests.nights import hold_night
from tests.world import TONIGHT, Mailbox, World

pytestmark = pytest.mark.anyio

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


async def test_twenty_senders_at_once_never_send_a_seventh(world: World) -> None:
    async def count() -> bool:
        async with world.ports.open_uow() as uow:
            has_room = await uow.deliveries.count_in(
                b"k" * 32, TONIGHT, limit=MOST_A_DAY, anyones=False
            )
            await uow.commit()
        return has_room

    counted = await asyncio.gather(*(count() for _ in range(20)))

    assert sum(counted) == MOST_A_DAY


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
    mails = [mail.text.replace("\u00a0", " ") for mail in world.mailbox.sent]
    assert any("mercredi 25 novembre 2026 à 20 h 16" in mail for mail in mails)
    [text] = [text for text in texted(world) if "Une place" in text]
    assert "mercredi 25 novembre 20 h 16" in text
    assert "311-3-1" in text
    assert len(texted(world)) == 1  # what does not press comes by mail alone


async def test_a_place_is_told_to_who_never_opened_a_message_before(
    world: World,
) -> None:
    """A message is how a contact is proved: it cannot wait for the proof."""
    await open_slots(world.agent, world.plan(), ports=world.ports)
    await world.register(contact=BOTH, is_proved=False)
    await hold_night(world)

    await send_messages(ports=world.ports)

    assert any("Grenoble" in mail.text for mail in world.mailbox.sent)
    assert any("Une place pour vous" in text for text in texted(world))


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


async def test_a_carrier_that_breaks_over_one_message_holds_up_nobody(
    world: World,
) -> None:
    """A fault of our own there must not keep a whole evening's results back."""

    class Fragile(Mailbox):
        async def send(self, mail: Mail) -> None:
            if mail.to == "p0@example.org":
                raise ValueError("header of p0@example.org")
            await super().send(mail)

    box = Fragile()
    ports = replace(world.ports, mailer=box)
    for number in range(20):
        await world.register(number)

    await send_messages(ports=ports)

    assert {mail.to for mail in box.sent} == {
        f"p{number}@example.org" for number in range(1, 20)
    }
    async with world.engine.connect() as connection:
        stuck = (
            await connection.execute(select(t.outbox).where(t.outbox.c.attempts > 0))
        ).all()
    (waiting,) = [row for row in stuck if row.done_at is None]
    assert waiting.last_error == "delayed: ValueError"


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
