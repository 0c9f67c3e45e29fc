"""The morning's figures: counted from real rows once, read by everybody for little."""

import csv
import io
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from service.usecases.desk.suspend_motif import suspend_motif
from service.usecases.night.open_slots import open_slots
from service.usecases.person.answer_offer import confirm_offer
from service.usecases.person.view_registration import view_registration
from service.usecases.person.withdraw_registration import withdraw_registration
from service.usecases.public.figures_files import TABLES
from service.usecases.public.publish_figures import publish_figures, view_figures
from service.web.app import create_app
from service.web.pages.public.legal import SECTIONS
from service.words.data_words import COLUMNS
from service.worker.jobs import do_what_is_due
from tests.asked import statements
from tests.nights import hold_night
from tests.standing import Standing
from tests.world import World

pytestmark = pytest.mark.anyio

MOST_STATEMENTS = {"/": 8, "/stats": 9, "/motifs": 8, "/motifs/aes": 10, "/regles": 8}
"""What a page may ask the database; nothing in it grows with the people or nights."""


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=create_app(Standing(world.ports)))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost"
    ) as opened:
        yield opened


async def counted(world: World) -> dict[str, Any]:
    await publish_figures(ports=world.ports)
    view = await view_figures("isere", ports=world.ports)
    assert view is not None
    return json.loads(view.content)


async def test_what_happened_to_people_is_what_is_counted(world: World) -> None:
    people = [await world.register(number) for number in range(1, 15)]
    await open_slots(world.agent, world.plan(guichets=2), ports=world.ports)
    await hold_night(world)
    served = [
        one
        for one in people
        if (await view_registration(one, ports=world.ports)).offer is not None
    ]
    await confirm_offer(served[0], ports=world.ports)
    await confirm_offer(served[1], ports=world.ports)
    unserved = [one for one in people if one not in served]
    await withdraw_registration(unserved[0], ports=world.ports)
    world.clock.advance(days=12)

    found = await counted(world)

    assert found["totals"] == {
        "registrations": 14,
        "served": 2,
        # Fourteen rights ended on day 10: two were received on day 7, one left on
        # the first evening.
        "expired_before_served": 11,
        "waiting": 11,
        "left": 1,
        "places": 12,
        "places_to_come": 0,
    }
    assert found["lot"] == {"nights": 1, "places_given": 12, "settled_by_lot": 12}
    assert [line["motifs"] for line in found["motifs"]] == [["renouvellement-titre"]]
    assert found["channels"][0]["channels"] == ["web"]


async def test_the_first_figures_come_at_once_and_then_at_seven(world: World) -> None:
    assert await publish_figures(ports=world.ports) == 1
    assert await publish_figures(ports=world.ports) == 0
    world.clock.move_to(datetime(2026, 11, 24, 5, 59, tzinfo=UTC))
    assert await publish_figures(ports=world.ports) == 0
    world.clock.move_to(datetime(2026, 11, 24, 6, 0, tzinfo=UTC))
    assert await publish_figures(ports=world.ports) == 1
    assert await publish_figures(ports=world.ports) == 0


async def test_the_worker_takes_them_with_everything_else_that_is_due(
    world: World,
) -> None:
    await do_what_is_due(ports=world.ports)

    assert await view_figures("isere", ports=world.ports) is not None


async def test_what_was_published_one_morning_never_changes(
    world: World, client: httpx.AsyncClient
) -> None:
    await publish_figures(ports=world.ports)
    first = await client.get("/v1/figures/isere/2026-11-23")
    await world.register(1)
    world.clock.advance(days=1)
    await publish_figures(ports=world.ports)

    again = await client.get("/v1/figures/isere/2026-11-23")
    latest = await client.get("/v1/figures/isere")

    assert again.content == first.content
    assert "immutable" in again.headers["cache-control"]
    assert latest.json()["day"] == "2026-11-24"
    assert (await client.get("/v1/figures/isere/2026-11-22")).status_code == 404


