"""An agent's password is not guessed, and a stranger shuts no desk."""

import asyncio
import threading
from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from service.adapters.postgres import tables as t
from service.adapters.postgres.agent_tables import agent_try
from service.usecases.desk.agents import MOST_WRONG, Desk, sign_in
from service.usecases.errors import AgentSignInError
from tests.helping import add_second_agent
from tests.world import QuickPasswords, World

pytestmark = pytest.mark.anyio


async def guess(world: World, desk: Desk | None = None) -> None:
    with pytest.raises(AgentSignInError):
        await sign_in("agent", "guess", desk=desk, ports=world.ports)


async def test_after_ten_wrong_passwords_even_the_right_one_waits(
    world: World,
) -> None:
    for _ in range(MOST_WRONG):
        await guess(world)

    with pytest.raises(AgentSignInError):
        await sign_in("agent", "secret", ports=world.ports)
    world.clock.advance(minutes=16)

    assert await sign_in("agent", "secret", ports=world.ports)


async def test_a_stranger_with_the_login_does_not_shut_the_desk(world: World) -> None:
    desk = Desk(agent_id=world.agent.id, sha256=b"d" * 32)
    for _ in range(MOST_WRONG + 5):
        await guess(world)

    assert await sign_in("agent", "secret", desk=desk, ports=world.ports)


async def test_a_stolen_desk_does_not_guess_for_ever(world: World) -> None:
    desk = Desk(agent_id=world.agent.id, sha256=b"d" * 32)
    for _ in range(MOST_WRONG):
        await guess(world, desk)

    with pytest.raises(AgentSignInError):
        await sign_in("agent", "secret", desk=desk, ports=world.ports)


async def test_a_colleagues_desk_opens_no_second_row_of_tries(world: World) -> None:
    second = await add_second_agent(world)
    for _ in range(MOST_WRONG):
        await guess(world)

    with pytest.raises(AgentSignInError):
        await sign_in(
            "agent",
            "secret",
            desk=Desk(agent_id=second.id, sha256=b"d" * 32),
            ports=world.ports,
        )


async def test_guesses_at_the_same_instant_take_turns(world: World) -> None:
    await asyncio.gather(*(guess(world) for _ in range(3 * MOST_WRONG)))

    async with world.engine.connect() as connection:
        count = await connection.execute(select(func.count()).select_from(agent_try))
        acts = await connection.execute(select(t.audit.c.action))
    assert count.scalar_one() == MOST_WRONG
    assert Counter(acts.scalars()) == {"sign-in-paused": 1}


async def test_old_guesses_are_forgotten_with_the_next(world: World) -> None:
    for _ in range(4):
        await guess(world)
    world.clock.advance(minutes=16)
    await guess(world)

    async with world.engine.connect() as connection:
        count = await connection.execute(select(func.count()).select_from(agent_try))
    assert count.scalar_one() == 1


async def test_whoever_signs_in_keeps_nobody_waiting(world: World) -> None:
    """A slow hash in the loop would hold up every page of the process."""
    served = threading.Event()

    class Slow(QuickPasswords):
        def matches(self, stored: str, password: str) -> bool:
            return served.wait(5) and super().matches(stored, password)

    async def another_person() -> None:
        served.set()

    ports = replace(world.ports, passwords=Slow())
    opened, _ = await asyncio.gather(
        sign_in("agent", "secret", ports=ports), another_person()
    )

    assert opened.agent_id == world.agent.id
