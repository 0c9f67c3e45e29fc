"""A wrong date at the guichet: kept if it decided nothing, given back if it did."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import httpx
import pytest
from sqlalchemy import select

from service.adapters.postgres import tables as t
from service.domain.checks import DateStanding, SeenDocument
from service.domain.errors import (
    ImplausibleExpiryError,
    InvalidReferenceError,
    OfferNotOpenError,
)
from service.domain.permits import DocumentFacts
from service.usecases.commands import Access
from service.usecases.desk.agents import sign_in
from service.usecases.desk.correct_date import Correction, correct_date
from service.usecases.desk.doors_views import DateView
from service.usecases.errors import UnknownResourceError
from service.usecases.message.send_messages import send_messages
from service.usecases.night.lapse_offers import release_served
from service.usecases.night.open_slots import open_slots
from service.usecases.night.view_nights import transcript_of
from service.usecases.person.answer_offer import confirm_offer
from service.usecases.person.view_registration import view_registration
from service.usecases.views import RegistrationView
from service.web.app import create_app
from service.words.i18n import typeset
from tests.nights import hold_and_tell_night
from tests.standing import Standing
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio


def ends_in(days: int) -> DocumentFacts:
    return DocumentFacts(
        held_document="cst", permit_expires_on=TONIGHT + timedelta(days=days)
    )


async def one_place(world: World, **changes: object) -> None:
    """One guichet, one appointment, fifteen days from today: within usual notice."""
    plan = world.plan(
        day=TONIGHT + timedelta(days=15), opens=time(9), closes=time(9, 20)
    )
    await open_slots(world.agent, replace(plan, **changes), ports=world.ports)


async def correct(world: World, access: Access, facts: DocumentFacts) -> Correction:
    return await correct_date(world.agent, access.reference, facts, ports=world.ports)


async def view(world: World, access: Access) -> RegistrationView:
    return await view_registration(access, ports=world.ports)


async def audited(world: World) -> list[dict[str, object]]:
    async with world.engine.connect() as connection:
        rows = await connection.execute(
            select(t.audit.c.detail).where(t.audit.c.action == "date-corrected")
        )
    return [dict(row) for row in rows.scalars()]


async def liar_and_rival(world: World) -> tuple[Access, Access]:
    """One place; who says ten days wins it, whose right ends in 45 days does not."""
    await one_place(world)
    liar = await world.register(1, facts=ends_in(10))
    rival = await world.register(2, facts=ends_in(45))
    await hold_and_tell_night(world)
    assert (await view(world, liar)).offer is not None
    assert (await view(world, rival)).offer is None
    return liar, rival


async def test_true_papers_change_nothing_but_that_the_date_is_verified(
    world: World,
) -> None:
    await one_place(world)
    access = await world.register(1, facts=ends_in(10))
    await hold_and_tell_night(world)
    await confirm_offer(access, ports=world.ports)
    before = await view(world, access)

    answer = await correct(world, access, ends_in(10))

    assert (answer.answer, answer.night) == ("kept", TONIGHT)
    assert answer.declared_band == answer.true_band
    verified = DateView(
        standing=DateStanding.VERIFIED,
        seen=SeenDocument.PAPER,
        checked_at=world.clock.now(),
        checked_by="Agent",
    )
    assert before.doors.dates == DateView(standing=DateStanding.TO_VERIFY)
    assert await view(world, access) == replace(
        before, doors=replace(before.doors, dates=verified)
    )


async def test_an_error_that_decided_nothing_is_kept_and_corrected(
    world: World,
) -> None:
    await one_place(world)
    access = await world.register(1, facts=ends_in(10))
    await hold_and_tell_night(world)
    await confirm_offer(access, ports=world.ports)

    answer = await correct(world, access, ends_in(200))
    after = await view(world, access)

    assert answer.answer == "kept"
    assert answer.declared_band < answer.true_band
    assert after.state == "served"
    assert after.offer is not None
    assert after.offer.state == "confirmed"
    assert after.end_of_right_on == TONIGHT + timedelta(days=200)


async def test_an_error_against_oneself_costs_nothing(world: World) -> None:
    await one_place(world)
    access = await world.register(1, facts=ends_in(200))
    await hold_and_tell_night(world)

    assert (await correct(world, access, ends_in(20))).answer == "kept"


async def test_an_error_that_won_the_place_gives_it_back(world: World) -> None:
    liar, rival = await liar_and_rival(world)
    await confirm_offer(liar, ports=world.ports)
    before = (await transcript_of("isere", TONIGHT, ports=world.ports)).text

    answer = await correct(world, liar, ends_in(200))
    after = await view(world, liar)

    assert answer.answer == "cancelled"
    assert after.state == "live"
    assert after.offer is not None
    assert after.offer.state == "cancelled"
    assert after.end_of_right_on == TONIGHT + timedelta(days=200)
    assert after.waiting_since_on == TONIGHT
    assert not after.takes_part_next
    assert (await transcript_of("isere", TONIGHT, ports=world.ports)).text == before

    world.clock.advance(days=1)
    await hold_and_tell_night(world)
    assert (await view(world, rival)).offer is not None


async def test_the_person_is_told_why_and_that_the_registration_goes_on(
    world: World,
) -> None:
    liar, _ = await liar_and_rival(world)
    await correct(world, liar, ends_in(200))
    await send_messages(ports=world.ports)

    last = world.mailbox.to("p1@example.org")[-1]
    assert last.subject == typeset(
        "Votre place est rendue : votre inscription continue"
    )
    assert "L. 311-3-1" in last.text


async def test_both_answers_are_audited_without_dates_or_names(world: World) -> None:
    liar, _ = await liar_and_rival(world)
    await correct(world, liar, ends_in(10))
    await correct(world, liar, ends_in(200))

    kept, cancelled = await audited(world)

    assert (kept["answer"], cancelled["answer"]) == ("kept", "cancelled")
    for detail in (kept, cancelled):
        assert detail.keys() == {
            "offer",
            "night",
            "answer",
            "declared_band",
            "true_band",
        }
        assert detail["night"] == TONIGHT.isoformat()
        assert liar.reference not in json.dumps(detail)


async def test_asking_twice_with_the_same_papers_answers_the_same(
    world: World,
) -> None:
    await one_place(world)
    access = await world.register(1, facts=ends_in(10))
    await hold_and_tell_night(world)

    first = await correct(world, access, ends_in(200))
    second = await correct(world, access, ends_in(200))

    assert first == second


async def test_without_a_place_there_is_nothing_to_correct_here(world: World) -> None:
    _, rival = await liar_and_rival(world)

    with pytest.raises(OfferNotOpenError):
        await correct(world, rival, ends_in(10))


async def test_after_a_place_was_given_back_it_cannot_be_asked_about(
    world: World,
) -> None:
    liar, _ = await liar_and_rival(world)
    await correct(world, liar, ends_in(200))

    with pytest.raises(OfferNotOpenError):
        await correct(world, liar, ends_in(10))


async def test_only_agents_of_the_prefecture_correct_its_registrations(
    world: World,
) -> None:
    liar, _ = await liar_and_rival(world)
    stranger = replace(world.agent, prefecture="rhone")

    with pytest.raises(UnknownResourceError):
        await correct_date(stranger, liar.reference, ends_in(10), ports=world.ports)
    with pytest.raises(InvalidReferenceError):
        await correct_date(world.agent, "no", ends_in(10), ports=world.ports)


async def test_a_slip_of_the_agents_finger_is_refused(world: World) -> None:
    liar, _ = await liar_and_rival(world)

    with pytest.raises(ImplausibleExpiryError):
        await correct(world, liar, DocumentFacts(permit_expires_on=date(2226, 12, 1)))
    assert (await view(world, liar)).offer is not None
    assert await audited(world) == []


async def test_at_the_guichet_the_appointment_has_begun_and_the_day_ends_the_matter(
    world: World,
) -> None:
    liar, _ = await liar_and_rival(world)
    await confirm_offer(liar, ports=world.ports)
    world.clock.move_to(datetime(2026, 12, 8, 8, 10, tzinfo=UTC))
    assert await release_served(ports=world.ports) == 1

    answer = await correct(world, liar, ends_in(200))
    after = await view(world, liar)

    assert (answer.answer, after.state) == ("cancelled", "live")


async def test_the_day_after_the_appointment_it_is_too_late(world: World) -> None:
    liar, _ = await liar_and_rival(world)
    await confirm_offer(liar, ports=world.ports)
    world.clock.move_to(datetime(2026, 12, 9, 8, 10, tzinfo=UTC))

    with pytest.raises(OfferNotOpenError):
        await correct(world, liar, ends_in(200))


async def test_who_registered_anew_in_the_meantime_has_one_registration_left(
    world: World,
) -> None:
    liar, _ = await liar_and_rival(world)
    await confirm_offer(liar, ports=world.ports)
    world.clock.move_to(datetime(2026, 12, 8, 8, 10, tzinfo=UTC))
    await release_served(ports=world.ports)
    newer = await world.register(1, facts=ends_in(200))

    answer = await correct(world, liar, ends_in(200))

    assert answer.answer == "cancelled"
    assert (await view(world, liar)).state == "lapsed"
    assert (await view(world, newer)).state == "live"


async def test_an_agent_corrects_a_date_and_subscribes_an_auditor_over_http(
    world: World,
) -> None:
    liar, _ = await liar_and_rival(world)
    token = (await sign_in("agent", "secret", ports=world.ports)).token
    transport = httpx.ASGITransport(app=create_app(Standing(world.ports)))
    headers = {"Authorization": f"Bearer {token}"}

    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost", headers=headers
    ) as client:
        corrected = await client.post(
            "/v1/agent/corrections",
            json={
                "reference": liar.reference,
                "held_document": "cst",
                "permit_expires_on": f"{TONIGHT + timedelta(days=200)}",
            },
        )
        again = await client.post(
            "/v1/agent/corrections", json={"reference": liar.reference}
        )
        added = await client.post(
            "/v1/agent/auditors", json={"name": "La Ligue", "email": "l@example.org"}
        )
        listed = await client.get("/v1/agent/auditors")
        ended = await client.delete(f"/v1/agent/auditors/{added.json()['id']}")
        left = await client.get("/v1/agent/auditors")
        stranger = await client.post(
            "/v1/agent/corrections",
            json={"reference": liar.reference},
            headers={"Authorization": "Bearer nobody"},
        )

    assert corrected.json() == {
        "answer": "cancelled",
        "night": TONIGHT.isoformat(),
        "declared_band": 0,
        "true_band": 3,
        "awaits_second": False,
    }
    assert (again.status_code, stranger.status_code) == (409, 401)
    assert [one["name"] for one in listed.json()["auditors"]] == ["La Ligue"]
    assert "example.org" not in listed.text
    assert (added.status_code, ended.status_code) == (201, 202)
    assert left.json() == listed.json()  # a second agent ends it
