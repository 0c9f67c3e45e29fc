"""What an agent sees first at half past eight: counted, the most urgent first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.adapters.postgres import tables as t
from service.domain.checks import CheckedFacts, SeenDocument
from service.domain.claims import ClaimGround, Evidence
from service.domain.contact import Contact
from service.domain.permits import DocumentFacts
from service.usecases.commands import Access
from service.usecases.desk.check_dates import check_dates
from service.usecases.desk.day_list import list_day, note_visit
from service.usecases.desk.desk_waits import KINDS, what_waits
from service.usecases.desk.ready_permits import say_ready
from service.usecases.message.send_messages import send_messages
from service.usecases.night.advance_nights import advance_nights
from service.usecases.night.open_slots import open_slots
from service.usecases.person.answer_offer import confirm_offer
from service.usecases.person.urgency_claims import MakeClaim, make_claim
from service.usecases.ports.desk import Wait
from service.usecases.records import AgentRecord
from tests.helping import add_second_agent, rows
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio


async def waits(world: World, agent: AgentRecord | None = None) -> dict[str, Wait]:
    found = await what_waits(agent or world.agent, ports=world.ports)
    assert sorted(one.kind for one in found) == sorted(KINDS)
    return {one.kind: one for one in found}


async def claim(world: World, access: Access) -> None:
    await make_claim(
        MakeClaim(
            access=access,
            ground=ClaimGround.JOB,
            evidence=(Evidence.EMPLOYER,),
            happens_on=None,
        ),
        ports=world.ports,
    )


async def test_an_empty_desk_waits_for_nothing(world: World) -> None:
    assert {one.count for one in (await waits(world)).values()} == {0}


async def test_a_late_claim_stands_before_everything_else(world: World) -> None:
    access = await world.register()
    await claim(world, access)
    await say_ready(
        world.agent,
        world.person(9).identity,
        Contact.parse(email=None, phone=None, language="fr"),
        site="grenoble",
        collect_at=None,
        ports=world.ports,
    )
    due_on = (await waits(world))["claims"].due_on
    assert due_on is not None
    world.clock.advance(days=(due_on - TONIGHT).days + 1)

    first, second, *rest = await what_waits(world.agent, ports=world.ports)

    assert (first.kind, first.count, first.late) == ("claims", 1, 1)
    assert (second.kind, second.count) == ("ready", 1)
    assert {one.count for one in rest} == {0}


async def test_what_one_read_oneself_waits_for_a_colleague(world: World) -> None:
    card = DocumentFacts(
        held_document="cst", permit_expires_on=TONIGHT + timedelta(days=200)
    )
    access = await world.register(facts=card)
    other = await add_second_agent(world)
    await check_dates(
        world.agent,
        access.reference,
        CheckedFacts(
            document=DocumentFacts(
                held_document="cst", permit_expires_on=TONIGHT + timedelta(days=5)
            )
        ),
        SeenDocument.CARD,
        ports=world.ports,
    )

    assert (await waits(world))["checks"].count == 0
    assert (await waits(world, other))["checks"].count == 1


async def test_the_day_counts_its_appointments_and_those_not_noted(
    world: World,
) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register()
    world.clock.advance(hours=8)
    await advance_nights(ports=world.ports)
    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)
    await send_messages(ports=world.ports)
    await confirm_offer(access, ports=world.ports)
    day = TONIGHT + timedelta(days=7)
    world.clock.move_to(world.clock.now().replace(hour=7, minute=0) + timedelta(days=7))
    assert (await waits(world))["visits"] == Wait(kind="visits", count=1)

    world.clock.advance(hours=4)
    assert (await waits(world))["visits"].late == 1
    [came] = await list_day(world.agent, day, ports=world.ports)
    await note_visit(world.agent, came.offer_id, "arrived", ports=world.ports)

    assert (await waits(world))["visits"] == Wait(kind="visits", count=1)


async def test_a_person_whom_no_message_reaches_is_to_be_called(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    world.mailbox.refusing.add("p1@example.org")
    await world.register()
    world.clock.advance(hours=8)
    await advance_nights(ports=world.ports)
    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)
    await send_messages(ports=world.ports)

    assert (await waits(world))["calls"].count == 1


async def test_counting_opens_no_file_and_looks_at_no_other_prefecture(
    world: World,
) -> None:
    access = await world.register()
    await claim(world, access)
    before = await rows(world, t.audit)
    elsewhere = replace(world.agent, prefecture="rhone")

    assert (await waits(world))["claims"].count == 1
    assert (await waits(world, elsewhere))["claims"].count == 0
    assert await rows(world, t.audit) == before
