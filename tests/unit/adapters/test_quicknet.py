"""drand rounds: the recorded ones hold, and nothing else does."""

import random
from hashlib import sha256
from typing import Any

import pytest

from service.adapters.beacon import quicknet
from service.adapters.beacon.check import check_round
from service.draw.beacon import LocalChain
from tests.py_ecc_opinion import (
    G2,
    decompress_G1,
    decompress_G2,
    hash_to_G1,
    is_inf,
    neg,
    pairing,
)
from tests.relay import ROUNDS, VECTORS

CHAIN = quicknet.CHAIN_NAME
DEFAULT = VECTORS["default"]["hash"]


def refused(chain: str, number: int, signature: str) -> bool:
    try:
        check_round(chain, number, signature)
    except (ValueError, LookupError):
        return True
    return False


def holds_by_the_second_library(number: int, signature: bytes) -> bool:
    """e(signature, g2) · e(-H(message), key) = 1, computed by py-ecc alone."""
    point = decompress_G1(int.from_bytes(signature, "big"))
    key = decompress_G2(
        (
            int.from_bytes(quicknet.PUBLIC_KEY[:48], "big"),
            int.from_bytes(quicknet.PUBLIC_KEY[48:], "big"),
        )
    )
    hashed = hash_to_G1(quicknet.message_of(number), quicknet.DST, sha256)
    left, right = pairing(G2, point), pairing(key, hashed)
    return not is_inf(point) and left == right and left != pairing(G2, neg(point))


def test_the_constants_are_those_of_the_recorded_chain() -> None:
    recorded = VECTORS["quicknet"]

    assert recorded["hash"] == quicknet.CHAIN_HASH
    assert recorded["public_key"] == quicknet.PUBLIC_KEY.hex()
    assert recorded["period"] == quicknet.PERIOD_S
    assert recorded["genesis_time"] == quicknet.GENESIS_S
    assert VECTORS["how"]["dst_quicknet_G1"].encode() == quicknet.DST
    assert f"drand/{recorded['hash']}" == CHAIN


@pytest.mark.parametrize("row", ROUNDS.values(), ids=lambda row: str(row["round"]))
def test_every_recorded_round_is_accepted(row: dict[str, Any]) -> None:
    randomness = check_round(CHAIN, row["round"], row["signature"])

    assert randomness.hex() == row["randomness"]


def test_the_second_library_agrees_on_true_rounds_and_on_false_ones() -> None:
    for number in (123, 1000):
        signature = bytes.fromhex(ROUNDS[number]["signature"])
        assert holds_by_the_second_library(number, signature)
        assert not holds_by_the_second_library(number + 1, signature)
        assert refused(CHAIN, number + 1, signature.hex())


@pytest.mark.parametrize(
    "row", VECTORS["quicknet_negative"], ids=lambda row: row["why"]
)
def test_every_recorded_falsehood_is_refused(row: dict[str, Any]) -> None:
    assert refused(CHAIN, row["round"], row["signature"])


def test_a_thousand_changed_signatures_are_refused() -> None:
    luck = random.Random(20261122)
    tried = 0
    for number, row in ROUNDS.items():
        for bit in luck.sample(range(384), 125):
            flipped = int(row["signature"], 16) ^ (1 << bit)
            tried += 1
            assert refused(CHAIN, number, f"{flipped:096x}"), (number, bit)

    assert tried == 1_000


def test_another_round_is_refused_with_a_true_signature() -> None:
    for number in ROUNDS:
        for other in ROUNDS.keys() - {number}:
            assert refused(CHAIN, other, ROUNDS[number]["signature"])


@pytest.mark.parametrize(
    "signature",
    [
        "c0" + "00" * 47,
        "ff" * 48,
        "e0" + "00" * 47,
        "00" * 48,
        "",
        ROUNDS[1000]["signature"].upper(),
        " " + ROUNDS[1000]["signature"],
        ROUNDS[1000]["signature"] + "\n",
        ROUNDS[1000]["signature"][2:],
        ROUNDS[1000]["signature"] + "00",
    ],
)
def test_only_the_one_canonical_form_of_a_signature_counts(signature: str) -> None:
    with pytest.raises(quicknet.NotThatRoundError):
        check_round(CHAIN, 1000, signature)


@pytest.mark.parametrize(
    "chain",
    [
        "drand",
        "drand/",
        f"drand/{DEFAULT}",
        CHAIN.upper(),
        CHAIN + "/",
        " " + CHAIN,
        "",
    ],
)
def test_another_chain_is_unknown_and_never_taken_for_quicknet(chain: str) -> None:
    with pytest.raises(LookupError):
        check_round(chain, 1000, ROUNDS[1000]["signature"])


@pytest.mark.parametrize("number", [0, -1, 2**53, 2**64, 2**70])
def test_a_round_that_cannot_be_is_refused(number: int) -> None:
    assert refused(CHAIN, number, ROUNDS[1000]["signature"])


def test_a_round_of_the_chained_network_is_no_round_of_ours() -> None:
    row = VECTORS["default_rounds"][0]

    assert refused(CHAIN, row["round"], row["signature"])
    assert refused(f"drand/{DEFAULT}", row["round"], row["signature"])


def test_the_rounds_of_a_local_chain_are_still_checked_by_its_own_rule() -> None:
    chain = LocalChain(b"s" * 32, genesis_s=1_000, period_s=5, length=20)

    assert check_round(chain.name, 7, chain.signature(7)) == chain.randomness(7)
    assert refused(chain.name, 8, chain.signature(7))
    assert refused(chain.name, 1000, ROUNDS[1000]["signature"])
    assert refused(CHAIN, 7, chain.signature(7))


def test_a_round_begins_when_the_recorded_time_says() -> None:
    for at_s, number in ((1_692_803_367, 1), (1_692_806_364, 1000), (0, 1)):
        assert quicknet.first_round_from(at_s) == number
    assert quicknet.exists_from_s(1) == quicknet.GENESIS_S
    assert quicknet.exists_from_s(1000) == 1_692_806_364


def test_no_round_exists_before_the_moment_asked_for() -> None:
    for at_s in range(1_692_803_300, 1_692_803_500):
        number = quicknet.first_round_from(at_s)
        assert quicknet.exists_from_s(number) >= at_s
        assert number == 1 or quicknet.exists_from_s(number - 1) < at_s


def test_the_round_of_an_evening_is_the_one_that_the_founding_papers_computed() -> None:
    evening_s = 1_795_461_300  # 2026-11-23T19:15:00Z

    assert quicknet.first_round_from(evening_s) == 34_219_312
