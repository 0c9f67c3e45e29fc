"""The demonstration's beacon opens one value a round, and no other fits."""

from hashlib import sha256

import pytest

from service.draw.beacon import (
    LONGEST_CHAIN,
    ChainName,
    InvalidChainError,
    InvalidRoundError,
    LocalChain,
    link,
    verify_local_round,
)
from service.draw.verify.hashing import local_round_holds

CHAIN = LocalChain(b"seed", genesis_s=1_000, period_s=3, length=2_500)
NAME = CHAIN.name


def test_every_round_leads_to_the_anchor_of_the_name():
    for number in (1, 2, 1_023, 1_024, 1_025, 2_047, 2_048, 2_049, 2_499, 2_500):
        value = CHAIN.signature(number)

        assert verify_local_round(NAME, number, value) == CHAIN.randomness(number)
        assert CHAIN.randomness(number) == sha256(bytes.fromhex(value)).digest()
        assert local_round_holds(NAME, number, value)


def test_a_round_tells_the_rounds_before_and_none_after():
    value = bytes.fromhex(CHAIN.signature(900))

    assert link(value).hex() == CHAIN.signature(899)


def test_another_seed_makes_another_chain():
    other = LocalChain(b"seeds", genesis_s=1_000, period_s=3, length=2_500)

    assert other.name != NAME
    assert LocalChain(b"seed", genesis_s=1_000, period_s=3, length=2_500).name == NAME


def test_the_first_values_of_a_chain_never_change():
    chain = LocalChain(bytes(32), genesis_s=0, period_s=1, length=3)

    assert chain.name == (
        "local/" + link(bytes.fromhex(chain.signature(1))).hex() + "/0/1/3"
    )
    assert chain.signature(3) == (
        sha256(b"tour-de-role/local-chain/1/" + bytes(32)).hexdigest()
    )


@pytest.mark.parametrize("number", [0, -1, 2_501])
def test_a_chain_has_no_round_before_the_first_or_after_the_last(number):
    with pytest.raises(InvalidRoundError):
        CHAIN.signature(number)
    with pytest.raises(InvalidRoundError):
        CHAIN.randomness(number)
    with pytest.raises(InvalidRoundError):
        verify_local_round(NAME, number, CHAIN.signature(1))
    assert not local_round_holds(NAME, number, CHAIN.signature(1))


@pytest.mark.parametrize(
    "value",
    [
        CHAIN.signature(5),
        CHAIN.signature(7),
        "00" * 32,
        CHAIN.signature(6)[:-2],
        CHAIN.signature(6) + "00",
        CHAIN.signature(6).upper(),
        "",
        "value",
    ],
)
def test_no_other_value_passes_for_a_round(value):
    with pytest.raises(InvalidRoundError):
        verify_local_round(NAME, 6, value)


def test_a_name_says_what_the_chain_is():
    name = ChainName.parse(NAME)

    assert (name.genesis_s, name.period_s, name.length) == (1_000, 3, 2_500)
    assert str(name) == NAME
    assert CHAIN.schedule == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "local/",
        NAME.upper(),
        NAME + "\n",
        NAME.replace("/3/", "/0/"),
        NAME.replace("/3/", "/03/"),
        NAME.replace("/1000/", "/-1/"),
        NAME.replace("/1000/", "/01000/"),
        NAME.replace("/2500", "/0"),
        NAME.replace("/2500", f"/{LONGEST_CHAIN + 1}"),
        NAME.replace("/2500", "/999999999"),
        "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
    ],
)
def test_what_is_no_name_of_a_local_chain_is_refused(name):
    with pytest.raises(InvalidChainError):
        ChainName.parse(name)
    with pytest.raises(InvalidChainError):
        verify_local_round(name, 1, CHAIN.signature(1))


@pytest.mark.parametrize(("period_s", "length"), [(0, 5), (3, 0), (3, 10_000_001)])
def test_a_chain_that_nobody_could_check_is_not_made(period_s, length):
    with pytest.raises(InvalidChainError):
        LocalChain(b"seed", genesis_s=0, period_s=period_s, length=length)


def test_rounds_follow_the_clock():
    name = CHAIN.schedule

    assert name.exists_from_s(1) == 1_003
    assert [name.first_round_from(s) for s in (0, 999, 1_000, 1_003, 1_004, 1_006)] == [
        1,
        1,
        1,
        1,
        2,
        2,
    ]
    assert name.first_round_from(1_000 + 3 * 2_500) == 2_500


def test_a_chain_ends():
    with pytest.raises(InvalidRoundError):
        CHAIN.schedule.first_round_from(1_001 + 3 * 2_500)


def test_a_verifier_gives_up_on_a_chain_too_long_to_open():
    endless = NAME.replace("/2500", "/99999999")

    assert not local_round_holds(endless, LONGEST_CHAIN + 1, CHAIN.signature(1))


def test_the_randomness_of_a_round_is_not_what_the_round_before_told():
    published = {CHAIN.schedule.anchor} | {
        bytes.fromhex(CHAIN.signature(number)) for number in range(1, 50)
    }

    told = {CHAIN.randomness(number) for number in range(1, 51)}

    assert not told & published
    assert CHAIN.randomness(1) == sha256(bytes.fromhex(CHAIN.signature(1))).digest()
