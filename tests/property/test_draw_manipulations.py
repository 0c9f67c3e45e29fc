"""A thousand manipulations by whoever holds the files, or the key: each one is caught.

The two verifiers here must also be of one mind, check by check; the third one, in a
browser, is held against them on the same files by ``tests/browser``.
"""

import json
from datetime import UTC, datetime
from functools import cache
from math import inf

import pytest

import verify_tour_de_role as alone
import verify_tour_de_role_kept as alone_kept
from service.draw.canonical import canonical_bytes, parse_strict
from service.draw.verify import (
    exit_code,
    link_of,
    read_kept,
    verify,
    verify_chain,
    verify_kept,
    verify_withheld,
)
from tests.manipulations import (
    MANIPULATIONS,
    SIGNED_AGAIN,
    UNSEEN_IN_REDUCED,
    manipulated,
    places_changed,
    with_the_key,
)
from tests.strategies_draw import (
    DRAW_VECTORS,
    is_signed,
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
EACH = 70
BITS = 210
SIGNED = 40


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


def test_no_bit_of_a_full_transcript_can_be_changed():
    for seed in range(BITS):
        text = one_bit_changed(whole("full", seed), seed)

        assert ours(text)[1] != 0, seed
        assert ours(text) == theirs(text), seed


def test_a_bit_of_a_reduced_one_is_caught_but_in_the_answers_that_it_cannot_prove():
    unseen = set()
    for seed in range(BITS):
        before = whole("reduced", seed)
        text = one_bit_changed(before, seed)

        assert ours(text) == theirs(text), seed
        if ours(text)[1] == 0:
            unseen |= places_changed(json.loads(before), json.loads(text))

    assert unseen  # else the README says too little
    assert unseen <= UNSEEN_IN_REDUCED


def whole(form, seed):
    """A published night, in its turn."""
    return canonical_bytes(getattr(night(POOLS[seed % len(POOLS)]), form)())


def ours_together(files, kept):
    """What the program says of several nights beside what was kept, and the exit."""
    received = read_kept(map(parse_strict, kept), is_signed)
    nights = [parse_strict(text) for text in files]
    links = [link_of(one) for one in nights]
    checks = []
    for one in nights:
        made = verify_kept(received, link_of(one))
        said = verify(one, check_signature=is_signed)
        checks += [made if each.name == "witness" else each for each in said]
    checks += verify_chain(links)
    checks.append(verify_withheld(received, links, now_s=inf))
    return [(one.name, one.outcome) for one in checks], exit_code(checks)


def theirs_together(files, kept):
    """What the file for everybody says of the same."""
    received = [alone_kept.kept_of(alone.parse(text)) for text in kept]
    nights = [alone.parse(text) for text in files]
    links = [alone_kept.night_of(one) for one in nights]
    checks = [each for one in nights for each in alone_kept.night_checks(one, received)]
    checks += alone_kept.chain_of(links)
    checks.append(
        alone_kept.withheld(links, received, datetime.max.replace(tzinfo=UTC))
    )
    said = [(name, SAID[holds]) for name, holds, _ in checks]
    return said, int(any(outcome == "failed" for _, outcome in said))


CAUGHT_BY = {
    "an old round": {"order"},
    "a night withheld": {"withheld"},
    "a forked chain": {"previous"},
    "a night drawn again": {"witness", "previous"},
}


@pytest.mark.parametrize("kind", SIGNED_AGAIN)
def test_whoever_holds_the_key_is_caught_by_time_by_the_chain_or_by_witnesses(kind):
    for seed in range(SIGNED):
        given = with_the_key(kind, seed)
        said, code = ours_together(*given)

        assert code != 0, seed
        assert (said, code) == theirs_together(*given), seed
        failing = {name for name, outcome in said if outcome == "failed"}
        assert failing <= CAUGHT_BY[kind], seed


@pytest.mark.parametrize("kind", ["a night withheld", "a night drawn again"])
def test_without_anybody_who_kept_the_commitment_a_key_can_hide_it(kind):
    """Why there are witnesses: the files alone can be made to hold."""
    files = [with_the_key(kind, seed)[0] for seed in range(SIGNED)]

    assert min(ours_together(one, [])[1] for one in files) == 0


def test_there_are_a_thousand_of_them():
    assert EACH * len(MANIPULATIONS) + BITS + SIGNED * len(SIGNED_AGAIN) >= 1_000


def test_a_pool_committed_to_again_after_the_round_is_another_commitment():
    # Whoever holds the key may sign a friendlier night once the round is known.
    # It holds in itself; those who kept the first commitment see two.
    first = night("22-random-40")
    friendlier = first.pool.to_json()
    friendlier["registrations"][3]["band"] = 0

    second = transcript_of(friendlier)

    assert ours(canonical_bytes(second.full()))[1] == 0
    assert second.commitment.digest() != first.commitment.digest()
