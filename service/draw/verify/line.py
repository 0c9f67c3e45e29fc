"""One's own line: was this registration in the tree, as it was, and what became of it.

Source: ``spec/draw-v1.md`` section 7 ("for its own line, by each applicant").
"""

from collections.abc import Mapping
from typing import Any

from service.draw.verify import hashing
from service.draw.verify.check import Check, DifferenceError, look, same
from service.draw.verify.reading import read_line, read_transcript


def verify_line(line: object, transcript: object) -> list[Check]:
    """Check one registration's line against a published transcript.

    Args:
        line: Record, nonce and inclusion path, as read from JSON.
        transcript: The night's transcript, full or reduced.

    Returns:
        The checks, always the same ones in the same order.

    Raises:
        NotATranscriptError: The one or the other has not the right shape.
    """
    own, found = read_line(line), read_transcript(transcript)
    digest = hashing.sha256_of(found["commitment"])

    def night() -> str:
        same(own["commitment_sha256"], digest.hex(), "commitment")
        return f"the commitment {digest.hex()}"

    return [
        look("night", night),
        look("inclusion", lambda: _inclusion(own, found)),
        look("ticket", lambda: _ticket(own, found, digest)),
        look("answer", lambda: _answer(own, found)),
    ]


def _inclusion(own: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    committed = found["commitment"]["registrations"]
    index, count = own["index"], committed["count"]
    if index >= count:
        raise DifferenceError(f"there are only {count} leaves")
    path = [bytes.fromhex(step) for step in own["path"]]
    leaf = hashing.leaf(own["registration"], own["nonce"])
    root = hashing.root_from(leaf, index, count, path)
    same(committed["root"], root.hex(), "root")
    return f"leaf {index} of {count}"


def _ticket(own: Mapping[str, Any], found: Mapping[str, Any], digest: bytes) -> str:
    label = own["registration"]["label"]
    computed = hashing.tickets([label], digest, found["beacon"]["randomness"])[label]
    same(found["result"]["tickets"].get(label), computed, "ticket")
    return computed


def _answer(own: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    label, result = own["registration"]["label"], found["result"]
    answers = [
        one
        for one in result["allocations"] + result["unserved"]
        if one["label"] == label
    ]
    same(1, len(answers), "answers")
    return ", ".join(
        f"{key} {answers[0][key]!a}" for key in sorted(answers[0].keys() - {"label"})
    )
