"""Agents sign in and out; a session is a secret that only its digest remembers.

Password and code: see `service.usecases.second_factor`. Ten wrong passwords, or five
wrong codes after the right one, within a quarter of an hour and no more is looked at.
Tries that come from a browser where the agent signed in before are counted apart: a
stranger, with a login or with a stolen password, shuts other browsers out for a while,
never the desk.
"""

import asyncio
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from service.domain.agent_account import MOST_TRIES
from service.domain.second_factor import TryKind
from service.usecases.desk.enrolment import Enrolling, begin_enrolment, totp_place
from service.usecases.desk.session_tokens import NOBODY, new_token, token_digest
from service.usecases.errors import (
    AgentRequiredError,
    AgentSignInError,
    SecondFactorNotEnrolledError,
)
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import AgentRecord
from service.usecases.second_factor import Tried, Verdict, judge

MOST_WRONG: Final = MOST_TRIES[TryKind.PASSWORD]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A browser where this agent signed in before, by the digest of what it holds."""

    agent_id: UUID
    sha256: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """An open session, and whose it is."""

    token: str = field(repr=False)
    agent_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What an agent types at the door, and the desk it comes from."""

    login: str
    password: str = field(repr=False)
    code: str = field(default="", repr=False)
    desk: Desk | None = None


async def sign_in(
    login: str, password: str, code: str = "", *, desk: Desk | None = None, ports: Ports
) -> SignedIn:
    """Open a session.

    Raises:
        AgentSignInError: Unknown login, wrong password, wrong code, or too many tries:
            alike.
        SecondFactorNotEnrolledError: The password fits; a browser enrols first.
    """
    typed = Typed(login=login, password=password, code=code, desk=desk)
    agent, tried = await _looked_at(typed, ports)
    async with ports.open_uow() as uow:
        if await _both_fit(agent, tried, desk, uow=uow, ports=ports):
            return await _open(agent, uow=uow, ports=ports)
    raise SecondFactorNotEnrolledError


async def enter(typed: Typed, *, ports: Ports) -> SignedIn | Enrolling:
    """Open a session, or let whoever has no second factor yet enrol one: no session.

    Raises:
        AgentSignInError: Unknown login, wrong password, wrong code, or too many tries:
            alike.
    """
    agent, tried = await _looked_at(typed, ports)
    async with ports.open_uow() as uow:
        if await _both_fit(agent, tried, typed.desk, uow=uow, ports=ports):
            return await _open(agent, uow=uow, ports=ports)
        begun = await begin_enrolment(agent, uow=uow, ports=ports)
        await uow.commit()
    return begun


async def _looked_at(typed: Typed, ports: Ports) -> tuple[AgentRecord, Tried]:
    """Look the password up; an unknown login takes as long as a wrong one."""
    async with ports.open_uow() as uow:
        agent = await uow.directory.agent_by_login(typed.login.strip().lower())
    matches = await asyncio.to_thread(  # slow on purpose: others are served meanwhile
        ports.passwords.matches,
        agent.password_hash if agent else NOBODY,
        typed.password,
    )
    if agent is None:
        raise AgentSignInError
    return agent, Tried(password_fits=matches, code=typed.code)


async def _both_fit(
    agent: AgentRecord,
    tried: Tried,
    desk: Desk | None,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> bool:
    """Judge one try with the agent locked; False when there is no second factor yet.

    While the password was looked at, the account may have been closed or given another.

    Raises:
        AgentSignInError: One of them does not fit; the wrong try is committed, and
            audited when it is the one that closes the door.
    """
    here = desk.sha256 if desk is not None and desk.agent_id == agent.id else None
    still = await uow.directory.agent_by_login(agent.login, lock=True) == agent
    verdict = await judge(
        replace(tried, password_fits=tried.password_fits and still),
        account=uow.agent_factors.door(agent.id, here),
        place=totp_place(agent.id),
        most=MOST_TRIES,
        ports=ports,
    )
    if verdict is Verdict.NOT_ENROLLED:
        return not ports.agents_need_code
    if verdict is Verdict.RECOVERED:
        left = await uow.agent_factors.recovery_left(agent.id) or 0
        await _audit(agent, "recovery-code-used", {"left": left}, uow=uow, ports=ports)
    if not verdict.opens:
        if verdict.pauses is not None:
            wrong = verdict.pauses.value
            await _audit(
                agent, "sign-in-paused", {"wrong": wrong}, uow=uow, ports=ports
            )
        await uow.commit()  # the wrong try counts
        raise AgentSignInError
    return True


async def _open(agent: AgentRecord, *, uow: UnitOfWork, ports: Ports) -> SignedIn:
    token = new_token(ports.entropy)
    await uow.directory.open_session(token_digest(token), agent.id, ports.clock.now())
    await _audit(agent, "signed-in", {}, uow=uow, ports=ports)
    await uow.commit()
    return SignedIn(token=token, agent_id=agent.id)


async def _audit(
    agent: AgentRecord,
    action: str,
    detail: dict[str, str | int],
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> None:
    await uow.audit.append(
        prefecture=agent.prefecture,
        actor=agent.login,
        action=action,
        detail=detail,
        at=ports.clock.now(),
    )


async def agent_of(token: str, *, ports: Ports) -> AgentRecord:
    """Return the agent of a session that is neither idle nor too old.

    Raises:
        AgentRequiredError: No such session any more.
    """
    async with ports.open_uow() as uow:
        agent = await uow.directory.agent_of_session(
            token_digest(token), ports.clock.now()
        )
        await uow.commit()
    if agent is None:
        raise AgentRequiredError
    return agent


async def sign_out(token: str, *, ports: Ports) -> None:
    """End a session; ending it twice is the same as once."""
    async with ports.open_uow() as uow:
        await uow.directory.close_session(token_digest(token))
        await uow.commit()
