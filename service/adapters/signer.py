"""The prefecture's signature: Ed25519, RFC 8032."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from service.draw.verify.ed25519 import is_proper


class Ed25519Signer:
    """See `service.usecases.ports.Signer`."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public_key(self) -> bytes:
        """The 32 bytes that everyone may know."""
        return self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature of ``message``."""
        return self._key.sign(message)

    def is_valid(self, key: bytes, message: bytes, signature: bytes) -> bool:
        """Say whether ``signature`` of ``message`` was made with ``key``."""
        return is_valid_signature(key, message, signature)


def is_valid_signature(key: bytes, message: bytes, signature: bytes) -> bool:
    """Check an Ed25519 signature; a malformed key is a wrong key, not an error.

    Keys and spellings that libraries judge differently are refused here as by the
    verifiers (`service.draw.verify.ed25519`).
    """
    if not is_proper(key, signature):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
