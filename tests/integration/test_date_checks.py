"""A date is declared, seen on paper, corrected: who, when, and what it changes."""

import json
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from service.adapters.postgres import tables as t
from service.domain.checks import CheckedFacts, SeenDocument
from service.domain.errors import (
    AlreadyDecidedError,
    ImplausibleDateError,
    RegistrationNotLiveError,
    SecondAgentRequiredError,
)
from service.domain.permits import DocumentFacts
from service.usecases.commands import Access, AmendRegistration
from service.usecases.desk.agent_files import find_person, open_file
from service.usecases.desk.check_dates import check_dates
from service.usecases.errors import UnknownResourceError
from service.usecases.message.send_messages import send_messages
from service.usecases.night.freeze_night import refresh_deadlines
from service.usecases.person.amend_registration import amend_registration
from service.usecases.person.urgency_claims import decide_check_and_claim
from service.usecases.person.view_registration import view_registration
from service.usecases.person.withdraw_registration import withdraw_registration
from service.usecases.records import AgentRecord
from service.usecases.views import RegistrationView
from tests.helping import add_second_agent
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

IN_TEN_DAYS = TONIGHT + timedelta(days=10)


def card(end: date | None, kind: str = "cst") -> DocumentFacts:
    return DocumentFacts(held_document=kind, permit_expires_on=end)


async def look(world: World, access: Access) -> RegistrationView:
    return await view_registration(access, ports=world.ports)


async def check(
    world: World,
    access: Access,
    seen: DocumentFacts,
    *,
    by: AgentRecord | None = None,
    ordered_by: date | None = None,
    document: SeenDocument = SeenDocument.CARD,
) -> tuple[str, UUID | None]:
    done = await check_dates(
        by or world.agent,
        access.reference,
        CheckedFacts(document=seen, ordered_by=ordered_by),
        document,
        ports=world.ports,
    )
    return done.result, done.check_id


async def audit(world: World) -> list[tuple[str, dict[str, object]]]:
    async with world.engine.connect() as connection:
        rows = await connection.execute(select(t.audit).order_by(t.audit.c.id))
        return [(row.action, row.detail) for row in rows]


async def test_a_near_date_counts_at_once_and_is_said_to_be_verified_later(
    world: World,
) -> None:
    view = await look(world, await world.register())

    assert (view.band, view.doors.dates.standing) == (0, "to-verify")


async def test_the_same_date_on_the_card_is_verified_by_one_agent(
    world: World,
) -> None:
    access = await world.register()

    result, number = await check(world, access, card(IN_TEN_DAYS))

    assert result == "verified"
    dates = (await look(world, access)).doors.dates
    assert (dates.standing, dates.seen, dates.checked_by) == (
        "verified",
        "card",
        "Agent",
    )
    assert dates.checked_at == world.clock.now()
    assert await audit(world) == [
        ("dates-seen", {"check": str(number), "seen": "card"}),
        ("dates-verified", {"check": str(number)}),
    ]
    await send_messages(ports=world.ports)
    assert len(world.mailbox.to("p1@example.org")) == 1  # nothing to announce


async def test_a_later_date_on_the_card_is_corrected_and_told(world: World) -> None:
    access = await world.register()

    result, _ = await check(world, access, card(TONIGHT + timedelta(days=80)))

    view = await look(world, access)
    assert (result, view.band) == ("corrected", 3)
    assert view.waiting_since_on == TONIGHT
    await send_messages(ports=world.ports)
    mail = world.mailbox.to("p1@example.org")[-1]
    assert mail.subject == "Une date de votre inscription a été corrigée"
    assert "ancienneté est gardée" in mail.text


async def test_an_earlier_date_needs_a_second_agent(world: World) -> None:
    access = await world.register(facts=card(TONIGHT + timedelta(days=200)))
    other = await add_second_agent(world)

    result, number = await check(world, access, card(IN_TEN_DAYS))

    before = await look(world, access)
    assert (result, before.band) == ("awaits-second", 3)
    assert before.doors.dates.awaits_second
    assert number is not None
    with pytest.raises(SecondAgentRequiredError):
        await decide_check_and_claim(
            world.agent, number, certify=True, ports=world.ports
        )
    await decide_check_and_claim(other, number, certify=True, ports=world.ports)
    after = await look(world, access)
    assert (after.band, after.doors.dates.standing) == (0, "verified")
    with pytest.raises(AlreadyDecidedError):
        await decide_check_and_claim(other, number, certify=False, ports=world.ports)
    assert [action for action, _ in await audit(world)] == [
        "dates-seen",
        "dates-awaits-second",
        "dates-certified",
    ]


