"""Which language a request is answered in: asked for, remembered, or preferred.

``?langue=ar`` in any address of a page chooses, and the choice is remembered in a
cookie that holds nothing else. Without either, the browser's own preference counts.
What only staff reads is French, and so is what is French by its nature.
"""

from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.types import Scope

from service.words.i18n import LANGUAGES, Words, words_in

COOKIE: Final = "langue"
PARAMETER: Final = "langue"
STAFF: Final = ("/agents", "/accompagnants", "/controle", "/demonstration")
"""Addresses whose readers work in French."""

IN_FRENCH: Final = ("/facile", "/accessibilite/schema")
"""Addresses of what is French by its nature: easy French, and an act of the law."""

_REMEMBERED_S: Final = 180 * 24 * 3600
_MOST_PREFERENCES: Final = 12


def words_of(scope: Scope) -> Words:
    """Return the words in which this request is answered."""
    path = str(scope.get("path", ""))
    if is_french_only(path):
        return words_in("fr")
    headers = Headers(scope=scope)
    chosen = asked(scope) or remembered(headers) or preferred(headers)
    return words_in(chosen or "fr")


def is_french_only(path: str) -> bool:
    """Say whether an address is answered in French, whatever the reader prefers."""
    roots = (*STAFF, *IN_FRENCH)
    return any(path == root or path.startswith(root + "/") for root in roots)


def asked(scope: Scope) -> str | None:
    """Return the language that the address itself asks for."""
    query = bytes(scope.get("query_string", b"")).decode("latin-1")
    if PARAMETER not in query:
        return None
    try:
        values = parse_qs(query, max_num_fields=20).get(PARAMETER, [""])
    except ValueError:  # more fields than any page of ours has
        return None
    return offered(values[-1])


def remembered(headers: Headers) -> str | None:
    """Return the language that this browser chose before."""
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return offered(cookie.value) if cookie else None


def preferred(headers: Headers) -> str | None:
    """Return the first language we offer among those the browser prefers.

    Source: RFC 9110 § 12.5.4; a preference of 0 means "not this one".
    """
    wished: list[tuple[float, str]] = []
    for part in headers.get("accept-language", "").split(",")[:_MOST_PREFERENCES]:
        tag, _, rest = part.strip().partition(";")
        language = offered(tag.partition("-")[0].lower())
        weight = _weight(rest)
        if language and weight > 0:
            wished.append((weight, language))
    return max(wished, key=lambda pair: pair[0])[1] if wished else None


def offered(language: str) -> str | None:
    """Return the language if it is one of ours."""
    return language if language in LANGUAGES else None


def cookie_header(language: str, *, is_https: bool) -> bytes:
    """Return the header that remembers a choice."""
    secure = "; Secure" if is_https else ""
    return (
        f"{COOKIE}={language}; Path=/; Max-Age={_REMEMBERED_S}; HttpOnly; "
        f"SameSite=Lax{secure}"
    ).encode()


def _weight(rest: str) -> float:
    name, _, value = rest.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
