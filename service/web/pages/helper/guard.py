"""Only signed-in helpers of an accepted organisation come further."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from service.usecases.errors import HelperRequiredError
from service.usecases.helper.helper_accounts import SignedInHelper
from service.web.helper_calls import HelperCallsDep
from service.web.pages.cookies import COOKIES, Cookie
from service.web.pages.render import page

_NAME = "tdr-accompagnant"


class HelperSignedOutError(Exception):
    """No helper's session is open in this browser."""


def session_cookie(token: str) -> Cookie:
    """Return the cookie of a session; an empty token ends it."""
    return Cookie(name=_NAME, value=token)


def session_token(request: Request) -> str | None:
    """Return the token of the session, None without one."""
    return COOKIES.get(request, _NAME)


async def signed_in(request: Request, helpers: HelperCallsDep) -> SignedInHelper:
    """Return who is signed in.

    Raises:
        HelperSignedOutError: Nobody any more: the sign-in page is shown.
    """
    token = session_token(request)
    if token is None:
        raise HelperSignedOutError
    try:
        return await helpers.helper_of(token)
    except HelperRequiredError:
        raise HelperSignedOutError from None


SignedInDep = Annotated[SignedInHelper, Depends(signed_in)]


async def show_signed_out(request: Request, error: Exception) -> Response:
    """Ask to sign in again; nothing was changed."""
    del error
    return page(
        request, "helper/sign_in.html", status=401, login="", ended=True, errors={}
    )
