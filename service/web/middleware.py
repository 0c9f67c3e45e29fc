"""What every request passes through, whatever it asks: plain ASGI, in order.

``Envelope`` stands outermost, so that every answer, errors included, carries a
request id and the security headers, and so that nothing unexpected says more to
the outside than that id. ``BodyGate`` reads the body once, up to 16 KiB; the one
address that takes a file has its own limit (``uploads``).
"""

import asyncio
import time
import traceback
import uuid
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

import structlog
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.domain.errors import DomainError
from service.usecases.desk.sheet import SheetTooLargeError
from service.web import uploads
from service.web.language import asked, cookie_header, words_of
from service.web.problems import (
    BodyTooLargeError,
    BodyTooSlowError,
    InternalError,
    ServiceAwayError,
    UnknownHostError,
    UnsupportedMediaTypeError,
    of_domain_error,
    problem_response,
)

MAX_BODY: Final = 16 * 1024
PATIENCE_S: Final = 90.0
"""For a whole body: a megabyte over a poor line; who only holds the line is let go."""
MAX_LIST: Final = 512 * 1024
LISTS: Final = "/agents/listes/"
"""Addresses that take a pasted list: a thousand lines, from signed-in agents only."""
API: Final = "/v1"
RETRY_AFTER_S: Final = "10"
"""PostgreSQL killed outright answers again after two seconds, pools a little later."""

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS: Final[tuple[tuple[bytes, bytes], ...]] = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
STRICT_TRANSPORT: Final = (b"strict-transport-security", b"max-age=31536000")

ErrorPage = Callable[[Request, int, str], HTMLResponse]
"""Renders a refusal for people: request, status, code."""

access_log = structlog.get_logger("service.access")
log = structlog.get_logger("service.web")


def is_api(path: str) -> bool:
    """Say whether ``path`` belongs to the JSON API."""
    return path == API or path.startswith(API + "/")


def is_https(scope: Scope) -> bool:
    """Say whether the person's connection is encrypted, as the server knows it."""
    return str(scope.get("scheme", "http")) == "https"


def refusal(error: DomainError, request: Request, error_page: ErrorPage) -> Response:
    """Answer a refusal: a problem for programs, a page for people."""
    body = of_domain_error(error, request)
    if is_api(request.url.path):
        headers = {"WWW-Authenticate": "Bearer"} if body["status"] == 401 else {}
        return problem_response(body, headers)
    code = str(body["type"]).rpartition("/")[2]
    return error_page(request, int(body["status"]), code)


def tell_away(error: Exception, request: Request, error_page: ErrorPage) -> Response:
    """Answer that the database is away: nothing broke, the same request may come back.

    The cause is logged by its kind alone; whoever watches reads it there.
    """
    log.warning(
        "the database is away",
        request_id=request.state.request_id,
        error=type(error.__cause__ or error).__name__,
    )
    answer = refusal(ServiceAwayError(), request, error_page)
    answer.headers["Retry-After"] = RETRY_AFTER_S
    return answer


class Envelope:
    """Request id, headers, host check, access log, and the last safety net."""

    def __init__(self, app: ASGIApp, *, error_page: ErrorPage) -> None:
        self.app = app
        self.error_page = error_page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request inside its envelope."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        state: MutableMapping[str, Any] = scope.setdefault("state", {})
        state["request_id"] = request_id = str(uuid.uuid4())
        state["words"] = words_of(scope)
        status = 0

        async def send_dressed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                message = {
                    **message,
                    "headers": dressed(message["headers"], scope, request_id),
                }
            await send(message)

        try:
            await self._serve(scope, receive, send_dressed)
        except Exception as error:
            log.error(
                "unexpected error",
                request_id=request_id,
                error=type(error).__name__,
                where=where_of(error),
            )
            if not status:
                answer = refusal(InternalError(), Request(scope), self.error_page)
                await answer(scope, receive, send_dressed)
        finally:
            # Whoever watches the service asks every few seconds: only bad news counts.
            say = access_log.debug if is_watching(scope, status) else access_log.info
            say(
                "request",
                request_id=request_id,
                method=scope["method"],
                route=route_of(scope),
                status=status,
                ms=round((time.perf_counter() - started) * 1000, 1),
            )

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        hosts: frozenset[str] = scope["app"].state.hosts
        if hosts and host_of(scope) not in hosts:
            answer = refusal(UnknownHostError(), Request(scope), self.error_page)
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)


def host_of(scope: Scope) -> str:
    """Return the host asked for, without its port."""
    headers: dict[bytes, bytes] = dict(scope["headers"])
    host = headers.get(b"host", b"").decode("latin-1")
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()


