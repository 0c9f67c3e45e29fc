"""Cookies: sealed where they hold anything, never readable by a script.

Over https the names carry a prefix that browsers enforce: ``__Host-`` for cookies
of the whole site, ``__Secure-`` for those bound to one path.
"""

from dataclasses import dataclass

from fastapi import Request
from starlette.responses import Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Cookie:
    """One cookie; an empty value clears it.

    Without ``keep_s`` it ends with the browser: phones and desks are shared.
    """

    name: str
    value: str
    path: str = "/"
    keep_s: int | None = None


class Cookies:
    """Reads and writes cookies under the name the connection allows."""

    def full_name(self, request: Request, name: str, path: str = "/") -> str:
        """Return the name with the prefix that https makes possible."""
        if request.url.scheme != "https":
            return name
        return f"{'__Host-' if path == '/' else '__Secure-'}{name}"

    def get(self, request: Request, name: str, path: str = "/") -> str | None:
        """Return the value of a cookie, None without one."""
        return request.cookies.get(self.full_name(request, name, path)) or None

    def put(self, request: Request, response: Response, cookie: Cookie) -> None:
        """Set a cookie for as long as it says, or clear it."""
        response.set_cookie(
            self.full_name(request, cookie.name, cookie.path),
            cookie.value,
            max_age=cookie.keep_s if cookie.value else 0,
            path=cookie.path,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )


COOKIES = Cookies()
