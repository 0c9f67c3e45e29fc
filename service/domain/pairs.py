"""The digest of whose label is whose: noted at the freeze, redone by the audit."""

import hashlib
from collections.abc import Iterable
from typing import Final
from uuid import UUID

_PREFIX: Final = b"tour-de-role/pairs/1/"


def pairs_digest(pairs: Iterable[tuple[bytes, UUID]]) -> bytes:
    """Return SHA-256(prefix ‖ label ‖ registration ‖ label ‖ …), in label order.

    It says nothing to whoever lacks the pairs: labels and identifiers are random.

    Args:
        pairs: Label (32 bytes) and registration, by label, each label once.

    Raises:
        ValueError: Not in order, or a label of another length.
    """
    running, last = hashlib.sha256(_PREFIX), b""
    for label, registration in pairs:
        if len(label) != 32 or label <= last:
            raise ValueError("pairs stand by label, once each")
        running.update(label + registration.bytes)
        last = label
    return running.digest()