async def test_who_has_them_already_is_told_so(
    world: World, client: httpx.AsyncClient
) -> None:
    await publish_figures(ports=world.ports)
    for path in ("figures/isere", "open-data/isere/weeks", "monitor/isere"):
        first = await client.get(f"/v1/{path}")
        again = await client.get(
            f"/v1/{path}", headers={"If-None-Match": first.headers["etag"]}
        )
        assert (first.status_code, again.status_code) == (200, 304), path
        assert again.content == b""


@pytest.mark.parametrize("table", TABLES)
async def test_each_table_has_its_columns_and_each_column_its_meaning(
    world: World, client: httpx.AsyncClient, table: str
) -> None:
    for number in range(1, 13):
        await world.register(number)
    world.clock.advance(days=1)
    await publish_figures(ports=world.ports)

    answer = await client.get(f"/v1/open-data/isere/{table}")
    lines = list(csv.DictReader(io.StringIO(answer.text)))

    assert answer.headers["content-type"].startswith("text/csv")
    assert next(iter(csv.reader(io.StringIO(answer.text)))) == ["day", *TABLES[table]]
    assert set(TABLES[table]) <= COLUMNS.keys()
    assert all(line["day"] == "2026-11-24" for line in lines)
    assert lines or table in {"sites", "cancellations"}  # none was published, or taken
    page = (await client.get("/donnees")).text
    assert f"/v1/open-data/isere/{table}" in page


async def test_a_monitor_reads_states_places_and_people_without_a_key(
    world: World, client: httpx.AsyncClient
) -> None:
    for number in range(1, 13):
        await world.register(number)
    await open_slots(world.agent, world.plan(), ports=world.ports)
    await publish_figures(ports=world.ports)
    await suspend_motif(
        world.agent,
        "aes",
        reason="Le guichet est en travaux.",
        meanwhile="Gardez votre accusé.",
        ports=world.ports,
    )

    read = (await client.get("/v1/monitor/isere")).json()

    motifs = {one["motif"]: one for one in read["motifs"]}
    assert motifs["aes"]["state"] == "suspended"
    assert motifs["aes"]["since_on"] == "2026-11-23"
    assert motifs["renouvellement-titre"] == {
        "motif": "renouvellement-titre",
        "state": "open",
        "sites": [
            {
                "site": "grenoble",
                "waiting": 12,
                "served_in_28_days": 0,
                "places_to_come": 6,
                "free_places_to_come": 6,
            }
        ],
    }


async def test_no_page_of_figures_costs_more_with_more_people(
    world: World, client: httpx.AsyncClient
) -> None:
    await client.get("/")  # the name of the prefecture is looked up once
    await publish_figures(ports=world.ports)
    few: dict[str, int] = {}
    for path in MOST_STATEMENTS:
        with statements(world) as asked:
            assert (await client.get(path)).status_code == 200
        few[path] = len(asked)
    for number in range(1, 31):
        await world.register(number)
    await hold_night(world)
    world.clock.advance(days=1)
    await publish_figures(ports=world.ports)

    for path, most in MOST_STATEMENTS.items():
        with statements(world) as asked:
            assert (await client.get(path)).status_code == 200
        assert len(asked) == few[path] <= most, (path, asked)
        if path == "/stats":
            assert not any("FROM registration" in one for one in asked)


async def test_waits_appear_on_the_motif_page_once_enough_people_were_received(
    world: World, client: httpx.AsyncClient
) -> None:
    people = [await world.register(number) for number in range(1, 13)]
    await open_slots(world.agent, world.plan(guichets=2), ports=world.ports)
    await publish_figures(ports=world.ports)
    before = (await client.get("/motifs/renouvellement-titre")).text
    await hold_night(world)
    for one in people:
        await confirm_offer(one, ports=world.ports)
    world.clock.advance(days=1)
    await publish_figures(ports=world.ports)

    after = (await client.get("/motifs/renouvellement-titre")).text

    assert "Trop peu de personnes reçues" in before
    assert "la moitié des personnes reçues en moins de 8 jours" in after.replace(
        "\u00a0", " "
    )


async def test_every_page_of_the_plan_opens(client: httpx.AsyncClient) -> None:
    for _, pages in SECTIONS:
        for address, _ in pages:
            answer = await client.get(address, follow_redirects=True)
            assert answer.status_code == 200, address
