"""An agent acts for a person through the pages, without JavaScript."""

import io
import re
from typing import Any

import pypdf
import pytest

from service.adapters.postgres.desk_act_tables import desk_act
from service.domain.contact import Contact
from service.usecases.commands import Access
from service.usecases.message.send_messages import send_messages
from service.usecases.night.open_slots import open_slots
from service.usecases.person.view_registration import view_registration
from service.usecases.views import RegistrationView
from tests.acceptance.test_desk_pages import (
    WHOLE,
    Desk,
    count,
    desk,
    luck_in,
    plain,
    world,
)
from tests.acceptance.test_pages_bad_input import TEXTS
from tests.nights import hold_night
from tests.world import World

__all__ = ["desk", "world"]

pytestmark = pytest.mark.anyio

PHONE = "+33612345678"
BORN = {"connue-jour": "4", "connue-mois": "5", "connue-annee": "1990"}
SEEN = {"connu": "document", **BORN}
ACTS = (
    "confirmer",
    "decliner",
    "rendre",
    "corriger",
    "coordonnees",
    "urgence",
    "retirer",
)


def act(access: Access, slug: str) -> str:
    return f"/agents/dossiers/{access.reference}/agir/{slug}"


async def view(world: World, access: Access) -> RegistrationView:
    return await view_registration(access, ports=world.ports)


async def offered(world: World, desk: Desk, **changes: Any) -> Access:
    """Somebody with a place; the agent signs in again, the night was long."""
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register(**changes)
    await hold_night(world)
    await send_messages(ports=world.ports)
    await desk.sign_in()
    return access


async def test_the_file_offers_what_can_be_done_now_and_no_more(
    desk: Desk, world: World
) -> None:
    waiting = await world.register(2)
    page = await desk.get(f"/agents/dossiers/{waiting.reference}")
    assert re.findall(r"/agir/([a-z]+)", page) == [
        "corriger",
        "coordonnees",
        "urgence",
        "retirer",
    ]

    access = await offered(world, desk)
    page = await desk.get(f"/agents/dossiers/{access.reference}")
    assert re.findall(r"/agir/([a-z]+)", page)[:2] == ["confirmer", "decliner"]
    assert "convocation.pdf" not in page
    why = re.search(r'href="([^"]+/pourquoi.pdf)"', page)
    assert why is not None
    printed = await desk.client.get(why[1])
    assert printed.headers["content-type"] == "application/pdf"
    missing = await desk.client.get(why[1].replace("11-23", "11-22"))
    assert missing.status_code == 404


async def test_a_place_is_confirmed_then_given_back_at_the_desk(
    desk: Desk, world: World
) -> None:
    access = await offered(world, desk)
    asked = await desk.get(act(access, "confirmer"))
    assert "Je l'ai appelée" not in asked  # no number to call
    assert "lundi 30 novembre" in asked

    page = await desk.sent(act(access, "confirmer"), **SEEN)
    assert "Le rendez-vous est confirmé" in page
    assert "Rendez-vous confirmé" in page
    assert "au guichet, document vu" in page
    answer = await desk.client.get(
        f"/agents/dossiers/{access.reference}/papiers/convocation.pdf"
    )
    printed = pypdf.PdfReader(io.BytesIO(answer.content))
    assert "Convocation" in printed.pages[0].extract_text()

    page = await desk.sent(act(access, "rendre"), **SEEN)
    assert "Le rendez-vous est rendu" in page
    assert (await view(world, access)).state == "live"
    gone = await desk.client.get(
        f"/agents/dossiers/{access.reference}/papiers/convocation.pdf"
    )
    assert gone.status_code == 404


async def test_a_page_says_what_is_missing_and_keeps_what_was_typed(
    desk: Desk, world: World
) -> None:
    access = await world.register()
    typed = {"raison": "job", "preuves": "employer"}

    nobody = await desk.post(act(access, "urgence"), **typed)
    wrong = await desk.post(
        act(access, "urgence"), **{**typed, **SEEN, "connue-annee": "1991"}
    )
    no_code = await desk.post(act(access, "urgence"), connu="code", code="X", **typed)

    assert nobody.status_code == wrong.status_code == no_code.status_code == 422
    assert "Choisissez comment vous savez" in plain(nobody.text)
    assert "Ce n'est pas ce que l'inscription contient" in plain(wrong.text)
    assert 'value="job" checked' in wrong.text
    assert 'value="1991"' in wrong.text
    assert (await view(world, access)).doors.open_claim is None
    page = await desk.sent(act(access, "urgence"), **typed, **SEEN)
    assert "L'urgence est notée" in page
    assert "Demande d'urgence" in page


async def test_days_and_a_family_are_corrected_at_the_desk(
    desk: Desk, world: World
) -> None:
    access = await world.register()
    asked = await desk.get(act(access, "corriger"))
    assert 'value="grenoble" checked' in asked
    rows = await desk.post(
        act(access, "corriger"), autrement="famille", personnes="2", **SEEN
    )
    assert "proche-0-nom" in rows.text
    sent = {
        "sites": "grenoble",
        "jours": "5",
        "absence-0-jour": "8",
        "absence-0-mois": "12",
        "absence-0-annee": "2026",
        "personnes": "2",
        "proche-0-nom": "SPÉCIMEN",
        "proche-0-prenoms": "Issa",
        "proche-0-naissance-annee": "2019",
    }

    page = await desk.sent(act(access, "corriger"), **sent, **SEEN)

    assert "La correction est notée" in page
    assert "Issa" in page
    after = await view(world, access)
    assert after.availability.weekdays_excluded == {5}
    assert [str(day) for day in after.availability.dates_excluded] == ["2026-12-08"]


