"""The JSON API and the pages on the real use cases and a real database."""

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, text

from service.adapters.postgres.tables import metadata
from service.settings import Settings
from service.web.app import create_app
from tests.browser.live_site import WorldContainer
from tests.unit.web.bodies import HOSTILE, TEXT_FIELDS, good, with_value
from tests.world import World, open_world

pytestmark = pytest.mark.anyio

KEY = {"Idempotency-Key": "key-0001"}


@pytest.fixture
async def world(database: str) -> AsyncIterator[World]:
    opened = await open_world(database)
    yield opened
    await opened.close()


@pytest.fixture
async def client(world: World, tmp_path: Any) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(WorldContainer(world, Settings(home=tmp_path)))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost"
    ) as opened:
        yield opened


async def begun(client: httpx.AsyncClient) -> tuple[str, str]:
    """Begin a registration; return where its steps are, and the form's token."""
    first = await client.get("/inscription", follow_redirects=True)
    token = re.search(r'name="jeton" value="([^"]+)"', first.text)
    assert token is not None
    return str(first.url.path).rpartition("/")[0], token[1]


async def rows(world: World) -> dict[str, int]:
    """Count everything that a registration could leave behind."""
    async with world.engine.connect() as connection:
        return {
            name: (
                await connection.execute(select(func.count()).select_from(table))
            ).scalar_one()
            for name, table in metadata.tables.items()
        }


async def test_no_hostile_value_is_stored_or_breaks_anything(
    client: httpx.AsyncClient, world: World
) -> None:
    before = await rows(world)
    for place in TEXT_FIELDS:
        for kind, value in HOSTILE.items():
            if kind in {"empty", "boolean"}:
                continue  # may be a true answer where it stands
            answer = await client.post(
                "/v1/registrations",
                content=json.dumps(with_value(place, value)),
                headers={"Content-Type": "application/json", **KEY},
            )
            assert 400 <= answer.status_code < 500, (place, kind)
            if answer.status_code == 422:
                assert answer.json()["errors"][0]["pointer"], (place, kind)
    assert await rows(world) == before


@pytest.mark.parametrize(
    ("place", "value", "pointer"),
    [
        ("prefecture", "paris", "/prefecture"),
        ("motif", "voyage", "/motif"),
        ("motif", "remise-titre", "/motif"),
        ("sites.0", "paris", "/sites"),
        ("permit_expires_on", "2056-12-12", "/permit_expires_on"),
        ("permit_expires_on", "1988-12-12", "/permit_expires_on"),
        ("requested_on", "2027-01-01", "/requested_on"),
        ("entered_on", "1931-01-01", "/entered_on"),
        ("identity.birth_date", "2094-02-03", "/identity/birth_date"),
        ("held_document", "card", "/held_document"),
    ],
)
async def test_what_only_the_use_case_can_judge_is_refused_by_its_place(
    client: httpx.AsyncClient, world: World, place: str, value: str, pointer: str
) -> None:
    before = await rows(world)
    body = with_value(place, value)
    if place == "permit_expires_on":
        body["permit_starts_on"] = None
    answer = await client.post("/v1/registrations", json=body, headers=KEY)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert await rows(world) == before


