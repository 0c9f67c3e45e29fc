"""The token that shows a form to come from a page of ours.

A random value stands in a cookie and in each form; both must agree, and the browser
must not say that the form came from elsewhere (``Sec-Fetch-Site``, ``Origin``).
"""

import hmac
import secrets
from urllib.parse import urlsplit

from fastapi import Request

from service.web.pages.cookies import COOKIES, Cookie
from service.web.pages.form_data import Form, read_form
from service.web.problems import ForgedFormError

FIELD = "jeton"
COOKIE = "tdr-jeton"
_SHAPE = 43


class FormToken:
    """The token of one answer; its cookie is set only when a form showed it."""

    def __init__(self, text: str, *, is_new: bool) -> None:
        self._text = text
        self._is_new = is_new
        self.was_shown = False

    @property
    def text(self) -> str:
        """Return the token for a hidden field."""
        self.was_shown = True
        return self._text

    def cookies(self) -> tuple[Cookie, ...]:
        """Return the cookie to set, if a form needs it and none is there yet."""
        if self._is_new and self.was_shown:
            return (Cookie(name=COOKIE, value=self._text),)
        return ()


def form_token(request: Request) -> FormToken:
    """Return the token of this browser, a new one when it has none."""
    known = COOKIES.get(request, COOKIE)
    if known and len(known) == _SHAPE and known.isascii():
        return FormToken(known, is_new=False)
    return FormToken(secrets.token_urlsafe(32), is_new=True)


async def guarded_form(request: Request) -> Form:
    """Read a form that certainly comes from a page of ours.

    Raises:
        ForgedFormError: Another site sent it, or the token does not agree.
    """
    if not is_ours(request):
        raise ForgedFormError
    form = await read_form(request)
    known = COOKIES.get(request, COOKIE) or ""
    if not known or not hmac.compare_digest(
        known.encode(), form.one(FIELD).encode(errors="replace")
    ):
        raise ForgedFormError
    return form


def is_ours(request: Request) -> bool:
    """Say whether the browser admits that a form comes from a page of ours."""
    fetch_site = request.headers.get("sec-fetch-site")
    if fetch_site is not None and fetch_site not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    # Browsers send "null" for a form on a page with Referrer-Policy: no-referrer;
    # then Sec-Fetch-Site, or the token alone, decides.
    if origin is None or origin == "null":
        return True
    return urlsplit(origin).netloc == request.headers.get("host", "")
