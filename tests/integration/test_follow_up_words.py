"""What the follow-up page says of dates, and to who left no address."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from service.domain.contact import Contact
from service.domain.permits import DocumentFacts
from service.settings import Settings
from service.usecases.desk.day_list import ABSENT, ARRIVED, list_day, note_visit
from service.usecases.message.send_messages import send_messages
from service.usecases.night.open_slots import open_slots
from service.usecases.person.answer_offer import confirm_offer
from service.web.app import create_app
from tests.browser.live_site import WorldContainer
from tests.integration.test_why_pages import opened_by, words
from tests.nights import hold_night
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


def card(ends_in_days: int) -> DocumentFacts:
    ends = TONIGHT + timedelta(days=ends_in_days)
    return DocumentFacts(held_document="cst", permit_expires_on=ends)


async def test_without_address_one_is_sent_to_the_guichet_and_not_to_a_message(
    world: World, client: httpx.AsyncClient
) -> None:
    nothing = Contact.parse(email=None, phone=None, language="fr")
    silent = await world.register(1, is_proved=False, contact=nothing)
    written = await world.register(2, is_proved=False)
    await hold_night(world)
    world.clock.advance(days=1)

    await opened_by(client, silent)
    said = words(await client.get("/suivi"))
    assert "Prenez un code papier au guichet" in said
    assert "Un message est parti" not in said

    await opened_by(client, written)
    said = words(await client.get("/suivi"))
    assert "Un message est parti vers vos coordonnées" in said
    assert "Prenez un code papier au guichet" not in said


async def test_whose_right_is_lost_reads_until_when_no_visa_is_asked_again(
    world: World, client: httpx.AsyncClient
) -> None:
    lately, long_ago = -30, -300
    await opened_by(client, await world.register(1, facts=card(lately)))
    said = words(await client.get("/suivi"))
    assert "un visa peut être exigé de nouveau" in said
    assert "Demandez votre titre avant le" in said
    assert "L. 436-5" in said

    await opened_by(client, await world.register(2, facts=card(long_ago)))
    said = words(await client.get("/suivi"))
    assert "Depuis le" in said
    assert "Demandez votre titre avant le" not in said


async def test_after_the_hour_the_page_promises_no_appointment_any_more(
    world: World, client: httpx.AsyncClient
) -> None:
    await open_slots(world.agent, world.plan(guichets=3), ports=world.ports)
    came, missed = await world.register(1), await world.register(2)
    await hold_night(world)
    await send_messages(ports=world.ports)
    for person in (came, missed):
        await confirm_offer(person, ports=world.ports)
    world.clock.move_to(datetime(2026, 11, 30, 10, 30, tzinfo=UTC))
    lines = await list_day(world.agent, date(2026, 11, 30), ports=world.ports)
    for line in lines:
        outcome = ARRIVED if line.reference == came.reference else ABSENT
        await note_visit(world.agent, line.offer_id, outcome, ports=world.ports)

    await opened_by(client, came)
    said = words(await client.get("/suivi"))
    assert "Votre rendez-vous est passé" in said
    assert "Faire une nouvelle inscription" in said
    assert "Rendre cette place" not in said

    await opened_by(client, missed)
    said = words(await client.get("/suivi"))
    assert "Une absence a été notée" in said
    assert "votre inscription reprend" in said
    assert "est confirmé" not in said


async def test_who_comes_too_early_is_told_so_and_others_are_not(
    world: World, client: httpx.AsyncClient
) -> None:
    early, soon = 300, 30
    await opened_by(client, await world.register(1, facts=card(early)))
    assert "refusée comme trop tôt" in words(await client.get("/suivi"))

    await opened_by(client, await world.register(2, facts=card(soon)))
    said = words(await client.get("/suivi"))
    assert "refusée comme trop tôt" not in said
    assert "un visa peut être exigé" not in said


async def test_the_privacy_page_counts_the_cookies_that_people_get(
    world: World, client: httpx.AsyncClient
) -> None:
    person = await world.register(1)
    await opened_by(client, person)
    await client.get("/inscription?langue=fr")
    form = re.search(
        r'name="jeton" value="([^"]+)"', (await client.get("/acces/code")).text
    )
    assert form is not None
    await client.post(
        "/acces/code", data={"jeton": form[1], "reference": person.reference}
    )

    names = {cookie.name for cookie in client.cookies.jar}
    said = words(await client.get("/politique-de-confidentialite"))

    assert names == {"tdr-inscription", "tdr-acces", "tdr-code", "tdr-jeton", "langue"}
    assert "Cinq, tous nécessaires" in said
