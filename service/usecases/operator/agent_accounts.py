"""The operator opens and closes agents' accounts, gives passwords, forgets a telephone.

Each is audited. An account is never deleted nor used again: what an agent did keeps its
name. Closing one, another password and a forgotten telephone end every session at that
instant.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from service.domain.agent_account import read_login, read_name, refuse_password
from service.domain.operator_errors import (
    ClosedAgentError,
    LoginTakenError,
    PrefectureNotKnownError,
    UnknownAgentError,
)
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records.operator import AccountRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAgent:
    """An account to open, as it was typed."""

    login: str
    prefecture: str
    name: str
    password: str = field(repr=False)


async def add_agent(new: NewAgent, *, by: str, ports: Ports) -> AccountRecord:
    """Open an account.

    Raises:
        InvalidLoginError, InvalidAgentNameError, WeakPasswordError: As it was typed.
        PrefectureNotKnownError: There is none of that code.
        LoginTakenError: The login is or was somebody's.
    """
    account = AccountRecord(
        id=UUID(bytes=ports.entropy(16), version=4),
        prefecture=new.prefecture,
        login=read_login(new.login),
        name=read_name(new.name),
    )
    hashed = await _hashed(new.password, account.login, ports)
    async with ports.open_uow() as uow:
        if await uow.directory.prefecture_name(account.prefecture) is None:
            raise PrefectureNotKnownError(account.prefecture)
        if not await uow.accounts.add(account, hashed):
            raise LoginTakenError(account.login)
        await _audit(account, "agent-added", by, ports.clock.now(), uow=uow)
        await uow.commit()
    return account


async def close_agent(login: str, *, by: str, ports: Ports) -> bool:
    """Close an account; False when it is closed already.

    Raises:
        UnknownAgentError: Nobody has the login.
    """
    async with ports.open_uow() as uow:
        account = await _known(login, uow=uow)
        if not account.active:
            return False
        await uow.accounts.close(account.id)
        await uow.agent_factors.forget(account.id)
        await _audit(account, "agent-closed", by, ports.clock.now(), uow=uow)
        await uow.commit()
    return True


async def change_password(login: str, password: str, *, by: str, ports: Ports) -> None:
    """Give an agent another password; wrong tries made so far are forgotten.

    Raises:
        UnknownAgentError, ClosedAgentError: Nobody can sign in with the login.
        WeakPasswordError: Too short, too common, or made of the login.
    """
    hashed = await _hashed(password, login.strip().lower(), ports)
    async with ports.open_uow() as uow:
        account = await _known(login, uow=uow)
        if not account.active:
            raise ClosedAgentError(account.login)
        await uow.accounts.change_password(account.id, hashed)
        await _audit(account, "agent-password", by, ports.clock.now(), uow=uow)
        await uow.commit()


async def forget_phone(login: str, *, by: str, ports: Ports) -> bool:
    """Remove a lost second factor; the agent enrols anew at the next sign-in.

    Returns:
        False when there is none.

    Raises:
        UnknownAgentError, ClosedAgentError: Nobody can sign in with the login.
    """
    async with ports.open_uow() as uow:
        account = await _known(login, uow=uow)
        if not account.active:
            raise ClosedAgentError(account.login)
        if not await uow.agent_factors.forget(account.id):
            return False
        await uow.accounts.end_sessions(account.id)
        await _audit(account, "second-factor-forgotten", by, ports.clock.now(), uow=uow)
        await uow.commit()
    return True


async def list_agents(
    prefecture: str | None, *, ports: Ports
) -> Sequence[AccountRecord]:
    """Return the accounts of a prefecture, or of all, closed ones included."""
    async with ports.open_uow() as uow:
        return await uow.accounts.all(prefecture)


async def _known(login: str, *, uow: UnitOfWork) -> AccountRecord:
    typed = login.strip().lower()
    account = await uow.accounts.by_login(typed)
    if account is None:
        raise UnknownAgentError(typed)
    return account


async def _hashed(password: str, login: str, ports: Ports) -> str:
    refuse_password(password, login)
    return await asyncio.to_thread(ports.passwords.hash, password)


async def _audit(
    account: AccountRecord, action: str, by: str, at: datetime, *, uow: UnitOfWork
) -> None:
    await uow.audit.append(
        prefecture=account.prefecture,
        actor=by,
        action=action,
        detail={"agent": account.login},
        at=at,
    )
