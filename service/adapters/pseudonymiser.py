"""One person, one key: a keyed HMAC that a stolen database cannot undo.

A bare hash of ten digits falls to 10¹⁰ guesses (`reliability.md` finding 7), so
the key of the HMAC lives outside the database. ADR 0004 says who keeps it.
"""

import hmac

from service.domain.identity import Identity


class HmacPseudonymiser:
    """See `service.usecases.ports.Pseudonymiser`."""

    version = 2
    """Kept beside each key; `rekey_people` brings older ones up to it. 1 had the birth
    date in the key of a document, as it was typed."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def key(self, identity: Identity) -> bytes:
        """Return HMAC-SHA-256 of the identity's key material, 32 bytes."""
        return hmac.digest(self._secret, identity.key_material(), "sha256")

    def recognise(self, said: bytes) -> bytes:
        """Return HMAC-SHA-256 of what was said, 32 bytes, and nobody's key."""
        own = hmac.digest(self._secret, b"tour-de-role/said/1", "sha256")
        return hmac.digest(own, said, "sha256")
