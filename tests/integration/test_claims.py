"""Urgency claims: answered in time, with a reason; the band moves on a paper only."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest

from service.domain.checks import CheckedFacts, SeenDocument
from service.domain.claims import (
    ClaimAnswer,
    ClaimGround,
    ClaimReason,
    Evidence,
    answer_by,
)
from service.domain.errors import (
    AlreadyDecidedError,
    ClaimNotPossibleError,
    ImplausibleDateError,
    RegistrationNotLiveError,
)
from service.domain.permits import DocumentFacts
from service.usecases.commands import Access
from service.usecases.errors import StorageAwayError, UnknownResourceError
from service.usecases.message.send_messages import send_messages
from service.usecases.person.urgency_claims import (
    GiveAnswer,
    MakeClaim,
    answer_claim,
    claims_to_answer,
    count_claims,
    decide_check_and_claim,
    make_claim,
    merged,
)
from service.usecases.person.view_registration import view_registration
from service.usecases.person.withdraw_registration import withdraw_registration
from service.usecases.ports import UnitOfWork
from service.usecases.records.doors import ClaimCount
from tests.helping import add_second_agent
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

FAR = DocumentFacts(
    held_document="cst", permit_expires_on=TONIGHT + timedelta(days=200)
)
NEAR = DocumentFacts(
    held_document="cst", permit_expires_on=TONIGHT + timedelta(days=10)
)


async def claim(
    world: World,
    access: Access,
    ground: ClaimGround = ClaimGround.JOB,
    *,
    on: date | None = None,
) -> None:
    command = MakeClaim(
        access=access, ground=ground, evidence=(Evidence.EMPLOYER,), happens_on=on
    )
    await make_claim(command, ports=world.ports)


async def answer(
    world: World,
    reason: ClaimReason,
    seen: DocumentFacts | None = None,
    *,
    ordered_by: date | None = None,
) -> ClaimAnswer:
    [waiting, *_] = await claims_to_answer(world.agent, ports=world.ports)
    facts = CheckedFacts(document=seen, ordered_by=ordered_by) if seen else None
    return await answer_claim(
        world.agent,
        GiveAnswer(
            claim_id=waiting.id,
            reason=reason,
            seen=facts,
            document=SeenDocument.CARD if seen else None,
        ),
        ports=world.ports,
    )


def test_an_answer_is_due_after_three_working_days() -> None:
    assert answer_by(date(2026, 11, 23)) == date(2026, 11, 26)
    assert answer_by(date(2026, 12, 23)) == date(2026, 12, 29)  # Christmas, week-end
    assert answer_by(date(2026, 11, 21)) == date(2026, 11, 25)


async def test_a_claim_alone_changes_nothing_for_its_person_or_the_draw(
    world: World,
) -> None:
    access = await world.register(facts=FAR)

    async def standing() -> list[object]:
        async with world.ports.open_uow() as uow:
            return list(await uow.registrations.standing("isere", TONIGHT))

    before = await standing()
    await claim(world, access, on=TONIGHT + timedelta(days=3))

    assert await standing() == before
    view = await view_registration(access, ports=world.ports)
    assert view.band == 3
    assert view.doors.open_claim is not None
    assert view.doors.open_claim.answer_by == date(2026, 11, 26)


async def test_repeating_an_open_claim_is_the_same_as_once(world: World) -> None:
    access = await world.register()

    for _ in range(3):
        await claim(world, access)

    assert len(await claims_to_answer(world.agent, ports=world.ports)) == 1
    with pytest.raises(ClaimNotPossibleError):
        await claim(world, access, ClaimGround.HOUSING)


async def test_no_law_no_date_no_change_and_the_reason_is_told(world: World) -> None:
    access = await world.register(facts=FAR)
    await claim(world, access)

    given = await answer(world, ClaimReason.NO_DATE_IN_LAW)

    view = await view_registration(access, ports=world.ports)
    assert (given, view.band) == (ClaimAnswer.NO_CHANGE, 3)
    assert view.doors.last_answer is not None
    assert view.doors.last_answer.reason == "no-date-in-law"
    await send_messages(ports=world.ports)
    mail = world.mailbox.to("p1@example.org")[-1]
    assert mail.subject == "Votre demande d’urgence a une réponse"
    assert "travail" not in mail.text  # what it was about stays on the page


async def test_the_same_ground_is_looked_at_again_after_thirty_days(
    world: World,
) -> None:
    access = await world.register(facts=FAR)
    await claim(world, access)
    await answer(world, ClaimReason.NO_DATE_IN_LAW)

    with pytest.raises(ClaimNotPossibleError):
        await claim(world, access)
    await claim(world, access, ClaimGround.HOUSING)  # another ground at once
    await answer(world, ClaimReason.NOTHING_SHOWN)
    world.clock.advance(days=30)
    await claim(world, access)

    assert len(await claims_to_answer(world.agent, ports=world.ports)) == 1


async def test_a_date_seen_moves_the_band_once_two_agents_agree(world: World) -> None:
    access = await world.register(facts=FAR)
    other = await add_second_agent(world)
    await claim(world, access, ClaimGround.DATE)

    given = await answer(world, ClaimReason.TITLE_SEEN, NEAR)

    view = await view_registration(access, ports=world.ports)
    assert (given, view.band) == (ClaimAnswer.DATE_AWAITS_SECOND, 3)
    async with world.ports.open_uow() as uow:
        [waiting] = await uow.doors.checks.awaiting("isere")
    await decide_check_and_claim(other, waiting.id, certify=True, ports=world.ports)
    view = await view_registration(access, ports=world.ports)
    assert view.band == 0
    assert view.doors.last_answer is not None
    assert view.doors.last_answer.answer == "date-changed"


async def test_what_the_second_agent_sets_aside_is_told_too(world: World) -> None:
    access = await world.register(facts=FAR)
    other = await add_second_agent(world)
    await claim(world, access, ClaimGround.DATE)
    await answer(world, ClaimReason.TITLE_SEEN, NEAR)
    async with world.ports.open_uow() as uow:
        [waiting] = await uow.doors.checks.awaiting("isere")

    await decide_check_and_claim(other, waiting.id, certify=False, ports=world.ports)

    view = await view_registration(access, ports=world.ports)
    assert view.band == 3
    assert view.doors.last_answer is not None
    assert view.doors.last_answer.reason == "not-certified"


async def test_a_claim_is_finished_with_the_check_or_not_at_all(
    world: World,
) -> None:
    """A database that goes away in between must leave no claim waiting for ever."""
    access = await world.register(facts=FAR)
    other = await add_second_agent(world)
    await claim(world, access, ClaimGround.DATE)
    await answer(world, ClaimReason.TITLE_SEEN, NEAR)
    async with world.ports.open_uow() as uow:
        [waiting] = await uow.doors.checks.awaiting("isere")
    opened: list[int] = []

    def once() -> UnitOfWork:
        opened.append(1)
        if len(opened) > 1:
            raise StorageAwayError
        return world.ports.open_uow()

    with suppress(StorageAwayError):
        await decide_check_and_claim(
            other, waiting.id, certify=True, ports=replace(world.ports, open_uow=once)
        )

    async with world.ports.open_uow() as uow:
        decided = not await uow.doors.checks.awaiting("isere")
        finished = await uow.doors.claims.of_check(waiting.id)
    assert finished is not None
    assert decided == (finished.answer == "date-changed")


async def test_a_court_order_is_seen_with_its_day(world: World) -> None:
    access = await world.register(facts=FAR)
    other = await add_second_agent(world)
    await claim(world, access, ClaimGround.COURT)
    with pytest.raises(ImplausibleDateError) as refused:
        await answer(world, ClaimReason.COURT_ORDER_SEEN, FAR)
    assert refused.value.field == "ordered_by"

    await answer(
        world,
        ClaimReason.COURT_ORDER_SEEN,
        FAR,
        ordered_by=TONIGHT + timedelta(days=9),
    )
    async with world.ports.open_uow() as uow:
        [waiting] = await uow.doors.checks.awaiting("isere")
    await decide_check_and_claim(other, waiting.id, certify=True, ports=world.ports)

    assert (await view_registration(access, ports=world.ports)).band == 0


async def test_a_date_that_counts_already_is_answered_as_such(world: World) -> None:
    access = await world.register(facts=NEAR)
    await claim(world, access, ClaimGround.DATE)

    given = await answer(world, ClaimReason.TITLE_SEEN, NEAR)

    view = await view_registration(access, ports=world.ports)
    assert given == ClaimAnswer.NO_CHANGE
    assert view.doors.last_answer is not None
    assert view.doors.last_answer.reason == "date-counts-already"
    assert view.doors.dates.standing == "verified"


async def test_a_claim_is_answered_once_and_by_its_prefecture(world: World) -> None:
    access = await world.register()
    await claim(world, access)
    [waiting] = await claims_to_answer(world.agent, ports=world.ports)
    command = GiveAnswer(claim_id=waiting.id, reason=ClaimReason.NOTHING_SHOWN)

    with pytest.raises(UnknownResourceError):
        await answer_claim(
            replace(world.agent, prefecture="rhone"), command, ports=world.ports
        )
    await answer_claim(world.agent, command, ports=world.ports)
    with pytest.raises(AlreadyDecidedError):
        await answer_claim(world.agent, command, ports=world.ports)


@pytest.mark.parametrize("days", [-1, 400])
async def test_the_day_of_a_loss_is_ahead_and_not_a_slip(
    world: World, days: int
) -> None:
    access = await world.register()

    with pytest.raises(ImplausibleDateError) as refused:
        await claim(world, access, on=TONIGHT + timedelta(days=days))

    assert refused.value.field == "happens_on"


async def test_who_left_claims_nothing(world: World) -> None:
    access = await world.register()
    await withdraw_registration(access, ports=world.ports)

    with pytest.raises(RegistrationNotLiveError):
        await claim(world, access)


async def test_a_claim_is_late_when_its_day_is_over_by_the_clock_of_the_service(
    world: World,
) -> None:
    await claim(world, await world.register())  # to be answered by the 26th

    late = []
    world.clock.advance(days=3)
    for _ in range(2):
        [counted] = await count_claims("isere", TONIGHT, ports=world.ports)
        late.append(counted.late)
        world.clock.advance(days=1)
    assert late == [0, 1]

    await answer(world, ClaimReason.NOTHING_SHOWN)
    [counted] = await count_claims("isere", TONIGHT, ports=world.ports)
    assert (counted.answered, counted.late) == (1, 1)  # an answer too late stays late


async def test_claims_are_counted_in_public_with_rare_grounds_together(
    world: World,
) -> None:
    for number, ground in enumerate([ClaimGround.JOB, ClaimGround.COURT], start=1):
        await claim(world, await world.register(number), ground)
    await answer(world, ClaimReason.NOTHING_SHOWN)

    counts = await count_claims("isere", TONIGHT, ports=world.ports)

    assert [(one.ground, one.made, one.answered) for one in counts] == [("other", 2, 1)]
    many = ClaimCount(ground="job", made=11, answered=9, changed=1, late=0)
    assert list(merged([many])) == [many]
