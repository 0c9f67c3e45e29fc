"""One whole night on real parts: freeze, commit, reveal, draw, publish, notify."""

import asyncio
import json
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from service.adapters.postgres import tables as t
from service.domain.availability import Availability
from service.domain.contact import Contact
from service.domain.permits import DocumentFacts
from service.draw import draw
from service.draw.canonical import canonical_bytes, parse_strict
from service.draw.model import Pool
from service.usecases.commands import Access
from service.usecases.errors import (
    NightNotDueError,
    PlacesLockedError,
    UnknownResourceError,
)
from service.usecases.message.send_messages import send_messages
from service.usecases.night.advance_nights import advance_nights, run_night
from service.usecases.night.lapse_offers import lapse_offers
from service.usecases.night.open_slots import (
    offers_to_call,
    open_slots,
    withdraw_places,
)
from service.usecases.night.view_nights import list_nights, transcript_of, view_night
from service.usecases.person.answer_offer import decline_offer
from service.usecases.person.view_registration import view_registration
from service.usecases.person.withdraw_registration import withdraw_registration
from service.words.i18n import typeset
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio


async def freeze_hour(world: World) -> None:
    """Move to 20:00 in Paris on the day that the clock shows."""
    day = world.clock.now().date()
    world.clock.move_to(datetime(day.year, day.month, day.day, 19, 0, tzinfo=UTC))


async def hold_night(world: World) -> None:
    """Hold tonight's draw from freeze to published."""
    await freeze_hour(world)
    await advance_nights(ports=world.ports)
    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)


async def state_of(world: World, held_on: date = TONIGHT) -> str:
    return (await view_night("isere", held_on, ports=world.ports)).state


async def offers(world: World) -> int:
    async with world.engine.connect() as connection:
        found = await connection.execute(select(func.count()).select_from(t.offer))
    return found.scalar_one()


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

    stored = await transcript_of("isere", TONIGHT, ports=world.ports)

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
    before = await transcript_of("isere", TONIGHT, ports=world.ports)

    for _ in range(2):
        await run_night("isere", TONIGHT, ports=world.ports)
        await advance_nights(ports=world.ports)

    assert await transcript_of("isere", TONIGHT, ports=world.ports) == before
    assert await offers(world) == 1


async def test_a_night_that_is_not_due_is_refused_by_hand(world: World) -> None:
    with pytest.raises(NightNotDueError):
        await run_night("isere", TONIGHT, ports=world.ports)


async def test_a_night_brought_forward_says_so_for_ever(world: World) -> None:
    await run_night("isere", TONIGHT, ports=world.ports, bring_forward=True)

    assert (await view_night("isere", TONIGHT, ports=world.ports)).brought_forward


async def test_eight_workers_at_once_draw_once(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    for number in range(20):
        await world.register(number)
    await freeze_hour(world)
    await asyncio.gather(*(advance_nights(ports=world.ports) for _ in range(8)))
    world.clock.advance(minutes=16)

    await asyncio.gather(*(advance_nights(ports=world.ports) for _ in range(8)))

    assert await state_of(world) == "published"
    assert await offers(world) == 6


async def test_a_second_draw_is_impossible_even_for_a_wrong_program(
    world: World,
) -> None:
    await hold_night(world)

    for statement in (
        "UPDATE draw SET outcome = ''",
        "DELETE FROM draw",
        "UPDATE transcript SET gzipped = ''",
        "INSERT INTO draw SELECT night_id, ''::bytea, 0, 0, 0, now() FROM draw",
    ):
        with pytest.raises(DBAPIError):
            async with world.engine.begin() as connection:
                await connection.execute(text(statement))


async def test_a_missed_night_heals_itself(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register()

    world.clock.move_to(datetime(2026, 11, 24, 7, 0, tzinfo=UTC))
    await advance_nights(ports=world.ports)
    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)

    assert await state_of(world) == "published"
    assert (await view_registration(access, ports=world.ports)).offer is not None


async def test_a_night_caught_up_late_still_gives_its_people_notice(
    world: World,
) -> None:
    await open_slots(world.agent, world.plan(day=date(2026, 11, 27)), ports=world.ports)
    access = await world.register()

    world.clock.move_to(datetime(2026, 11, 26, 7, 0, tzinfo=UTC))
    await advance_nights(ports=world.ports)
    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)

    assert await state_of(world) == "published"
    assert (await view_registration(access, ports=world.ports)).offer is None


