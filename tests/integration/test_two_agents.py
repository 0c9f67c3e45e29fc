"""No use case lets one agent make a chosen person more urgent, place held or not.

The threat: an insider who slips a friend (reliability.md § 2.6). The friend's own words
may say anything, and are compared at the guichet; what an *agent* says they read needs
another agent as soon as it orders before those words.
"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from service.adapters.postgres import tables as t
from service.domain.channels import Channel
from service.domain.checks import CheckedFacts, SeenDocument
from service.domain.errors import OfferNotOpenError, SecondAgentRequiredError
from service.usecases.commands import AmendRegistration
from service.usecases.desk.call_holders import call_holders
from service.usecases.desk.check_dates import check_dates
from service.usecases.desk.list_checks import checks_to_certify
from service.usecases.desk.renew_papers import mark_renewed
from service.usecases.desk.take_in import take_in
from service.usecases.person.amend_registration import amend_registration
from service.usecases.person.answer_offer import cancel_appointment, confirm_offer
from service.usecases.person.urgency_claims import decide_check_and_claim
from tests.helping import add_second_agent
from tests.integration.test_pivotality_nights import (
    correct,
    ends_in,
    one_place,
    view,
)
from tests.nights import hold_and_tell_night
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio


async def acts(world: World) -> list[str]:
    async with world.engine.connect() as connection:
        rows = await connection.execute(select(t.audit.c.action))
        return list(rows.scalars())


async def test_a_friend_who_holds_a_place_gains_nothing_by_one_agent_alone(
    world: World,
) -> None:
    """The place is won far from any end; one agent "reads" a date of next week."""
    await one_place(world)
    friend = await world.register(1, facts=ends_in(200))
    await hold_and_tell_night(world)
    await confirm_offer(friend, ports=world.ports)

    answer = await correct(world, friend, ends_in(8))
    again = await correct(world, friend, ends_in(8))
    await cancel_appointment(friend, ports=world.ports)

    assert (answer.answer, answer.awaits_second, again) == ("kept", True, answer)
    after = await view(world, friend)
    assert (after.band, after.end_of_right_on) == (3, TONIGHT + timedelta(days=200))
    assert after.doors.dates.awaits_second
    assert "dates-awaits-second" in await acts(world)


async def test_a_nearer_date_of_whoever_holds_a_place_counts_by_two_agents(
    world: World,
) -> None:
    await one_place(world)
    access = await world.register(1, facts=ends_in(200))
    await hold_and_tell_night(world)
    await correct(world, access, ends_in(20))
    [waiting] = await checks_to_certify(world.agent, ports=world.ports)
    other = await add_second_agent(world)

    with pytest.raises(SecondAgentRequiredError):
        await decide_check_and_claim(
            world.agent, waiting.id, certify=True, ports=world.ports
        )
    await decide_check_and_claim(other, waiting.id, certify=True, ports=world.ports)

    after = await view(world, access)
    assert after.end_of_right_on == TONIGHT + timedelta(days=20)
    assert after.offer is not None
    assert after.offer.state == "awaiting"
    assert await checks_to_certify(other, ports=world.ports) == []


async def test_the_file_of_whoever_holds_a_place_asks_for_the_second_agent_too(
    world: World,
) -> None:
    await one_place(world)
    access = await world.register(1, facts=ends_in(200))
    await hold_and_tell_night(world)

    done = await check_dates(
        world.agent,
        access.reference,
        CheckedFacts(document=ends_in(8)),
        SeenDocument.CARD,
        ports=world.ports,
    )

    assert done.result == "place-kept-awaits-second"
    assert (await view(world, access)).band == 3


async def test_a_paper_renewed_until_next_week_makes_nobody_urgent_alone(
    world: World,
) -> None:
    await one_place(world)
    access = await world.register(1, facts=ends_in(200))
    await hold_and_tell_night(world)

    await mark_renewed(
        world.agent, [access.reference], TONIGHT + timedelta(days=7), ports=world.ports
    )

    assert (await view(world, access)).band == 3


async def test_a_registration_written_anew_by_an_agent_keeps_the_date_it_had(
    world: World,
) -> None:
    """Desk and list of holders find whoever is known, and change nothing of theirs."""
    access = await world.register(1, facts=ends_in(200))
    command = world.person(1, facts=ends_in(8))

    taken = await take_in(
        world.agent,
        command,
        channel=Channel.DESK,
        seen=SeenDocument.CARD,
        idempotency_key="again",
        ports=world.ports,
    )
    called = await call_holders(
        world.agent,
        "numero;nom;naissance;document;fin;motif;lieu\n"
        f"9900000001;Diallo;04/05/1990;cst;{TONIGHT + timedelta(days=8):%d/%m/%Y}"
        ";renouvellement-titre;grenoble",
        dry_run=False,
        ports=world.ports,
    )

    assert (taken.reference, taken.check) == (access.reference, None)
    assert [line.result for line in called.lines] == ["known"]
    assert (await view(world, access)).band == 3


async def test_a_place_won_meanwhile_on_a_nearer_date_is_not_certified_away(
    world: World,
) -> None:
    """A reads 20 days, the person says 2 and wins: B cannot make that true unseen."""
    await one_place(world)
    access = await world.register(1, facts=ends_in(200))
    await check_dates(
        world.agent,
        access.reference,
        CheckedFacts(document=ends_in(40)),
        SeenDocument.CARD,
        ports=world.ports,
    )
    await amend_registration(
        AmendRegistration(access=access, facts=ends_in(10)), ports=world.ports
    )
    await hold_and_tell_night(world)
    [waiting] = await checks_to_certify(world.agent, ports=world.ports)
    other = await add_second_agent(world)

    with pytest.raises(OfferNotOpenError):
        await decide_check_and_claim(other, waiting.id, certify=True, ports=world.ports)

    assert (await view(world, access)).end_of_right_on == TONIGHT + timedelta(days=10)


async def test_a_courts_day_keeps_the_place_that_it_won(world: World) -> None:
    await one_place(world)
    access = await world.register(1, facts=ends_in(300))
    rival = await world.register(2, facts=ends_in(45))
    done = await check_dates(
        world.agent,
        access.reference,
        CheckedFacts(document=ends_in(300), ordered_by=TONIGHT + timedelta(days=10)),
        SeenDocument.COURT_ORDER,
        ports=world.ports,
    )
    assert done.check_id is not None
    other = await add_second_agent(world)
    await decide_check_and_claim(other, done.check_id, certify=True, ports=world.ports)
    await hold_and_tell_night(world)
    assert (await view(world, rival)).offer is None

    answer = await correct(world, access, ends_in(299))

    assert (answer.answer, answer.awaits_second) == ("kept", False)
    assert (await view(world, access)).end_of_right_basis == "court-order"
