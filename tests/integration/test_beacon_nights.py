"""Nights on a public beacon: real rounds, late rounds, never another round."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, update

from service.adapters.beacon import quicknet
from service.adapters.beacon.drand import DrandBeacon
from service.adapters.beacon.router import BeaconRouter
from service.adapters.postgres import tables as t
from service.checks import verify_file
from service.usecases.night.advance_nights import advance_nights, run_night
from service.usecases.night.open_slots import open_slots
from service.usecases.night.view_nights import transcript_of, view_night
from service.usecases.person.view_registration import view_registration
from service.usecases.ports.evidence import Beacon
from service.usecases.records import RoundName, RoundValue
from tests.nights import freeze_hour
from tests.relay import FAULTS, ROUNDS, honest, running
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

ROUND_1000 = datetime.fromtimestamp(quicknet.exists_from_s(1000), UTC)
THAT_DAY = date(2023, 8, 23)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@dataclass
class LateBeacon:
    """The world's own beacon, but its rounds are not shown until a test says so."""

    behind: Beacon
    is_late: bool = True
    asked: list[tuple[str, int]] = field(default_factory=list)

    async def name_round(self, not_before: datetime) -> RoundName:
        return await self.behind.name_round(not_before)

    async def fetch(self, chain: str, beacon_round: int) -> RoundValue | None:
        self.asked.append((chain, beacon_round))
        if self.is_late:
            return None
        return await self.behind.fetch(chain, beacon_round)

    def check(self, chain: str, beacon_round: int, signature: str) -> bytes:
        return self.behind.check(chain, beacon_round, signature)


def with_late_beacon(world: World) -> LateBeacon:
    late = LateBeacon(world.ports.beacon)
    world.ports = replace(world.ports, beacon=late)
    return late


def with_relays(world: World, urls: Sequence[str]) -> None:
    drand = DrandBeacon(clock=world.clock, relays=urls, timeout_s=0.3)
    beacon = BeaconRouter({"drand": drand}, named_by="drand")
    world.ports = replace(world.ports, beacon=beacon)


async def go_back_to_2023(world: World) -> None:
    """Stand a moment before a recorded round, with the rule in force and no night."""
    world.clock.move_to(ROUND_1000 - timedelta(seconds=12))
    await world.tamper(
        delete(t.night), update(t.ruleset).values(effective_on=date(2023, 1, 1))
    )


async def test_a_night_is_drawn_with_a_recorded_round_and_verified_offline(
    world: World,
) -> None:
    await go_back_to_2023(world)
    faults = [FAULTS[name] for name in ("another round's signature", "silence", "500")]
    async with running(*faults, honest) as relays:
        with_relays(world, [relay.url for relay in relays])
        await open_slots(world.agent, world.plan(), ports=world.ports)
        for number in range(9):
            await world.register(number)
        await run_night("isere", THAT_DAY, ports=world.ports, bring_forward=True)
        assert [relay.asked for relay in relays] == [[], [], [], []]
        world.clock.move_to(ROUND_1000)
        night = await run_night("isere", THAT_DAY, ports=world.ports)

    assert (night.state, night.beacon_round) == ("published", 1000)
    assert night.randomness is not None
    assert night.randomness.hex() == ROUNDS[1000]["randomness"]
    view = await view_night("isere", THAT_DAY, ports=world.ports)
    assert view.beacon_chain == quicknet.CHAIN_NAME
    assert not view.beacon_is_local
    stored = (await transcript_of("isere", THAT_DAY, ports=world.ports)).text
    lines, _, code = verify_file(stored)
    assert code == 0
    assert any(line.startswith("ok   beacon") for line in lines), lines


async def test_the_verifier_refuses_another_recorded_round_in_a_transcript(
    world: World,
) -> None:
    await go_back_to_2023(world)
    async with running(honest) as [relay]:
        with_relays(world, [relay.url])
        await run_night("isere", THAT_DAY, ports=world.ports, bring_forward=True)
        world.clock.move_to(ROUND_1000)
        await run_night("isere", THAT_DAY, ports=world.ports)
    transcript = json.loads(
        (await transcript_of("isere", THAT_DAY, ports=world.ports)).text
    )
    transcript["beacon"]["signature"] = ROUNDS[1001]["signature"]
    transcript["beacon"]["randomness"] = ROUNDS[1001]["randomness"]

    lines, _, code = verify_file(json.dumps(transcript).encode())

    assert code == 1
    assert any(line.startswith("FAIL beacon") for line in lines)


