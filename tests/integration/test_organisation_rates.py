"""Absences and places given back, per organisation and for everybody in the list."""

from datetime import timedelta

import pytest

from service.domain.anomalies import Rates, Unusual
from service.domain.cancellations import CancelReason
from service.usecases.commands import Access
from service.usecases.desk.day_list import (
    Excuse,
    excuse_absence,
    list_day,
    note_visit,
)
from service.usecases.helper.watch_organisations import watch_organisations
from service.usecases.message.send_messages import send_messages
from service.usecases.night.advance_nights import advance_nights
from service.usecases.night.cancel_slot import cancel_slot
from service.usecases.night.open_slots import list_slots, open_slots
from service.usecases.person.access import secret_digest
from service.usecases.person.answer_offer import cancel_appointment, confirm_offer
from tests.helping import open_help
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

DAY = TONIGHT + timedelta(days=7)


async def opened(world: World, reference: str) -> Access:
    """Each person's own link; the one of ``tests.helping`` is one for everybody."""
    async with world.ports.open_uow() as uow:
        record = await uow.registrations.by_reference(reference)
        assert record is not None
        end = world.clock.now() + timedelta(days=30)
        await uow.registrations.add_link(record.id, secret_digest(reference), end)
        await uow.commit()
    return Access(reference=reference, secret=reference)


async def test_only_what_people_did_counts_and_the_whole_list_stands_beside(
    world: World,
) -> None:
    """Of four people: absent, given back, sent away by the prefecture, excused."""
    help_ = await open_help(world)
    await open_slots(world.agent, world.plan(), ports=world.ports)
    followed = [(await help_.register(number)).reference for number in (1, 2, 3)]
    alone = await world.register(4)
    world.clock.advance(hours=8)
    await advance_nights(ports=world.ports)
    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)
    await send_messages(ports=world.ports)
    for reference in followed:
        await world.prove(reference)
    people = [await opened(world, reference) for reference in followed]
    for person in people:
        await confirm_offer(person, ports=world.ports)
    await confirm_offer(alone, ports=world.ports)

    await cancel_appointment(people[1], ports=world.ports)
    day = await list_day(world.agent, DAY, ports=world.ports)
    slots = await list_slots(world.agent, DAY, DAY, ports=world.ports)
    third = next(one for one in day if one.reference == followed[2])
    await cancel_slot(
        world.agent,
        next(s.code for s in slots if s.starts_at == third.starts_at),
        reason=CancelReason.CLOSED,
        ports=world.ports,
    )
    world.clock.move_to(world.clock.now() + timedelta(days=7) - timedelta(hours=5))
    for one in await list_day(world.agent, DAY, ports=world.ports):
        await note_visit(world.agent, one.offer_id, "absent", ports=world.ports)
        if one.reference == alone.reference:
            await excuse_absence(
                world.agent, one.offer_id, Excuse.ILLNESS, ports=world.ports
            )

    watch = await watch_organisations(world.agent, ports=world.ports)

    [found] = watch.organisations
    assert found.traces.rates == Rates(confirmed=2, given_back=1, expected=1, absent=1)
    assert watch.pool == Rates(confirmed=2, given_back=1, expected=2, absent=1)
    # Two people say nothing about an organisation.
    assert not {Unusual.GIVEN_BACK, Unusual.ABSENT} & set(found.unusual)
