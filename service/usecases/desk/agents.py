"""Agents sign in and out; a session is a secret that only its digest remembers."""

from service.usecases.desk.session_tokens import NOBODY, new_token, token_digest
from service.usecases.errors import AgentRequiredError, AgentSignInError
from service.usecases.ports import Ports
from service.usecases.records import AgentRecord


async def sign_in(login: str, password: str, *, ports: Ports) -> str:
    """Open a session and return its token.

    Raises:
        AgentSignInError: Unknown login or wrong password, alike.
    """
    async with ports.open_uow() as uow:
        agent = await uow.directory.agent_by_login(login.strip().lower())
    matches = ports.passwords.matches(
        agent.password_hash if agent else NOBODY, password
    )
    if agent is None or not matches:
        raise AgentSignInError
    token = new_token(ports.entropy)
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        await uow.directory.open_session(token_digest(token), agent.id, now)
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="signed-in",
            detail={},
            at=now,
        )
        await uow.commit()
    return token


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
