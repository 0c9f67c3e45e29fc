"""What an agent meets at the door of a real prefecture, page by page and over JSON."""

import json
from collections.abc import AsyncGenerator
from dataclasses import replace

import pyotp
import pytest
from httpx import ASGITransport, AsyncClient, Response

from service.adapters.postgres import tables as t
from service.usecases.operator.agent_accounts import forget_phone
from service.web.app import create_app
from tests.agents import as_in_production, begin, protect
from tests.helping import rows
from tests.integration.test_storage_away import Standing
from tests.world import World

pytestmark = pytest.mark.anyio

HEAD = {"jeton": "t" * 43}


@pytest.fixture
async def browser(world: World) -> AsyncGenerator[AsyncClient]:
    app = create_app(Standing(as_in_production(world), is_well=True))
    app.state.site = replace(app.state.site, demonstration=False)
    transport = ASGITransport(app=app)
    async with AsyncClient(transport=transport, base_url="http://localhost") as client:
        client.cookies.set("tdr-jeton", HEAD["jeton"])
        yield client


async def sign_in(browser: AsyncClient, code: str = "") -> Response:
    typed = {"identifiant": "agent", "mot-de-passe": "secret", "code": code}
    return await browser.post("/agents", data=HEAD | typed)


async def test_the_page_asks_for_a_code(browser: AsyncClient) -> None:
    shown = (await browser.get("/agents")).text

    assert 'autocomplete="one-time-code"' in shown
    assert "demonstration" not in shown


async def test_the_demonstration_says_why_it_asks_for_none(world: World) -> None:
    app = create_app(Standing(world.ports, is_well=True))
    transport = ASGITransport(app=app)
    async with AsyncClient(transport=transport, base_url="http://localhost") as client:
        shown = (await client.get("/agents")).text

    assert "one-time-code" not in shown
    assert "La démonstration ne demande pas de code." in shown


async def test_the_first_time_the_password_leads_to_the_second_factor(
    browser: AsyncClient, world: World
) -> None:
    answer = await sign_in(browser)

    assert answer.headers["location"] == "/agents/protection"
    assert set(answer.cookies) == {"tdr-protection"}
    assert await rows(world, t.agent_session) == 0


async def test_a_wrong_first_code_shows_the_same_secret_again(
    browser: AsyncClient,
) -> None:
    await sign_in(browser)
    drawing = (await browser.get("/agents/protection/code.svg")).content

    for wrong in ("", "000000"):
        answer = await browser.post("/agents/protection", data=HEAD | {"code": wrong})
        assert answer.status_code == 422

    assert (await browser.get("/agents/protection/code.svg")).content == drawing


@pytest.mark.parametrize("path", ["", "/code.svg"])
async def test_without_the_password_there_is_nothing_to_see(
    browser: AsyncClient, path: str
) -> None:
    browser.cookies.set("tdr-protection", "x" * 43)

    answer = await browser.get(f"/agents/protection{path}")

    assert answer.status_code == 401
    assert "sert une fois, pendant dix minutes" in answer.text.replace("\u00a0", " ")


async def test_the_page_is_over_once_it_was_used(
    browser: AsyncClient, world: World
) -> None:
    awa = await protect(world)
    await forget_phone("agent", by="operator:root", ports=world.ports)
    token = (await begin(world)).token
    browser.cookies.set("tdr-protection", token)
    assert (await browser.get("/agents/protection")).status_code == 200
    await protect(world)

    browser.cookies.set("tdr-protection", token)
    answer = await browser.post("/agents/protection", data=HEAD | {"code": awa.code()})

    assert answer.status_code == 401


async def test_a_secret_is_kept_by_nobody_on_the_way(browser: AsyncClient) -> None:
    await sign_in(browser)

    for path in ("/agents/protection", "/agents/protection/code.svg"):
        answer = await browser.get(path)
        assert answer.headers["cache-control"] == "no-store"


async def test_whoever_forgets_the_code_is_told_what_a_wrong_password_is_told(
    browser: AsyncClient, world: World
) -> None:
    await protect(world)

    empty = await sign_in(browser)
    typed = {"identifiant": "agent", "mot-de-passe": "guess", "code": "000000"}
    wrong = await browser.post("/agents", data=HEAD | typed)

    assert (empty.status_code, wrong.status_code) == (422, 422)
    assert empty.text == wrong.text


async def test_the_desk_says_when_few_recovery_codes_are_left(
    browser: AsyncClient, world: World
) -> None:
    awa = await protect(world)
    said: list[bool] = []
    for one in awa.recovery:
        assert (await sign_in(browser, one)).status_code == 303
        desk = (await browser.get("/agents/accueil")).text
        said.append("code de secours" in desk or "codes de secours" in desk)

    assert said == [False] * 7 + [True] * 3


async def test_over_json_the_same_rules_hold(
    browser: AsyncClient, world: World
) -> None:
    sent = {"login": "agent", "password": "secret"}

    early = await browser.post("/v1/agent/session", json=sent)
    awa = await protect(world)
    without = await browser.post("/v1/agent/session", json=sent)
    opened = await browser.post(
        "/v1/agent/session", json=sent | {"code": awa.next_code()}
    )

    assert (early.status_code, early.json()["type"]) == (
        403,
        "/problems/second-factor-not-enrolled",
    )
    assert (without.status_code, without.json()["type"]) == (
        401,
        "/problems/sign-in-refused",
    )
    assert opened.status_code == 200
    headers = {"Authorization": f"Bearer {opened.json()['token']}"}
    asked = {"first": "2026-11-23", "last": "2026-11-30"}
    listed = await browser.get("/v1/agent/slots", headers=headers, params=asked)
    assert listed.status_code == 200


@pytest.mark.parametrize("name", ["password", "code"])
async def test_half_a_character_is_refused_and_breaks_nothing(
    browser: AsyncClient, name: str
) -> None:
    sent = {"login": "agent", "password": "secret", "code": "", name: "\ud800"}
    body = json.dumps(sent).encode()
    kind = {"Content-Type": "application/json"}

    answer = await browser.post("/v1/agent/session", content=body, headers=kind)

    assert answer.status_code == 422


async def test_a_telephone_of_another_hour_does_not_enrol(
    browser: AsyncClient, world: World
) -> None:
    """Half an hour off is not a clock that differs by a step."""
    await sign_in(browser)
    shown = (await browser.get("/agents/protection")).text
    secret = shown.partition("<br><strong")[2].partition(">")[2].partition("<")[0]
    app = pyotp.TOTP("".join(secret.split()))
    late = app.at(int(world.clock.now().timestamp()) - 1_800)

    answer = await browser.post("/agents/protection", data=HEAD | {"code": late})

    assert answer.status_code == 422
