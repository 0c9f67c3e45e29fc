"""Personal data between its sealed form and the values of the domain."""

import json
from collections.abc import Sequence
from uuid import UUID

from service.domain.companions import (
    Companion,
    companions_from_json,
    companions_to_json,
)
from service.domain.contact import Contact
from service.domain.identity import Identity
from service.usecases.ports import Sealer


def seal_identity(identity: Identity, registration: UUID, sealer: Sealer) -> bytes:
    """Seal an identity for its registration's row."""
    return _seal(identity.to_json(), _place("identity", registration), sealer)


def open_identity(
    sealed: bytes | None, registration: UUID, sealer: Sealer
) -> Identity | None:
    """Open a sealed identity; None once it was erased."""
    if sealed is None:
        return None
    plain = sealer.unseal(sealed, place=_place("identity", registration))
    return Identity.from_json(json.loads(plain))


def seal_contact(contact: Contact, registration: UUID, sealer: Sealer) -> bytes:
    """Seal a contact for its registration's row."""
    return _seal(contact.to_json(), _place("contact", registration), sealer)


def open_contact(
    sealed: bytes | None, registration: UUID, sealer: Sealer
) -> Contact | None:
    """Open a sealed contact; None once it was erased."""
    if sealed is None:
        return None
    plain = sealer.unseal(sealed, place=_place("contact", registration))
    return Contact.from_json(json.loads(plain))


def seal_companions(
    companions: Sequence[Companion], registration: UUID, sealer: Sealer
) -> bytes:
    """Seal the people received together, for their registration's row."""
    family = companions_to_json(companions)
    return _seal(family, _place("companions", registration), sealer)


def open_companions(
    sealed: bytes | None, registration: UUID, sealer: Sealer
) -> tuple[Companion, ...]:
    """Open a sealed family; nobody where none was named."""
    if sealed is None:
        return ()
    plain = sealer.unseal(sealed, place=_place("companions", registration))
    return companions_from_json(json.loads(plain))


def _seal(value: object, place: str, sealer: Sealer) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return sealer.seal(text.encode(), place=place)


def _place(column: str, registration: UUID) -> str:
    return f"registration:{column}:{registration}"
