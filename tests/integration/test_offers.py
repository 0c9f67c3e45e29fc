"""What happens to a place: confirm, decline, silence, cancel; never a click."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from service.domain.errors import OfferNotOpenError, RegistrationNotLiveError
from service.usecases.commands import Access
from service.usecases.message.send_messages import send_messages
from service.usecases.night.advance_nights import advance_nights
from service.usecases.night.lapse_offers import lapse_offers, release_served
from service.usecases.night.open_slots import list_slots, open_slots
from service.usecases.person.answer_offer import (
    cancel_appointment,
    confirm_offer,
    decline_offer,
)
from service.usecases.person.view_registration import view_registration
from service.usecases.person.withdraw_registration import withdraw_registration
from service.words.i18n import typeset
from tests.nights import hold_night
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio


async def offered(world: World, number: int = 1) -> Access:
    """A person with one place for one slot, message handed over."""
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register(number)
    await hold_night(world)
    await send_messages(ports=world.ports)
    return access


async def free_places(world: World) -> int:
    day = TONIGHT + timedelta(days=7)
    slots = await list_slots(world.agent, day, day, ports=world.ports)
    return sum(slot.free for slot in slots)


async def test_the_window_starts_when_the_message_is_handed_over(
    world: World,
) -> None:
    access = await offered(world)

    view = await view_registration(access, ports=world.ports)

    assert view.offer is not None
    assert view.offer.confirm_by == world.clock.now() + timedelta(hours=48)


async def test_confirming_serves_and_confirming_twice_is_the_same(
    world: World,
) -> None:
    access = await offered(world)

    first = await confirm_offer(access, ports=world.ports)
    again = await confirm_offer(access, ports=world.ports)
    await send_messages(ports=world.ports)

    assert (first.state, again.state) == ("served", "served")
    assert [mail.subject for mail in world.mailbox.sent][-1] == (
        "Votre rendez-vous est confirmé"
    )
    with pytest.raises(OfferNotOpenError):
        await decline_offer(access, ports=world.ports)


async def test_the_reminder_leaves_two_days_before_and_not_after_a_cancellation(
    world: World,
) -> None:
    access = await offered(world)
    await confirm_offer(access, ports=world.ports)
    await send_messages(ports=world.ports)
    sent = len(world.mailbox.sent)

    world.clock.move_to(datetime(2026, 11, 28, 7, 0, tzinfo=UTC))
    await send_messages(ports=world.ports)
    assert len(world.mailbox.sent) == sent
    world.clock.advance(hours=2)
    await send_messages(ports=world.ports)
    assert world.mailbox.sent[-1].subject == typeset(
        "Rappel : votre rendez-vous approche"
    )


async def test_the_reminder_of_a_tuesday_leaves_on_saturday_not_on_monday(
    world: World,
) -> None:
    tuesday = TONIGHT + timedelta(days=8)
    await open_slots(world.agent, world.plan(day=tuesday), ports=world.ports)
    access = await world.register()
    await hold_night(world)
    await send_messages(ports=world.ports)
    await confirm_offer(access, ports=world.ports)
    await send_messages(ports=world.ports)
    sent = len(world.mailbox.sent)

    world.clock.move_to(datetime(2026, 11, 28, 18, 59, tzinfo=UTC))
    await send_messages(ports=world.ports)
    assert len(world.mailbox.sent) == sent
    world.clock.advance(minutes=1)
    await send_messages(ports=world.ports)
    assert world.mailbox.sent[-1].subject == typeset(
        "Rappel : votre rendez-vous approche"
    )


async def test_no_reminder_after_a_cancellation(world: World) -> None:
    access = await offered(world)
    await confirm_offer(access, ports=world.ports)
    view = await cancel_appointment(access, ports=world.ports)
    await send_messages(ports=world.ports)
    sent = len(world.mailbox.sent)

    world.clock.advance(days=5)
    await send_messages(ports=world.ports)

    assert view.state == "live"
    assert len(world.mailbox.sent) == sent
    assert await free_places(world) == 6


async def test_a_freed_place_is_drawn_again_and_never_by_its_canceller(
    world: World,
) -> None:
    access = await offered(world)
    await confirm_offer(access, ports=world.ports)
    await cancel_appointment(access, ports=world.ports)
    world.clock.advance(days=1)

    await hold_night(world)

    view = await view_registration(access, ports=world.ports)
    assert [night.result for night in view.nights] == ["served"]
    world.clock.advance(days=1)
    await hold_night(world)
    view = await view_registration(access, ports=world.ports)
    assert [night.result for night in view.nights] == ["served", "served"]


async def test_the_second_decline_sits_out_seven_nights_and_keeps_the_date(
    world: World,
) -> None:
    access = await offered(world)
    await decline_offer(access, ports=world.ports)
    for _ in range(2):
        world.clock.advance(days=1)
        await hold_night(world)
        await send_messages(ports=world.ports)

    view = await decline_offer(access, ports=world.ports)

    assert view.waiting_since_on == TONIGHT
    assert view.back_on == view.next_night_on + timedelta(days=7)


async def test_silence_lapses_after_48_hours_and_the_registration_stays(
    world: World,
) -> None:
    access = await offered(world)

    world.clock.advance(hours=47)
    assert await lapse_offers(ports=world.ports) == 0
    world.clock.advance(hours=1)
    assert await lapse_offers(ports=world.ports) == 1

    view = await view_registration(access, ports=world.ports)
    assert view.state == "live"
    assert view.offer is not None
    assert view.offer.state == "lapsed"
    assert await free_places(world) == 6
    with pytest.raises(OfferNotOpenError):
        await confirm_offer(access, ports=world.ports)


async def test_confirm_decline_and_lapse_at_the_same_instant_have_one_outcome(
    world: World,
) -> None:
    access = await offered(world)
    world.clock.advance(hours=48)

    outcomes = await asyncio.gather(
        decline_offer(access, ports=world.ports),
        lapse_offers(ports=world.ports),
        confirm_offer(access, ports=world.ports),
        decline_offer(access, ports=world.ports),
        return_exceptions=True,
    )

    assert sum(not isinstance(one, BaseException) for one in outcomes) >= 1
    assert all(
        isinstance(one, OfferNotOpenError)
        for one in outcomes
        if isinstance(one, BaseException)
    )
    assert await free_places(world) == 6
    assert (await view_registration(access, ports=world.ports)).state == "live"


async def test_a_message_that_must_wait_starts_no_window(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register()
    await hold_night(world)
    world.mailbox.delaying.add("p1@example.org")
    await send_messages(ports=world.ports)

    world.clock.advance(hours=37)
    assert await lapse_offers(ports=world.ports) == 0
    world.mailbox.delaying.clear()
    await send_messages(ports=world.ports)

    view = await view_registration(access, ports=world.ports)
    assert view.offer is not None
    assert view.offer.confirm_by == world.clock.now() + timedelta(hours=48)


async def test_a_refused_address_is_called_and_its_offer_costs_nothing(
    world: World,
) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    world.mailbox.refusing.add("p1@example.org")
    access = await world.register()
    await hold_night(world)
    await send_messages(ports=world.ports)
    await advance_nights(ports=world.ports)

    world.clock.advance(days=6)
    await lapse_offers(ports=world.ports)

    view = await view_registration(access, ports=world.ports)
    assert view.offer is not None
    assert view.offer.next_refusal_is_free


async def test_an_offer_is_never_announced_after_its_date(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    await world.register()
    await hold_night(world)

    world.clock.advance(days=8)
    await send_messages(ports=world.ports)

    assert typeset("Une place pour vous : à confirmer") not in [
        mail.subject for mail in world.mailbox.sent
    ]


async def test_who_withdraws_gives_the_place_back(world: World) -> None:
    access = await offered(world)

    await withdraw_registration(access, ports=world.ports)

    assert await free_places(world) == 6


async def test_who_has_an_appointment_leaves_without_giving_it_back_first(
    world: World,
) -> None:
    access = await offered(world)
    await confirm_offer(access, ports=world.ports)

    await withdraw_registration(access, ports=world.ports)

    assert await free_places(world) == 6
    view = await view_registration(access, ports=world.ports)
    assert view.state == "withdrawn"


async def test_nobody_leaves_after_the_hour_of_an_appointment(world: World) -> None:
    access = await offered(world)
    await confirm_offer(access, ports=world.ports)
    world.clock.advance(days=8)

    with pytest.raises(RegistrationNotLiveError):
        await withdraw_registration(access, ports=world.ports)


async def test_who_was_received_can_register_for_the_next_visit(world: World) -> None:
    access = await offered(world)
    await confirm_offer(access, ports=world.ports)
    again = await world.register()
    assert (await view_registration(again, ports=world.ports)).reference
    world.clock.advance(days=8)

    assert await release_served(ports=world.ports) == 1

    third = await view_registration(await world.register(), ports=world.ports)
    assert third.state == "live"
    assert third.takes_part_next
    assert not third.needs_proof
