"""Papers with a code: issued once, recognised later, silent about their person."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from service.adapters.papers.fonts import can_print
from service.adapters.postgres import paper_tables, tables
from service.adapters.signer import Ed25519Signer
from service.domain.birth_date import BirthDate
from service.domain.errors import InvalidPaperCodeError, OfferNotOpenError
from service.domain.identity import AgdrefNumber, Identity, Names
from service.domain.paper_token import AcknowledgementFacts, ConvocationFacts
from service.usecases.commands import Access
from service.usecases.errors import UnknownResourceError
from service.usecases.night.open_slots import open_slots
from service.usecases.paper.check_paper import check_paper, present_convocation
from service.usecases.paper.issue_paper import issue_acknowledgement, issue_convocation
from service.usecases.person.answer_offer import cancel_appointment, confirm_offer
from service.usecases.person.explain_result import explain_result
from tests.nights import hold_and_tell_night
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

BORN = BirthDate(1990, 5, 4)


async def confirmed(world: World) -> Access:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register()
    await hold_and_tell_night(world)
    await confirm_offer(access, ports=world.ports)
    return access


async def count(world: World) -> int:
    async with world.engine.connect() as connection:
        counted = select(func.count()).select_from(paper_tables.issued_paper)
        return int((await connection.execute(counted)).scalar_one())


async def test_the_accuse_of_one_day_has_one_code(world: World) -> None:
    access = await world.register()

    first = await issue_acknowledgement(access, ports=world.ports)
    world.clock.advance(hours=2)
    again = await issue_acknowledgement(access, ports=world.ports)

    assert (again.code, again.token) == (first.code, first.token)
    assert await count(world) == 1


async def test_an_old_code_says_nothing_of_what_came_after(world: World) -> None:
    access = await world.register()
    before = await issue_acknowledgement(access, ports=world.ports)

    await hold_and_tell_night(world)
    world.clock.advance(days=1)
    after = await issue_acknowledgement(access, ports=world.ports)

    assert after.code != before.code
    kept = await check_paper(before.code, ports=world.ports)
    fresh = await check_paper(after.code, ports=world.ports)
    assert isinstance(kept.facts, AcknowledgementFacts)
    assert isinstance(fresh.facts, AcknowledgementFacts)
    assert (kept.facts.nights, kept.facts.last_night_on) == (0, None)
    assert (fresh.facts.nights, fresh.facts.last_night_on) == (1, TONIGHT)


async def test_a_code_is_recognised_as_typed_and_as_scanned(world: World) -> None:
    access = await world.register()
    paper = await issue_acknowledgement(access, ports=world.ports)

    for shown in (paper.code.lower(), paper.token, paper.check_url, f" {paper.code}\n"):
        checked = await check_paper(shown, ports=world.ports)
        assert checked.facts is not None
        assert checked.prefecture_name == "Préfecture de l'Isère"
        assert checked.holder_agrees is None


async def test_nothing_personal_is_in_a_code(world: World) -> None:
    access = await world.register()
    paper = await issue_acknowledgement(access, ports=world.ports)
    checked = await check_paper(paper.token, ports=world.ports)

    for said in (paper.token, paper.check_url, repr(checked)):
        for personal in (
            *("Diallo", "Awa", "9900000001", "1990", "example.org/acces"),
            access.reference,
            access.secret,
            "renouvellement",
            "grenoble",
        ):
            assert personal.lower() not in said.lower(), personal


async def test_a_changed_paper_is_not_ours(world: World) -> None:
    access = await world.register()
    token = (await issue_acknowledgement(access, ports=world.ports)).token

    forged = [
        token.replace(".isere.", ".rhone."),
        token.replace("20261123", "20260123"),
        token[:-2] + ("AA" if token[-2:] != "AA" else "BB"),
        token.replace("1.A.", "1.C."),
    ]
    for shown in forged:
        assert shown != token
        assert (await check_paper(shown, ports=world.ports)).facts is None


async def test_another_key_signs_nothing_of_ours(world: World) -> None:
    access = await world.register()
    stranger = replace(world.ports, signer=Ed25519Signer(b"x" * 32))
    paper = await issue_acknowledgement(access, ports=stranger)

    assert (await check_paper(paper.token, ports=world.ports)).facts is None


async def test_a_paper_outlives_the_key_that_signed_it(world: World) -> None:
    access = await world.register()
    paper = await issue_acknowledgement(access, ports=world.ports)
    await hold_and_tell_night(world)  # its commitment publishes the key

    later = replace(world.ports, signer=Ed25519Signer(b"n" * 32))

    assert (await check_paper(paper.token, ports=later)).facts is not None
    assert (await check_paper(paper.code, ports=later)).facts is not None


async def test_a_paper_outlives_the_data_of_its_person(world: World) -> None:
    access = await world.register()
    paper = await issue_acknowledgement(access, ports=world.ports)
    async with world.engine.begin() as connection:
        await connection.execute(
            update(tables.registration).values(
                sealed_identity=None, sealed_contact=None
            )
        )

    checked = await check_paper(
        paper.token, names="Diallo Awa", birth_date=BORN, ports=world.ports
    )

    assert checked.facts is not None
    assert (checked.could_compare, checked.holder_agrees) == (False, None)
    assert (await issue_acknowledgement(access, ports=world.ports)).holder.proof is None


async def test_a_mistyped_code_is_told_from_an_unknown_one(world: World) -> None:
    with pytest.raises(InvalidPaperCodeError):
        await check_paper("7ZK4M2QDX9B9", ports=world.ports)
    assert (await check_paper("7ZK4-M2QD-X9B8", ports=world.ports)).facts is None


@pytest.mark.parametrize(
    ("names", "born", "agrees"),
    [
        ("Diallo Awa", BORN, True),
        ("AWA DIALLO", BORN, True),
        ("diallo", BORN, True),
        ("Awa", BORN, False),
        ("Diallo Awa Fatou", BORN, False),
        ("Diallo", BirthDate(1990, 5, 5), False),
        ("Diallo", BirthDate(1990), False),
        ("Diallo", None, False),
        ("", BORN, False),
        ("%%%", BORN, False),
    ],
)
async def test_a_reader_compares_name_and_birth_date(
    world: World, names: str, born: BirthDate | None, agrees: bool
) -> None:
    access = await world.register()
    paper = await issue_acknowledgement(access, ports=world.ports)

    checked = await check_paper(
        paper.code, names=names, birth_date=born, ports=world.ports
    )

    assert checked.holder_agrees is agrees


async def test_a_wrong_secret_gets_no_paper(world: World) -> None:
    access = await world.register()
    wrong = replace(access, secret="a" * 32)

    for wanted in (
        issue_acknowledgement(wrong, ports=world.ports),
        issue_convocation(wrong, ports=world.ports),
        explain_result(wrong, TONIGHT, ports=world.ports),
    ):
        with pytest.raises(UnknownResourceError):
            await wanted
    assert await count(world) == 0


async def test_there_is_no_convocation_before_the_place_is_confirmed(
    world: World,
) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register()
    with pytest.raises(OfferNotOpenError):
        await issue_convocation(access, ports=world.ports)

    await hold_and_tell_night(world)

    with pytest.raises(OfferNotOpenError):
        await issue_convocation(access, ports=world.ports)


async def test_a_convocation_keeps_its_code_and_is_marked_when_given_back(
    world: World,
) -> None:
    access = await confirmed(world)
    first = await issue_convocation(access, ports=world.ports)
    world.clock.advance(days=1)
    again = await issue_convocation(access, ports=world.ports)
    await cancel_appointment(access, ports=world.ports)
    after = await issue_convocation(access, ports=world.ports)

    assert first.token == again.token == after.token
    assert (first.is_cancelled, after.is_cancelled) == (False, True)
    assert isinstance(
        (await check_paper(first.code, ports=world.ports)).facts, ConvocationFacts
    )


async def test_an_agent_sees_for_whom_a_convocation_is(world: World) -> None:
    access = await confirmed(world)
    paper = await issue_convocation(access, ports=world.ports)

    shown = await present_convocation(world.agent, paper.check_url, ports=world.ports)

    assert shown is not None
    assert (shown.reference, shown.state) == (access.reference, "confirmed")
    assert shown.holder.family_name == "Diallo"
    assert shown.starts_at.date() == TONIGHT + timedelta(days=7)
    async with world.engine.connect() as connection:
        rows = await connection.execute(select(tables.audit.c.action))
        assert "convocation-presented" in rows.scalars().all()


async def test_an_agent_of_elsewhere_and_an_accuse_show_no_appointment(
    world: World,
) -> None:
    access = await confirmed(world)
    paper = await issue_convocation(access, ports=world.ports)
    accuse = await issue_acknowledgement(access, ports=world.ports)
    stranger = replace(world.agent, prefecture="rhone")

    assert await present_convocation(stranger, paper.code, ports=world.ports) is None
    assert (
        await present_convocation(world.agent, accuse.code, ports=world.ports) is None
    )


async def test_a_name_in_another_script_is_compared_in_its_script(
    world: World,
) -> None:
    identity = Identity(
        proof=AgdrefNumber("9900000077"), names=Names("陈", "伟"), birth_date=BORN
    )
    access = await world.register(77, identity=identity)
    paper = await issue_acknowledgement(access, ports=world.ports)

    checked = await check_paper(
        paper.code, names="陈 伟", birth_date=BORN, ports=world.ports
    )

    assert not can_print("陈")
    assert checked.holder_agrees is True


async def test_what_a_screen_alone_opened_gets_a_paper_without_news(
    world: World,
) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register(is_proved=False)
    again = await world.register(is_proved=False)  # the same person, once more
    await hold_and_tell_night(world)
    world.clock.advance(days=1)

    first = await issue_acknowledgement(access, ports=world.ports)
    second = await issue_acknowledgement(again, ports=world.ports)

    for paper in (first, second):
        checked = await check_paper(paper.token, ports=world.ports)
        assert isinstance(checked.facts, AcknowledgementFacts)
        assert (checked.facts.nights, checked.facts.last_night_on) == (None, None)
        assert paper.view.needs_proof
        with pytest.raises(OfferNotOpenError):
            await issue_convocation(
                Access(
                    reference=paper.view.reference,
                    secret=(access if paper is first else again).secret,
                ),
                ports=world.ports,
            )