def route_of(scope: Scope) -> str:
    """Name the route for the log: its pattern, never the address with its secret."""
    return str(getattr(scope.get("route"), "path", "(none)"))


def is_watching(scope: Scope, status: int) -> bool:
    """Say whether this is a healthy answer to a health check."""
    return status == 200 and route_of(scope).startswith("/v1/health/")


def where_of(error: BaseException) -> list[str]:
    """List file, line and function of an error; its message may hold a value."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno}:{frame.name}"
        for frame in frames
    ]


def dressed(
    headers: list[tuple[bytes, bytes]], scope: Scope, request_id: str
) -> list[tuple[bytes, bytes]]:
    """Add the headers that every answer carries; what a route set stays."""
    present = {name.lower() for name, _ in headers}
    added: list[tuple[bytes, bytes]] = [
        pair for pair in HEADERS if pair[0] not in present
    ]
    added.append((b"x-request-id", request_id.encode()))
    if is_https(scope):
        added.append(STRICT_TRANSPORT)
    added.extend(language_headers(scope, headers))
    if b"cache-control" not in present:
        added.append((b"cache-control", b"no-store"))
    return [*headers, *added]


def language_headers(
    scope: Scope, headers: list[tuple[bytes, bytes]]
) -> list[tuple[bytes, bytes]]:
    """Say the language of a page, on what it hangs, and remember a choice.

    An address that only leads on remembers it too: a link to the form in one's language
    would else open it in another.
    """
    is_page = any(
        name == b"content-type" and value.startswith(b"text/html")
        for name, value in headers
    )
    said: list[tuple[bytes, bytes]] = []
    if is_page:
        language = scope["state"]["words"].language
        said.append((b"content-language", language.encode()))
        said.append((b"vary", b"Cookie, Accept-Language"))
    leads_on = any(name == b"location" for name, _ in headers)
    if (is_page or leads_on) and (chosen := asked(scope)):
        said.append((b"set-cookie", cookie_header(chosen, is_https=is_https(scope))))
    return said


class BodyGate:
    """Reads a body once, bounded, and only of the kind its address takes."""

    def __init__(
        self, app: ASGIApp, *, error_page: ErrorPage, patience_s: float = PATIENCE_S
    ) -> None:
        self.app = app
        self.error_page = error_page
        self._patience_s = patience_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is too long, slow or of the wrong kind before a route sees it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._patience_s):
                body = await bounded_body(Request(scope), receive)
        except (DomainError, TimeoutError) as error:
            told = error if isinstance(error, DomainError) else BodyTooSlowError()
            answer = refusal(told, Request(scope), self.error_page)
            answer.headers["Connection"] = "close"
            await answer(scope, receive, send)
            return
        await self.app(scope, replayed(body, receive), send)


async def bounded_body(request: Request, receive: Receive) -> bytes:
    """Return the whole body.

    Raises:
        BodyTooLargeError: It is announced, or turns out, longer than is taken here.
        UnsupportedMediaTypeError: It is not what this address takes.
    """
    most = longest_at(request.url.path)
    announced = request.headers.get("content-length", "0")
    if not announced.isdecimal() or int(announced[:20]) > most:
        raise _too_large(most)
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            break
        body += message.get("body", b"")
        if len(body) > most:
            raise _too_large(most)
        more = bool(message.get("more_body", False))
    if body and not is_expected_kind(request):
        raise UnsupportedMediaTypeError
    return bytes(body)


def longest_at(path: str) -> int:
    """Return how long a body may be at an address."""
    if uploads.takes_file(path):
        return uploads.MOST
    return MAX_LIST if path.startswith(LISTS) else MAX_BODY


def _too_large(most: int) -> DomainError:
    return SheetTooLargeError() if most == uploads.MOST else BodyTooLargeError()


def is_expected_kind(request: Request) -> bool:
    """JSON for the API, a plain form for the pages; always UTF-8."""
    kind, _, rest = request.headers.get("content-type", "").partition(";")
    charset = rest.partition("charset=")[2].strip(' "').lower()
    if charset not in {"", "utf-8", "utf8"}:
        return False
    if is_api(request.url.path):
        return kind.strip().lower() == "application/json"
    if uploads.takes_file(request.url.path):
        return kind.strip().lower() == uploads.KIND
    return kind.strip().lower() == "application/x-www-form-urlencoded"


def replayed(body: bytes, receive: Receive) -> Callable[[], Awaitable[Message]]:
    """Return a ``receive`` that hands over ``body``, then whatever comes after."""
    handed = False

    async def once() -> Message:
        nonlocal handed
        if handed:
            return await receive()
        handed = True
        return {"type": "http.request", "body": body, "more_body": False}

    return once
