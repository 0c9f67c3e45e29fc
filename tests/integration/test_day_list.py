"""The day's list: who came, who did not, and the absence that is excused later."""

from datetime import UTC, datetime

import pytest

from service.domain.errors import AlreadyDecidedError, OfferNotOpenError
from service.usecases.commands import Access
from service.usecases.desk.day_list import (
    ABSENT,
    ARRIVED,
    Appointment,
    Excuse,
    excuse_absence,
    list_day,
    note_visit,
)
from service.usecases.errors import UnknownResourceError
from service.usecases.message.send_messages import send_messages
from service.usecases.night.lapse_offers import release_served
from service.usecases.night.open_slots import open_slots
from service.usecases.person.answer_offer import confirm_offer
from service.usecases.person.view_registration import view_registration
from service.words.i18n import typeset
from tests.nights import hold_night
from tests.world import World

pytestmark = pytest.mark.anyio


async def appointment(world: World) -> Access:
    """One person with a confirmed place next Monday at nine."""
    access = await world.register(1)
    await open_slots(world.agent, world.plan(), ports=world.ports)
    await hold_night(world)
    await send_messages(ports=world.ports)
    await confirm_offer(access, ports=world.ports)
    return access


async def today(world: World) -> list[Appointment]:
    day = world.clock.now().date()
    return list(await list_day(world.agent, day, ports=world.ports))


def at(world: World, hour: int) -> None:
    world.clock.move_to(datetime(2026, 11, 30, hour - 1, 30, tzinfo=UTC))


async def test_the_list_names_who_comes_and_an_arrival_is_noted(world: World) -> None:
    await appointment(world)
    at(world, 8)
    [line] = await today(world)
    assert (line.names, line.is_confirmed, line.has_begun, line.outcome) == (
        ("Diallo Awa",),
        True,
        False,
        None,
    )

    await note_visit(world.agent, line.offer_id, ARRIVED, ports=world.ports)

    assert (await today(world))[0].outcome == ARRIVED


async def test_nobody_is_absent_before_the_hour_or_on_another_day(
    world: World,
) -> None:
    await appointment(world)
    at(world, 8)
    [line] = await today(world)
    with pytest.raises(OfferNotOpenError):
        await note_visit(world.agent, line.offer_id, ABSENT, ports=world.ports)
    world.clock.advance(days=-1)
    with pytest.raises(OfferNotOpenError):
        await note_visit(world.agent, line.offer_id, ARRIVED, ports=world.ports)
    with pytest.raises(UnknownResourceError):
        await note_visit(world.agent, line.offer_id, "late", ports=world.ports)


async def test_who_was_absent_is_told_on_the_morning_after_and_asked_why(
    world: World,
) -> None:
    access = await appointment(world)
    at(world, 12)
    [line] = await today(world)
    await note_visit(world.agent, line.offer_id, ABSENT, ports=world.ports)
    await send_messages(ports=world.ports)
    asked = "Votre absence : dites-nous la raison"
    assert asked not in [m.subject for m in world.mailbox.to("p1@example.org")]

    view = await view_registration(access, ports=world.ports)
    assert view.offer is not None
    assert (view.offer.is_over, view.offer.was_absent) == (True, True)
    world.clock.advance(days=1)
    await send_messages(ports=world.ports)
    subjects = [m.subject for m in world.mailbox.to("p1@example.org")]
    assert subjects.count(typeset(asked)) == 1


async def test_an_absence_that_was_mended_or_excused_asks_nothing(world: World) -> None:
    access = await appointment(world)
    at(world, 12)
    [line] = await today(world)
    await note_visit(world.agent, line.offer_id, ABSENT, ports=world.ports)
    await note_visit(world.agent, line.offer_id, ARRIVED, ports=world.ports)
    world.clock.advance(days=1)
    await send_messages(ports=world.ports)

    view = await view_registration(access, ports=world.ports)
    assert view.offer is not None
    assert (view.offer.is_over, view.offer.was_absent) == (True, False)
    subjects = [m.subject for m in world.mailbox.to("p1@example.org")]
    assert not any("absence" in subject for subject in subjects)


async def test_an_excused_absence_comes_back_with_all_its_days(world: World) -> None:
    access = await appointment(world)
    at(world, 12)
    [line] = await today(world)
    since = (await view_registration(access, ports=world.ports)).waiting_since_on
    await note_visit(world.agent, line.offer_id, ABSENT, ports=world.ports)

    world.clock.advance(days=2)
    for _ in range(2):
        await excuse_absence(
            world.agent, line.offer_id, Excuse.TRANSPORT, ports=world.ports
        )

    view = await view_registration(access, ports=world.ports)
    assert (view.state, view.waiting_since_on, view.takes_part_next) == (
        "live",
        since,
        True,
    )
    await send_messages(ports=world.ports)
    subjects = [m.subject for m in world.mailbox.to("p1@example.org")]
    assert sum("excusée" in subject for subject in subjects) == 1


async def test_who_registered_anew_meanwhile_gets_the_old_days(world: World) -> None:
    old = await appointment(world)
    at(world, 12)
    [line] = await today(world)
    await note_visit(world.agent, line.offer_id, ABSENT, ports=world.ports)
    world.clock.advance(days=1)
    await release_served(ports=world.ports)
    again = await world.register(1)
    since = (await view_registration(old, ports=world.ports)).waiting_since_on
    new = await view_registration(again, ports=world.ports)
    assert new.waiting_since_on > since

    await excuse_absence(world.agent, line.offer_id, Excuse.WORK, ports=world.ports)

    new = await view_registration(again, ports=world.ports)
    assert (new.state, new.waiting_since_on) == ("live", since)


async def test_only_an_absence_is_excused_and_then_it_is_settled(world: World) -> None:
    await appointment(world)
    at(world, 12)
    [line] = await today(world)
    await note_visit(world.agent, line.offer_id, ARRIVED, ports=world.ports)
    with pytest.raises(UnknownResourceError):
        await excuse_absence(
            world.agent, line.offer_id, Excuse.OTHER, ports=world.ports
        )
    await note_visit(world.agent, line.offer_id, ABSENT, ports=world.ports)
    async with world.ports.open_uow() as uow:
        visit = await uow.doors.visits.of_offer(line.offer_id)
    assert visit is not None
    assert visit.outcome == ABSENT
    await excuse_absence(world.agent, line.offer_id, Excuse.CHILD, ports=world.ports)
    with pytest.raises((AlreadyDecidedError, UnknownResourceError)):
        await note_visit(world.agent, line.offer_id, ARRIVED, ports=world.ports)
