"""Labels: whose pseudonym is whose is fixed at registration, not at the draw.

The rule asks of a label 32 bytes, fresh for each registration and night and fixed
before the round. One secret for each registration gives them all: nobody without it can
tell which labels belong together, and nobody, with it or without, can choose another
one once the secret was promised.

Source: HMAC (RFC 2104) as a pseudo-random function; ADR 0030.
"""

import hmac
from typing import Final

LABEL_KEY_OCTETS: Final = 32

_PREFIX: Final = b"tour-de-role/label/1/"


def label_of(label_key: bytes, draw: str) -> bytes:
    """Return the label of one registration in one night, 32 bytes.

    Args:
        label_key: The registration's, 32 bytes.
        draw: The night, as the pool names it: ``isere/2026-11-23``.

    Raises:
        ValueError: Another length of key.
    """
    if len(label_key) != LABEL_KEY_OCTETS:
        raise ValueError("a label key has 32 octets")
    return hmac.digest(label_key, _PREFIX + draw.encode("ascii"), "sha256")
