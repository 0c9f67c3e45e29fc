"""Only signed-in agents come further; a session ends by itself."""

import hashlib
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from service.usecases.desk.agents import Desk
from service.usecases.desk.session_tokens import new_token
from service.usecases.errors import AgentRequiredError
from service.usecases.ports import Ports
from service.usecases.records import AgentRecord
from service.web.dependencies import CallsDep
from service.web.pages.cookies import COOKIES, Cookie
from service.web.pages.sealed import seal_json, unseal_json

_NAME = "tdr-agent"
_ENROLS = "tdr-protection"
_DESK, _PLACE = "tdr-poste", "web:desk"
DESK_KEPT = timedelta(days=90)
"""How long a browser counts as an agent's own desk after the last sign-in there."""


class SignedOutError(Exception):
    """No agent's session is open in this browser."""


class EnrolmentOverError(SignedOutError):
    """The page that adds an application of codes was used, or waited too long."""


def session_cookie(token: str) -> Cookie:
    """Return the cookie of a session; an empty token ends it."""
    return Cookie(name=_NAME, value=token)


def desk_cookie(agent_id: UUID, ports: Ports) -> Cookie:
    """Return what shows, next time, that this agent signed in here before.

    It opens nothing: wrong passwords from here are counted apart from strangers'.
    """
    value = {"a": str(agent_id), "d": new_token(ports.entropy)}
    return Cookie(
        name=_DESK,
        value=seal_json(value, place=_PLACE, ports=ports),
        keep_s=int(DESK_KEPT.total_seconds()),
    )


def desk_of(request: Request, ports: Ports) -> Desk | None:
    """Return whose desk this browser is, None when nobody signed in here."""
    value = unseal_json(
        COOKIES.get(request, _DESK), place=_PLACE, ports=ports, keep=DESK_KEPT
    )
    if value is None:
        return None
    digest = hashlib.sha256(value["d"].encode()).digest()
    return Desk(agent_id=UUID(value["a"]), sha256=digest)


def enrolment_cookie(token: str) -> Cookie:
    """Return the cookie of an agent who enrols: it opens that page only."""
    return Cookie(name=_ENROLS, value=token)


def enrolment_token(request: Request) -> str | None:
    """Return the token that a right password earned, None without one."""
    return COOKIES.get(request, _ENROLS)


def session_token(request: Request) -> str | None:
    """Return the token of the session, None without one."""
    return COOKIES.get(request, _NAME)


async def page_agent(request: Request, calls: CallsDep) -> AgentRecord:
    """Return the signed-in agent.

    Raises:
        SignedOutError: Nobody is signed in any more: the sign-in page is shown.
    """
    token = session_token(request)
    if token is None:
        raise SignedOutError
    try:
        return await calls.agent_of(token)
    except AgentRequiredError:
        raise SignedOutError from None


PageAgentDep = Annotated[AgentRecord, Depends(page_agent)]
