"""What a page says of a paper: the accusé's nights, and a convocation that ended."""

import re

import httpx
import pytest

from service.domain.cancellations import CancelReason
from service.usecases.commands import Access
from service.usecases.night.cancel_slot import cancel_slot
from service.usecases.night.open_slots import list_slots
from service.usecases.paper.check_paper import check_paper
from service.usecases.paper.issue_paper import issue_acknowledgement, issue_convocation
from service.usecases.person.answer_offer import cancel_appointment
from tests.integration.test_my_line import drawn
from tests.integration.test_papers import confirmed
from tests.integration.test_why_pages import client, opened_by, results, words
from tests.nights import hold_and_tell_night
from tests.world import TONIGHT, World

__all__ = ["client"]

pytestmark = pytest.mark.anyio


async def convocation_checked(
    world: World, client: httpx.AsyncClient, code: str
) -> str:
    checked = await check_paper(code, ports=world.ports)
    assert checked.facts is not None
    page = await client.get(f"/v/{(await scanned(world, code))}")
    return words(page)


async def scanned(world: World, code: str) -> str:
    async with world.ports.open_uow() as uow:
        issued = await uow.papers.by_code(code)
    assert issued is not None
    return issued.token


async def test_the_accuse_on_screen_lists_the_nights_that_its_pdf_lists(
    world: World, client: httpx.AsyncClient
) -> None:
    people, _ = await drawn(world)
    told = await results(world, people)
    loser = next(one for one, got in zip(people, told, strict=True) if got != "served")
    paper = await issue_acknowledgement(loser, ports=world.ports)
    await opened_by(client, loser)

    page = await client.get("/suivi/accuse")

    [entry] = paper.view.nights
    said = words(page)
    assert "1 tirage, du 23 novembre 2026 au 23 novembre 2026" in said
    assert "Places proposées : 0." in said
    row = re.search(r"<tbody>(.*?)</tbody>", page.text, re.DOTALL)
    assert row is not None
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row[1])
    assert cells[2:4] == [str(entry.rank), str(entry.entries)]
    assert "pas de place" in cells[1]
    assert entry.held_on == TONIGHT
    assert "23" in cells[0]
    assert "novembre 2026" in cells[0]


async def test_before_the_first_night_the_accuse_says_when_it_is(
    world: World, client: httpx.AsyncClient
) -> None:
    await opened_by(client, await world.register())

    said = words(await client.get("/suivi/accuse"))

    assert "Aucun tirage n'a encore eu lieu. Le premier est celui du lundi 23" in said
    assert "Tirage du soir du" not in said


async def test_whoever_proved_nothing_reads_no_night_on_the_accuse(
    world: World, client: httpx.AsyncClient
) -> None:
    access = await world.register(is_proved=False)
    await hold_and_tell_night(world)
    world.clock.advance(days=1)
    await opened_by(client, access)

    said = words(await client.get("/suivi/accuse"))

    assert "Les tirages sont écrits sur l'accusé de qui a ouvert le lien" in said


@pytest.mark.parametrize("who", ["person", "prefecture"])
async def test_a_convocation_given_back_is_no_longer_current_and_says_no_more(
    world: World, client: httpx.AsyncClient, who: str
) -> None:
    access = await confirmed(world)
    paper = await issue_convocation(access, ports=world.ports)
    before = await convocation_checked(world, client, paper.code)
    assert "Cette convocation est authentique" in before
    assert (await check_paper(paper.code, ports=world.ports)).is_current is True

    await end(world, access, who)

    checked = await check_paper(paper.token, ports=world.ports)
    assert checked.is_current is False
    after = await convocation_checked(world, client, paper.code)
    assert "Cette convocation n'est plus valable" in after
    assert "authentique" not in after
    # Who ended it, and what came after, is nobody's business.
    for secret in ("Diallo", access.reference, "Grenoble", "30 novembre"):
        assert secret not in after


async def end(world: World, access: Access, who: str) -> None:
    if who == "person":
        await cancel_appointment(access, ports=world.ports)
        return
    day = world.clock.now().date()
    slots = await list_slots(world.agent, day, day.replace(day=30), ports=world.ports)
    [held] = [slot.code for slot in slots if slot.confirmed]
    await cancel_slot(world.agent, held, reason=CancelReason.CLOSED, ports=world.ports)


async def test_an_accuse_is_never_said_to_be_current_or_not(world: World) -> None:
    access = await world.register()
    paper = await issue_acknowledgement(access, ports=world.ports)

    assert (await check_paper(paper.code, ports=world.ports)).is_current is None
