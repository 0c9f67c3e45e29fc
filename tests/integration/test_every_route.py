"""Every route there is, read from the application: who comes in, and what breaks it.

A route that is added later is asked the same questions without being listed here.
"""

import re
from collections.abc import AsyncGenerator

import pytest
from fastapi import APIRouter, FastAPI
from httpx import ASGITransport, AsyncClient, Response
from starlette.routing import Route

from service.usecases.desk.agents import sign_in
from service.web.app import create_app
from service.web.uploads import takes_file
from tests.agents import begin
from tests.helping import open_help
from tests.integration.test_storage_away import Standing
from tests.world import World

pytestmark = pytest.mark.anyio

HOSTILE = (
    "%00",
    "%F0%9F%98%80",
    "%E2%80%AE0123ABCDM",
    "..%2F..%2Fetc",
    "'%3B--",
    "2026-02-30",
    "9999-12-31",
    "00000000-0000-4000-8000-000000000000",
    "1" * 300,
)
"""NUL, an emoji, right-to-left, a way up, SQL, days that are no day, an id, length."""

OPEN_TO_ALL = {
    "/agents",
    "/agents/sortie",
    "/accompagnants",
    "/accompagnants/sortie",
    "/accompagnants/invitation/{token}",
    "/accompagnants/invitation/{token}/code.svg",
}
STAFF = re.compile(r"/(agents|accompagnants)(/|$)")
PERSONAL = re.compile(r"/suivi(/|$)")


@pytest.fixture
def app(world: World) -> FastAPI:
    return create_app(Standing(world.ports, is_well=True))


@pytest.fixture
async def stranger(app: FastAPI) -> AsyncGenerator[AsyncClient]:
    transport = ASGITransport(app=app)
    async with AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


def routes(app: FastAPI) -> list[tuple[str, str]]:
    """Method and pattern of everything that is served."""
    found: list[tuple[str, str]] = []
    for included in app.routes:
        router: APIRouter = included.original_router  # type: ignore[attr-defined]
        for route in router.routes:
            assert isinstance(route, Route)
            found += [(method, route.path) for method in route.methods or ()]
    assert len(found) > 150
    return sorted(found)


def filled(pattern: str, value: str = "00000000-0000-4000-8000-000000000000") -> str:
    return re.sub(r"\{[^}]+\}", value, pattern)


async def send_form(client: AsyncClient, path: str) -> Response:
    """A form with a token of ours, so that only the guard can refuse it."""
    token = "t" * 43
    client.cookies.set("tdr-jeton", token)
    if takes_file(path):
        return await client.post(
            path, data={"jeton": token}, files={"fichier": ("p.csv", b"numero\n")}
        )
    return await client.post(path, data={"jeton": token})


async def test_nobody_who_is_not_signed_in_comes_further(
    app: FastAPI, stranger: AsyncClient
) -> None:
    let_in: list[tuple[str, str, int]] = []
    asked = 0
    for method, pattern in routes(app):
        is_guarded = STAFF.match(pattern) or PERSONAL.match(pattern)
        if not is_guarded or pattern in OPEN_TO_ALL or method not in {"GET", "POST"}:
            continue
        path = filled(pattern)
        get = method == "GET"
        answer = await (stranger.get(path) if get else send_form(stranger, path))
        asked += 1
        if answer.status_code not in {401, 404}:
            let_in.append((method, pattern, answer.status_code))

    assert asked > 80
    assert not let_in


async def test_the_right_password_alone_opens_one_page_and_nothing_else(
    app: FastAPI, stranger: AsyncClient, world: World
) -> None:
    """Whoever is to enrol a second factor is not signed in, as cookie or as bearer."""
    token = (await begin(world)).token
    headers = {"Authorization": f"Bearer {token}"}
    let_in: list[tuple[str, str]] = []
    for method, pattern in routes(app):
        path = filled(pattern)
        is_of_agents = pattern.startswith(("/agents/", "/v1/agent/"))
        if not is_of_agents or pattern in {*OPEN_TO_ALL, "/v1/agent/session"}:
            continue
        stranger.cookies.clear()
        stranger.cookies.set("tdr-protection", token)
        if pattern.startswith("/v1"):
            answer = await stranger.request(method, path, headers=headers)
        elif method == "POST":
            answer = await send_form(stranger, path)
        else:
            answer = await stranger.request(method, path)
        if answer.status_code not in {401, 404, 405, 415, 422}:
            let_in.append((method, pattern))

    assert [one for one in let_in if not one[1].startswith("/agents/protection")] == []
    assert ("GET", "/agents/protection") in let_in


