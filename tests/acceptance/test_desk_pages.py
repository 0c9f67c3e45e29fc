"""The desk through its pages: intake, comparison of dates, claims, second looks."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import func, select

from service.adapters.postgres import tables as t
from service.domain.permits import DocumentFacts
from service.settings import Settings
from service.usecases.commands import Access
from service.usecases.desk.compare_registrations import ask_both, close_newer
from service.usecases.person.view_registration import view_registration
from service.web.app import create_app
from tests.acceptance.test_pages_bad_input import TEXTS
from tests.browser.live_site import WorldContainer
from tests.helping import add_second_agent
from tests.integration.test_near_matches import pair
from tests.world import TONIGHT, World, open_world

pytestmark = pytest.mark.anyio

WHOLE = {
    "canal": "desk",
    "preuve": "numero",
    "nom": "SPÉCIMEN",
    "prenoms": "Noor",
    "naissance-jour": "2",
    "naissance-mois": "2",
    "naissance-annee": "1994",
    "numero": "99 0000 0777",
    "motif": "renouvellement-titre",
    "sites": "grenoble",
    "document": "cst",
    "fin-jour": "4",
    "fin-mois": "12",
    "fin-annee": "2026",
    "personnes": "1",
    "vu": "card",
}


@pytest.fixture
async def world(database: str) -> AsyncIterator[World]:
    opened = await open_world(database)
    yield opened
    await opened.close()


class Desk:
    """A browser without JavaScript, signed in as an agent."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.token = ""

    async def sign_in(self, login: str = "agent") -> None:
        page = await self.get("/agents")
        found = re.search(r'name="jeton" value="([^"]+)"', page)
        assert found is not None
        self.token = found[1]
        answer = await self.post(
            "/agents", identifiant=login, **{"mot-de-passe": "secret"}
        )
        assert answer.headers["location"] == "/agents/accueil"

    async def get(self, address: str) -> str:
        answer = await self.client.get(address, follow_redirects=True)
        assert answer.status_code == 200, (address, answer.status_code)
        return plain(answer.text)

    async def post(self, address: str, **fields: Any) -> httpx.Response:
        return await self.client.post(address, data={"jeton": self.token, **fields})

    async def sent(self, address: str, **fields: Any) -> str:
        """Post, follow, and return the page that it leads to."""
        answer = await self.post(address, **fields)
        assert answer.status_code == 303, plain(answer.text)
        return await self.get(answer.headers["location"])


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u2019", "'")


@pytest.fixture
async def desk(world: World, tmp_path: Any) -> AsyncIterator[Desk]:
    app = create_app(WorldContainer(world, Settings(home=tmp_path)))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost"
    ) as client:
        opened = Desk(client)
        await opened.sign_in()
        yield opened


async def count(world: World, table: Any) -> int:
    async with world.engine.connect() as connection:
        found = await connection.execute(select(func.count()).select_from(table))
        return int(found.scalar_one())


def luck_in(page: str) -> str:
    found = re.search(r'name="cle" value="([0-9a-f]{32})"', page)
    assert found is not None
    return found[1]


async def test_somebody_at_the_desk_leaves_with_a_paper_that_opens_everything(
    desk: Desk, world: World
) -> None:
    page = await desk.get("/agents/inscrire?canal=desk")

    answer = await desk.post("/agents/inscrire", cle=luck_in(page), **WHOLE)

    done = plain(answer.text)
    assert "L'inscription est enregistrée" in done
    assert "La date est vérifiée." in done
    assert "Sans coordonnées, cette page est la seule clé" in done
    reference, code = re.findall(r'<dd class="code">([^<]+)</dd>', done)
    access = Access(reference=reference, secret=code)
    view = await view_registration(access, ports=world.ports)
    assert (view.doors.channel, view.doors.dates.standing) == ("desk", "verified")
    assert view.takes_part_next


