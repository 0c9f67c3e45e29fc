"""The signed acknowledgement: a promise that its person can hold against us."""

from datetime import UTC
from typing import Final

from service.draw.canonical import canonical_bytes
from service.usecases.commands import Access
from service.usecases.person.access import opened
from service.usecases.ports import Ports
from service.usecases.records import RegistrationRecord

SPEC: Final = "tour-de-role/acknowledgement/1"
SIGNED_PREFIX: Final = b"tour-de-role/acknowledgement/1/"


async def sign_acknowledgement(access: Access, *, ports: Ports) -> bytes:
    """Return what was acknowledged to a registration, signed, as canonical bytes.

    It says what the acknowledgement said and no more: something was received at this
    instant, and takes part from this night on. No name, number, date of birth or
    contact is in it. Ed25519 is deterministic: asked again, the same bytes, until the
    prefecture's key is followed by another.

    Raises:
        UnknownResourceError: No such reference, or another secret.
    """
    async with ports.open_uow() as uow:
        record = await opened(access, uow, now=ports.clock.now())
        await uow.commit()
    said = _said(record)
    signature = ports.signer.sign(SIGNED_PREFIX + canonical_bytes(said))
    signed = {"key": ports.signer.public_key.hex(), "value": signature.hex()}
    return canonical_bytes({**said, "signature": signed})


def _said(record: RegistrationRecord) -> dict[str, str]:
    received_at = record.registered_at.astimezone(UTC)
    return {
        "spec": SPEC,
        "reference": record.reference,
        "received_at": f"{received_at:%Y-%m-%dT%H:%M:%SZ}",
        "first_night_on": record.first_night_on.isoformat(),
        "prefecture": record.prefecture,
        "motif": record.motif,
    }