async def test_a_contact_is_given_and_a_registration_ended_at_the_desk(
    desk: Desk, world: World
) -> None:
    nobody = Contact.parse(email=None, phone=None, language="fr")
    access = await world.register(contact=nobody)
    empty = await desk.post(act(access, "coordonnees"), **SEEN)
    assert "Écrivez une adresse ou un numéro" in plain(empty.text)

    page = await desk.sent(
        act(access, "coordonnees"), telephone="06 12 34 56 78", langue="ar", **SEEN
    )
    assert PHONE in page
    assert (await view(world, access)).language == "ar"

    page = await desk.sent(act(access, "retirer"), connu="called", **BORN)
    assert "L'inscription est retirée" in page
    assert (await view(world, access)).state == "withdrawn"


async def test_who_is_reached_from_the_call_list_has_their_answer_noted(
    desk: Desk, world: World
) -> None:
    world.mailbox.refusing.add("p1@example.org")
    world.telephones.refusing.add(PHONE)
    both = Contact.parse(email="p1@example.org", phone=PHONE, language="fr")
    access = await offered(world, desk, contact=both)
    page = await desk.get("/agents/appels")
    assert "Pas jointe le" not in page

    page = await desk.sent("/agents/appels", dossier=access.reference)
    assert "L'appel est noté" in page
    assert "Pas jointe le lundi 23 novembre" in page
    found = re.search(r'href="([^"]+/agir/confirmer[^"]*)"', page)
    assert found is not None
    asked = await desk.get(found[1])
    assert 'value="called" checked' in asked
    page = await desk.sent(act(access, "confirmer"), connu="called", **BORN)

    assert "Le rendez-vous est confirmé" in page
    assert "Personne à appeler" in await desk.get("/agents/appels")


async def test_the_paper_of_the_desk_is_the_signed_accuse(
    desk: Desk, world: World
) -> None:
    """Found by the check page, by whoever it is shown to."""
    luck = luck_in(await desk.get("/agents/inscrire"))
    done = plain((await desk.post("/agents/inscrire", cle=luck, **WHOLE)).text)
    assert "Demande de rendez-vous reçue le" in done
    assert "2 février 1994" in done
    assert "9900000777" in done
    assert "data:image" in done or "<svg" in done
    found = re.search(r'href="(/agents/dossiers/([^/]+)/papiers/accuse.pdf)"', done)
    assert found is not None

    answer = await desk.client.get(found[1])
    discreet = await desk.client.get(
        found[1].replace("accuse.pdf", "accuse-discret.pdf")
    )

    assert answer.headers["content-type"] == "application/pdf"
    text = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "SPÉCIMEN" in text
    code = re.search(r'code--big"><bdi class="code">([^<]{14})</bdi>', done)
    assert code is not None
    assert code[1] in text
    hidden = pypdf.PdfReader(io.BytesIO(discreet.content)).pages[0].extract_text()
    assert "9900000777" in text
    assert "9900000777" not in hidden
    nothing = await desk.client.get(found[1].replace("accuse.pdf", "autre.pdf"))
    assert nothing.status_code == 404


async def test_a_person_reads_what_an_agent_did_in_their_name(
    desk: Desk, world: World
) -> None:
    access = await world.register()
    sites = {"sites": "grenoble", "personnes": "2"}
    await desk.sent(act(access, "corriger"), **sites, **SEEN)

    page = await desk.get(f"/acces/{access.reference}/{access.secret}")
    action = re.search(r'<form[^>]*action="(/acces[^"]*)"', page)
    assert action is not None
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', page))
    fields.pop("jeton", None)
    await desk.post(action[1], **fields)

    assert 'href="/suivi/accompagnants"' in await desk.get("/suivi")
    log = await desk.get("/suivi/accompagnants")
    assert "Une information a été corrigée." in log
    assert "Un agent de la préfecture" in log


async def test_an_act_that_came_too_late_leads_back_to_the_file(
    desk: Desk, world: World
) -> None:
    access = await world.register()

    page = await desk.sent(act(access, "confirmer"), **SEEN)

    assert "Ce n'est plus possible" in page


async def test_no_answer_breaks_the_forms_of_acting(desk: Desk, world: World) -> None:
    access = await world.register(
        contact=Contact.parse(email=None, phone=PHONE, language="fr")
    )
    before, rows = await view(world, access), await count_acts(world)
    for slug in ("corriger", "coordonnees", "urgence", "retirer"):
        for field in ("connu", "code", "connue-annee", "telephone", "raison", "sites"):
            for kind, value in TEXTS.items():
                sent = {**SEEN, "connue-annee": "1991", field: value}
                answer = await desk.post(act(access, slug), **sent)
                assert 300 <= answer.status_code < 500, (slug, field, kind)
                assert "<script>alert" not in answer.text
    for value in TEXTS.values():
        answer = await desk.post("/agents/appels", dossier=value)
        assert answer.status_code == 404
    assert await view(world, access) == before
    assert await count_acts(world) == rows


async def count_acts(world: World) -> int:

    return await count(world, desk_act)


async def test_no_act_is_open_to_helpers_persons_or_strangers(
    desk: Desk, world: World
) -> None:
    access = await world.register()
    await desk.post("/agents/sortie")
    for slug in ACTS:
        for answer in (
            await desk.client.get(act(access, slug)),
            await desk.post(act(access, slug), **SEEN),
        ):
            assert answer.status_code == 401, slug
    for paper in ("accuse.pdf", "accuse-discret.pdf", "convocation.pdf"):
        address = f"/agents/dossiers/{access.reference}/papiers/{paper}"
        assert (await desk.client.get(address)).status_code == 401
    answer = await desk.post("/agents/appels", dossier=access.reference)
    assert answer.status_code == 401
    assert await count_acts(world) == 0