async def test_no_form_of_another_site_is_taken(
    app: FastAPI, stranger: AsyncClient
) -> None:
    taken: list[tuple[str, int]] = []
    for method, pattern in routes(app):
        if method != "POST" or pattern.startswith("/v1/"):
            continue
        stranger.cookies.set("tdr-jeton", "t" * 43)
        answer = await stranger.post(
            filled(pattern),
            data={"jeton": "t" * 43},
            headers={"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
        )
        if answer.status_code not in {401, 403, 404, 415}:
            taken.append((pattern, answer.status_code))

    assert not taken


async def test_every_v1_agent_route_asks_for_a_session(
    app: FastAPI, stranger: AsyncClient
) -> None:
    let_in: list[tuple[str, str, int]] = []
    for method, pattern in routes(app):
        if not pattern.startswith("/v1/agent") or pattern == "/v1/agent/session":
            continue
        for headers in ({}, {"Authorization": "Bearer nobody"}):
            answer = await stranger.request(method, filled(pattern), headers=headers)
            if answer.status_code not in {401, 415, 422}:
                let_in.append((method, pattern, answer.status_code))

    assert not let_in


async def test_no_address_breaks_whoever_is_signed_in(
    app: FastAPI, stranger: AsyncClient, world: World
) -> None:
    """Agent, helper and stranger at once: whichever door a route looks at is open."""
    help_ = await open_help(world)
    opened = await sign_in("agent", "secret", ports=world.ports)
    stranger.cookies.set("tdr-agent", opened.token)
    stranger.cookies.set("tdr-accompagnant", await help_.sign_in())
    headers = {"Authorization": f"Bearer {opened.token}"}
    broken: list[tuple[str, str, int]] = []
    for method, pattern in routes(app):
        if method != "GET" or "{" not in pattern:
            continue
        for value in HOSTILE:
            path = filled(pattern, value)
            answer = await stranger.get(path, headers=headers)
            if answer.status_code >= 500:
                broken.append((pattern, value, answer.status_code))

    assert not broken


async def test_no_question_mark_breaks_a_page(
    app: FastAPI, stranger: AsyncClient, world: World
) -> None:
    help_ = await open_help(world)
    opened = await sign_in("agent", "secret", ports=world.ports)
    stranger.cookies.set("tdr-agent", opened.token)
    stranger.cookies.set("tdr-accompagnant", await help_.sign_in())
    headers = {"Authorization": f"Bearer {opened.token}"}
    names = ("jour", "lieu", "semaine", "fait", "ligne", "motif", "jours", "retour")
    more = ("langue", "page", "fichier", "ville", "annule", "first", "last", "q")
    broken: list[tuple[str, str]] = []
    for method, pattern in routes(app):
        if method != "GET" or "{" in pattern:
            continue
        for value in ("%00", "9999-12-31"):
            query = "&".join(f"{name}={value}" for name in (*names, *more))
            answer = await stranger.get(f"{pattern}?{query}", headers=headers)
            if answer.status_code >= 500:
                broken.append((pattern, value))

    assert not broken


async def test_a_number_of_five_thousand_digits_is_no_number(
    stranger: AsyncClient, world: World
) -> None:
    """Python refuses to read one: that must not become a fault of ours."""
    opened = await sign_in("agent", "secret", ports=world.ports)
    stranger.cookies.set("tdr-agent", opened.token)
    stranger.cookies.set("tdr-jeton", "t" * 43)
    answer = await stranger.post(
        "/agents/creneaux/retirer",
        data={
            "jeton": "t" * 43,
            "creneau": "grenoble-1",
            "places": "9" * 5000,
            "semaine": "2026-11-23",
        },
    )

    assert answer.status_code == 303
