"""Rows about what an acknowledgement promised."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRecord:
    """What was acknowledged to one registration, never rewritten.

    Attributes:
        said: Canonical bytes of the acknowledgement of version 1, unsigned.
        sealed_label_key: Of its labels; None once it was erased with its person.
        first_label_on: First night whose label comes of that key.
        signature: Key ‖ Ed25519 value over ``said``; None until somebody asked.
        signature_with_key: As ``signature``, over version 2, which holds the label key.
    """

    registration_id: UUID
    said: bytes
    sealed_label_key: bytes | None = field(repr=False)
    first_label_on: date
    made_at: datetime
    signature: bytes | None = field(default=None, repr=False)
    signature_with_key: bytes | None = field(default=None, repr=False)
