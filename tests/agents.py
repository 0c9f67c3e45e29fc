"""An agent of a real prefecture: one who signs in with a password and a code."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import pyotp
import pytest
from sqlalchemy import select

from service.adapters.postgres import tables as t
from service.domain.agent_account import MOST_TRIES
from service.domain.second_factor import TryKind
from service.usecases.desk.agents import Desk, SignedIn, Typed, enter, sign_in
from service.usecases.desk.enrolment import Enrolling, enrol_agent, view_enrolment
from service.usecases.errors import AgentRequiredError, AgentSignInError
from service.usecases.ports import Ports
from tests.world import World

MOST_CODES = MOST_TRIES[TryKind.CODE]


@dataclass
class ProtectedAgent:
    """An agent with a second factor, and their telephone in our hand."""

    world: World
    ports: Ports
    login: str
    password: str
    secret: str
    recovery: tuple[str, ...]
    session: str

    def code(self) -> str:
        """What the application shows now."""
        return pyotp.TOTP(self.secret).at(self.world.clock.now())

    def next_code(self) -> str:
        """A code that was not used yet: time passes."""
        self.world.clock.advance(seconds=60)
        return self.code()

    async def sign_in(self, code: str, desk: Desk | None = None) -> SignedIn:
        """Sign in with the right password."""
        return await sign_in(
            self.login, self.password, code, desk=desk, ports=self.ports
        )


def as_in_production(world: World) -> Ports:
    """The ports of a prefecture that asks its agents for a code."""
    return replace(world.ports, agents_need_code=True)


async def begin(world: World, login: str = "agent") -> Enrolling:
    """Give the right password of an agent who has no second factor yet."""
    begun = await enter(
        Typed(login=login, password="secret"), ports=as_in_production(world)
    )
    assert isinstance(begun, Enrolling)
    return begun


async def protect(world: World, login: str = "agent") -> ProtectedAgent:
    """Enrol an agent's second factor as they would."""
    ports = as_in_production(world)
    begun = await begin(world, login)
    shown = await view_enrolment(begun.token, ports=ports)
    code = pyotp.TOTP(shown.totp_secret).at(world.clock.now())
    enrolled = await enrol_agent(begun.token, code, ports=ports)
    return ProtectedAgent(
        world=world,
        ports=ports,
        login=login,
        password="secret",
        secret=shown.totp_secret,
        recovery=enrolled.recovery,
        session=enrolled.token,
    )


async def acts(world: World) -> list[tuple[str, str]]:
    """Who did what, as the audit chain tells it."""
    async with world.engine.connect() as connection:
        found = await connection.execute(
            select(t.audit.c.actor, t.audit.c.action).order_by(t.audit.c.id)
        )
    return [(row.actor, row.action) for row in found]


async def refused(trying: Awaitable[object]) -> str:
    """Be refused at the door; returns what was said."""
    with pytest.raises(AgentSignInError) as told:
        await trying
    return str(told.value)


async def entered(attempts: list[Callable[[], Awaitable[object]]]) -> int:
    """Make attempts at the same instant; returns how many came in."""

    async def one(attempt: Callable[[], Awaitable[object]]) -> bool:
        try:
            await attempt()
        except (AgentSignInError, AgentRequiredError):
            return False
        return True

    return sum(await asyncio.gather(*(one(attempt) for attempt in attempts)))