async def test_a_registration_is_entered_followed_corrected_and_withdrawn(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.post("/v1/registrations", json=good(), headers=KEY)
    assert answer.status_code == 202
    assert "location" not in answer.headers
    told = answer.json()
    assert set(told) == {"reference", "secret", "follow_up_url"}
    assert told["follow_up_url"].endswith(f"/{told['reference']}/{told['secret']}")
    secret = {"Authorization": f"Bearer {told['secret']}"}
    address = f"/v1/registrations/{told['reference']}"

    seen = (await client.get(address, headers=secret)).json()
    assert seen["state"] == "live"
    assert seen["band"]["number"] == 1
    assert seen["band"]["reason"] == "ends_soon"
    assert seen["masked_email"] == "n…@example.org"
    assert "SPÉCIMEN" not in json.dumps(seen, ensure_ascii=False)

    changed = await client.patch(
        address, json={"sites": ["grenoble", "vienne"], "people": 2}, headers=secret
    )
    assert changed.json()["sites"] == ["grenoble", "vienne"]
    assert changed.json()["people"] == 2
    assert changed.json()["waiting_since_on"] == seen["waiting_since_on"]

    assert (await client.delete(address, headers=secret)).status_code == 204
    assert (await client.get(address, headers=secret)).json()["state"] == "withdrawn"
    again = await client.patch(address, json={"people": 1}, headers=secret)
    assert again.status_code == 409


async def test_the_same_key_gives_the_same_answer_and_one_registration(
    client: httpx.AsyncClient, world: World
) -> None:
    first = await client.post("/v1/registrations", json=good(), headers=KEY)
    second = await client.post("/v1/registrations", json=good(), headers=KEY)
    assert first.json() == second.json()
    assert (await rows(world))["registration"] == 1
    other = await client.post(
        "/v1/registrations", json=with_value("people", 2), headers=KEY
    )
    assert other.status_code == 422
    assert other.json()["type"] == "/problems/idempotency-key-reused"


async def test_a_known_person_gets_an_answer_of_the_same_shape(
    client: httpx.AsyncClient,
) -> None:
    first = await client.post("/v1/registrations", json=good(), headers=KEY)
    known = await client.post(
        "/v1/registrations", json=good(), headers={"Idempotency-Key": "key-0002"}
    )
    assert known.status_code == first.status_code == 202
    assert {k: len(v) for k, v in known.json().items()} == {
        k: len(v) for k, v in first.json().items()
    }
    assert set(known.headers) == set(first.headers)


async def test_a_request_without_a_key_is_told_so(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/registrations", json=good())
    assert answer.status_code == 400
    assert answer.json()["type"] == "/problems/idempotency-key-missing"


async def test_an_agent_publishes_sees_and_withdraws_over_json(
    client: httpx.AsyncClient,
) -> None:
    refused = await client.post(
        "/v1/agent/session", json={"login": "agent", "password": "wrong"}
    )
    assert refused.status_code == 401
    signed_in = await client.post(
        "/v1/agent/session", json={"login": "agent", "password": "secret"}
    )
    session = {"Authorization": f"Bearer {signed_in.json()['token']}"}
    plan = {
        "site": "grenoble",
        "day": "2026-12-03",
        "opens": "09:00",
        "closes": "10:00",
        "minutes": 20,
        "guichets": 2,
        "motifs": ["renouvellement-titre"],
    }
    keyless = await client.post("/v1/agent/slots", json=plan, headers=session)
    assert keyless.status_code == 400
    once = session | KEY
    published = await client.post("/v1/agent/slots", json=plan, headers=once)
    assert published.status_code == 201
    slots = published.json()["slots"]
    again = await client.post("/v1/agent/slots", json=plan, headers=once)
    assert again.json() == published.json()
    assert [slot["places"] for slot in slots] == [2, 2, 2]

    days = {"first": "2026-12-01", "last": "2026-12-05"}
    listed = await client.get("/v1/agent/slots", params=days, headers=session)
    assert listed.json()["slots"] == slots

    one = f"/v1/agent/slots/{slots[0]['code']}"
    withdrawn = await client.delete(one, params={"places": 1}, headers=session)
    assert withdrawn.json() == {"withdrawn": 1}
    signed_out = await client.post("/v1/agent/slots", json=plan, headers=KEY)
    assert signed_out.status_code == 401

    closed = await client.delete("/v1/agent/session", headers=session)
    assert closed.status_code == 204
    after = await client.get("/v1/agent/slots", params=days, headers=session)
    assert after.status_code == 401


@pytest.mark.parametrize(
    ("place", "value", "pointer"),
    [
        ("site", "paris", "/site"),
        ("day", "2026-11-22", "/day"),
        ("day", "2028-11-22", "/day"),
        ("opens", "05:00", "/opens"),
        ("closes", "08:00", "/closes"),
        ("minutes", 3, "/minutes"),
        ("guichets", 51, "/guichets"),
        ("motifs", ["voyage"], "/motifs"),
        ("motifs", [], "/motifs"),
    ],
)
async def test_an_impossible_day_is_not_published(
    client: httpx.AsyncClient, world: World, place: str, value: Any, pointer: str
) -> None:
    signed_in = await client.post(
        "/v1/agent/session", json={"login": "agent", "password": "secret"}
    )
    before = await rows(world)
    plan = {
        "site": "grenoble",
        "day": "2026-12-03",
        "opens": "09:00",
        "closes": "10:00",
        "minutes": 20,
        "guichets": 2,
        "motifs": ["renouvellement-titre"],
        place: value,
    }
    answer = await client.post(
        "/v1/agent/slots",
        json=plan,
        headers={"Authorization": f"Bearer {signed_in.json()['token']}", **KEY},
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith(pointer)
    assert await rows(world) == before


async def test_the_prefecture_tells_sites_motifs_next_night_and_rule(
    client: httpx.AsyncClient,
) -> None:
    told = (await client.get("/v1/prefectures/isere")).json()
    assert [site["code"] for site in told["sites"]] == [
        *("grenoble", "la-tour-du-pin", "vienne")
    ]
    assert told["next_night_on"] == "2026-11-23"
    assert told["ruleset"]["bands"] == {"very_soon_days": 14, "soon_days": 45}
    for unknown in ("/v1/prefectures/paris", "/v1/nights/paris"):
        assert (await client.get(unknown)).status_code == 404


async def test_the_form_and_the_api_reach_the_same_registration(
    client: httpx.AsyncClient, world: World
) -> None:
    await client.post("/v1/registrations", json=good(), headers=KEY)
    root, token = await begun(client)
    answers = {
        "motif": {"motif": "renouvellement-titre"},
        "lieux": {"sites": "grenoble"},
        "document": {"document": "cst"},
        "dates": {"fin-jour": "12", "fin-mois": "12", "fin-annee": "2026"},
        "identite": {
            "nom": "SPÉCIMEN",
            "naissance-jour": "2",
            "naissance-mois": "2",
            "naissance-annee": "1994",
            "numero": "9900000001",
        },
        "contact": {},
        "disponibilites": {"personnes": "1"},
    }
    for step, fields in answers.items():
        answer = await client.post(f"{root}/{step}", data={"jeton": token, **fields})
        assert answer.status_code == 303, (step, answer.text)
    check = await client.get(f"{root}/verification")
    key = re.search(r'name="cle" value="([^"]+)"', check.text)
    assert key is not None
    sent = {"jeton": token, "cle": key[1]}
    done = await client.post(f"{root}/verification", data=sent)
    assert done.headers["location"] == "/suivi/accuse"
    async with world.engine.connect() as connection:
        states = await connection.execute(
            text("SELECT state FROM registration ORDER BY state")
        )
        assert [row[0] for row in states] == ["joined", "live"]


async def test_what_was_typed_with_an_error_is_there_in_another_language(
    client: httpx.AsyncClient,
) -> None:
    root, token = await begun(client)

    wrong = await client.post(
        f"{root}/identite",
        data={"jeton": token, "nom": "SPÉCIMEN", "numero": "12AB34567"},
    )
    assert wrong.status_code == 422
    english = re.search(r'href="(\?langue=en)"', wrong.text)
    assert english is not None
    again = await client.get(f"{root}/identite{english[1]}")

    assert 'lang="en"' in again.text
    assert "SPÉCIMEN" in again.text
    assert "12AB34567" in again.text


@pytest.mark.parametrize("address", ["/a", "/a/garder", "/a/mandats"])
async def test_another_language_never_leads_to_an_address_that_shows_nothing(
    client: httpx.AsyncClient, address: str
) -> None:
    page = await client.get("/acces")
    token = re.search(r'name="jeton" value="([^"]+)"', page.text)
    assert token is not None

    ended = await client.post(address, data={"jeton": token[1], "code": "nobody"})
    assert ended.status_code == 404
    english = re.search(r'href="([^"]*\?langue=en)"', ended.text)
    assert english is not None
    assert english[1] == "/acces?langue=en"
    assert (await client.get(english[1])).status_code == 200


async def test_a_failed_attempt_is_shown_with_its_number_and_hour(
    client: httpx.AsyncClient, world: World
) -> None:
    page = await client.get("/nothing-here", headers={"Accept": "text/html"})

    assert page.status_code == 404
    assert page.headers["x-request-id"] in page.text
    assert f'datetime="{world.clock.now().isoformat()}"' in page.text


async def test_a_text_that_packs_into_nothing_is_refused_and_loses_nothing(
    client: httpx.AsyncClient,
) -> None:
    root, token = await begun(client)
    typed = {"jeton": token, "nom": "SPÉCIMEN", "numero": "12"}
    await client.post(f"{root}/identite", data=typed)

    huge = await client.post(
        f"{root}/identite", data={**typed, "prenoms": "漢" * 9_000}
    )
    again = await client.get(f"{root}/identite")

    assert huge.status_code in {413, 422}
    assert again.status_code == 200
    assert "SPÉCIMEN" in again.text
