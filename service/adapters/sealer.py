"""Personal data at rest: AES-256-GCM-SIV, bound to the place where it stands."""

import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

_VERSION = b"\x01"
_NONCE_BYTES = 12


class AesSealer:
    """See `service.usecases.ports.Sealer`.

    A sealed value is version ‖ nonce ‖ ciphertext; the place is authenticated, so
    that bytes moved to another row or column do not open.
    Source: RFC 8452 (AES-GCM-SIV: a repeated nonce reveals equality, nothing more).
    """

    def __init__(self, secret: bytes) -> None:
        key = hmac.digest(secret, b"tour-de-role/seal/1", hashlib.sha256)
        self._cipher = AESGCMSIV(key)

    def seal(self, plain: bytes, *, place: str) -> bytes:
        """Encrypt ``plain`` for ``place``."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, plain, _VERSION + place.encode())
        return _VERSION + nonce + sealed

    def unseal(self, sealed: bytes, *, place: str) -> bytes:
        """Decrypt; raises InvalidTag when altered, moved or of another key."""
        nonce = sealed[1 : 1 + _NONCE_BYTES]
        body = sealed[1 + _NONCE_BYTES :]
        return self._cipher.decrypt(nonce, body, sealed[:1] + place.encode())
