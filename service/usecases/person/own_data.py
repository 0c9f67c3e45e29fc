"""A person's own file: what is kept of them, in plain JSON (RGPD 15 and 20)."""

import json
from collections.abc import Mapping
from typing import Any

from service.domain.contact import Contact
from service.domain.identity import AgdrefNumber, Identity
from service.domain.registration import RegistrationState
from service.usecases.commands import Access
from service.usecases.errors import UnknownResourceError
from service.usecases.person.access import opened
from service.usecases.person.personal import (
    open_companions,
    open_contact,
    open_identity,
)
from service.usecases.person.view_registration import view_of
from service.usecases.ports import Ports
from service.usecases.ports.own_data import Lines

ABOUT = (
    "Tout ce que le service garde de cette inscription. Non donnés : les codes "
    "secrets, les pseudonymes, les noms des agents, ce qui concerne aussi une autre "
    "personne."
)


async def own_data(access: Access, *, ports: Ports) -> bytes:
    """Return the file, UTF-8.

    Promise: nothing of another registration; of a repeated one nothing at all, as of
    one whose contact was never proved.

    Raises:
        UnknownResourceError: No such reference, another secret, or nothing proved yet.
    """
    async with ports.open_uow() as uow:
        record = await opened(access, uow, now=ports.clock.now())
        if record.proved_at is None or record.state is RegistrationState.JOINED:
            raise UnknownResourceError
        view = await view_of(record, uow=uow, ports=ports)
        family = await uow.doors.companions.of(record.id)
        sections = await uow.own_data.of(record.id)
    names = (record.id, ports.sealer)
    kept = {
        "a_propos": ABOUT,
        "ecrit_le": ports.clock.now().isoformat(),
        "identite": _identity(open_identity(record.sealed_identity, *names)),
        "contact": _contact(open_contact(record.sealed_contact, *names)),
        "nouveau_contact": _contact(open_contact(record.sealed_new_contact, *names)),
        "personnes_recues_avec_vous": [
            _person(one.to_json()) for one in open_companions(family, *names)
        ],
        **_as_told(sections, view.back_on.isoformat() if view.back_on else None),
    }
    return json.dumps(kept, ensure_ascii=False, indent=2).encode()


def _as_told(sections: Mapping[str, Lines], back_on: str | None) -> dict[str, Lines]:
    """Replace the one value that may come from before: see ``earlier_refusals``."""
    told = dict(sections)
    told["inscription"] = [
        {**line, "de_retour_le": back_on} for line in sections["inscription"]
    ]
    return told


def _identity(one: Identity | None) -> dict[str, Any] | None:
    if one is None:
        return None
    proof = one.proof
    if isinstance(proof, AgdrefNumber):
        paper: dict[str, Any] = {"numero_etranger": proof.text}
    else:
        paper = {
            "document": proof.kind.value,
            "numero": proof.number,
            "pays": proof.country,
        }
    return {**_person(one.to_json()), **paper}


def _person(said: Mapping[str, object]) -> dict[str, object]:
    return {
        "nom": said["family_name"],
        "prenoms": said["given_names"],
        "date_de_naissance": said["birth_date"],
    }


def _contact(one: Contact | None) -> dict[str, object] | None:
    if one is None:
        return None
    said = one.to_json()
    return {
        "courriel": said["email"],
        "telephone": said["phone"],
        "langue": said["language"],
    }
