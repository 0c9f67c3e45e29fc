"""Statements whose key or signature stands at an edge of Ed25519, and the verdict.

``tests/vectors/ed25519_edges.json`` holds them, frozen: written once by this file, with
the group arithmetic of the stand-alone verifier, and read by all three verifiers.
Whether a library takes one is its own affair: the three refuse alike, or take alike.

    PYTHONPATH=service/draw/standalone python -m tests.unit.draw.edges

Source of the cases: "Taming the many EdDSAs", K. Chalkias, F. Garillot, V. Nikolaenko,
SSR 2020, and finding 9 of our outside audit.
"""

import json
from collections.abc import Iterator
from hashlib import sha512
from itertools import count
from pathlib import Path
from typing import Any

import verify_tour_de_role as alone
from service.draw.canonical import canonical_bytes

FILE = Path(__file__).parents[2] / "vectors" / "ed25519_edges.json"
IDENTITY = (1).to_bytes(32, "little")
SECRET = (
    0x1F2E3D4C5B6A79880706050403020100FEDCBA98765432100123456789ABCDEF % alone.ORDER
)
BASE = alone.decode((4 * pow(5, -1, alone.P) % alone.P).to_bytes(32, "little"))
ORDER_EIGHT = bytes.fromhex(
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
)


def encoded(point: alone.Point) -> bytes:
    """Write a point the canonical way."""
    inverse = pow(point[2], -1, alone.P)
    x, y = point[0] * inverse % alone.P, point[1] * inverse % alone.P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def commitment(number: int) -> dict[str, Any]:
    """One of as many commitments as one likes."""
    zero = "00" * 32
    return {
        "spec": alone.SPEC,
        "draw": "isere/2026-11-23",
        "ruleset_sha256": zero,
        "slots_sha256": zero,
        "classes_sha256": zero,
        "quotas_sha256": zero,
        "registrations": {"count": number, "root": zero},
        "beacon": {"chain": "local/none", "round": 1},
        "previous": None,
    }


def challenge(number: int, key: bytes, r: bytes) -> int:
    """The number k of a verification, before it is reduced."""
    digest = alone.sha256(canonical_bytes(commitment(number))).digest()
    message = b"tour-de-role/draw/1/commitment/" + digest
    return int.from_bytes(sha512(r + key + message).digest(), "little") % alone.ORDER


def statement(number: int, key: bytes, r: bytes, s: int) -> dict[str, Any]:
    """A signed commitment."""
    return {
        "spec": alone.SPEC,
        "commitment": commitment(number),
        "signature": {"key": key.hex(), "value": (r + s.to_bytes(32, "little")).hex()},
    }


def small_keys() -> Iterator[tuple[str, bytes]]:
    """Every spelling of every point of small order, proper or not."""
    point = alone.decode(ORDER_EIGHT)
    assert point is not None
    for times in range(8):
        yield (
            f"the key is {times} times a point of order eight",
            encoded(alone.times(times, point)),
        )
    for y in (1, alone.P - 1):
        octets = (y | 1 << 255).to_bytes(32, "little")
        yield (
            f"the key has x = 0, said to be odd, and y = {y if y == 1 else -1}",
            octets,
        )
    for y in (0, 1):
        for sign in (0, 1):
            octets = (alone.P + y | sign << 255).to_bytes(32, "little")
            yield f"the key's y is {y}, written as p + {y}, sign {sign}", octets


def cases() -> Iterator[tuple[str, bool, dict[str, Any]]]:
    """What it is, whether it is a signature, and the statement."""
    assert BASE is not None
    for what, key in small_keys():
        # A message for which k times the key vanishes: to a library, a signature.
        number = next(n for n in count() if challenge(n, key, IDENTITY) % 8 == 0)
        yield what, False, statement(number, key, IDENTITY, 0)
    key = encoded(alone.times(SECRET, BASE))
    nonce = 7 * SECRET % alone.ORDER
    r = encoded(alone.times(nonce, BASE))
    s = (nonce + challenge(0, key, r) * SECRET) % alone.ORDER
    yield "an ordinary signature", True, statement(0, key, r, s)
    yield (
        "S is larger by the order of the group",
        False,
        statement(0, key, r, s + alone.ORDER),
    )
    for what, holds, r in (
        ("R is the identity, by the key's owner", True, IDENTITY),
        (
            "R is the identity, written as p + 1",
            False,
            (alone.P + 1).to_bytes(32, "little"),
        ),
        (
            "R is the identity, x = 0 said to be odd",
            False,
            (1 | 1 << 255).to_bytes(32, "little"),
        ),
    ):
        s = challenge(0, key, r) * SECRET % alone.ORDER
        yield what, holds, statement(0, key, r, s)
    twist = alone.decode(ORDER_EIGHT)
    assert twist is not None
    key = encoded(alone.add(alone.times(SECRET, BASE), twist))
    r = encoded(alone.times(nonce, BASE))
    for what, holds in (("that vanishes", True), ("that does not vanish", False)):
        number = next(n for n in count() if (challenge(n, key, r) % 8 == 0) is holds)
        s = (nonce + challenge(number, key, r) * SECRET) % alone.ORDER
        what = f"the key has a part of order eight {what}"
        yield what, holds, statement(number, key, r, s)


if __name__ == "__main__":
    rows = [{"what": a, "holds": b, "statement": c} for a, b, c in cases()]
    FILE.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
