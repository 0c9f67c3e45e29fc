"""Agents sign in and out; a session is a secret that only its digest remembers.

Ten wrong passwords within a quarter of an hour and no more is looked at, the right one
included. Those that come from a browser where the agent signed in before are counted
apart: a stranger with a login shuts other browsers out for a while, never the desk.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from service.domain.helper_account import WINDOW
from service.usecases.desk.session_tokens import NOBODY, new_token, token_digest
from service.usecases.errors import AgentRequiredError, AgentSignInError
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import AgentRecord

MOST_WRONG: Final = 10
"""A thousand guesses a day and account at most (ASVS 6.1.1, 6.3.1)."""


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


async def sign_in(
    login: str, password: str, *, desk: Desk | None = None, ports: Ports
) -> SignedIn:
    """Open a session.

    Raises:
        AgentSignInError: Unknown login, wrong password, or too many tries: alike.
    """
    async with ports.open_uow() as uow:
        agent = await uow.directory.agent_by_login(login.strip().lower())
    matches = await asyncio.to_thread(  # slow on purpose: others are served meanwhile
        ports.passwords.matches, agent.password_hash if agent else NOBODY, password
    )
    if agent is None:
        raise AgentSignInError
    token = new_token(ports.entropy)
    now = ports.clock.now()
    here = desk.sha256 if desk is not None and desk.agent_id == agent.id else None
    async with ports.open_uow() as uow:
        if not await _passes(agent, here, now, password_fits=matches, uow=uow):
            await uow.commit()  # the wrong try counts
            raise AgentSignInError
        await uow.directory.open_session(token_digest(token), agent.id, now)
        await _audit(agent, "signed-in", now, uow=uow)
        await uow.commit()
    return SignedIn(token=token, agent_id=agent.id)


async def _passes(
    agent: AgentRecord,
    desk: bytes | None,
    now: datetime,
    *,
    password_fits: bool,
    uow: UnitOfWork,
) -> bool:
    """Judge one try with the agent locked; the one that closes the door is audited.

    While the password was looked at, the account may have been closed or given another.
    """
    since = now - WINDOW
    wrong = await uow.directory.wrong_tries(agent.id, desk, since)
    password_fits &= await uow.directory.agent_by_login(agent.login) == agent
    if wrong >= MOST_WRONG:
        return False
    if not password_fits:
        await uow.directory.add_wrong_try(agent.id, desk, now, since)
        if wrong + 1 == MOST_WRONG:
            await _audit(agent, "sign-in-paused", now, uow=uow)
    return password_fits


async def _audit(
    agent: AgentRecord, action: str, at: datetime, *, uow: UnitOfWork
) -> None:
    await uow.audit.append(
        prefecture=agent.prefecture,
        actor=agent.login,
        action=action,
        detail={},
        at=at,
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