async def test_pressing_twice_makes_one_registration_and_shows_the_same_code(
    desk: Desk, world: World
) -> None:
    luck = luck_in(await desk.get("/agents/inscrire"))

    pages = [
        (await desk.post("/agents/inscrire", cle=luck, **WHOLE)).text for _ in range(2)
    ]

    codes = [re.findall(r'<dd class="code">([^<]+)</dd>', page) for page in pages]
    assert codes[0] == codes[1]
    assert await count(world, t.registration) == 1


async def test_somebody_known_is_found_and_nothing_is_stored_twice(
    desk: Desk, world: World
) -> None:
    luck = luck_in(await desk.get("/agents/inscrire"))
    await desk.post("/agents/inscrire", cle=luck, **WHOLE)
    other = luck_in(await desk.get("/agents/inscrire?canal=phone"))

    again = await desk.post(
        "/agents/inscrire", cle=other, **{**WHOLE, "canal": "phone"}
    )

    assert "Cette personne est déjà inscrite" in plain(again.text)
    assert await count(world, t.registration) == 1


async def test_a_family_is_written_on_the_same_page(desk: Desk, world: World) -> None:
    luck = luck_in(await desk.get("/agents/inscrire"))
    asked = await desk.post("/agents/inscrire", cle=luck, **{**WHOLE, "personnes": "2"})
    assert asked.status_code == 422
    assert "Écrivez le nom de cette personne." in plain(asked.text)

    answer = await desk.post(
        "/agents/inscrire",
        cle=luck,
        **{
            **WHOLE,
            "personnes": "2",
            "proche-0-nom": "SPÉCIMEN",
            "proche-0-prenoms": "Issa",
            "proche-0-naissance-annee": "2019",
        },
    )

    found = re.findall(r'<dd class="code">([^<]+)</dd>', answer.text)
    access = Access(reference=found[0], secret=found[1])
    view = await view_registration(access, ports=world.ports)
    assert [one.given_names for one in view.doors.companions] == ["Issa"]


async def test_a_file_is_found_by_dictated_reference_and_by_document(
    desk: Desk, world: World
) -> None:
    access = await world.register()
    spelled = f"{access.reference[:4]} {access.reference[4:].lower()}"

    by_reference = await desk.sent("/agents/accueil/reference", reference=spelled)
    by_document = await desk.sent(
        "/agents/accueil/personne",
        **{
            "preuve": "numero",
            "numero": "9900000001",
            "naissance-jour": "4",
            "naissance-mois": "5",
            "naissance-annee": "1990",
        },
    )

    assert by_reference == by_document
    assert "9900000001" in by_document
    assert "La date sera vérifiée au guichet" in by_document


async def test_two_agents_move_a_date_that_one_read(desk: Desk, world: World) -> None:
    await add_second_agent(world)
    access = await world.register(
        facts=DocumentFacts(
            held_document="cst", permit_expires_on=TONIGHT + timedelta(days=200)
        )
    )
    read = {"motif": "renouvellement-titre", "document": "cst", "vu": "card"}
    read |= {"fin-jour": "4", "fin-mois": "12", "fin-annee": "2026"}

    page = await desk.sent(f"/agents/dossiers/{access.reference}/dates", **read)
    assert "Un second agent la confirme" in page
    waiting = await desk.get("/agents/verifications")
    assert "lue par vous" in waiting

    await desk.post("/agents/sortie")
    await desk.sign_in("second")
    waiting = await desk.get("/agents/verifications")
    number = re.search(r'name="controle" value="([^"]+)"', waiting)
    assert number is not None
    page = await desk.sent(
        "/agents/verifications", controle=number[1], decision="confirmer"
    )
    assert "La date est confirmée" in page
    assert (await view_registration(access, ports=world.ports)).band == 0


