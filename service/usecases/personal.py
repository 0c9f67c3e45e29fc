"""Personal data between its sealed form and the values of the domain."""

import json
from typing import Any
from uuid import UUID

from service.domain.contact import Contact
from service.domain.identity import (
    AgdrefNumber,
    BirthDate,
    Identity,
    Names,
    TravelDocument,
)
from service.usecases.ports import Sealer


def seal_identity(identity: Identity, registration: UUID, sealer: Sealer) -> bytes:
    """Seal an identity for its registration's row."""
    return _seal(identity_json(identity), _place("identity", registration), sealer)


def open_identity(
    sealed: bytes | None, registration: UUID, sealer: Sealer
) -> Identity | None:
    """Open a sealed identity; None once it was erased."""
    if sealed is None:
        return None
    plain = sealer.unseal(sealed, place=_place("identity", registration))
    return _identity_from(json.loads(plain))


def seal_contact(contact: Contact, registration: UUID, sealer: Sealer) -> bytes:
    """Seal a contact for its registration's row."""
    return _seal(contact_json(contact), _place("contact", registration), sealer)


def open_contact(
    sealed: bytes | None, registration: UUID, sealer: Sealer
) -> Contact | None:
    """Open a sealed contact; None once it was erased."""
    if sealed is None:
        return None
    plain = sealer.unseal(sealed, place=_place("contact", registration))
    return Contact.parse(**json.loads(plain))


def identity_json(identity: Identity) -> dict[str, object]:
    """Return an identity as plain JSON: only ever to be sealed or digested."""
    return {
        "proof": _proof_json(identity.proof),
        "family_name": identity.names.family_name,
        "given_names": identity.names.given_names,
        "birth_date": identity.birth_date.text,
    }


def contact_json(contact: Contact) -> dict[str, object]:
    """Return a contact as plain JSON: only ever to be sealed or digested."""
    return {
        "email": contact.email.text if contact.email else None,
        "phone": contact.phone.text if contact.phone else None,
        "language": contact.language,
    }


def _proof_json(proof: AgdrefNumber | TravelDocument) -> dict[str, str]:
    if isinstance(proof, AgdrefNumber):
        return {"agdref_number": proof.text}
    return {
        "kind": proof.kind.value,
        "number": proof.number,
        "country": proof.country,
    }


def _identity_from(stored: dict[str, Any]) -> Identity:
    proof = stored["proof"]
    number = proof.get("agdref_number")
    return Identity(
        proof=AgdrefNumber(number) if number else TravelDocument.parse(**proof),
        names=Names(stored["family_name"], stored["given_names"]),
        birth_date=BirthDate.parse(stored["birth_date"]),
    )


def _seal(value: dict[str, object], place: str, sealer: Sealer) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return sealer.seal(text.encode(), place=place)


def _place(column: str, registration: UUID) -> str:
    return f"registration:{column}:{registration}"
