"""A round that existed before its night could be known: it is computed, and refused."""

import json

import pytest

import verify_tour_de_role as alone
from service.adapters.beacon import quicknet
from service.draw.beacon import ChainName
from service.draw.canonical import canonical_bytes
from service.draw.verify import rounds, verify
from tests.manipulations import signed_again
from tests.strategies_draw import (
    CHAIN,
    ROUND,
    is_signed,
    pool_of,
    transcript_of,
    vector,
)
from tests.unit.draw.verifying import full

SAID = {True: "passed", False: "failed", None: "not made"}
ROWS = {row["round"]: row for row in vector("drand.json")["quicknet_rounds"]}


def order(draw, chain, number):
    """What both say of the order of a night on that round: they must agree."""
    found = full()
    found["commitment"]["draw"] = draw
    for named in (found["commitment"]["beacon"], found["beacon"]):
        named |= {"chain": chain, "round": number}
    ours = next(check for check in verify(found) if check.name == "order")
    theirs = {
        name: SAID[holds]
        for name, holds, _ in alone.checks_of(alone.parse(canonical_bytes(found)))
    }
    assert ours.outcome == theirs["order"]
    return ours


def test_a_round_has_the_time_that_its_chain_gives_it():
    assert rounds.QUICKNET == quicknet.CHAIN_NAME == alone.QUICKNET
    for number in (1, 1000, 31_000_000):
        exists = quicknet.exists_from_s(number)
        assert rounds.exists_from_s(quicknet.CHAIN_NAME, number) == exists
    name = ChainName.parse(CHAIN.name)
    assert rounds.exists_from_s(CHAIN.name, ROUND) == name.exists_from_s(ROUND)


@pytest.mark.parametrize("number", sorted(ROWS))
def test_a_genuine_round_of_2023_decides_no_night_of_2026(number):
    """The whole night is signed, and drawn with a true round that everybody knew."""
    row = ROWS[number]
    night = signed_again(
        transcript_of(pool_of([1], [([0], [])], [])).full(),
        chain=quicknet.CHAIN_NAME,
        row=row,
    )

    checks = verify(
        night, check_signature=is_signed, check_beacon=quicknet.verify_round
    )
    theirs = alone.checks_of(alone.parse(canonical_bytes(night)))

    failing = [one for one in checks if one.outcome == "failed"]
    assert [one.name for one in failing] == ["order"]
    assert failing[0].detail.endswith("UTC on: before the night 'isere/2026-11-23'")
    assert [name for name, holds, _ in theirs if holds is False] == ["order"]


@pytest.mark.parametrize(
    ("day", "outcome"), [("2023-08-23", "passed"), ("2023-08-24", "failed")]
)
def test_a_recorded_round_is_of_its_own_day(day, outcome):
    check = order(f"isere/{day}", quicknet.CHAIN_NAME, 1000)

    assert check.outcome == outcome
    assert "exists from 2023-08-23 15:59:24 UTC on" in check.detail


def quicknet_round_at(unix_s):
    return quicknet.first_round_from(unix_s)


MIDNIGHT_UTC = 1_795_392_000  # 2026-11-23
DAY = 86_400


@pytest.mark.parametrize(
    ("chain", "number", "outcome"),
    [
        ("drand", quicknet_round_at(MIDNIGHT_UTC - 7_200), "passed"),
        ("drand", quicknet_round_at(MIDNIGHT_UTC - 7_200) - 1, "failed"),
        ("local", MIDNIGHT_UTC - 7_200 - 7 * DAY, "passed"),
        ("local", MIDNIGHT_UTC - 7_200 - 7 * DAY - 1, "failed"),
    ],
)
def test_the_night_begins_at_ten_in_the_evening_utc_and_a_demonstration_a_week_before(
    chain, number, outcome
):
    names = {"drand": quicknet.CHAIN_NAME, "local": f"local/{'0' * 64}/0/1/9"}

    assert order("isere/2026-11-23", names[chain], number).outcome == outcome


def test_a_night_drawn_late_waits_for_its_round_and_holds():
    late = quicknet_round_at(MIDNIGHT_UTC + 30 * DAY)

    assert order("isere/2026-11-23", quicknet.CHAIN_NAME, late).outcome == "passed"


@pytest.mark.parametrize(
    "draw", ["", "/", "isere", "isere/2026-11", "2026-11-23", "é/2026-11-23"]
)
def test_a_night_without_a_date_has_no_round(draw):
    assert order(draw, CHAIN.name, ROUND).outcome == "failed"


@pytest.mark.parametrize(
    "chain",
    [
        "52db9ba7",
        "drand/" + "8990e7a9" * 8,
        "drand/" + quicknet.CHAIN_HASH + "/",
        f"local/{'0' * 64}/1/1",
        f"local/{'0' * 64}/{'9' * 5000}/1/1",
        f"local/{'0' * 64}/999999999999/1/1",
        f"local/{'0' * 64}/1/999999/{2**20}",
        "",
    ],
)
def test_of_an_unknown_chain_nothing_is_claimed(chain):
    check = order("isere/2026-11-23", chain, 2**53 - 1)

    assert check.outcome == "not made"
    assert check.detail.endswith("when it exists, nothing here knows")


def test_both_write_the_time_alike():
    found = json.loads(canonical_bytes(full()))
    [ours] = [one for one in verify(found) if one.name == "witness"]
    [theirs] = [why for name, _, why in alone.checks_of(found) if name == "witness"]

    assert ours.detail.endswith("2026-11-23 19:13:51 UTC")
    assert "2026-11-23 19:13:51+00:00" in theirs
