"""Why this result: ticket, group, rank, cut-off, proof and reason, for each person."""

import html
import json
import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import httpx
import pytest

from service.settings import Settings
from service.usecases.commands import Access
from service.usecases.night.view_nights import view_night
from service.usecases.person.view_registration import view_registration
from service.web.app import create_app
from tests.browser.live_site import WorldContainer
from tests.integration.test_my_line import PEOPLE, drawn, make_reduced
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio


@pytest.fixture
async def client(world: World, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(home=tmp_path, host="127.0.0.1", port=8000)
    transport = httpx.ASGITransport(app=create_app(WorldContainer(world, settings)))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1", follow_redirects=True
    ) as opened:
        yield opened


async def opened_by(client: httpx.AsyncClient, person: Access) -> None:
    client.cookies.clear()
    found = re.search(
        r'name="jeton" value="([^"]+)"', (await client.get("/acces")).text
    )
    assert found is not None
    sent = {"reference": person.reference, "code": person.secret, "jeton": found[1]}
    answer = await client.post("/acces", data=sent)
    assert answer.url.path == "/suivi"


def words(page: httpx.Response) -> str:
    assert page.status_code == 200
    text = html.unescape(re.sub(r"<[^>]+>", " ", page.text)).replace("’", "'")
    return re.sub(r"\s+", " ", text)


async def results(world: World, people: Sequence[Access]) -> list[str]:
    views = [await view_registration(one, ports=world.ports) for one in people]
    return [view.nights[-1].result for view in views]


async def test_each_person_reads_how_far_the_places_went(
    world: World, client: httpx.AsyncClient
) -> None:
    people, _ = await drawn(world)
    told = await results(world, people)
    assert told.count("served") == 6

    for person, result in zip(people, told, strict=True):
        await opened_by(client, person)
        view = await view_registration(person, ports=world.ports)
        [entry] = view.nights
        assert entry.cut_off == 6
        page = await client.get(f"/suivi/nuits/{TONIGHT}")
        said = words(page)

        # Nine alike: the six lowest tickets have the six places.
        assert (entry.rank <= 6) == (result == "served")
        assert f"le rang {entry.rank} sur {PEOPLE}" in said
        assert f"les places sont allées jusqu'au rang 6 sur {PEOPLE}" in said
        assert ("Votre rang vient après." in said) == (result != "served")
        assert entry.ticket[:8] in said
        assert "seul le numéro de tirage décide" in said
        followed = words(await client.get("/suivi"))
        assert ("jusqu'au rang 6" in followed) == (result != "served")


async def test_the_proof_is_shown_step_by_step_and_can_be_kept(
    world: World, client: httpx.AsyncClient
) -> None:
    people, transcript = await drawn(world)
    root = json.loads(transcript)["commitment"]["registrations"]["root"]
    await opened_by(client, people[4])

    why = await client.get(f"/suivi/nuits/{TONIGHT}")
    assert f'href="/suivi/nuits/{TONIGHT}/preuve"' in why.text
    page = await client.get(f"/suivi/nuits/{TONIGHT}/preuve")

    line = json.loads((await client.get(f"/suivi/nuits/{TONIGHT}/ligne")).content)
    said = words(page).replace(" ", "")
    assert root in said
    assert line["nonce"] in said
    assert line["path"]
    assert all(step in said for step in line["path"])
    assert f"Ligne{line['index'] + 1}sur{PEOPLE}" in said
    assert line["registration"]["label"] in said
    for day in ("2026-11-22", "2026-02-30", "hier"):
        assert (await client.get(f"/suivi/nuits/{day}/preuve")).status_code == 404


async def test_a_reduced_night_shows_nobody_how_far_a_group_went(
    world: World, client: httpx.AsyncClient
) -> None:
    await make_reduced(world)
    people, _ = await drawn(world)
    assert (await view_night("isere", TONIGHT, ports=world.ports)).bands == ()
    await opened_by(client, people[0])

    said = words(await client.get(f"/suivi/nuits/{TONIGHT}"))

    assert "publiée sous forme réduite" in said
    assert "jusqu'au rang" not in said
    assert (await client.get(f"/suivi/nuits/{TONIGHT}/preuve")).status_code == 200
