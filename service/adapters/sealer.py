"""Personal data at rest: AES-256-GCM-SIV, bound to the place where it stands."""

import hashlib
import hmac
import os
from contextlib import suppress

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from service.usecases.errors import UnsealError

_VERSION = b"\x01"
_NONCE_BYTES = 12


class AesSealer:
    """See `service.usecases.ports.Sealer`.

    A sealed value is version ‖ nonce ‖ ciphertext; the place is authenticated, so
    that bytes moved to another row or column do not open.
    After a change of key, values sealed with those before still open; nothing is sealed
    with them any more.
    Source: RFC 8452 (AES-GCM-SIV: a repeated nonce reveals equality, nothing more).
    """

    def __init__(self, secret: bytes, *before: bytes) -> None:
        self._ciphers = [_cipher(one) for one in (secret, *before)]

    def seal(self, plain: bytes, *, place: str) -> bytes:
        """Encrypt ``plain`` for ``place``."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._ciphers[0].encrypt(nonce, plain, _VERSION + place.encode())
        return _VERSION + nonce + sealed

    def unseal(self, sealed: bytes, *, place: str) -> bytes:
        """Decrypt; raises UnsealError when altered, moved or of another key."""
        nonce = sealed[1 : 1 + _NONCE_BYTES]
        body = sealed[1 + _NONCE_BYTES :]
        bound = sealed[:1] + place.encode()
        for cipher in self._ciphers:
            with suppress(InvalidTag, ValueError):  # ValueError: too short for a nonce
                return cipher.decrypt(nonce, body, bound)
        raise UnsealError


def _cipher(secret: bytes) -> AESGCMSIV:
    return AESGCMSIV(hmac.digest(secret, b"tour-de-role/seal/1", hashlib.sha256))
