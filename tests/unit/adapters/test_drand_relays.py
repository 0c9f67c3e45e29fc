"""Relays: whoever answers, only a proven round counts, and no answer stops a night."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from service.adapters.beacon import quicknet
from service.adapters.beacon.drand import LEAD, DrandBeacon
from service.adapters.beacon.router import BeaconRouter
from service.draw.beacon import LocalChain
from tests.relay import FAULTS, ROUNDS, honest, hung_up, running, silent
from tests.world import HeldClock

pytestmark = pytest.mark.anyio

DUE = datetime.fromtimestamp(quicknet.exists_from_s(1000), UTC)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def beacon(*urls: str, at: datetime = DUE, timeout_s: float = 0.5) -> DrandBeacon:
    return DrandBeacon(clock=HeldClock(at), relays=urls, timeout_s=timeout_s)


async def test_an_honest_relay_brings_the_recorded_round() -> None:
    async with running(honest) as [relay]:
        value = await beacon(relay.url).fetch(quicknet.CHAIN_NAME, 1000)

    assert value is not None
    assert value.signature.hex() == ROUNDS[1000]["signature"]
    assert value.randomness.hex() == ROUNDS[1000]["randomness"]


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_bad_relay_never_wins_and_the_next_one_is_asked(fault: str) -> None:
    async with running(FAULTS[fault], honest) as [bad, good]:
        with capture_logs() as logs:
            value = await beacon(bad.url, good.url).fetch(quicknet.CHAIN_NAME, 1000)

    assert value is not None
    assert value.randomness.hex() == ROUNDS[1000]["randomness"]
    assert bad.asked == [1000]
    assert [line["event"] for line in logs] == ["relay refused"]


async def test_when_every_relay_is_bad_the_night_waits() -> None:
    async with running(*FAULTS.values()) as relays:
        asked = beacon(*(relay.url for relay in relays), timeout_s=0.2)

        assert await asked.fetch(quicknet.CHAIN_NAME, 1000) is None
        assert all(relay.asked for relay in relays)


async def test_a_relay_that_nobody_runs_is_passed_over() -> None:
    async with running(honest) as [good]:
        asked = beacon(
            "http://127.0.0.1:1", "http://[::bad", "https://127.0.0.1:1/x", good.url
        )

        assert await asked.fetch(quicknet.CHAIN_NAME, 1000) is not None


async def test_slow_relays_cost_their_time_out_and_no_more() -> None:
    async with running(silent, silent, honest) as relays:
        started = time.monotonic()
        value = await beacon(*(relay.url for relay in relays), timeout_s=0.2).fetch(
            quicknet.CHAIN_NAME, 1000
        )

    assert value is not None
    assert time.monotonic() - started < 5


async def test_the_first_relay_that_proves_the_round_is_the_last_one_asked() -> None:
    async with running(hung_up, honest, honest) as [_, second, third]:
        await beacon(_.url, second.url, third.url).fetch(quicknet.CHAIN_NAME, 1000)

    assert (second.asked, third.asked) == ([1000], [])


async def test_nobody_is_asked_before_the_round_exists() -> None:
    async with running(honest) as [relay]:
        early = beacon(relay.url, at=DUE - timedelta(seconds=1))

        assert await early.fetch(quicknet.CHAIN_NAME, 1000) is None
        assert relay.asked == []


async def test_another_chain_is_never_fetched() -> None:
    with pytest.raises(LookupError):
        await beacon("http://127.0.0.1:1").fetch("drand/" + "0" * 64, 1000)


async def test_the_round_named_lies_ahead_and_not_before_the_hour_asked_for() -> None:
    for ms in range(0, 6_000, 250):
        now = DUE + timedelta(milliseconds=ms)
        for wait in (timedelta(0), timedelta(minutes=15)):
            named = await beacon(at=now).name_round(now + wait)

            assert named.chain == quicknet.CHAIN_NAME
            assert named.due_at > now
            assert named.due_at >= now + wait
            assert named.due_at - max(now + wait, now + LEAD) <= timedelta(seconds=4)


async def test_a_refused_answer_is_logged_without_what_it_said() -> None:
    async with running(FAULTS["not JSON"]) as [relay]:
        with capture_logs() as logs:
            await beacon(relay.url).fetch(quicknet.CHAIN_NAME, 1000)

    [line] = logs
    assert line["relay"] == relay.url.removeprefix("http://")
    assert line["beacon_round"] == 1000
    assert "html" not in str(line)


async def test_a_service_that_moved_to_drand_still_serves_and_checks_older_nights() -> (
    None
):
    chain = LocalChain(b"s" * 32, genesis_s=1_000, period_s=5, length=20)
    async with running(honest) as [relay]:
        drand = beacon(relay.url)
        router = BeaconRouter({"drand": drand}, named_by="drand")

        named = await router.name_round(DUE)
        value = await router.fetch(quicknet.CHAIN_NAME, 1000)

    assert named.chain == quicknet.CHAIN_NAME
    assert value is not None
    assert router.check(chain.name, 3, chain.signature(3)) == chain.randomness(3)
    assert (
        router.check(quicknet.CHAIN_NAME, 1000, value.signature.hex())
        == value.randomness
    )
    with pytest.raises(LookupError):
        await router.fetch(chain.name, 3)
