"""At the desk: a false date is typed, read again, answered; auditors are kept."""

import html
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from service.adapters.postgres import evidence_tables as t
from service.settings import Settings
from service.usecases.night.advance_nights import advance_nights
from service.usecases.night.end_subscription import ENDED, end_subscription
from service.usecases.night.open_slots import open_slots
from service.usecases.night.tell_witnesses import tell_witnesses
from service.usecases.person.view_registration import view_registration
from service.web.app import create_app
from tests.browser.live_site import WorldContainer
from tests.helping import add_second_agent
from tests.integration.test_pivotality_nights import audited, ends_in, liar_and_rival
from tests.nights import freeze_hour
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

TRUE_END = TONIGHT + timedelta(days=200)


@pytest.fixture
async def client(world: World, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(home=tmp_path, host="127.0.0.1", port=8000)
    transport = httpx.ASGITransport(app=create_app(WorldContainer(world, settings)))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1", follow_redirects=True
    ) as opened:
        yield opened


async def sent(
    client: httpx.AsyncClient, address: str, **fields: object
) -> httpx.Response:
    """Fill in the form of the page last seen, as a browser would send it."""
    page = (await client.get("/agents")).text
    found = re.search(r'name="jeton" value="([^"]+)"', page)
    assert found is not None
    return await client.post(address, data={"jeton": found[1], **fields})


async def signed_in(client: httpx.AsyncClient) -> None:
    form = {"identifiant": "agent", "mot-de-passe": "secret"}
    assert (await sent(client, "/agents", **form)).status_code == 200


def words(page: httpx.Response) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", " ", page.text)).replace("\u2019", "'")
    return re.sub(r"\s+", " ", text)


def typed(reference: str, **changes: object) -> dict[str, object]:
    return {
        "reference": reference,
        "document": "cst",
        "fin-jour": TRUE_END.day,
        "fin-mois": TRUE_END.month,
        "fin-annee": TRUE_END.year,
    } | changes


async def test_the_draw_answers_only_after_the_agent_has_read_again(
    world: World, client: httpx.AsyncClient
) -> None:
    liar, _ = await liar_and_rival(world)
    await signed_in(client)
    form = typed(liar.reference)

    read_again = await sent(client, "/agents/corrections/relire", **form)

    said = words(read_again)
    assert "Relire avant de refaire le tirage" in said
    assert liar.reference in said
    assert "rendue" not in said.split("Elle n'est pas montrée")[0]
    assert await audited(world) == []
    assert (await view_registration(liar, ports=world.ports)).offer is not None

    back = await sent(client, "/agents/corrections/relire", **form, corriger="1")
    assert f'value="{liar.reference}"' in back.text
    assert f'value="{TRUE_END.year}"' in back.text

    done = await sent(client, "/agents/corrections", **form)

    assert "La place est rendue" in words(done)
    assert liar.reference not in str(done.url)
    assert str(TRUE_END) not in str(done.url)
    view = await view_registration(liar, ports=world.ports)
    assert (view.state, view.end_of_right_on) == ("live", TRUE_END)
    assert view.offer is None or view.offer.state == "cancelled"
    assert len(await audited(world)) == 1

    twice = await sent(client, "/agents/corrections", **form)
    assert twice.status_code == 422
    assert "ne tient aucune place" in words(twice)
    assert len(await audited(world)) == 1


async def test_an_error_that_decided_nothing_is_kept(
    world: World, client: httpx.AsyncClient
) -> None:
    liar, _ = await liar_and_rival(world)
    await signed_in(client)
    end = TONIGHT + timedelta(days=12)

    done = await sent(
        client,
        "/agents/corrections",
        **typed(
            liar.reference.lower(),
            **{"fin-jour": end.day, "fin-mois": end.month, "fin-annee": end.year},
        ),
    )

    assert "La place est gardée" in words(done)
    assert (await view_registration(liar, ports=world.ports)).offer is not None


TO_CORRECT: list[tuple[dict[str, object], str]] = [
    ({"reference": ""}, "reference"),
    ({"reference": "no such one"}, "reference"),
    ({"reference": "AAAAAAAAA"}, "reference"),
    ({"document": ""}, "document"),
    ({"document": "a passport"}, "document"),
    ({"fin-jour": "32"}, "fin-jour"),
    ({"fin-annee": ""}, "fin-annee"),
    ({"fin-annee": "1890"}, "fin-jour"),
    ({"fin-jour": "", "fin-mois": "", "fin-annee": ""}, "fin-jour"),
    ({"debut-jour": "31", "debut-mois": "2", "debut-annee": "2024"}, "debut-jour"),
]


