"""Only signed-in agents come further; a session ends by itself."""

from typing import Annotated

from fastapi import Depends, Request

from service.usecases.errors import AgentRequiredError
from service.usecases.records import AgentRecord
from service.web.dependencies import CallsDep
from service.web.pages.cookies import COOKIES, Cookie

_NAME = "tdr-agent"


class SignedOutError(Exception):
    """No agent's session is open in this browser."""


def session_cookie(token: str) -> Cookie:
    """Return the cookie of a session; an empty token ends it."""
    return Cookie(name=_NAME, value=token)


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