async def test_when_all_relays_lie_the_night_waits_for_an_honest_one(
    world: World,
) -> None:
    await go_back_to_2023(world)
    async with running(*list(FAULTS.values())[:8], honest) as [*liars, good]:
        with_relays(world, [relay.url for relay in liars])
        await run_night("isere", THAT_DAY, ports=world.ports, bring_forward=True)
        world.clock.move_to(ROUND_1000)
        night = await run_night("isere", THAT_DAY, ports=world.ports)
        assert (night.state, night.randomness) == ("committed", None)

        with_relays(world, [good.url])
        night = await run_night("isere", THAT_DAY, ports=world.ports)

    assert night.published_at == ROUND_1000
    assert night.randomness is not None
    assert night.randomness.hex() == ROUNDS[1000]["randomness"]


class WrongBeacon:
    """A beacon that names a round which exists, and says that it lies ahead."""

    def __init__(self, world: World) -> None:
        self._clock = world.clock
        self.asked: list[datetime] = []

    async def name_round(self, not_before: datetime) -> RoundName:
        self.asked.append(not_before)
        return RoundName(
            chain=quicknet.CHAIN_NAME,
            beacon_round=quicknet.first_round_from(
                int(self._clock.now().timestamp()) - 30
            ),
            due_at=max(not_before, self._clock.now()) + timedelta(minutes=15),
        )

    async def fetch(self, chain: str, beacon_round: int) -> RoundValue | None:
        raise AssertionError((chain, beacon_round))

    def check(self, chain: str, beacon_round: int, signature: str) -> bytes:
        raise AssertionError((chain, beacon_round, signature))


async def test_a_round_that_exists_is_never_committed_to_whatever_its_beacon_says(
    world: World,
) -> None:
    world.ports = replace(world.ports, beacon=WrongBeacon(world))
    await world.register()
    await freeze_hour(world)
    await advance_nights(ports=world.ports)

    night = await run_night("isere", TONIGHT, ports=world.ports)
    assert (night.state, night.commitment) == ("frozen", None)


async def test_on_a_public_beacon_a_night_brought_forward_waits_for_its_own_date(
    world: World,
) -> None:
    await run_night("isere", TONIGHT, ports=world.ports, bring_forward=True)
    world.clock.advance(minutes=1)
    await run_night("isere", TONIGHT, ports=world.ports)
    with_relays(world, [])

    tomorrow = await run_night(
        "isere", TONIGHT + timedelta(days=1), ports=world.ports, bring_forward=True
    )

    assert tomorrow.state == "committed"
    assert tomorrow.beacon_due_at is not None
    midnight = datetime(2026, 11, 23, 23, tzinfo=UTC)
    assert midnight <= tomorrow.beacon_due_at < midnight + timedelta(seconds=3)


async def test_a_late_round_postpones_the_night_in_public_and_it_waits_for_the_same(
    world: World,
) -> None:
    late = with_late_beacon(world)
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register()
    await freeze_hour(world)
    await advance_nights(ports=world.ports)
    named = await view_night("isere", TONIGHT, ports=world.ports)
    assert named.beacon_due_at is not None

    world.clock.move_to(named.beacon_due_at + timedelta(hours=5, minutes=59))
    await advance_nights(ports=world.ports)
    before = await view_night("isere", TONIGHT, ports=world.ports)
    world.clock.advance(minutes=1)
    await advance_nights(ports=world.ports)
    said = await view_night("isere", TONIGHT, ports=world.ports)
    world.clock.advance(hours=3)
    await advance_nights(ports=world.ports)
    later = await view_night("isere", TONIGHT, ports=world.ports)

    assert before.postponed_at is None
    assert said.postponed_at == named.beacon_due_at + timedelta(hours=6)
    assert later.postponed_at == said.postponed_at
    assert (later.state, later.randomness) == ("committed", None)
    assert (await view_registration(access, ports=world.ports)).offer is None
    assert set(late.asked) == {(named.beacon_chain, named.beacon_round)}

    late.is_late = False
    await advance_nights(ports=world.ports)
    done = await view_night("isere", TONIGHT, ports=world.ports)
    value = await late.behind.fetch(named.beacon_chain or "", named.beacon_round or 0)

    assert value is not None
    assert (done.state, done.randomness) == ("published", value.randomness.hex())
    assert done.commitment_sha256 == named.commitment_sha256
    assert done.postponed_at == said.postponed_at
    assert set(late.asked) == {(named.beacon_chain, named.beacon_round)}
    assert (await view_registration(access, ports=world.ports)).offer is not None


