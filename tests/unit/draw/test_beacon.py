"""The demonstration's beacon: nothing about a round is known before its time."""

from hashlib import sha256

import pytest

from service.draw.beacon import (
    ChainName,
    InvalidChainError,
    InvalidRoundError,
    LocalChain,
    link,
    verify_local_round,
)

CHAIN = LocalChain(b"s" * 32, genesis_s=1_000, period_s=5, length=3_000)


@pytest.mark.parametrize("number", [1, 2, 1_023, 1_024, 1_025, 2_999, 3_000])
def test_each_round_leads_to_the_anchor(number: int) -> None:
    value = CHAIN.signature(number)

    assert verify_local_round(CHAIN.name, number, value) == CHAIN.randomness(number)


def test_the_randomness_of_a_round_is_not_what_the_round_before_told() -> None:
    published = {CHAIN.schedule.anchor} | {
        bytes.fromhex(CHAIN.signature(number)) for number in range(1, 50)
    }

    told = {CHAIN.randomness(number) for number in range(1, 51)}

    assert not told & published
    assert CHAIN.randomness(1) == sha256(bytes.fromhex(CHAIN.signature(1))).digest()


def test_a_value_is_one_link_above_the_round_before() -> None:
    assert link(bytes.fromhex(CHAIN.signature(7))).hex() == CHAIN.signature(6)


@pytest.mark.parametrize(
    ("number", "signature"),
    [
        (0, "00" * 32),
        (3_001, "00" * 32),
        (5, "00" * 32),
        (5, CHAIN.signature(6)),
        (5, CHAIN.signature(5).upper()),
        (5, CHAIN.signature(5)[:-2]),
        (5, ""),
    ],
)
def test_another_value_is_refused(number: int, signature: str) -> None:
    with pytest.raises(InvalidRoundError):
        verify_local_round(CHAIN.name, number, signature)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "local/",
        CHAIN.name + "/",
        CHAIN.name.replace("local", "drand"),
        "local/" + "0" * 64 + "/1/0/5",
        "local/" + "0" * 64 + "/1/5/99999999",
        "local/" + "G" * 64 + "/1/5/9",
    ],
)
def test_what_is_no_chain_is_refused(name: str) -> None:
    with pytest.raises(InvalidChainError):
        ChainName.parse(name)


def test_a_chain_says_when_its_rounds_exist() -> None:
    schedule = CHAIN.schedule

    assert schedule.exists_from_s(3) == 1_015
    assert schedule.first_round_from(1_015) == 3
    assert schedule.first_round_from(1_016) == 4
    assert schedule.first_round_from(0) == 1
    with pytest.raises(InvalidRoundError):
        schedule.first_round_from(10**9)