async def test_what_the_second_agent_sets_aside_changes_nothing(world: World) -> None:
    access = await world.register(facts=card(TONIGHT + timedelta(days=200)))
    other = await add_second_agent(world)
    _, number = await check(world, access, card(IN_TEN_DAYS))
    assert number is not None

    await decide_check_and_claim(other, number, certify=False, ports=world.ports)

    view = await look(world, access)
    assert (view.band, view.doors.dates.awaits_second) == (3, False)


async def test_an_unsure_rule_counts_only_once_an_agent_has_looked(
    world: World,
) -> None:
    facts = card(IN_TEN_DAYS, "asylum_attestation")
    access = await world.register(facts=facts)
    before = await look(world, access)

    await check(world, access, facts, document=SeenDocument.PAPER)

    after = await look(world, access)
    assert (before.band, before.doors.dates.standing) == (3, "awaits-agent")
    assert (after.band, after.doors.dates.standing) == (0, "verified")


async def test_a_check_survives_the_freeze_and_ends_with_another_date(
    world: World,
) -> None:
    facts = card(IN_TEN_DAYS, "unknown")
    access = await world.register(facts=facts, motif="aide-anef")
    await check(world, access, facts)
    async with world.ports.open_uow() as uow:
        [night] = await uow.nights.unfinished()
        await refresh_deadlines(night, uow=uow, ports=world.ports)
        await uow.commit()
    assert (await look(world, access)).band == 0

    await amend_registration(
        AmendRegistration(
            access=access, facts=card(TONIGHT + timedelta(days=11), "unknown")
        ),
        ports=world.ports,
    )

    view = await look(world, access)
    assert (view.band, view.doors.dates.standing) == (3, "awaits-agent")


async def test_a_court_day_counts_before_the_date_and_outlives_the_next_check(
    world: World,
) -> None:
    facts = card(TONIGHT + timedelta(days=200))
    access = await world.register(facts=facts)
    other = await add_second_agent(world)
    result, number = await check(
        world,
        access,
        facts,
        ordered_by=TONIGHT + timedelta(days=12),
        document=SeenDocument.COURT_ORDER,
    )
    assert result == "awaits-second"
    assert number is not None
    await decide_check_and_claim(other, number, certify=True, ports=world.ports)

    again, _ = await check(world, access, facts)

    view = await look(world, access)
    assert again == "verified"
    assert (view.band, view.end_of_right_basis) == (0, "court-order")
    assert view.doors.dates.ordered_by == TONIGHT + timedelta(days=12)


async def test_a_court_day_that_has_passed_is_a_slip_of_the_finger(
    world: World,
) -> None:
    access = await world.register()

    with pytest.raises(ImplausibleDateError) as refused:
        await check(
            world, access, card(IN_TEN_DAYS), ordered_by=TONIGHT - timedelta(days=1)
        )

    assert refused.value.field == "ordered_by"


async def test_nobody_checks_another_prefecture_or_an_ended_registration(
    world: World,
) -> None:
    access = await world.register()
    stranger = replace(world.agent, prefecture="rhone")
    with pytest.raises(UnknownResourceError):
        await check(world, access, card(IN_TEN_DAYS), by=stranger)

    await withdraw_registration(access, ports=world.ports)
    with pytest.raises(RegistrationNotLiveError):
        await check(world, access, card(IN_TEN_DAYS))


async def test_the_audit_of_checks_and_looks_holds_no_date_and_no_name(
    world: World,
) -> None:
    access = await world.register()
    await check(world, access, card(IN_TEN_DAYS))
    await open_file(world.agent, access.reference, ports=world.ports)
    found = await find_person(world.agent, world.person().identity, ports=world.ports)
    nobody = await find_person(world.agent, world.person(2).identity, ports=world.ports)

    assert (found, nobody) == ([access.reference], [])
    events = await audit(world)
    assert [action for action, _ in events[2:]] == [
        "file-read",
        "person-sought",
        "person-sought",
    ]
    written = json.dumps(events)
    for secret in ("2026-12", "Diallo", "9900000001", access.reference):
        assert secret not in written


async def test_a_file_shows_an_agent_the_number_and_the_contact(world: World) -> None:
    access = await world.register()

    file = await open_file(world.agent, access.reference, ports=world.ports)

    assert (file.number, file.number_kind) == ("9900000001", "agdref")
    assert (file.birth_date, file.email) == ("1990-05-04", "p1@example.org")
    assert "9900000001" not in repr(file)
