"""What is committed to, to the bit, and nothing that came later."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from service.draw import merkle
from service.draw.canonical import canonical_bytes
from service.draw.commitment import (
    Commitment,
    InvalidCommitmentError,
    MissingNonceError,
    leaf_of,
    leaves_of,
)
from service.draw.model import Pool
from tests.strategies_draw import LABELS, entry, pool_of

POOL = pool_of(
    [2, 1],
    [([0], [1])],
    [entry(LABELS[0]), entry(LABELS[1], band=2), entry(LABELS[2])],
    [("q0", 1)],
)
NONCES = {label: sha256(label.encode()).digest() for label in LABELS[:3]}


def committed(pool=POOL, nonces=NONCES, **options):
    given = {"chain": "some chain", "round": 7, "previous": None} | options
    return Commitment.for_pool(Pool.from_json(pool), nonces, **given)


def digest_of(value):
    return sha256(canonical_bytes(value)).hexdigest()


def test_a_commitment_is_the_object_of_the_rule():
    leaves = [
        sha256(b"\x00" + NONCES[row["label"]] + canonical_bytes(row)).digest()
        for row in POOL["registrations"]
    ]

    assert committed(previous="ab" * 32).to_json() == {
        "spec": "tour-de-role/draw/1",
        "draw": "isere/2026-11-23",
        "ruleset_sha256": digest_of(POOL["ruleset"]),
        "slots_sha256": digest_of(POOL["slots"]),
        "classes_sha256": digest_of(POOL["classes"]),
        "quotas_sha256": digest_of(POOL["quotas"]),
        "registrations": {"count": 3, "root": merkle.root(leaves).hex()},
        "beacon": {"chain": "some chain", "round": 7},
        "previous": "ab" * 32,
    }


def test_the_digest_and_what_is_signed_cover_all_of_it():
    commitment = committed()
    digest = sha256(canonical_bytes(commitment.to_json())).digest()

    assert commitment.digest() == digest
    assert commitment.signed_message() == b"tour-de-role/draw/1/commitment/" + digest


def test_every_part_of_a_commitment_moves_its_digest():
    commitment = committed()
    changes = {
        "draw": "isere/2026-11-24",
        "ruleset_sha256": "00" * 32,
        "slots_sha256": "00" * 32,
        "classes_sha256": "00" * 32,
        "quotas_sha256": "00" * 32,
        "count": 4,
        "root": "00" * 32,
        "chain": "another",
        "round": 8,
        "previous": "00" * 32,
    }

    digests = {replace(commitment, **{k: v}).digest() for k, v in changes.items()}

    assert len(digests | {commitment.digest()}) == len(changes) + 1


def test_a_commitment_comes_back_from_json():
    for commitment in (committed(), committed(previous="cd" * 32)):
        written = json.loads(json.dumps(commitment.to_json()))

        assert Commitment.from_json(written) == commitment


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("spec",), "tour-de-role/draw/2"),
        (("draw",), 7),
        (("ruleset_sha256",), "ab"),
        (("slots_sha256",), "AB" * 32),
        (("classes_sha256",), None),
        (("quotas_sha256",), "xy" * 32),
        (("ruleset_sha256",), "0X" + "ab" * 31),
        (("registrations", "count"), -1),
        (("registrations", "root"), "ab" * 31),
        (("registrations",), []),
        (("beacon", "chain"), None),
        (("beacon", "round"), 0),
        (("previous",), "ab"),
        (("more",), 1),
    ],
)
def test_what_is_not_a_commitment_is_refused_in_its_place(path, value):
    written = json.loads(json.dumps(committed().to_json()))
    found = written
    for step in path[:-1]:
        found = found[step]
    found[path[-1]] = value

    with pytest.raises(InvalidCommitmentError) as refused:
        Commitment.from_json(written)

    assert refused.value.place == ".".join(("commitment", *path))


def test_a_commitment_under_another_rule_is_told_which_one_is_expected():
    written = committed().to_json() | {"spec": "tour-de-role/draw/2"}

    with pytest.raises(InvalidCommitmentError) as refused:
        Commitment.from_json(written)

    assert refused.value.why == '"tour-de-role/draw/1" is expected'


def test_the_smallest_round_and_an_empty_count_are_allowed():
    written = committed(round=1).to_json()
    written["registrations"]["count"] = 0

    assert Commitment.from_json(written).round == 1


@pytest.mark.parametrize(
    "nonces",
    [
        {},
        {label: NONCES[label] for label in LABELS[:2]},
        NONCES | {LABELS[3]: bytes(32)},
        NONCES | {LABELS[0]: bytes(31)},
        {LABELS[0]: bytes(32), LABELS[1]: bytes(32), LABELS[3]: bytes(32)},
    ],
)
def test_every_registration_has_its_own_nonce_and_nobody_else_one(nonces):
    with pytest.raises(MissingNonceError):
        committed(nonces=nonces)


def test_leaves_stand_in_label_order_and_each_proves_itself():
    pool = Pool.from_json(POOL)
    leaves = leaves_of(pool, NONCES)

    assert leaves == [leaf_of(one, NONCES[one.label]) for one in pool.entries]
    assert len(set(leaves)) == 3


def test_a_pool_without_registrations_has_the_root_of_the_empty_tree():
    empty = committed(POOL | {"registrations": []}, {})

    assert (empty.count, empty.root) == (0, sha256(b"").hexdigest())


def test_every_prefix_of_a_tree_is_proved_and_no_other():
    leaves = [merkle.leaf_hash(b"%d" % index) for index in range(21)]
    for size in range(1, 22):
        root = merkle.root(leaves[:size])
        tree = merkle.levels(leaves[:size])
        for index in range(size):
            path = merkle.inclusion_path(leaves[:size], index)
            assert path == merkle.path_in(tree, index)
            assert merkle.verify_inclusion(leaves[index], index, size, path, root)
            assert not merkle.verify_inclusion(leaves[index], index, size, path, b"")
        for first in range(1, size + 1):
            steps = merkle.consistency_path(leaves[:size], first)
            early = merkle.root(leaves[:first])
            assert merkle.verify_consistency(first, size, early, root, steps)
            assert not merkle.verify_consistency(first, size, root[::-1], root, steps)


@pytest.mark.parametrize("index", [-1, 3, 4])
def test_a_leaf_that_is_not_there_has_no_path(index):
    leaves = [merkle.leaf_hash(b"%d" % number) for number in range(3)]

    with pytest.raises(IndexError):
        merkle.inclusion_path(leaves, index)


def test_hashes_of_another_length_prove_nothing():
    leaves = [merkle.leaf_hash(b"%d" % number) for number in range(4)]
    root, path = merkle.root(leaves), merkle.inclusion_path(leaves, 1)

    assert not merkle.verify_inclusion(leaves[1] + b"x", 1, 4, path, root)
    assert not merkle.verify_inclusion(leaves[1], 1, 4, [path[0], path[1][:-1]], root)
    assert not merkle.verify_consistency(2, 4, root, root, [b"short"])