async def test_a_pool_changed_after_the_freeze_stops_the_night(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    await world.register()
    await freeze_hour(world)
    await advance_nights(ports=world.ports)
    async with world.engine.begin() as connection:
        await connection.execute(text("UPDATE night SET pool = pool || '\\x20'"))
    world.clock.advance(minutes=16)

    await advance_nights(ports=world.ports)

    night = await view_night("isere", TONIGHT, ports=world.ports)
    assert (night.state, night.stopped_because) == ("revealed", "PoolChangedError")
    assert await offers(world) == 0
    await send_messages(ports=world.ports)
    assert len(world.mailbox.sent) == 1


async def test_a_night_whose_replay_differs_is_never_announced(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    await world.register()
    await freeze_hour(world)
    await advance_nights(ports=world.ports)
    async with world.engine.begin() as connection:
        await connection.execute(update(t.night).values(signature_value=bytes(64)))
    world.clock.advance(minutes=16)

    await advance_nights(ports=world.ports)
    await send_messages(ports=world.ports)

    night = await view_night("isere", TONIGHT, ports=world.ports)
    assert (night.state, night.stopped_because) == ("drawn", "ReplayMismatchError")
    assert [mail.subject for mail in world.mailbox.sent] == [
        "Votre inscription est enregistrée"
    ]


async def test_the_freeze_waits_for_a_registration_in_flight(world: World) -> None:
    await freeze_hour(world)
    async with world.ports.open_uow() as uow:
        in_flight = await uow.nights.next_open("isere")
        freeze = asyncio.create_task(advance_nights(ports=world.ports))
        done, _ = await asyncio.wait({freeze}, timeout=0.5)
        assert not done
        assert in_flight is not None
        await uow.commit()

    await freeze

    assert await state_of(world) == "committed"


async def test_frozen_places_cannot_be_withdrawn_before_they_are_drawn(
    world: World,
) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register()
    await freeze_hour(world)
    await advance_nights(ports=world.ports)

    for code in ("grenoble-20261130-0900", "grenoble-20261130-1040"):
        with pytest.raises(PlacesLockedError):
            await withdraw_places(world.agent, code, 1, ports=world.ports)

    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)
    assert (await view_registration(access, ports=world.ports)).offer is not None
    free = "grenoble-20261130-1040"
    assert await withdraw_places(world.agent, free, 1, ports=world.ports) == 1


async def test_who_cannot_come_on_a_day_is_never_offered_it(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register(
        availability=Availability(weekdays_excluded=frozenset({1}))
    )

    await hold_night(world)

    view = await view_registration(access, ports=world.ports)
    assert [night.result for night in view.nights] == ["no_suitable_place"]


async def test_a_family_is_received_in_one_slot(world: World) -> None:
    await open_slots(world.agent, world.plan(guichets=3), ports=world.ports)
    access = await world.register(people=3)

    await hold_night(world)

    view = await view_registration(access, ports=world.ports)
    assert view.offer is not None
    async with world.engine.connect() as connection:
        places = (await connection.execute(select(t.offer_place))).all()
    assert len(places) == 3


async def test_a_withdrawal_after_the_freeze_frees_its_place_for_a_later_night(
    world: World,
) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register()
    await freeze_hour(world)
    await advance_nights(ports=world.ports)
    await withdraw_registration(access, ports=world.ports)
    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)
    await send_messages(ports=world.ports)
    await lapse_offers(ports=world.ports)

    assert (await view_registration(access, ports=world.ports)).state == "withdrawn"
    assert typeset("Une place pour vous : à confirmer") not in [
        mail.subject for mail in world.mailbox.sent
    ]
    async with world.ports.open_uow() as uow:
        open_again = await uow.slots.open_from("isere", TONIGHT)
    assert sum(slot.places for slot in open_again) == 6


async def test_not_drawn_is_told_once_and_then_weekly(world: World) -> None:
    await world.register()
    for _ in range(8):
        await hold_night(world)
        await send_messages(ports=world.ports)
        await advance_nights(ports=world.ports)
        world.clock.advance(days=1)

    told = [
        mail
        for mail in world.mailbox.to("p1@example.org")
        if mail.subject.startswith("Pas encore de place")
    ]

    assert len(told) == 2
    assert all("L. 311-3-1" in mail.text for mail in told)


async def test_a_repeated_registration_shows_no_news_and_says_where_it_goes(
    world: World,
) -> None:
    await world.register()
    second = await world.register()
    await hold_night(world)

    view = await view_registration(second, ports=world.ports)

    assert view.needs_proof
    assert (view.nights, view.offer) == ((), None)


async def test_declining_once_costs_one_night_and_no_seniority(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register()
    await hold_night(world)
    await send_messages(ports=world.ports)

    view = await decline_offer(access, ports=world.ports)

    assert view.state == "live"
    assert view.waiting_since_on == TONIGHT
    assert view.back_on == TONIGHT + timedelta(days=2)
    assert not view.takes_part_next


async def test_without_any_contact_the_offer_goes_on_the_call_list(
    world: World,
) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register(
        contact=Contact.parse(email=None, phone="+33612345678", language="fr")
    )
    world.telephones.refusing.add("+33612345678")
    await hold_night(world)
    await send_messages(ports=world.ports)
    await advance_nights(ports=world.ports)
    assert await state_of(world) == "notified"

    [called] = await offers_to_call(world.agent, ports=world.ports)

    assert called.reference == access.reference
    assert called.phone == "+33612345678"
    world.clock.advance(days=6)
    await lapse_offers(ports=world.ports)
    view = await view_registration(access, ports=world.ports)
    assert view.state == "live"
    assert view.offer is not None
    assert view.offer.state == "lapsed"
    assert view.offer.next_refusal_is_free


async def test_an_empty_night_is_a_night(world: World) -> None:
    await hold_night(world)

    night = await view_night("isere", TONIGHT, ports=world.ports)

    assert (night.state, night.entries, night.served) == ("notified", 0, 0)


def test_access_never_shows_its_secret() -> None:
    assert "hunter2" not in repr(Access(reference="A", secret="hunter2"))
