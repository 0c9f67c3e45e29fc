"""One paper is one person, also for keys that an older release made."""

import hmac
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from service.adapters.postgres import tables as t
from service.adapters.pseudonymiser import HmacPseudonymiser
from service.domain.identity import AgdrefNumber, BirthDate, Identity, TravelDocument
from service.usecases.commands import Access
from service.usecases.message.send_messages import send_messages
from service.usecases.night.open_slots import open_slots
from service.usecases.person.answer_offer import decline_offer
from service.usecases.person.rekey_people import rekey_people
from service.usecases.person.view_registration import view_registration
from service.usecases.person.withdraw_registration import withdraw_registration
from service.usecases.records import RegistrationRecord
from service.worker.jobs import do_what_is_due
from tests.nights import hold_night
from tests.world import World

pytestmark = pytest.mark.anyio


class OlderKeys(HmacPseudonymiser):
    """The keys of releases before: the birth date was in them, as it was typed."""

    version = 1

    def key(self, identity: Identity) -> bytes:
        proof = identity.proof
        if isinstance(proof, AgdrefNumber):
            return super().key(identity)
        parts = proof.kind.value, proof.issuer, proof.number, identity.birth_date.text
        return hmac.digest(
            self._secret, ":".join(("document:v1", *parts)).encode(), "sha256"
        )


def with_passport(world: World, born: str) -> Identity:
    return Identity(
        proof=TravelDocument.parse("passport", "AB1234567", "MAR"),
        names=world.person().identity.names,
        birth_date=BirthDate.parse(born),
    )


async def register_before(
    world: World, number: int, identity: Identity | None = None
) -> Access:
    """Register with the release that made older keys; an hour passes."""
    now = world.ports
    world.ports = replace(now, pseudonymiser=OlderKeys(b"k" * 32))
    asked = identity or world.person(number).identity
    access = await world.register(number, identity=asked)
    world.ports = now
    world.clock.advance(hours=1)
    return access


async def stored(world: World, access: Access) -> RegistrationRecord:
    async with world.ports.open_uow() as uow:
        found = await uow.registrations.by_reference(access.reference)
    assert found is not None
    return found


async def standing(world: World) -> int:
    query = select(func.count()).where(t.registration.c.state == "live")
    async with world.engine.connect() as connection:
        return (await connection.execute(query)).scalar_one()


async def test_one_passport_is_one_registration_however_the_birth_date_is_written(
    world: World,
) -> None:
    for born in ("1990", "1990-05", "1990-05-04"):
        await world.register(1, identity=with_passport(world, born))

    assert await standing(world) == 1


async def test_older_keys_meet_the_new_ones_and_the_older_registration_stands(
    world: World,
) -> None:
    first = await register_before(world, 1, with_passport(world, "1990"))
    second = await register_before(world, 2, with_passport(world, "1990-05"))
    with_number = await register_before(world, 3)
    key = (await stored(world, with_number)).applicant_key

    assert await rekey_people(ports=world.ports) == 3
    assert await rekey_people(ports=world.ports) == 0

    one, other = await stored(world, first), await stored(world, second)
    assert (one.state, one.key_version) == ("live", 2)
    assert (other.state, other.joined_to, other.proved_at) == ("joined", one.id, None)
    numbered = await stored(world, with_number)
    assert (numbered.applicant_key, numbered.key_version) == (key, 2)
    third = await world.register(4, identity=with_passport(world, "1990-05-04"))
    assert (await stored(world, third)).joined_to == one.id
    await send_messages(ports=world.ports)
    told = [mail.subject for mail in world.mailbox.to("p1@example.org")]
    assert len(told) == 2  # registered, then that it was repeated
    assert (await view_registration(second, ports=world.ports)).state == "live"


async def test_who_registered_anew_before_the_old_key_was_found_loses_no_day(
    world: World,
) -> None:
    before = await register_before(world, 1, with_passport(world, "1990-05-04"))
    after = await world.register(2, identity=with_passport(world, "1990-05-04"))
    assert await standing(world) == 2

    await do_what_is_due(ports=world.ports)

    assert (await stored(world, before)).state == "live"
    joined = await stored(world, after)
    assert joined.joined_to == (await stored(world, before)).id


async def test_a_place_that_is_held_is_answered_before_two_become_one(
    world: World,
) -> None:
    await register_before(world, 1, with_passport(world, "1990"))
    newer = await register_before(world, 2, with_passport(world, "1990-05"))
    plan = world.plan(day=world.clock.now().date() + timedelta(days=9))
    await open_slots(world.agent, plan, ports=world.ports)
    await hold_night(world)
    await send_messages(ports=world.ports)

    assert await rekey_people(ports=world.ports) == 1
    assert (await stored(world, newer)).state == "live"
    await decline_offer(newer, ports=world.ports)

    assert await rekey_people(ports=world.ports) == 1
    assert (await stored(world, newer)).state == "joined"


async def test_a_number_that_may_be_mistyped_ends_nobodys_registration(
    world: World,
) -> None:
    first = await register_before(world, 1, with_passport(world, "1990-05-04"))
    other = await register_before(world, 2, with_passport(world, "1985-01-02"))

    assert await rekey_people(ports=world.ports) == 1
    assert await standing(world) == 2

    keyed = [await stored(world, one) for one in (first, other)]
    [old] = [one for one in keyed if one.key_version == 1]
    access = first if old.reference == first.reference else other
    await withdraw_registration(access, ports=world.ports)
    assert await rekey_people(ports=world.ports) == 1
    assert await standing(world) == 1
