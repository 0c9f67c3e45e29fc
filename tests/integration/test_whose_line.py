"""Whose label is whose: promised before the round, and kept by the database."""

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from service.adapters.postgres import promise_tables as p
from service.adapters.postgres import tables as t
from service.adapters.postgres.engine import psycopg_url
from service.checks import verify_file
from service.domain.mandate import Scope
from service.draw import draw
from service.usecases.commands import Access, MandateAccess
from service.usecases.errors import UnsealError
from service.usecases.night.advance_nights import advance_nights
from service.usecases.night.commit_night import frozen_pool
from service.usecases.night.open_slots import open_slots
from service.usecases.night.reveal_night import reveal_night
from service.usecases.night.view_nights import transcript_of
from service.usecases.person.forget_people import forget_people
from service.usecases.person.my_line import my_line
from service.usecases.person.promises import LabelKeyMissingError
from service.usecases.person.sign_acknowledgement import sign_acknowledgement
from service.usecases.person.withdraw_registration import withdraw_registration
from tests.helping import open_help
from tests.nights import freeze_hour, hold_night, state_of
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

TOMORROW = TONIGHT + timedelta(days=1)


async def run(world: World, statement: str, **values: object) -> None:
    """As the owner of the tables, who meets its own triggers."""
    engine = create_async_engine(psycopg_url(world.owned), poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.execute(text(statement), values)


async def acknowledged(world: World, access: Access) -> bytes:
    return await sign_acknowledgement(access, ports=world.ports)


async def published(world: World, held_on: date = TONIGHT) -> bytes:
    return (await transcript_of("isere", held_on, ports=world.ports)).text


async def revealed(world: World) -> tuple[Sequence[Access], dict[str, bytes]]:
    """Nine people for six places, who kept their papers; the round is known."""
    await open_slots(world.agent, world.plan(), ports=world.ports)
    people = [await world.register(number) for number in range(1, 10)]
    papers = {one.reference: await acknowledged(world, one) for one in people}
    await freeze_hour(world)
    await advance_nights(ports=world.ports)
    world.clock.advance(minutes=16)
    async with world.ports.open_uow() as uow:
        night = await uow.nights.by_date("isere", TONIGHT)
    assert night is not None
    await reveal_night(night, ports=world.ports)
    return people, papers


SWAP = (
    "UPDATE entry SET label = decode(repeat('00', 32), 'hex') WHERE label = :one",
    "UPDATE entry SET label = :one WHERE label = :two",
    "UPDATE entry SET label = :two WHERE label = decode(repeat('00', 32), 'hex')",
)


async def two_labels(world: World) -> tuple[bytes, bytes]:
    """The label of somebody who will be served, and of somebody who will not."""
    async with world.ports.open_uow() as uow:
        night = await uow.nights.by_date("isere", TONIGHT)
    assert night is not None
    assert night.commitment_sha256 is not None
    assert night.randomness is not None
    pool = frozen_pool(night)
    outcome = draw(pool, night.commitment_sha256, night.randomness)
    served, left = outcome.allocations[0].label, outcome.unserved[0].label
    return bytes.fromhex(served), bytes.fromhex(left)


async def reference_of(world: World, label: bytes) -> str:
    async with world.engine.connect() as connection:
        found = await connection.execute(
            select(t.registration.c.reference)
            .join(t.entry, t.entry.c.registration_id == t.registration.c.id)
            .where(t.entry.c.label == label)
        )
    reference: str = found.scalar_one()
    return reference


async def test_the_database_refuses_to_exchange_labels_once_the_round_is_known(
    world: World,
) -> None:
    await revealed(world)
    one, two = await two_labels(world)

    for statement in (
        *SWAP,
        "UPDATE entry SET registration_id = registration_id WHERE label = :one",
        "UPDATE entry SET band = 0 WHERE label = :one",
        "DELETE FROM entry WHERE label = :one",
        "TRUNCATE entry",
    ):
        with pytest.raises(DBAPIError, match="append-only"):
            await run(world, statement, one=one, two=two)
    await advance_nights(ports=world.ports)
    assert await state_of(world) == "published"


async def test_labels_exchanged_by_the_owner_are_seen_by_both_people(
    world: World,
) -> None:
    people, papers = await revealed(world)
    one, two = await two_labels(world)
    robbed, friend = await reference_of(world, one), await reference_of(world, two)

    await world.tamper(*SWAP, one=one, two=two)
    await advance_nights(ports=world.ports)

    night = await published(world)
    for access in people:
        line = await my_line(access, TONIGHT, ports=world.ports)
        said, _, code = verify_file(
            night, mine=line, acknowledged=papers[access.reference]
        )
        is_robbed = access.reference in (robbed, friend)
        assert code == int(is_robbed), said
        assert any(line.startswith("FAIL mine") for line in said) == is_robbed


async def test_only_the_person_who_proved_to_be_so_is_given_the_key(
    world: World,
) -> None:
    first = await world.register(1, is_proved=False)
    stranger = await world.register(1, is_proved=False)
    alone = await world.register(2, is_proved=False)

    for access in (first, stranger, alone):
        said = json.loads(await acknowledged(world, access))
        assert said["spec"] == "tour-de-role/acknowledgement/1"
        assert "label_key" not in said
    await world.prove(first.reference)
    await world.prove(stranger.reference)
    assert "label_key" in json.loads(await acknowledged(world, first))
    assert "label_key" not in json.loads(await acknowledged(world, stranger))
    # The trace of a repetition and a person who proved nothing look alike.
    keys = [
        json.loads(await acknowledged(world, one)).keys() for one in (stranger, alone)
    ]
    assert keys[0] == keys[1]


async def test_a_helper_whose_mandate_ends_is_not_given_the_key(world: World) -> None:
    helping = await open_help(world)
    person = await helping.register()
    access = MandateAccess(
        reference=person.reference,
        helper_id=helping.helper.id,
        organisation_id=helping.organisation_id,
        scope=Scope.FOLLOW,
        act="viewed",
    )

    said = json.loads(await acknowledged(world, access))

    assert said["spec"] == "tour-de-role/acknowledgement/1"
    assert "label_key" not in said


async def test_both_versions_are_the_same_bytes_for_ever(world: World) -> None:
    access = await world.register(1, is_proved=False)
    before = await acknowledged(world, access)
    await world.prove(access.reference)
    after = await acknowledged(world, access)
    await run(
        world,
        "UPDATE registration SET first_night_on = first_night_on + 9, "
        "registered_at = registered_at + interval '1 day', motif = 'aes'",
    )
    assert await acknowledged(world, access) == after
    await run(world, "UPDATE registration SET proved_at = NULL")
    assert await acknowledged(world, access) == before
    said, again = json.loads(before), json.loads(after)
    assert said["first_night_on"] == again["first_night_on"] == str(TONIGHT)
    assert said["signature"]["value"] != again["signature"]["value"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE promise SET said = said",
        "UPDATE promise SET first_label_on = first_label_on + 1",
        "UPDATE promise SET registration_id = registration_id",
        "UPDATE promise SET made_at = now()",
        "DELETE FROM promise",
        "TRUNCATE promise",
        "UPDATE promise SET signature_with_key = signature_with_key || ''",
        "UPDATE promise SET signature_with_key = NULL",
        "UPDATE promise SET sealed_label_key = sealed_label_key || '0'",
        "UPDATE promise SET sealed_label_key = NULL",
    ],
)
async def test_a_promise_cannot_be_rewritten(world: World, statement: str) -> None:
    access = await world.register()
    kept = await acknowledged(world, access)

    if "signature_with_key ||" in statement:
        await run(world, statement)  # the same bytes: nothing was changed
    else:
        with pytest.raises(DBAPIError, match=r"append-only|goes with its person"):
            await run(world, statement)
    assert await acknowledged(world, access) == kept


