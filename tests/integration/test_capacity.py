"""Agents publish, see and withdraw capacity; nobody gives a place to a person."""

import asyncio
from datetime import date, time, timedelta

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from service.adapters.postgres import tables as t
from service.adapters.postgres.audit import event_hash
from service.domain.errors import (
    ClosesBeforeItOpensError,
    DayOutOfReachError,
    DomainError,
    InvalidDurationError,
    UnknownMotifError,
    UnknownSiteError,
)
from service.usecases.desk.agents import agent_of, sign_in, sign_out
from service.usecases.errors import (
    AgentRequiredError,
    AgentSignInError,
    CapacityMovedError,
    IdempotencyKeyInFlightError,
    IdempotencyKeyReusedError,
    UnknownResourceError,
)
from service.usecases.night.open_slots import list_slots, open_slots, withdraw_places
from tests.world import NOON, World

pytestmark = pytest.mark.anyio

MONDAY = date(2026, 11, 30)


async def test_published_slots_are_seen_with_their_places(world: World) -> None:
    await open_slots(world.agent, world.plan(guichets=2), ports=world.ports)

    seen = await list_slots(world.agent, MONDAY, MONDAY, ports=world.ports)

    assert [slot.starts_at.time() for slot in seen] == [
        time(9),
        time(9, 20),
        time(9, 40),
        time(10),
        time(10, 20),
        time(10, 40),
    ]
    assert {(slot.places, slot.free, slot.offered) for slot in seen} == {(2, 2, 0)}
    assert seen[0].code == "grenoble-20261130-0900"


async def test_two_agents_publishing_at_once_get_different_slots(world: World) -> None:
    """Two plans that nobody calls one are two; no slot takes the name of another."""
    await asyncio.gather(
        *(open_slots(world.agent, world.plan(), ports=world.ports) for _ in range(4))
    )

    seen = await list_slots(world.agent, MONDAY, MONDAY, ports=world.ports)

    assert len({slot.code for slot in seen}) == 24


async def test_pressing_publish_twice_at_once_publishes_what_was_previewed(
    world: World,
) -> None:
    """Both presses saw no place: the one that comes second finds them published."""
    pressed = await asyncio.gather(
        *(
            open_slots(world.agent, world.plan(), expected=0, ports=world.ports)
            for _ in range(3)
        ),
        return_exceptions=True,
    )

    seen = await list_slots(world.agent, MONDAY, MONDAY, ports=world.ports)
    assert sum(isinstance(one, CapacityMovedError) for one in pressed) == 2
    assert sum(slot.places for slot in seen) == 6
    more = await open_slots(world.agent, world.plan(), expected=6, ports=world.ports)
    assert len(more) == 6


async def test_what_was_seen_elsewhere_does_not_count(world: World) -> None:
    await open_slots(world.agent, world.plan(site="vienne"), ports=world.ports)

    published = await open_slots(
        world.agent, world.plan(), expected=0, ports=world.ports
    )

    assert len(published) == 6


async def test_a_program_that_sends_its_request_again_publishes_once(
    world: World,
) -> None:
    async def send(**changes: object) -> list[str]:
        plan = world.plan(**changes)
        published = await open_slots(
            world.agent, plan, idempotency_key="request-1", ports=world.ports
        )
        return [slot.code for slot in published]

    answers = await asyncio.gather(send(), send(), return_exceptions=True)
    again = await send()

    told = [one for one in answers if not isinstance(one, IdempotencyKeyInFlightError)]
    assert all(one == again for one in told)
    seen = await list_slots(world.agent, MONDAY, MONDAY, ports=world.ports)
    assert [slot.code for slot in seen] == again
    with pytest.raises(IdempotencyKeyReusedError):
        await send(guichets=2)


async def test_unused_places_are_withdrawn_and_no_more(world: World) -> None:
    await open_slots(world.agent, world.plan(guichets=3), ports=world.ports)

    code = "grenoble-20261130-0900"
    assert await withdraw_places(world.agent, code, 2, ports=world.ports) == 2
    assert await withdraw_places(world.agent, code, 5, ports=world.ports) == 1
    with pytest.raises(UnknownResourceError):
        await withdraw_places(world.agent, code, 1, ports=world.ports)

    [first, *_] = await list_slots(world.agent, MONDAY, MONDAY, ports=world.ports)
    assert first.places == 0


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"site": "atlantis"}, UnknownSiteError),
        ({"site": "vienne", "motifs": ("aes",)}, UnknownMotifError),
        ({"motifs": ("tourisme",)}, UnknownMotifError),
        ({"closes": time(8)}, ClosesBeforeItOpensError),
        ({"minutes": 0}, InvalidDurationError),
        ({"day": NOON.date()}, DayOutOfReachError),
        ({"day": NOON.date() + timedelta(days=900)}, DayOutOfReachError),
    ],
)
async def test_impossible_openings_are_refused_by_name(
    world: World, changes: dict[str, object], refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        await open_slots(world.agent, world.plan(**changes), ports=world.ports)

    assert await list_slots(world.agent, MONDAY, MONDAY, ports=world.ports) == []


async def test_an_agent_signs_in_and_is_known_until_the_desk_is_left(
    world: World,
) -> None:
    token = (await sign_in(" Agent ", "secret", ports=world.ports)).token

    world.clock.advance(minutes=14)
    assert (await agent_of(token, ports=world.ports)).login == "agent"
    world.clock.advance(minutes=16)
    with pytest.raises(AgentRequiredError):
        await agent_of(token, ports=world.ports)


async def test_no_session_outlives_a_working_day(world: World) -> None:
    token = (await sign_in("agent", "secret", ports=world.ports)).token

    for _ in range(53):
        world.clock.advance(minutes=10)
        await agent_of(token, ports=world.ports)
    world.clock.advance(minutes=10)

    with pytest.raises(AgentRequiredError):
        await agent_of(token, ports=world.ports)


async def test_who_signs_out_is_out(world: World) -> None:
    token = (await sign_in("agent", "secret", ports=world.ports)).token

    await sign_out(token, ports=world.ports)

    with pytest.raises(AgentRequiredError):
        await agent_of(token, ports=world.ports)


@pytest.mark.parametrize(
    ("login", "password"), [("agent", "wrong"), ("nobody", "secret"), ("", "")]
)
async def test_a_wrong_password_and_an_unknown_login_are_refused_alike(
    world: World, login: str, password: str
) -> None:
    with pytest.raises(AgentSignInError):
        await sign_in(login, password, ports=world.ports)


async def test_the_audit_chain_can_be_redone_and_not_rewritten(
    world: World, owned: str
) -> None:
    await sign_in("agent", "secret", ports=world.ports)
    await open_slots(world.agent, world.plan(), ports=world.ports)

    async with world.engine.connect() as connection:
        events = (
            await connection.execute(select(t.audit).order_by(t.audit.c.id))
        ).all()
    previous = bytes(32)
    for event in events:
        previous = event_hash(
            previous,
            number=event.id,
            at=event.at,
            prefecture=event.prefecture,
            actor=event.actor,
            action=event.action,
            detail=event.detail,
        )
        assert previous == event.hash
    assert [event.action for event in events] == ["signed-in", "slots-published"]

    for statement in (
        "DELETE FROM audit",
        "UPDATE audit SET actor = 'x'",
        "TRUNCATE audit",
    ):
        with pytest.raises(DBAPIError, match="permission denied"):
            async with world.engine.begin() as connection:
                await connection.execute(text(statement))
        with (
            psycopg.connect(owned) as owner,
            pytest.raises(psycopg.Error, match="append-only"),
        ):
            owner.execute(statement)
