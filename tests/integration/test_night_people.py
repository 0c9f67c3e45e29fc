"""What a night gives its people, and what it tells them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from service.adapters.postgres import tables as t
from service.domain.availability import Availability
from service.domain.contact import Contact
from service.usecases.commands import Access
from service.usecases.message.send_messages import send_messages
from service.usecases.night.advance_nights import advance_nights
from service.usecases.night.lapse_offers import lapse_offers
from service.usecases.night.open_slots import (
    offers_to_call,
    open_slots,
)
from service.usecases.night.view_nights import view_night
from service.usecases.person.answer_offer import decline_offer
from service.usecases.person.view_registration import view_registration
from service.usecases.person.withdraw_registration import withdraw_registration
from service.words.i18n import typeset
from tests.nights import freeze_hour, hold_night, state_of
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio


async def test_who_cannot_come_on_a_day_is_never_offered_it(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register(
        availability=Availability(weekdays_excluded=frozenset({1}))
    )

    await hold_night(world)

    view = await view_registration(access, ports=world.ports)
    assert [night.result for night in view.nights] == ["no_suitable_place"]


async def test_a_family_is_received_in_one_slot(world: World) -> None:
    await open_slots(world.agent, world.plan(guichets=3), ports=world.ports)
    access = await world.register(people=3)

    await hold_night(world)

    view = await view_registration(access, ports=world.ports)
    assert view.offer is not None
    async with world.engine.connect() as connection:
        places = (await connection.execute(select(t.offer_place))).all()
    assert len(places) == 3


async def test_a_withdrawal_after_the_freeze_frees_its_place_for_a_later_night(
    world: World,
) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register()
    await freeze_hour(world)
    await advance_nights(ports=world.ports)
    await withdraw_registration(access, ports=world.ports)
    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)
    await send_messages(ports=world.ports)
    await lapse_offers(ports=world.ports)

    assert (await view_registration(access, ports=world.ports)).state == "withdrawn"
    assert typeset("Une place pour vous : à confirmer") not in [
        mail.subject for mail in world.mailbox.sent
    ]
    async with world.ports.open_uow() as uow:
        open_again = await uow.slots.open_from("isere", TONIGHT)
    assert sum(slot.places for slot in open_again) == 6


async def test_not_drawn_is_told_once_and_then_weekly(world: World) -> None:
    await world.register()
    for _ in range(8):
        await hold_night(world)
        await send_messages(ports=world.ports)
        await advance_nights(ports=world.ports)
        world.clock.advance(days=1)

    told = [
        mail
        for mail in world.mailbox.to("p1@example.org")
        if mail.subject.startswith("Pas encore de place")
    ]

    assert len(told) == 2
    assert all("L. 311-3-1" in mail.text for mail in told)


async def test_a_repeated_registration_shows_no_news_and_says_where_it_goes(
    world: World,
) -> None:
    await world.register()
    second = await world.register()
    await hold_night(world)

    view = await view_registration(second, ports=world.ports)

    assert view.needs_proof
    assert (view.nights, view.offer) == ((), None)


async def test_declining_once_costs_one_night_and_no_seniority(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register()
    await hold_night(world)
    await send_messages(ports=world.ports)

    view = await decline_offer(access, ports=world.ports)

    assert view.state == "live"
    assert view.waiting_since_on == TONIGHT
    assert view.back_on == TONIGHT + timedelta(days=2)
    assert not view.takes_part_next


async def test_without_any_contact_the_offer_goes_on_the_call_list(
    world: World,
) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register(
        contact=Contact.parse(email=None, phone="+33612345678", language="fr")
    )
    world.telephones.refusing.add("+33612345678")
    await hold_night(world)
    await send_messages(ports=world.ports)
    await advance_nights(ports=world.ports)
    assert await state_of(world) == "notified"

    [called] = await offers_to_call(world.agent, ports=world.ports)

    assert called.reference == access.reference
    assert called.phone == "+33612345678"
    world.clock.advance(days=6)
    await lapse_offers(ports=world.ports)
    view = await view_registration(access, ports=world.ports)
    assert view.state == "live"
    assert view.offer is not None
    assert view.offer.state == "lapsed"
    assert view.offer.next_refusal_is_free


async def test_an_empty_night_is_a_night(world: World) -> None:
    await hold_night(world)

    night = await view_night("isere", TONIGHT, ports=world.ports)

    assert (night.state, night.entries, night.served) == ("notified", 0, 0)


def test_access_never_shows_its_secret() -> None:
    assert "hunter2" not in repr(Access(reference="A", secret="hunter2"))