async def test_the_key_goes_with_the_person_and_the_plain_promise_stays(
    world: World,
) -> None:
    access = await world.register()
    await acknowledged(world, access)
    await withdraw_registration(access, ports=world.ports)
    world.clock.advance(days=93)

    await forget_people(ports=world.ports)

    async with world.engine.connect() as connection:
        row = (await connection.execute(select(p.promise))).mappings().one()
    assert row["sealed_label_key"] is None
    assert "label_key" not in json.loads(await acknowledged(world, access))
    async with world.engine.connect() as connection:
        rows = (await connection.execute(select(p.promise))).mappings().all()
    assert [one["sealed_label_key"] for one in rows] == [None]


async def test_a_label_key_opens_in_its_own_row_only(world: World) -> None:
    people = [await world.register(number) for number in (1, 2)]
    await world.tamper(
        "UPDATE promise SET sealed_label_key = (SELECT max(sealed_label_key) "
        "FROM promise)",
    )

    borrowed = 0
    for access in people:
        with suppress(UnsealError):
            await acknowledged(world, access)
            continue
        borrowed += 1
    assert borrowed == 1


async def unpromise(world: World) -> None:
    """As it was before promises were kept."""
    await world.tamper(delete(p.promise))


async def test_who_registered_before_keys_gets_one_at_the_next_freeze(
    world: World,
) -> None:
    people = [await world.register(number) for number in (1, 2, 3)]
    await unpromise(world)
    await hold_night(world)

    night = await published(world)
    for access in people:
        paper = await acknowledged(world, access)
        line = await my_line(access, TONIGHT, ports=world.ports)
        assert json.loads(paper)["first_label_on"] == str(TONIGHT)
        assert verify_file(night, mine=line, acknowledged=paper)[2] == 0


