"""The rule's own vectors, byte for byte, and the public ones for its parts."""

import base64
import json

import pytest

from service.draw import merkle
from service.draw.canonical import canonical_bytes
from service.draw.replay import replay
from service.draw.tickets import extract, positions
from tests.strategies_draw import DRAW_VECTORS, decided, vector


@pytest.mark.parametrize("path", DRAW_VECTORS, ids=lambda path: path.stem)
def test_every_published_night_comes_out_byte_for_byte(path):
    found = json.loads(path.read_text("utf-8"))

    result = replay(json.dumps(found["input"]).encode())

    assert result == canonical_bytes(found["expected"]) + b"\n"


@pytest.mark.parametrize("path", DRAW_VECTORS, ids=lambda path: path.stem)
def test_a_result_is_the_object_of_the_rule(path):
    found = json.loads(path.read_text("utf-8"))
    tickets = {k: bytes.fromhex(v) for k, v in found["expected"]["tickets"].items()}

    assert decided(found["input"]["pool"], tickets).to_json() == found["expected"]


def test_there_are_nineteen_published_nights():
    assert len(DRAW_VECTORS) == 19


@pytest.mark.parametrize("when", ["H9", "H8"])
def test_positions_are_those_of_the_draft_on_verifiable_selection(when):
    found = vector("thomson_vrs.json")
    salt = bytes.fromhex(found[f"{when}_revealed"])
    position = positions(extract(salt, found["randomness_utf8"].encode()))

    for expected, label in found[f"positions_with_{when}"]:
        assert position(label.encode()).hex() == expected


def test_expansion_begins_like_the_first_example_of_rfc_5869():
    key = extract(bytes(range(13)), b"\x0b" * 22)

    assert key.hex() == (
        "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"
    )
    assert positions(key)(bytes(range(0xF0, 0xFA))).hex() == (
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
    )


LEAVES = [
    merkle.leaf_hash(bytes.fromhex(leaf))
    for leaf in vector("rfc6962_9162_merkle_inclusion.json")["leaf_inputs_hex"]
]


def decoded(text):
    return base64.b64decode(text or "")


def test_roots_are_those_of_the_published_trees():
    roots = vector("rfc6962_9162_merkle_inclusion.json")["root_by_tree_size_hex"]

    assert [merkle.root(LEAVES[:size]).hex() for size in range(9)] == roots


def test_every_probe_of_inclusion_is_answered_as_published():
    probes = vector("rfc6962_9162_merkle_inclusion.json")["inclusion_probes_base64"]
    for probe in probes:
        holds = merkle.verify_inclusion(
            decoded(probe["leafHash"]),
            probe["leafIdx"],
            probe["treeSize"],
            [decoded(step) for step in probe["proof"] or []],
            decoded(probe["root"]),
        )

        assert holds is not probe["wantErr"], probe["desc"]
    assert len(probes) == 98


def test_every_probe_of_consistency_is_answered_as_published():
    probes = vector("rfc6962_9162_merkle_consistency.json")["consistency_probes_base64"]
    for probe in probes:
        holds = merkle.verify_consistency(
            probe["size1"],
            probe["size2"],
            decoded(probe["root1"]),
            decoded(probe["root2"]),
            [decoded(step) for step in probe["proof"] or []],
        )

        assert holds is not probe["wantErr"], probe["desc"]
    assert len(probes) == 98
