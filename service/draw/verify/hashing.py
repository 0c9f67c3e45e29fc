"""The hashes of a transcript, computed a second time.

Source: ``spec/draw-v1.md`` sections 2 and 3; RFC 9162 section 2.1.1; RFC 5869.
"""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from service.draw.canonical import canonical_bytes
from service.draw.verify.rounds import LOCAL

# A longer chain would keep a verifier too long over one number.
LONGEST_CHAIN = 10_000_000


def sha256_of(value: object) -> bytes:
    """Return the SHA-256 of a value's canonical bytes."""
    return sha256(canonical_bytes(value)).digest()


def leaf(registration: Mapping[str, Any], nonce: str) -> bytes:
    """Return the leaf of one registration."""
    record = bytes.fromhex(nonce) + canonical_bytes(registration)
    return sha256(b"\x00" + record).digest()


def label(label_key: str, draw: str) -> str:
    """Return the label that a registration's key gives in a night (ADR 0030)."""
    message = b"tour-de-role/label/1/" + draw.encode()
    return hmac.digest(bytes.fromhex(label_key), message, "sha256").hex()


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """Return the Merkle tree hash, by the RFC's own recursion."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = tree_root(leaves[:split]), tree_root(leaves[split:])
    return sha256(b"\x01" + left + right).digest()


def root_from(leaf_hash: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """Return the root that a path leads to, or nothing if it has a wrong length.

    The same recursion, going down to one leaf: the last hash of the path is
    the half that does not hold it.
    """
    if size == 1:
        return leaf_hash if not path else b""
    if not path:
        return b""
    split = 1
    while split * 2 < size:
        split *= 2
    if index < split:
        below = root_from(leaf_hash, index, split, path[:-1])
        pair = below + path[-1]
    else:
        below = root_from(leaf_hash, index - split, size - split, path[:-1])
        pair = path[-1] + below
    return sha256(b"\x01" + pair).digest() if below else b""


def tickets(labels: Iterable[str], digest: bytes, randomness: str) -> dict[str, str]:
    """Return the ticket of each label, in hex."""
    key = hmac.new(digest, bytes.fromhex(randomness), "sha256").digest()
    info = "tour-de-role/draw/1/ticket/"
    return {
        label: hmac.new(key, f"{info}{label}\x01".encode(), "sha256").hexdigest()
        for label in labels
    }


_LOCAL_LINK = b"tour-de-role/local-chain/1/link/"


def local_round_holds(chain: str, round_number: int, signature: str) -> bool:
    """Tell whether a value is the one its round of a local chain can have."""
    parts = LOCAL.fullmatch(chain)
    if parts is None or len(signature) != len(parts[1]):
        return False
    if not 1 <= round_number <= min(int(parts[4]), LONGEST_CHAIN):
        return False
    value = bytes.fromhex(signature)
    for _ in range(round_number):
        value = sha256(_LOCAL_LINK + value).digest()
    return value.hex() == parts[1]
