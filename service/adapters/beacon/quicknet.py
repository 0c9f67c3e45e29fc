"""drand quicknet: its constants, and whether a signature is that of a round.

Nothing here asks the network: a round is checked alone, offline, with the chain's
public key. The pairing itself is a compiled library's; where there is no wheel of it
(Python 3.14 today) a check is said not to be made, never to have passed.

Source:
    drand/drand-client@b9572b2, ``lib/defaults.ts`` (constants) and ``lib/util.ts``
    (times); RFC 9380 (hash to curve); the recorded rounds in ``tests/vectors``.
"""

import re
from hashlib import sha256
from typing import Final

CHAIN_HASH: Final = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
"""SHA-256 of the chain's parameters: who knows it knows the chain."""

CHAIN_NAME: Final = f"drand/{CHAIN_HASH}"
"""What commitments and transcripts call it (ADR 0011)."""

PUBLIC_KEY: Final = bytes.fromhex(
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c"
    "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb"
    "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
)
"""The group's key in G2, 96 bytes, compressed."""

PERIOD_S: Final = 3
GENESIS_S: Final = 1_692_803_367
"""Unix time of round 1."""

DST: Final = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
"""Domain separation tag of the scheme bls-unchained-g1-rfc9380."""

LAST_ROUND: Final = 2**53 - 1
"""No larger integer stands in a commitment (``spec/draw-v1.md`` section 1)."""

_SIGNATURE: Final = re.compile(r"[0-9a-f]{96}")


class UnknownChainError(LookupError):
    """This is not drand quicknet."""


class UncheckableError(LookupError):
    """The pairing library is not installed: nothing here can check drand."""


class NotThatRoundError(ValueError):
    """The signature is not that round's."""


def exists_from_s(beacon_round: int) -> int:
    """Return the Unix time, in seconds, from which a round exists."""
    return GENESIS_S + (beacon_round - 1) * PERIOD_S


def first_round_from(unix_s: int) -> int:
    """Return the first round that does not exist before a Unix time."""
    return max(1, 1 - (GENESIS_S - unix_s) // PERIOD_S)


def message_of(beacon_round: int) -> bytes:
    """Return the 32 bytes that the group signs for a round."""
    return sha256(beacon_round.to_bytes(8, "big")).digest()


def verify_round(chain: str, beacon_round: int, signature: str) -> bytes:
    """Return the randomness of a round, if this is its signature.

    Args:
        chain: The chain's name, as a commitment gives it.
        beacon_round: The round, from 1.
        signature: What the chain published, 96 lower-case hex digits.

    Returns:
        SHA-256 of the signature: 32 bytes.

    Raises:
        UnknownChainError: Another chain.
        UncheckableError: There is nothing to check with.
        NotThatRoundError: Malformed, or another round's, or nobody's.
    """
    if chain != CHAIN_NAME:
        raise UnknownChainError
    if not 1 <= beacon_round <= LAST_ROUND or not _SIGNATURE.fullmatch(signature):
        raise NotThatRoundError
    octets = bytes.fromhex(signature)
    if not _is_signed(message_of(beacon_round), octets):
        raise NotThatRoundError
    return sha256(octets).digest()


def _is_signed(message: bytes, octets: bytes) -> bool:
    """Say whether e(signature, g2) = e(H(message), key), for one proper point.

    The library takes several encodings for the point at infinity, and for it alone
    the equation could be made to hold without a key: only the one canonical form of
    another point of the subgroup is looked at.
    """
    try:
        from py_arkworks_bls12381 import GT, G1Point, G2Point
    except ImportError:
        raise UncheckableError from None
    try:
        point = G1Point.from_compressed_bytes(octets)
    except ValueError:
        return False
    if point == G1Point.identity() or bytes(point.to_compressed_bytes()) != octets:
        return False
    hashed = G1Point.hash_to_curve(message, DST)
    key = G2Point.from_compressed_bytes(PUBLIC_KEY)
    return bool(GT.pairing_check([-point, hashed], [G2Point(), key]))


def refuse_without_library() -> None:
    """Stop at the start, not at night, where no drand round could be checked.

    Raises:
        UncheckableError: There is nothing to check with.
    """
    _is_signed(message_of(1), bytes(48))
