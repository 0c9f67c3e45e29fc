"""What is published of a night, and what each applicant may take away."""

import pytest

from service.draw.commitment import MissingNonceError, leaves_of
from service.draw.transcript import Lines, UnknownLabelError
from tests.strategies_draw import LABELS, entry, lines_of, pool_of, transcript_of

POOL = pool_of(
    [2], [([0], [])], [entry(LABELS[0]), entry(LABELS[1]), entry(LABELS[2], band=1)]
)
NIGHT = transcript_of(POOL)


def test_a_full_transcript_is_the_object_of_the_rule():
    assert NIGHT.full() == {
        "spec": "tour-de-role/draw/1",
        "commitment": NIGHT.commitment.to_json(),
        "signature": {"key": NIGHT.signature.key, "value": NIGHT.signature.value},
        "beacon": {
            "chain": NIGHT.beacon.chain,
            "round": 77,
            "signature": NIGHT.beacon.signature,
            "randomness": NIGHT.beacon.randomness,
        },
        "pool": POOL,
        "nonces": {label: NIGHT.nonces[label].hex() for label in LABELS[:3]},
        "result": NIGHT.outcome.to_json(),
    }


def test_a_reduced_transcript_has_the_leaves_in_label_order():
    leaves = [leaf.hex() for leaf in leaves_of(NIGHT.pool, NIGHT.nonces)]
    shown = NIGHT.reduced()

    assert shown["leaves"] == leaves
    assert shown.keys() == NIGHT.full().keys() - {"pool", "nonces"} | {"leaves"}


def test_a_line_is_the_record_its_nonce_and_its_path():
    line = lines_of(NIGHT).line(LABELS[1])

    assert line["registration"] == POOL["registrations"][1]
    assert line["nonce"] == NIGHT.nonces[LABELS[1]].hex()
    assert line["index"] == 1
    assert len(line["path"]) == 2
    assert line["commitment_sha256"] == NIGHT.commitment.digest().hex()


def test_nobody_else_has_a_line():
    with pytest.raises(UnknownLabelError):
        lines_of(NIGHT).line(LABELS[9])


def test_lines_need_every_nonce():
    with pytest.raises(MissingNonceError):
        Lines(NIGHT.commitment, NIGHT.pool, {})
