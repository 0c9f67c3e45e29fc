"""A slot is cancelled for a reason, and a colleague confirms it with one press."""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from service.domain.permits import DocumentFacts
from service.usecases.night.open_slots import list_slots, open_slots
from service.usecases.person.view_registration import view_registration
from tests.acceptance.test_desk_pages import Desk, desk, plain, world
from tests.helping import add_second_agent
from tests.nights import hold_and_tell_night
from tests.world import TONIGHT, World

__all__ = ["desk", "world"]

pytestmark = pytest.mark.anyio

QUEUE = "/agents/annulations"
LATER = TONIGHT + timedelta(days=300)


async def test_a_cancellation_is_one_choice_for_one_and_one_press_for_the_other(
    desk: Desk, world: World
) -> None:
    facts = DocumentFacts(held_document="cst", permit_expires_on=LATER)
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register(facts=facts)
    await hold_and_tell_night(world)
    await add_second_agent(world)
    await desk.sign_in()  # hours have passed
    day = TONIGHT + timedelta(days=7)
    [code] = [
        slot.code
        for slot in await list_slots(world.agent, day, day, ports=world.ports)
        if slot.offered
    ]

    unsaid = await desk.post(f"/agents/creneaux/{code}/annuler")
    assert unsaid.status_code == 422
    assert "Choisissez pourquoi." in plain(unsaid.text)
    week = await desk.sent(f"/agents/creneaux/{code}/annuler", raison="breakdown")
    assert "1 personne est prévenue." in week
    assert "Un autre agent confirme" in week
    own = await desk.get(QUEUE)
    assert "Annulé par vous" in own
    assert 'name="decision"' not in own
    act = await number_of(world)
    mine = await desk.sent(QUEUE, acte=str(act), decision="confirmer")
    assert "Vous avez annulé ce créneau. Un autre agent confirme." in mine

    await desk.client.post("/agents/sortie", data={"jeton": desk.token})
    await desk.sign_in("second")
    assert "1 annulation de créneau à confirmer en second" in await desk.get(
        "/agents/accueil"
    )
    waiting = await desk.get(QUEUE)
    assert "Une panne empêche de recevoir" in waiting
    assert re.search(r"passeraient avant leur groupe</dt><dd>1</dd>", waiting)
    assert f'name="acte" value="{act}"' in waiting
    done = await desk.sent(QUEUE, acte=str(act), decision="confirmer")

    assert "C'est confirmé." in done
    assert "Aucune annulation n'attend." in done
    assert (await view_registration(access, ports=world.ports)).band == 0
    again = await desk.sent(QUEUE, acte=str(act), decision="refuser")
    assert "C'est déjà décidé." in again
    for broken in ("x", "", "0f000000-0000-4000-8000-000000000000"):
        answer = await desk.post(QUEUE, acte=broken, decision="confirmer")
        assert answer.status_code == 404


async def number_of(world: World) -> UUID:
    async with world.ports.open_uow() as uow:
        [one] = await uow.cancellations.awaiting("isere")
    return one.id
