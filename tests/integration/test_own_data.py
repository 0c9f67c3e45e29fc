"""Whoever proved to be the person keeps a file of all that is kept, nobody else."""

import json
from typing import Any

import httpx
import pytest

from service.adapters.postgres.own_columns import SECTIONS
from service.usecases.commands import Access
from service.usecases.desk.act_for import confirm_for
from service.usecases.errors import UnknownResourceError
from service.usecases.night.open_slots import open_slots
from service.usecases.paper.issue_paper import issue_acknowledgement
from service.usecases.person.my_line import my_line
from service.usecases.person.own_data import own_data
from tests.integration.test_acting_for import there
from tests.integration.test_retention import family
from tests.integration.test_why_pages import client, opened_by
from tests.nights import hold_and_tell_night
from tests.world import TONIGHT, World

__all__ = ["client"]

pytestmark = pytest.mark.anyio


async def read(world: World, access: Access) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(await own_data(access, ports=world.ports))
    return said


async def test_the_file_holds_who_they_are_and_all_that_was_done(world: World) -> None:
    await open_slots(world.agent, world.plan(guichets=2), ports=world.ports)
    access = await family(world)
    await issue_acknowledgement(access, ports=world.ports)
    await hold_and_tell_night(world)
    await confirm_for(world.agent, there(access), ports=world.ports)

    said = await read(world, access)

    assert said["identite"] == {
        "nom": "Diallo",
        "prenoms": "Awa",
        "date_de_naissance": "1990-05-04",
        "numero_etranger": "9900000001",
    }
    assert said["contact"]["courriel"] == "p1@example.org"
    assert [one["prenoms"] for one in said["personnes_recues_avec_vous"]] == ["Fatou"]
    [kept] = said["inscription"]
    assert (kept["reference"], kept["etat"]) == (access.reference, "served")
    [night] = said["nuits"]
    line = json.loads(await my_line(access, TONIGHT, ports=world.ports))
    assert night["nuit"] == TONIGHT.isoformat()
    assert night["etiquette"] in json.dumps(line)
    assert night["resultat"] == "served"
    [place] = said["places_proposees"]
    assert (place["etat"], place["lieu"]) == ("confirmed", "grenoble")
    assert [one["acte"] for one in said["actes_des_agents"]] == ["confirmed"]
    assert [one["motif"] for one in said["urgences_signalees"]] == ["job"]
    assert [one["sorte"] for one in said["papiers"]] == ["acknowledgement"]
    assert {one["message"] for one in said["envois"]} <= {
        one["numero"] for one in said["messages"]
    }
    assert said["envois"]


async def test_every_part_stands_in_it_even_when_empty(world: World) -> None:
    said = await read(world, await world.register())

    for section in SECTIONS:
        for line in said[section.name]:
            assert set(section.columns.values()) <= set(line)
    assert said["mandats"] == said["nuits"] == []


async def test_it_says_nothing_of_anybody_else_and_opens_nothing(world: World) -> None:
    await world.register(2)
    access = await world.register()

    text = (await own_data(access, ports=world.ports)).decode()

    assert "p2@example.org" not in text
    assert "9900000002" not in text
    assert access.secret not in text


async def test_a_stranger_and_a_repeated_registration_get_the_same_nothing(
    world: World,
) -> None:
    await world.register()
    repeated = await world.register()
    unproved = await world.register(2, is_proved=False)
    wrong = Access(reference=unproved.reference, secret="wrong")

    for access in (repeated, unproved, wrong):
        with pytest.raises(UnknownResourceError):
            await own_data(access, ports=world.ports)


async def test_the_follow_up_page_hands_it_over_and_nothing_keeps_it_on_the_way(
    world: World, client: httpx.AsyncClient
) -> None:
    access = await world.register()
    await opened_by(client, access)
    assert 'href="/suivi/mes-donnees.json"' in (await client.get("/suivi")).text

    answer = await client.get("/suivi/mes-donnees.json")

    assert answer.headers["cache-control"] == "no-store"
    assert "mes-donnees.json" in answer.headers["content-disposition"]
    assert answer.json()["inscription"][0]["reference"] == access.reference


async def test_with_nothing_open_or_proved_the_page_says_how_to_begin(
    world: World, client: httpx.AsyncClient
) -> None:
    privacy = await client.get("/politique-de-confidentialite")
    assert 'href="/suivi/mes-donnees.json"' in privacy.text
    assert (await client.get("/suivi/mes-donnees.json")).status_code == 401

    await opened_by(client, await world.register(is_proved=False))
    answer = await client.get("/suivi/mes-donnees.json")
    assert answer.url.path == "/acces/code"
