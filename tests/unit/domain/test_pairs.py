"""The digest of whose label is whose: any exchange changes it."""

import hashlib
from itertools import combinations
from uuid import UUID

import pytest

from service.domain.pairs import pairs_digest

PAIRS = [(bytes([at]) * 32, UUID(int=100 - at)) for at in range(1, 6)]


def test_it_is_one_hash_over_labels_and_registrations():
    text = b"tour-de-role/pairs/1/" + b"".join(
        label + registration.bytes for label, registration in PAIRS
    )

    assert pairs_digest(PAIRS) == hashlib.sha256(text).digest()
    assert pairs_digest([]) == hashlib.sha256(b"tour-de-role/pairs/1/").digest()


@pytest.mark.parametrize("pair", list(combinations(range(5), 2)))
def test_every_exchange_of_two_labels_is_noticed(pair):
    one, two = pair
    changed = list(PAIRS)
    changed[one] = (PAIRS[one][0], PAIRS[two][1])
    changed[two] = (PAIRS[two][0], PAIRS[one][1])

    assert pairs_digest(changed) != pairs_digest(PAIRS)


def test_one_more_and_one_fewer_are_noticed():
    assert len({pairs_digest(PAIRS[:count]) for count in range(6)}) == 6


@pytest.mark.parametrize(
    "wrong",
    [
        [PAIRS[1], PAIRS[0]],
        [PAIRS[0], PAIRS[0]],
        [(b"\x01" * 31, UUID(int=1))],
    ],
)
def test_pairs_out_of_order_or_shape_have_no_digest(wrong):
    with pytest.raises(ValueError, match="by label"):
        pairs_digest(wrong)