async def test_what_is_to_be_corrected_is_said_at_its_field_and_nothing_is_lost(
    world: World, client: httpx.AsyncClient
) -> None:
    liar, _ = await liar_and_rival(world)
    await signed_in(client)

    for changes, field in TO_CORRECT:
        form = typed(liar.reference) | changes
        for address in ("/agents/corrections/relire", "/agents/corrections"):
            refused = await sent(client, address, **form)

            assert refused.status_code == 422
            assert f'href="#{field}"' in refused.text, changes
    assert await audited(world) == []


async def test_nobody_but_an_agent_sees_these_pages(
    world: World, client: httpx.AsyncClient
) -> None:
    liar, _ = await liar_and_rival(world)

    for address in ("/agents/corrections", "/agents/controleurs"):
        assert (await client.get(address)).status_code == 401
    for address in ("/agents/corrections", "/agents/corrections/relire"):
        refused = await sent(client, address, **typed(liar.reference))
        assert refused.status_code == 401
    assert (await sent(client, "/agents/controleurs", nom="x")).status_code == 401
    assert await audited(world) == []


async def test_an_answer_that_was_not_given_is_no_page(
    world: World, client: httpx.AsyncClient
) -> None:
    await signed_in(client)

    for found in ("kept.2026-11-23.0.9", "won.2026-11-23.0.1", "kept.x.0.1", "kept"):
        answer = await client.get(f"/agents/corrections/reponse/{found}")

        assert answer.status_code == 404


async def test_auditors_are_subscribed_reviewed_and_let_go(
    world: World, client: httpx.AsyncClient
) -> None:
    await signed_in(client)
    assert "Personne n'est abonné" in words(await client.get("/agents/controleurs"))
    form = {"nom": "La Ligue", "courriel": "ligue@example.org"}

    added = await sent(client, "/agents/controleurs", **form)

    assert "La Ligue" in words(added)
    assert "ligue@example.org" not in added.text
    await open_slots(world.agent, world.plan(), ports=world.ports)
    await world.register(1, facts=ends_in(10))
    await freeze_hour(world)
    await advance_nights(ports=world.ports)
    await signed_in(client)  # hours have passed: the session has ended
    assert "pas encore, 0 essai" in words(await client.get("/agents/controleurs"))
    await tell_witnesses(ports=world.ports)

    reviewed = words(await client.get("/agents/controleurs"))
    assert "pas encore" not in reviewed
    assert re.search(r"La Ligue lundi 23 novembre[^<]*? oui", reviewed)
    public = words(await client.get(f"/nuits/{TONIGHT}"))
    assert "La Ligue" in public
    assert "ligue@example.org" not in public

    async with world.engine.connect() as connection:
        [identifier] = (
            await connection.execute(select(t.auditor_subscription.c.id))
        ).scalars()
    asked = await sent(client, "/agents/controleurs/fin", controleur=identifier)
    assert "La fin est demandée" in words(asked)
    assert "un autre agent accepte" in words(asked)
    second = await add_second_agent(world)
    assert await end_subscription(second, identifier, ports=world.ports) == ENDED
    again = await sent(client, "/agents/controleurs/fin", controleur=identifier)
    assert again.status_code == 200
    assert "La fin est demandée" not in words(again)
    # What was witnessed stays said.
    assert "La Ligue" in words(await client.get(f"/nuits/{TONIGHT}"))


async def test_a_subscription_that_cannot_be_is_said_at_its_field(
    world: World, client: httpx.AsyncClient
) -> None:
    await signed_in(client)

    for name, email, field in (
        ("", "a@example.org", "nom"),
        ("x" * 400, "a@example.org", "nom"),
        ("La Ligue", "", "courriel"),
        ("La Ligue", "not an address", "courriel"),
    ):
        refused = await sent(client, "/agents/controleurs", nom=name, courriel=email)

        assert refused.status_code == 422
        assert f'href="#{field}"' in refused.text
    for identifier in ("", "x", "0" * 32):
        ended = await sent(client, "/agents/controleurs/fin", controleur=identifier)
        assert "L'abonnement est fini" not in words(ended)