async def test_a_claim_goes_from_the_person_to_the_agent_and_back(
    desk: Desk, world: World
) -> None:
    access = await world.register()
    page = await desk.get(f"/acces/{access.reference}/{access.secret}")
    action = re.search(r'<form[^>]*action="(/acces[^"]*)"', page)
    assert action is not None
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', page))
    fields.pop("jeton", None)
    await desk.post(action[1], **fields)
    asked = await desk.get("/suivi/urgence")
    assert "Jamais de papier médical" in asked
    refused = await desk.post("/suivi/urgence", dossier=access.reference)
    assert refused.status_code == 422
    claimed = await desk.sent(
        "/suivi/urgence", dossier=access.reference, raison="job", preuves="employer"
    )
    assert "Votre demande est notée" in claimed

    listed = await desk.get("/agents/demandes")
    number = re.search(r'href="(/agents/demandes/[^"]+)"', listed)
    assert number is not None
    await desk.get(number[1])
    bare = await desk.post(number[1])
    assert bare.status_code == 422
    page = await desk.sent(number[1], raison="no-date-in-law")
    assert "La réponse est partie." in page

    told = await desk.get("/suivi/urgence")
    assert "Seule une telle date change le groupe" in told
    public = await desk.get("/urgence")
    assert "Raisons plus rares, ensemble" in public


FORMS = {
    "/agents/accueil/reference": ("reference",),
    "/agents/accueil/personne": ("numero", "naissance-annee", "preuve"),
    "/agents/verifications": ("controle", "decision"),
    "/agents/inscrire": ("canal", "cle", "nom", "numero", "motif", "vu", "personnes"),
}


async def test_no_answer_breaks_a_form_of_the_desk(desk: Desk, world: World) -> None:
    access = await world.register()
    before = await count(world, t.registration)
    forms = {
        **FORMS,
        f"/agents/dossiers/{access.reference}/dates": ("vu", "fin-annee", "document"),
        "/agents/dossiers/nothing/dates": ("vu", "fin-annee"),
    }
    for address, fields in forms.items():
        for field in fields:
            for kind, value in TEXTS.items():
                answer = await desk.post(address, **{field: value})
                assert 300 <= answer.status_code < 500, (address, field, kind)
                assert "<script>alert" not in answer.text
    assert await count(world, t.registration) == before


async def test_the_desk_is_closed_to_whoever_is_not_signed_in(desk: Desk) -> None:
    await desk.post("/agents/sortie")
    for address in (
        "/agents/accueil",
        "/agents/inscrire",
        "/agents/verifications",
        "/agents/demandes",
        f"/agents/demandes/{UUID(int=1)}",
        "/agents/dossiers/0123ABCDM",
    ):
        answer = await desk.client.get(address)
        assert answer.status_code == 401, address


async def test_another_prefectures_file_is_nowhere(desk: Desk, world: World) -> None:
    access = await world.register()
    assert replace(access, secret="x").reference == access.reference
    for reference in ("0123ABCDM", "nothing", "%00", access.reference[::-1]):
        answer = await desk.client.get(f"/agents/dossiers/{reference}")
        assert answer.status_code == 404, reference


async def test_an_agent_sees_where_they_are_and_what_waits(
    desk: Desk, world: World
) -> None:
    await world.register()
    home = await desk.get("/agents/accueil")
    week = await desk.get("/agents/creneaux")

    assert "Rien n'attend." in home
    assert '<a href="/agents/accueil" aria-current="page">Ce qui attend</a>' in home
    assert '<a href="/agents/creneaux" aria-current="true">Places</a>' in week
    assert '<a href="/agents/creneaux" aria-current="page">Semaine</a>' in week
    assert week.count('aria-current="page"') == 1


async def test_a_pair_closed_by_mistake_is_reopened_on_its_page(
    desk: Desk, world: World
) -> None:
    _, newer, references = await pair(world)
    other = await add_second_agent(world)
    await ask_both(world.agent, references, ports=world.ports)
    world.clock.advance(days=7)
    await close_newer(other, references, ports=world.ports)
    await desk.sign_in()
    sent = {"ancienne": references[0], "recente": references[1]}

    assert "par Sol" in await desk.get("/agents/doublons")
    unsaid = await desk.sent("/agents/doublons/rouvrir", raison="", **sent)
    assert "Choisissez pourquoi" in unsaid
    done = await desk.sent("/agents/doublons/rouvrir", raison="both-came", **sent)

    assert "L'inscription est rouverte" in done
    assert "Paires fermées" not in done
    view = await view_registration(newer, ports=world.ports)
    assert view.state == "live"
