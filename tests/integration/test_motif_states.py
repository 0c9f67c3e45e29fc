"""A suspended motif is told to everybody, and costs nobody anything."""

import pytest

from service.domain.errors import (
    InvalidNoticeTextError,
    MotifAlreadySuspendedError,
    MotifNotSuspendedError,
    UnknownMotifError,
)
from service.usecases.desk.suspend_motif import (
    list_suspensions,
    reopen_motif,
    suspend_motif,
)
from service.usecases.night.advance_nights import advance_nights
from service.usecases.night.open_slots import open_slots
from service.usecases.person.view_registration import view_registration
from service.usecases.public.describe_prefecture import describe_prefecture
from tests.world import World

pytestmark = pytest.mark.anyio

MOTIF = "renouvellement-titre"
WORDS = {
    "reason": "Le guichet est en travaux.",
    "meanwhile": "Gardez votre accusé d'inscription.",
}


async def suspend(world: World, motif: str = MOTIF) -> None:
    await suspend_motif(world.agent, motif, ports=world.ports, **WORDS)


async def test_everybody_reads_since_when_why_and_what_to_do(world: World) -> None:
    await suspend(world)

    shown = (await describe_prefecture("isere", ports=world.ports)).suspended

    assert shown[MOTIF].since_on == world.clock.now().date()
    assert shown[MOTIF].reason == WORDS["reason"]
    assert shown[MOTIF].meanwhile == WORDS["meanwhile"]


async def test_registering_stays_possible_and_a_night_serves_as_before(
    world: World,
) -> None:
    await suspend(world)
    await open_slots(world.agent, world.plan(), ports=world.ports)

    access = await world.register(1)
    world.clock.advance(hours=9)
    await advance_nights(ports=world.ports)
    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)

    view = await view_registration(access, ports=world.ports)
    assert view.offer is not None


async def test_a_motif_is_suspended_once_until_it_is_open_again(world: World) -> None:
    await suspend(world)
    with pytest.raises(MotifAlreadySuspendedError):
        await suspend(world)
    world.clock.advance(days=3)
    await reopen_motif(world.agent, MOTIF, ports=world.ports)
    with pytest.raises(MotifNotSuspendedError):
        await reopen_motif(world.agent, MOTIF, ports=world.ports)
    await suspend(world)

    standing, past = await list_suspensions("isere", ports=world.ports)

    assert standing.reopened_on is None
    assert past.reopened_on == world.clock.now().date()


@pytest.mark.parametrize(
    "words",
    [
        {"reason": "court", "meanwhile": WORDS["meanwhile"]},
        {"reason": WORDS["reason"], "meanwhile": "x" * 601},
        {"reason": "Le guichet\u202e est fermé", "meanwhile": WORDS["meanwhile"]},
        {"reason": "Le guichet\x00 est fermé", "meanwhile": WORDS["meanwhile"]},
    ],
)
async def test_a_notice_that_nobody_could_read_is_refused(
    world: World, words: dict[str, str]
) -> None:
    with pytest.raises(InvalidNoticeTextError):
        await suspend_motif(world.agent, MOTIF, ports=world.ports, **words)

    assert not await list_suspensions("isere", ports=world.ports)


async def test_only_a_motif_of_ones_prefecture_is_suspended(world: World) -> None:
    for motif in ("renouvellement-inconnu", "renouvellement\x00titre", ""):
        with pytest.raises(UnknownMotifError):
            await suspend(world, motif)
        with pytest.raises(UnknownMotifError):
            await reopen_motif(world.agent, motif, ports=world.ports)
