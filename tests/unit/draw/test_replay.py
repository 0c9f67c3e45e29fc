"""Bytes in, bytes out: the same on every machine, or a refusal that names a place."""

import gc
import json
import os
import subprocess
import sys

import pytest

from service.draw import draw
from service.draw.canonical import RefusedInputError, canonical_bytes
from service.draw.model import Pool
from service.draw.outcome import Allocation, FreePlaces, Outcome, Unserved
from service.draw.replay import replay, replay_given
from tests.strategies_draw import (
    DRAW_VECTORS,
    LABELS,
    entry,
    pool_of,
    transcript_of,
)

INPUT = {
    "pool": pool_of([1], [([0], [])], [entry(LABELS[0]), entry(LABELS[1])]),
    "commitment_sha256": "11" * 32,
    "randomness": "22" * 32,
}


def replayed(**members):
    return replay(json.dumps(INPUT | members).encode())


def test_a_replay_is_the_draw_written_down():
    outcome = draw(Pool.from_json(INPUT["pool"]), b"\x11" * 32, b"\x22" * 32)

    assert replayed() == canonical_bytes(outcome.to_json()) + b"\n"


def test_spaces_and_the_order_of_keys_in_the_file_change_nothing():
    backwards = {key: INPUT[key] for key in reversed(INPUT)}

    assert replay(json.dumps(backwards, indent=3).encode()) == replayed()


@pytest.mark.parametrize(
    ("members", "place"),
    [
        ({"randomness": "22" * 31}, "randomness"),
        ({"randomness": 7}, "randomness"),
        ({"commitment_sha256": "AA" * 32}, "commitment_sha256"),
        ({"more": 1}, "the document.more"),
        ({"pool": {}}, "pool.spec"),
        ({"pool": INPUT["pool"] | {"slots": 0}}, "pool.slots"),
    ],
)
def test_a_refusal_names_the_place(members, place):
    with pytest.raises(RefusedInputError) as refused:
        replayed(**members)

    assert refused.value.place == place


@pytest.mark.parametrize("text", [b"", b"[]", b"null", b"{}", b'{"pool":{}}', b"\x00"])
def test_what_is_no_input_is_refused(text):
    with pytest.raises(RefusedInputError):
        replay(text)


def test_the_collector_works_again_after_a_replay_and_after_a_refusal():
    replayed()
    assert gc.isenabled()

    with pytest.raises(RefusedInputError):
        replay(b"")
    assert gc.isenabled()


def test_a_collector_that_was_at_rest_stays_at_rest():
    gc.disable()
    try:
        replayed()
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize("seed", ["0", "1", "2", "3"])
def test_the_order_in_which_python_hashes_changes_no_byte(seed):
    path = DRAW_VECTORS[-1]
    program = (
        "import json, sys; from service.draw.replay import replay;"
        f"found = json.load(open({str(path)!r}));"
        "sys.stdout.buffer.write(replay(json.dumps(found['input']).encode()))"
    )
    environment = dict(os.environ, PYTHONHASHSEED=seed, TZ="Pacific/Apia", LC_ALL="C")
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))

    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        check=True,
    )

    expected = json.loads(path.read_text("utf-8"))["expected"]
    assert done.stdout == canonical_bytes(expected) + b"\n"


def test_a_result_written_straight_is_its_canonical_bytes():
    outcome = Outcome(
        tickets={LABELS[0]: b"\x00" * 32, LABELS[1]: b"\xff" * 32},
        allocations=(Allocation(LABELS[0], 'a"\\\n\u2028é', "late", "quota\t😀"),),
        unserved=(Unserved(LABELS[1], "places_taken"),),
        free=(FreePlaces("", 3), FreePlaces("\x00", 1)),
    )
    nothing = Outcome({}, (), (), ())

    assert outcome.canonical() == canonical_bytes(outcome.to_json())
    assert nothing.canonical() == canonical_bytes(nothing.to_json())


# --- the transcript as it is downloaded


def full(**changes):
    return transcript_of(INPUT["pool"]).full() | changes


def given(document):
    return replay_given(json.dumps(document).encode())


@pytest.mark.parametrize("path", DRAW_VECTORS, ids=lambda path: path.stem)
def test_a_transcript_is_drawn_again_and_says_the_same(path):
    pool = json.loads(path.read_text("utf-8"))["input"]["pool"]
    night = transcript_of(pool)

    redone = given(night.full())

    assert redone.is_as_published is True
    assert redone.result == canonical_bytes(night.outcome.to_json()) + b"\n"


def test_another_result_than_the_draws_is_told_and_the_draws_is_printed():
    night = full()
    other = night["result"] | {"unserved": []}

    redone = given(full(result=other))

    assert redone.is_as_published is False
    assert redone.result == canonical_bytes(night["result"]) + b"\n"


def test_an_input_is_read_to_the_letter_as_before():
    assert given(INPUT).result == replayed()
    assert given(INPUT).is_as_published is None


@pytest.mark.parametrize(
    ("document", "place"),
    [
        (full(more=1), "the document.more"),
        (full(beacon={}), "beacon.chain"),
        (full(pool={}), "pool.spec"),
        (INPUT | {"commitment": {}}, "the document.commitment"),
        ({k: v for k, v in full().items() if k != "pool"}, "the document.pool"),
    ],
)
def test_what_is_neither_is_refused_by_its_place(document, place):
    with pytest.raises(RefusedInputError) as refused:
        given(document)

    assert refused.value.place == place