async def test_nobody_is_drawn_twice_while_an_earlier_night_waits(world: World) -> None:
    late = with_late_beacon(world)
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register()
    await freeze_hour(world)
    await advance_nights(ports=world.ports)
    tomorrow = TONIGHT + timedelta(days=1)

    world.clock.advance(days=1)
    await advance_nights(ports=world.ports)
    async with world.ports.open_uow() as uow:
        waiting = await uow.nights.by_date("isere", tomorrow)
    assert waiting is not None
    assert waiting.state == "planned"

    late.is_late = False
    world.clock.advance(minutes=1)
    await advance_nights(ports=world.ports)
    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)
    first = await view_night("isere", TONIGHT, ports=world.ports)
    second = await view_night("isere", tomorrow, ports=world.ports)
    view = await view_registration(access, ports=world.ports)

    assert (first.served, second.entries) == (1, 0)
    assert second.commitment is not None
    assert second.commitment["previous"] == first.commitment_sha256
    assert [night.held_on for night in view.nights] == [TONIGHT]


@dataclass
class HastyBeacon(LateBeacon):
    """Names a round that exists by the time the commitment is written."""

    async def name_round(self, not_before: datetime) -> RoundName:
        named = await self.behind.name_round(not_before)
        return replace(named, due_at=named.due_at - timedelta(hours=1))


async def test_a_round_that_exists_already_is_never_committed_to(world: World) -> None:
    beacon = HastyBeacon(world.ports.beacon)
    world.ports = replace(world.ports, beacon=beacon)
    await freeze_hour(world)

    await advance_nights(ports=world.ports)
    async with world.ports.open_uow() as uow:
        night = await uow.nights.by_date("isere", TONIGHT)

    assert night is not None
    assert (night.state, night.commitment) == ("frozen", None)


async def test_a_prefecture_that_publishes_less_still_publishes_what_can_be_verified(
    world: World,
) -> None:
    async with world.engine.begin() as connection:
        await connection.execute(update(t.prefecture).values(publishes="reduced"))
    await open_slots(world.agent, world.plan(), ports=world.ports)
    for number in range(12):
        await world.register(number)
    await freeze_hour(world)
    await advance_nights(ports=world.ports)
    announced = await view_night("isere", TONIGHT, ports=world.ports)
    async with world.engine.begin() as connection:
        await connection.execute(update(t.prefecture).values(publishes="full"))
    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)

    stored = (await transcript_of("isere", TONIGHT, ports=world.ports)).text
    told = json.loads(stored)
    lines, _, code = verify_file(stored)
    view = await view_night("isere", TONIGHT, ports=world.ports)

    assert announced.publishes == "reduced"
    assert view.publishes == "reduced"
    assert "pool" not in told
    assert "nonces" not in told
    assert len(told["leaves"]) == 12
    assert code == 0
    for name in ("root", "signature", "order", "randomness", "beacon", "tickets"):
        assert any(line.startswith(f"ok   {name}") for line in lines), (name, lines)
    for name in ("pool", "served", "dates"):
        assert any(line.startswith(f"-    {name}") for line in lines), (name, lines)
    assert view.bands == ()
    assert [(cell.people, cell.served) for cell in view.cells] == [(12, view.served)]


async def test_a_full_transcript_is_the_rule(world: World) -> None:
    await world.register()
    await freeze_hour(world)
    await advance_nights(ports=world.ports)
    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)

    told = json.loads((await transcript_of("isere", TONIGHT, ports=world.ports)).text)
    view = await view_night("isere", TONIGHT, ports=world.ports)

    assert view.publishes == "full"
    assert len(told["pool"]["registrations"]) == 1
    assert len(view.bands) == 1
