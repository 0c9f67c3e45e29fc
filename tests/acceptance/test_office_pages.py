"""The office's lists and the day, through their pages, without JavaScript."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from service.domain.permits import DocumentFacts
from service.usecases.message.send_messages import send_messages
from service.usecases.night.open_slots import open_slots
from service.usecases.person.answer_offer import confirm_offer
from service.usecases.person.view_registration import view_registration
from tests.acceptance.test_desk_pages import Desk, desk, plain, world
from tests.acceptance.test_pages_bad_input import TEXTS, stored
from tests.integration.test_lists import HEADING, STUDENT, WORKER
from tests.integration.test_near_matches import pair
from tests.nights import hold_night
from tests.world import TONIGHT, World

__all__ = ["desk", "world"]

pytestmark = pytest.mark.anyio

CALLED = "/agents/listes/personnes-appelees"


async def test_a_list_is_tried_first_then_imported(desk: Desk, world: World) -> None:
    text = HEADING + STUDENT + WORKER + "1;A;B;1990;cst;01/02/2027;aes;grenoble;\n"

    tried = plain((await desk.post(CALLED, liste=text, faire="essai")).text)
    assert "2 à inscrire" in tried
    assert "1 à corriger" in tried
    assert await count(world) == 0
    imported = plain((await desk.post(CALLED, liste=text, faire="importer")).text)
    again = plain((await desk.post(CALLED, liste=text, faire="importer")).text)

    assert "2 inscrite" in imported
    assert "2 déjà là" in again
    assert await count(world) == 2


async def count(world: World) -> int:
    return (await stored(world))["registration"]


async def test_a_long_list_fits_and_an_endless_one_does_not(desk: Desk) -> None:
    line = STUDENT.replace("9900000011", "12")
    fits = await desk.post(CALLED, liste=HEADING + line * 900, faire="essai")
    endless = await desk.post(CALLED, liste=HEADING + line * 9_000, faire="essai")

    assert "900 à corriger" in plain(fits.text)
    assert endless.status_code == 413


async def test_papers_are_renewed_from_the_list_and_from_a_file(
    desk: Desk, world: World
) -> None:
    facts = DocumentFacts(
        held_document="recepisse_renewal", permit_expires_on=TONIGHT + timedelta(days=5)
    )
    access = await world.register(1, motif="recepisse", facts=facts)
    assert "9900000001" in await desk.get("/agents/papiers?jours=7")
    sheet = await desk.client.get("/agents/papiers?jours=7&fichier=csv")
    assert sheet.headers["content-type"].startswith("text/csv")
    assert "Diallo Awa" in sheet.text
    bare = await desk.post("/agents/listes/papiers")
    assert bare.status_code == 422

    page = await desk.sent(
        "/agents/listes/papiers",
        dossiers=access.reference,
        **{"jusqua-jour": "1", "jusqua-mois": "3", "jusqua-annee": "2027"},
    )

    assert "1 papier noté." in page
    assert "Pas notés" not in page
    again = await desk.post(
        "/agents/listes/papiers",
        dossiers="0123-ABCD-M",
        **{"jusqua-jour": "1", "jusqua-mois": "3", "jusqua-annee": "2027"},
    )
    assert "0 papier noté." in plain(again.text)
    assert "0123-ABCD-M" in plain(again.text).partition("Pas notés")[2]
    view = await view_registration(access, ports=world.ports)
    assert view.state == "served"


async def test_a_ready_permit_is_said_told_by_hand_and_handed_over(
    desk: Desk,
) -> None:
    hours = await desk.sent(
        "/agents/titres-prets/horaires",
        **{"lieu-horaires": "grenoble", "ouvre-1": "9 h", "ferme-1": "11h"},
    )
    assert "C'est noté." in hours
    page = await desk.sent(
        "/agents/listes/titres-prets",
        **{
            "numero": "9900000042",
            "nom": "Sow",
            "naissance-annee": "1980",
            "telephone": "06 39 98 00 01",
            "lieu": "grenoble",
        },
    )
    assert "appelez ou écrivez" in page
    number = re.search(r'action="(/agents/titres-prets/[0-9a-f-]{36})"', page)
    assert number is not None

    called = await desk.sent(number[1], noter="phone")
    assert "pas encore" not in called
    handed = await desk.sent(number[1], noter="remis")
    assert "Aucun titre n'attend." in handed


async def test_two_alike_are_asked_and_one_says_no(desk: Desk, world: World) -> None:
    older, newer, references = await pair(world)
    await desk.sign_in()  # a day has passed
    page = await desk.get("/agents/doublons")
    assert page.count("Demander aux deux") == 1
    fields = {"ancienne": references[0], "recente": references[1]}
    page = await desk.sent("/agents/doublons", decision="demander", **fields)
    assert "Chacun a sept jours" in page
    early = await desk.sent("/agents/doublons", decision="fermer", **fields)
    assert "Un autre agent décide" in early
    assert (await view_registration(older, ports=world.ports)).doors.may_be_repeated

    page = await desk.sent("/agents/doublons", decision="deux", **fields)

    assert "Aucune ressemblance à regarder." in page
    assert (await view_registration(newer, ports=world.ports)).state == "live"


async def test_the_day_from_arrival_to_excuse(desk: Desk, world: World) -> None:
    access = await world.register(1)
    await open_slots(world.agent, world.plan(), ports=world.ports)
    await hold_night(world)
    await send_messages(ports=world.ports)
    await confirm_offer(access, ports=world.ports)
    world.clock.move_to(datetime(2026, 11, 30, 8, 30, tzinfo=UTC))
    await desk.sign_in()
    page = await desk.get("/agents/journee")
    assert "Diallo Awa" in page
    number = re.search(r'action="(/agents/journee/[0-9a-f-]{36})"', page)
    assert number is not None

    arrived = await desk.sent(number[1], jour="2026-11-30", lieu="", noter="arrived")
    assert "L'arrivée est notée." in arrived
    absent = await desk.sent(number[1], jour="2026-11-30", lieu="", noter="absent")
    assert "L'absence est notée." in absent
    excused = await desk.sent(number[1], jour="2026-11-30", lieu="", excuse="transport")
    assert "ancienneté gardée" in excused

    assert (await view_registration(access, ports=world.ports)).state == "live"


FORMS = {
    CALLED: ("liste", "faire"),
    "/agents/listes/papiers": ("dossiers", "jusqua-annee", "jusqua-jour"),
    "/agents/listes/titres-prets": ("liste", "lieu", "numero", "jour-annee", "heure"),
    "/agents/titres-prets/horaires": ("lieu-horaires", "ouvre-1", "ferme-1"),
    "/agents/titres-prets/0f000000-0000-4000-8000-000000000000": ("noter",),
    "/agents/doublons": ("ancienne", "recente", "decision"),
    "/agents/journee/0f000000-0000-4000-8000-000000000000": (
        *("jour", "lieu", "noter", "excuse"),
    ),
}


async def test_no_answer_breaks_a_form_of_the_office(desk: Desk, world: World) -> None:
    before = await stored(world)
    for address, fields in FORMS.items():
        for field in fields:
            for kind, value in TEXTS.items():
                others = dict.fromkeys(fields, "1")
                answer = await desk.post(address, **{**others, field: value})
                assert 200 <= answer.status_code < 500, (address, field, kind)
                assert "<script>alert" not in answer.text
    assert {**await stored(world), "called_list": 0} == {**before, "called_list": 0}


async def test_no_address_of_the_office_breaks(desk: Desk) -> None:
    for start in (
        "/agents/journee?jour={}",
        "/agents/journee?lieu={}",
        "/agents/papiers?jours={}",
        "/agents/demandes/{}",
        "/agents/inscrire?canal={}",
        "/agents/titres-prets?fait={}",
    ):
        for text in ("%00", "%ff", "'", "9999-12-31", "0001-01-01", "x" * 2_000):
            answer = await desk.client.get(start.format(text))
            assert answer.status_code < 500, (start, text)


async def test_the_page_that_adds_a_place_that_helps_opens(desk: Desk) -> None:
    assert "Langues" in await desk.get("/agents/lieux-d-aide/ajouter")
