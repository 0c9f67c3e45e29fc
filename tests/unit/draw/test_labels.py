"""Labels: fixed by a key that was promised, unlike one another to everybody else."""

import hashlib
import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.draw.labels import label_of
from service.draw.verify import hashing
from tests.strategies_draw import VECTORS

FROZEN = json.loads((VECTORS / "labels.json").read_text("utf-8"))
NIGHTS = [f"isere/{date(2026, 11, 23) + timedelta(days=at)}" for at in range(200)]
key = st.binary(min_size=32, max_size=32)


@pytest.mark.parametrize("case", FROZEN, ids=lambda case: case["what"])
def test_the_derivation_never_changes(case):
    label_key, draw = case["label_key"], case["draw"]

    assert label_of(bytes.fromhex(label_key), draw).hex() == case["label"]
    assert hashing.label(label_key, draw) == case["label"]


@given(key, st.sampled_from(NIGHTS))
def test_it_is_hmac_as_its_rfc_writes_it(label_key, draw):
    inner, outer = (
        bytes(octet ^ fill for octet in label_key.ljust(64, b"\0"))
        for fill in (0x36, 0x5C)
    )
    message = b"tour-de-role/label/1/" + draw.encode()
    within = hashlib.sha256(inner + message).digest()

    assert label_of(label_key, draw) == hashlib.sha256(outer + within).digest()


@given(key)
def test_the_labels_of_one_person_are_new_every_night(label_key):
    labels = {label_of(label_key, draw) for draw in NIGHTS}

    assert len(labels) == len(NIGHTS)
    assert {len(label) for label in labels} == {32}
    assert label_key not in labels


@given(key, key)
def test_the_labels_of_one_person_look_unrelated(label_key, other):
    # Bits in common with the night before are as many as with a stranger's: about half
    # of 51,200. Six standard deviations (113 bits each) are never left by luck.
    mine = [int.from_bytes(label_of(label_key, draw)) for draw in NIGHTS]
    theirs = [int.from_bytes(label_of(other, draw)) for draw in NIGHTS]

    def differing(pairs):
        return sum((one ^ two).bit_count() for one, two in pairs)

    after = differing(zip(mine, [*mine[1:], mine[0]], strict=True))
    assert abs(after - 128 * len(NIGHTS)) < 6 * 113
    if label_key != other:
        apart = differing(zip(mine, theirs, strict=True))
        assert abs(apart - 128 * len(NIGHTS)) < 6 * 113


@given(st.lists(key, min_size=2, max_size=60, unique=True), st.sampled_from(NIGHTS))
def test_two_people_never_share_a_label(label_keys, draw):
    labels = {label_of(one, draw) for one in label_keys}

    assert len(labels) == len(label_keys)


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_key_has_thirty_two_octets(length):
    with pytest.raises(ValueError, match="32 octets"):
        label_of(bytes(length), NIGHTS[0])
