"""One agent alone puts nobody into the first band: a second one looks at the reason."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from service.domain.cancellations import CancelReason
from service.domain.errors import AlreadyDecidedError, SecondAgentRequiredError
from service.usecases.commands import Access
from service.usecases.desk.confirm_cancellations import (
    CancellationToConfirm,
    cancellations_to_confirm,
    decide_cancellations,
)
from service.usecases.desk.desk_waits import what_waits
from service.usecases.errors import UnknownResourceError
from service.usecases.message.send_messages import send_messages
from service.usecases.night.cancel_slot import cancel_slot
from service.usecases.night.open_slots import list_slots, open_slots
from service.usecases.person.answer_offer import confirm_offer, decline_offer
from service.usecases.person.view_registration import view_registration
from service.usecases.public.publish_figures import publish_figures, view_figures
from service.usecases.records import AgentRecord
from tests.helping import add_second_agent
from tests.nights import hold_and_tell_night, hold_night
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

FAR = TONIGHT + timedelta(days=300)


def far(world: World, number: int) -> dict[str, object]:
    facts = replace(world.person(number).facts, permit_expires_on=FAR)
    return {"facts": facts}


async def friend_with_a_place(world: World) -> Access:
    """A holder far from the end of the right, who confirmed a place a month ahead."""
    day = TONIGHT + timedelta(days=28)
    await open_slots(
        world.agent, world.plan(day=day, closes=time(9, 20)), ports=world.ports
    )
    access = await world.register(1, **far(world, 1))
    await hold_and_tell_night(world)
    await confirm_offer(access, ports=world.ports)
    return access


async def cancel_all(world: World, days: int = 28) -> int:
    """Cancel every slot of that day that somebody holds; returns how many."""
    day = TONIGHT + timedelta(days=days)
    held = [
        slot.code
        for slot in await list_slots(world.agent, day, day, ports=world.ports)
        if slot.offered or slot.confirmed
    ]
    for code in held:
        await cancel_slot(
            world.agent, code, reason=CancelReason.AGENTS_AWAY, ports=world.ports
        )
    return len(held)


async def queue(world: World, agent: AgentRecord) -> Sequence[CancellationToConfirm]:
    return await cancellations_to_confirm(agent, ports=world.ports)


async def acts(world: World) -> list[UUID]:
    return [act for one in await queue(world, world.agent) for act in one.acts]


async def decide(world: World, agent: AgentRecord, *, confirm: bool = True) -> int:
    return await decide_cancellations(
        agent, await acts(world), confirm=confirm, ports=world.ports
    )


@pytest.fixture
async def second(world: World) -> AgentRecord:
    return await add_second_agent(world)


async def test_an_agent_alone_brings_no_friend_to_a_near_place(world: World) -> None:
    """The attack of the outside audit: cancel far, publish near, alone."""
    friend = await friend_with_a_place(world)
    others = [
        await world.register(number, **far(world, number)) for number in range(2, 9)
    ]
    assert await cancel_all(world) == 1
    world.clock.advance(days=1)
    near = world.clock.now().date() + timedelta(days=7)
    await open_slots(
        world.agent, world.plan(day=near, closes=time(9, 20)), ports=world.ports
    )

    await hold_night(world)

    views = [
        await view_registration(one, ports=world.ports) for one in (friend, *others)
    ]
    assert [one.nights[-1].band for one in views] == [3] * 8
    with pytest.raises(SecondAgentRequiredError):
        await decide(world, world.agent)


async def test_people_keep_their_days_and_are_told_no_more_than_holds(
    world: World,
) -> None:
    access = await friend_with_a_place(world)
    await cancel_all(world)
    await send_messages(ports=world.ports)

    view = await view_registration(access, ports=world.ports)

    assert (view.state, view.band, view.awaits_first_band) == ("live", 3, True)
    assert view.waiting_since_on == TONIGHT
    assert view.takes_part_next
    last = world.mailbox.sent[-1].text.replace("\u2019", "'")
    assert "Un second agent regarde pourquoi. S'il confirme, vous passez" in last
    assert "le groupe servi en premier." in last
    assert "tirage, le" in last


async def test_the_second_agents_word_puts_them_first_until_the_next_offer(
    world: World, second: AgentRecord
) -> None:
    access = await friend_with_a_place(world)
    await cancel_all(world)

    assert await decide(world, second) == 1

    await send_messages(ports=world.ports)
    assert "dans le groupe servi en premier" in world.mailbox.sent[-1].text
    view = await view_registration(access, ports=world.ports)
    assert (view.band, view.band_reason, view.awaits_first_band) == (
        0,
        "displaced",
        False,
    )
    act = await last_act(world)
    with pytest.raises(AlreadyDecidedError):
        await decide_cancellations(second, [act], confirm=False, ports=world.ports)


async def last_act(world: World) -> UUID:
    async with world.engine.connect() as connection:
        found = await connection.execute(text("SELECT id FROM slot_cancellation"))
    return found.scalar_one()


async def test_a_refusal_is_on_record_and_changes_nothing(
    world: World, second: AgentRecord
) -> None:
    access = await friend_with_a_place(world)
    await cancel_all(world)

    assert await decide(world, second, confirm=False) == 0

    view = await view_registration(access, ports=world.ports)
    assert (view.state, view.band, view.awaits_first_band) == ("live", 3, False)
    assert await queue(world, second) == []
    async with world.engine.connect() as connection:
        found = await connection.execute(
            text("SELECT actor FROM audit WHERE action = 'cancellation-refused'")
        )
    assert found.scalars().all() == ["second"]


async def test_who_has_another_place_meanwhile_owes_nothing_to_the_late_word(
    world: World, second: AgentRecord
) -> None:
    access = await friend_with_a_place(world)
    await cancel_all(world)
    world.clock.advance(days=1)
    await open_slots(
        world.agent,
        world.plan(day=TONIGHT + timedelta(days=9), closes=time(9, 20)),
        ports=world.ports,
    )
    await hold_night(world)
    await decline_offer(access, ports=world.ports)

    assert await decide(world, second) == 0
    assert (await view_registration(access, ports=world.ports)).band == 3


async def test_a_second_cancellation_needs_a_second_word_again(
    world: World, second: AgentRecord
) -> None:
    """Displaced once and confirmed, the standing does not outlive its next place."""
    access = await friend_with_a_place(world)
    await cancel_all(world)
    await decide(world, second)
    world.clock.advance(days=1)
    await open_slots(
        world.agent,
        world.plan(day=TONIGHT + timedelta(days=20), closes=time(9, 20)),
        ports=world.ports,
    )
    await hold_night(world)
    await confirm_offer(access, ports=world.ports)

    assert await cancel_all(world, days=20) == 1

    assert (await view_registration(access, ports=world.ports)).band == 3


async def test_a_closed_morning_is_one_press_and_one_decision_a_slot(
    world: World, second: AgentRecord
) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    for number in range(1, 5):
        await world.register(number, **far(world, number))
    await world.register(5)
    await hold_and_tell_night(world)
    assert await cancel_all(world, days=7) == 5

    [mine] = await queue(world, world.agent)
    [one] = await queue(world, second)

    assert (mine.is_mine, one.is_mine) == (True, False)
    assert (len(one.acts), len(one.hours), one.people, one.gaining) == (5, 5, 5, 4)
    assert one.reason is CancelReason.AGENTS_AWAY
    waits = {w.kind: w.count for w in await what_waits(second, ports=world.ports)}
    assert waits["cancellations"] == 5
    waits = {w.kind: w.count for w in await what_waits(world.agent, ports=world.ports)}
    assert waits["cancellations"] == 0
    assert (
        await decide_cancellations(second, one.acts, confirm=True, ports=world.ports)
        == 5
    )
    async with world.engine.connect() as connection:
        found = await connection.execute(
            text("SELECT count(*) FROM audit WHERE action = 'cancellation-confirmed'")
        )
    assert found.scalar_one() == 5


async def test_the_database_too_refuses_the_same_agent(world: World) -> None:
    await friend_with_a_place(world)
    await cancel_all(world)

    with pytest.raises(DBAPIError, match="second_agent"):
        async with world.engine.begin() as connection:
            await connection.execute(
                text(
                    "UPDATE slot_cancellation SET state = 'confirmed', "
                    "decided_by = cancelled_by, decided_at = now()"
                )
            )


async def test_another_prefectures_agent_confirms_nothing_here(
    world: World, second: AgentRecord
) -> None:
    await friend_with_a_place(world)
    await cancel_all(world)
    stranger = replace(second, prefecture="elsewhere")

    with pytest.raises(UnknownResourceError):
        await decide(world, stranger)


async def test_each_day_of_cancellations_is_published_and_small_ones_are_not_told(
    world: World, second: AgentRecord
) -> None:
    await friend_with_a_place(world)
    await cancel_all(world)
    world.clock.advance(days=1)

    await publish_figures(ports=world.ports)

    view = await view_figures("isere", ports=world.ports)
    assert view is not None
    assert view.figures["cancellations"] == [
        {
            "first": "2026-11-23",
            "last": "2026-11-23",
            "cancelled_slots": 1,
            "displaced": None,
            "first_band": None,
        }
    ]