async def test_who_asks_before_that_freeze_is_promised_the_night_to_come(
    world: World,
) -> None:
    access = await world.register()
    await hold_night(world)
    earlier = await published(world)
    await world.tamper("DELETE FROM promise")
    paper = await acknowledged(world, access)
    world.clock.advance(days=1)
    await hold_night(world)

    assert json.loads(paper)["first_label_on"] == str(TOMORROW)
    assert json.loads(paper)["first_night_on"] == str(TONIGHT)
    line = await my_line(access, TOMORROW, ports=world.ports)
    later = await published(world, TOMORROW)
    assert verify_file(later, mine=line, acknowledged=paper)[2] == 0
    said, _, code = verify_file(earlier, acknowledged=paper)
    assert code == 0
    assert any(one.startswith("-    present") for one in said)
    assert await acknowledged(world, access) == paper


async def test_a_night_is_not_frozen_with_another_key_than_the_promised_one(
    world: World,
) -> None:
    access = await world.register()
    await world.register(2)
    await world.tamper(
        "UPDATE promise SET sealed_label_key = NULL WHERE registration_id = "
        "(SELECT id FROM registration WHERE reference = :reference)",
        reference=access.reference,
    )
    await freeze_hour(world)

    with pytest.raises(ExceptionGroup) as failed:
        await advance_nights(ports=world.ports)
    assert isinstance(failed.value.exceptions[0], LabelKeyMissingError)
    async with world.ports.open_uow() as uow:
        night = await uow.nights.by_date("isere", TONIGHT)
    assert night is not None
    assert (night.state, night.pool) == ("planned", None)


async def test_labels_are_new_every_night_and_told_apart_by_their_key_alone(
    world: World,
) -> None:
    people = [await world.register(number) for number in (1, 2, 3)]
    await hold_night(world)
    world.clock.advance(days=1)
    await hold_night(world)

    async with world.engine.connect() as connection:
        labels = (await connection.execute(select(t.entry.c.label))).scalars().all()
    assert len(set(labels)) == 2 * len(people)
    for access in people:
        paper = await acknowledged(world, access)
        for held_on in (TONIGHT, TOMORROW):
            line = await my_line(access, held_on, ports=world.ports)
            night = await published(world, held_on)
            assert verify_file(night, mine=line, acknowledged=paper)[2] == 0


async def test_who_was_withdrawn_is_absent_for_a_reason_that_is_named(
    world: World,
) -> None:
    access = await world.register()
    await world.register(2)
    paper = await acknowledged(world, access)
    await withdraw_registration(access, ports=world.ports)
    await hold_night(world)

    said, _, code = verify_file(await published(world), acknowledged=paper)

    assert code == 1
    [absent] = [one for one in said if one.startswith("FAIL")]
    assert "withdrawn" in absent


async def test_a_moved_first_night_leaves_the_paper_as_proof(world: World) -> None:
    access = await world.register()
    await world.register(2)
    paper = await acknowledged(world, access)
    moved = update(t.registration).where(t.registration.c.reference == access.reference)
    await world.tamper(moved.values(first_night_on=TOMORROW))
    await hold_night(world)

    assert await acknowledged(world, access) == paper
    said, _, code = verify_file(await published(world), acknowledged=paper)
    assert code == 1
    assert any(one.startswith("ok   promised") for one in said)
    assert any(one.startswith("FAIL present") for one in said)
