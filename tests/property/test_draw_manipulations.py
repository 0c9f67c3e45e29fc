"""A thousand manipulations by whoever holds the files: every one is caught.

The two verifiers here must also be of one mind, check by check.
"""

import json
from functools import cache

import pytest

from service.draw.canonical import canonical_bytes, parse_strict
from service.draw.standalone import verify_tour_de_role as alone
from service.draw.verify import exit_code, verify
from tests.strategies_draw import (
    DRAW_VECTORS,
    MANIPULATIONS,
    is_signed,
    manipulated,
    one_bit_changed,
    transcript_of,
)

SAID = {True: "passed", False: "failed", None: "not made"}
POOLS = (
    "03-in-time-before-late",
    "07-family-pinned",
    "09-quota",
    "12-quota-rounds",
    "20-random-12",
    "21-random-20",
    "22-random-40",
)
EACH = 50
BITS = 420


@cache
def night(stem):
    path = next(path for path in DRAW_VECTORS if path.stem == stem)
    return transcript_of(json.loads(path.read_text("utf-8"))["input"]["pool"])


def ours(text):
    """What the program says: name and outcome of each check, and the exit."""
    try:
        checks = verify(parse_strict(text), check_signature=is_signed)
    except ValueError:
        return None, 2
    return [(check.name, check.outcome) for check in checks], exit_code(checks)


def theirs(text):
    """What the file for everybody says."""
    try:
        checks = alone.checks_of(alone.parse(text))
    except (ValueError, TypeError, RecursionError):
        return None, 2
    said = [(name, SAID[holds]) for name, holds, _ in checks]
    return said, int(any(outcome == "failed" for _, outcome in said))


@pytest.mark.parametrize("stem", [path.stem for path in DRAW_VECTORS])
@pytest.mark.parametrize("form", ["full", "reduced"])
def test_both_verifiers_find_every_published_night_in_order(stem, form):
    text = canonical_bytes(getattr(night(stem), form)())

    assert ours(text) == theirs(text)
    assert ours(text)[1] == 0


@pytest.mark.parametrize("kind", MANIPULATIONS)
def test_no_manipulation_passes(kind):
    for seed in range(EACH):
        text = manipulated(night(POOLS[seed % len(POOLS)]).full(), kind, seed)

        assert ours(text)[1] != 0, seed
        assert ours(text) == theirs(text), seed


@pytest.mark.parametrize("form", ["full", "reduced"])
def test_no_bit_can_be_changed(form):
    for seed in range(BITS // 2):
        whole = canonical_bytes(getattr(night(POOLS[seed % len(POOLS)]), form)())
        text = one_bit_changed(whole, seed)

        assert ours(text) == theirs(text), seed
        # A reduced transcript leaves the answers to those who hold the full one.
        assert form == "reduced" or ours(text)[1] != 0, seed


def test_there_are_a_thousand_of_them():
    assert EACH * len(MANIPULATIONS) + BITS >= 1_000


def test_a_pool_committed_to_again_after_the_round_is_another_commitment():
    # Whoever holds the key may sign a friendlier night once the round is known.
    # It holds in itself; those who kept the first commitment see two.
    first = night("22-random-40")
    friendlier = first.pool.to_json()
    friendlier["registrations"][3]["band"] = 0

    second = transcript_of(friendlier)

    assert ours(canonical_bytes(second.full()))[1] == 0
    assert second.commitment.digest() != first.commitment.digest()
