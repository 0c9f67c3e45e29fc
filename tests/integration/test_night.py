"""One whole night on real parts: freeze, commit, reveal, draw, publish, notify."""

import json
from datetime import date, datetime, time, timedelta
from hashlib import sha256

import pytest

from service.checks import verify_file
from service.domain.permits import DocumentFacts
from service.draw import draw
from service.draw.canonical import canonical_bytes, parse_strict
from service.draw.model import Pool
from service.usecases.errors import (
    NightNotDueError,
    UnknownResourceError,
)
from service.usecases.message.send_messages import send_messages
from service.usecases.night.advance_nights import advance_nights, run_night
from service.usecases.night.open_slots import (
    open_slots,
)
from service.usecases.night.view_nights import list_nights, transcript_of, view_night
from service.usecases.person.view_registration import view_registration
from service.words.i18n import typeset
from tests.nights import freeze_hour, hold_night, offers, state_of
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio


async def test_a_person_registered_at_noon_has_an_offer_in_the_evening(
    world: World,
) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register()

    await hold_night(world)
    await send_messages(ports=world.ports)
    view = await view_registration(access, ports=world.ports)

    assert view.offer is not None
    assert view.offer.state == "awaiting"
    assert view.offer.starts_at == datetime.combine(date(2026, 11, 30), time(9))
    assert [night.result for night in view.nights] == ["served"]
    subjects = [mail.subject for mail in world.mailbox.to("p1@example.org")]
    assert subjects == [
        "Votre inscription est enregistrée",
        typeset("Une place pour vous : à confirmer"),
    ]


async def test_the_night_walks_its_states_one_by_one(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    await world.register()

    assert await advance_nights(ports=world.ports) == 0
    await freeze_hour(world)
    await advance_nights(ports=world.ports)
    assert await state_of(world) == "committed"
    world.clock.advance(minutes=14)
    assert await advance_nights(ports=world.ports) == 0
    world.clock.advance(minutes=2)
    await advance_nights(ports=world.ports)
    assert await state_of(world) == "published"
    await send_messages(ports=world.ports)
    await advance_nights(ports=world.ports)
    assert await state_of(world) == "notified"


async def test_the_commitment_is_public_before_its_round_exists(world: World) -> None:
    await world.register()
    await freeze_hour(world)
    await advance_nights(ports=world.ports)

    night = await view_night("isere", TONIGHT, ports=world.ports)

    assert night.commitment is not None
    assert night.beacon_due_at is not None
    assert night.committed_at is not None
    assert night.beacon_due_at - night.committed_at >= timedelta(minutes=15)
    assert night.randomness is None
    assert night.served is None
    with pytest.raises(UnknownResourceError):
        await transcript_of("isere", TONIGHT, ports=world.ports)


async def test_the_transcript_replays_to_the_same_bytes(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    for number in range(12):
        await world.register(number, people=1 + number % 2)
    await hold_night(world)

    packed = await transcript_of("isere", TONIGHT, ports=world.ports)

    stored = packed.text
    assert sha256(stored).digest() == packed.sha256
    transcript = json.loads(stored)
    assert canonical_bytes(parse_strict(stored)) == stored
    digest = canonical_bytes(transcript["commitment"])
    pool = Pool.from_json(transcript["pool"])
    again = draw(
        pool,
        sha256(digest).digest(),
        bytes.fromhex(transcript["beacon"]["randomness"]),
    )
    assert canonical_bytes(again.to_json()) == canonical_bytes(transcript["result"])


async def test_each_night_names_the_commitment_of_the_one_before(world: World) -> None:
    await hold_night(world)
    world.clock.advance(days=1)
    await hold_night(world)

    second, first = await list_nights("isere", ports=world.ports)

    assert first.commitment is not None
    assert second.commitment is not None
    assert first.commitment["previous"] is None
    assert second.commitment["previous"] == first.commitment_sha256


async def test_the_most_urgent_are_served_first(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    today = world.clock.now().date()
    late = [
        await world.register(
            number,
            facts=DocumentFacts(
                held_document="cst", permit_expires_on=today + timedelta(days=200)
            ),
        )
        for number in range(10)
    ]
    urgent = [await world.register(100 + number) for number in range(6)]

    await hold_night(world)

    for access in urgent:
        assert (await view_registration(access, ports=world.ports)).offer is not None
    for access in late:
        view = await view_registration(access, ports=world.ports)
        assert view.offer is None
        assert view.takes_part_next
        assert [night.result for night in view.nights] == ["places_taken"]


async def test_running_a_night_twice_changes_nothing(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    await world.register()
    await hold_night(world)
    before = (await transcript_of("isere", TONIGHT, ports=world.ports)).text

    for _ in range(2):
        await run_night("isere", TONIGHT, ports=world.ports)
        await advance_nights(ports=world.ports)

    assert (await transcript_of("isere", TONIGHT, ports=world.ports)).text == before
    assert await offers(world) == 1


async def test_a_night_that_is_not_due_is_refused_by_hand(world: World) -> None:
    with pytest.raises(NightNotDueError):
        await run_night("isere", TONIGHT, ports=world.ports)


async def test_a_night_brought_forward_says_so_for_ever(world: World) -> None:
    await run_night("isere", TONIGHT, ports=world.ports, bring_forward=True)

    assert (await view_night("isere", TONIGHT, ports=world.ports)).brought_forward


async def test_a_week_of_nights_may_be_brought_forward_and_holds_and_no_later_one(
    world: World,
) -> None:
    await world.register(1)
    for days in range(8):
        held_on = TONIGHT + timedelta(days=days)
        await run_night("isere", held_on, ports=world.ports, bring_forward=True)
        world.clock.advance(minutes=1)
        night = await run_night("isere", held_on, ports=world.ports)

        assert night.state in ("published", "notified")
        stored = (await transcript_of("isere", held_on, ports=world.ports)).text
        assert verify_file(stored)[2] == 0

    with pytest.raises(NightNotDueError):
        await run_night(
            "isere",
            TONIGHT + timedelta(days=8),
            ports=world.ports,
            bring_forward=True,
        )
