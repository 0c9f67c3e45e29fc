"""Every field of every form with what does not belong there: no 5xx, nothing stored."""

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from service.adapters.postgres.tables import metadata
from service.settings import Settings
from service.web.app import create_app
from service.web.pages import steps
from tests.browser.live_site import WorldContainer
from tests.unit.web.bodies import HOSTILE
from tests.world import World, open_world

pytestmark = pytest.mark.anyio

# A lone surrogate cannot be sent in a form: what a browser sends instead is this.
TEXTS = {
    kind: value
    for kind, value in HOSTILE.items()
    if isinstance(value, str) and kind != "lone surrogate"
} | {"broken UTF-8": "\ufffd\ufffd", "10 kB of Arabic": "ع" * 1_600}


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


async def stored(world: World) -> dict[str, int]:
    async with world.engine.connect() as connection:
        return {
            name: (
                await connection.execute(select(func.count()).select_from(table))
            ).scalar_one()
            for name, table in metadata.tables.items()
            if name not in {"audit", "agent_session"}
        }


async def token_of(client: httpx.AsyncClient, address: str) -> tuple[str, str]:
    """The form token of a page, and where the page was found."""
    page = await client.get(address, follow_redirects=True)
    found = re.search(r'name="jeton" value="([^"]+)"', page.text)
    assert found is not None
    return found[1], str(page.url.path)


@pytest.mark.parametrize("step", [s for s in steps.ALL if s is not steps.CHECK])
async def test_no_answer_of_a_step_breaks_it(
    client: httpx.AsyncClient, world: World, step: steps.Step
) -> None:
    token, first = await token_of(client, "/inscription")
    root = first.rpartition("/")[0]
    before = await stored(world)
    own = [f for f in step.fields if not f.startswith("absence-") or "-0-" in f]
    for field in (*own, "autrement", "unknown", "document", "motif"):
        for kind, value in TEXTS.items():
            answer = await client.post(
                f"{root}/{step.slug}", data={"jeton": token, field: value}
            )
            assert answer.status_code < 500, (field, kind)
            assert "<script>alert" not in answer.text
            shown = await client.get(f"{root}/{step.slug}")
            assert shown.status_code < 500, (field, kind)
            assert "<script>alert" not in shown.text
    sent = await client.post(f"{root}/verification", data={"jeton": token, "cle": "x"})
    assert sent.status_code == 303
    assert "accuse" not in sent.headers["location"]
    assert await stored(world) == before


async def test_no_answer_breaks_the_other_forms(
    client: httpx.AsyncClient, world: World
) -> None:
    token, _ = await token_of(client, "/agents")
    signed_in = await client.post(
        "/agents",
        data={"jeton": token, "identifiant": "agent", "mot-de-passe": "secret"},
    )
    assert signed_in.status_code == 303
    before = await stored(world)
    forms = {
        "/acces": ("reference", "code"),
        "/agents": ("identifiant", "mot-de-passe"),
        "/agents/creneaux/apercu": ("site", "jour-jour", "de", "a", "duree", "motifs"),
        "/agents/creneaux/publier": ("site", "jour-annee", "guichets", "deja"),
        "/agents/creneaux/retirer": ("creneau", "places", "semaine"),
    }
    for address, fields in forms.items():
        for field in fields:
            for kind, value in TEXTS.items():
                others = dict.fromkeys(fields, "1")
                answer = await client.post(
                    address, data={**others, "jeton": token, field: value}
                )
                assert 300 <= answer.status_code < 500, (address, field, kind)
    assert await stored(world) == before


async def test_no_address_breaks_anything(client: httpx.AsyncClient) -> None:
    hostile = ("%00", "%ff", "'", "<b>", "..%2f..", "😀", "x" * 2_000, "%E2%80%AE")
    for start in (
        "/acces/{}/x",
        "/acces/0123ABCDM/{}",
        "/inscription/{}/motif",
        "/inscription/aaaaaaaa/{}",
        "/nuits/{}",
        "/suivi/nuits/{}",
        "/suivi/corriger/{}",
        "/problems/{}",
        "/static/{}/tokens.css",
        "/static/000000000000/{}",
        "/demonstration/courrier/{}",
        "/agents/creneaux?semaine={}",
        "/v1/registrations/{}",
        "/v1/nights/{}",
        "/v1/nights/isere/{}",
        "/v1/nights/{}/2026-11-23",
        "/v1/nights/{}/2026-11-23/transcript",
        "/v1/prefectures/{}",
    ):
        for text in hostile:
            address = start.format(text)
            answer = await client.get(
                address, headers={"Authorization": "Bearer mfrggzdfmztwq2lk"}
            )
            assert answer.status_code < 500, address
            assert "<b>" not in answer.text or answer.status_code == 200, address
