"""Agents sign in and out; a session is a secret that only its digest remembers."""

import base64
import hashlib

from service.usecases.errors import AgentRequiredError, AgentSignInError
from service.usecases.ports import Ports
from service.usecases.records import AgentRecord

_TOKEN_BYTES = 32
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$dG91ci1kZS1yb2xlLW5v$"
    "Yc2m9g0n0Wf8l2nN1pZb0w3b1t8y0gk8h3kYw1rO4mE"
)
"""A hash of nothing: an unknown login takes as long as a wrong password."""


async def sign_in(login: str, password: str, *, ports: Ports) -> str:
    """Open a session and return its token.

    Raises:
        AgentSignInError: Unknown login or wrong password, alike.
    """
    async with ports.open_uow() as uow:
        agent = await uow.directory.agent_by_login(login.strip().lower())
    matches = ports.passwords.matches(
        agent.password_hash if agent else _NOBODY, password
    )
    if agent is None or not matches:
        raise AgentSignInError
    token = base64.urlsafe_b64encode(ports.entropy(_TOKEN_BYTES)).decode().rstrip("=")
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        await uow.directory.open_session(_digest(token), agent.id, now)
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
        agent = await uow.directory.agent_of_session(_digest(token), ports.clock.now())
        await uow.commit()
    if agent is None:
        raise AgentRequiredError
    return agent


async def sign_out(token: str, *, ports: Ports) -> None:
    """End a session; ending it twice is the same as once."""
    async with ports.open_uow() as uow:
        await uow.directory.close_session(_digest(token))
        await uow.commit()


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
