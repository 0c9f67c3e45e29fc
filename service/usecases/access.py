"""What opens a registration: the public reference and the secret, together."""

import base64
import hashlib
import hmac
from datetime import datetime

from service.domain.errors import InvalidReferenceError
from service.domain.reference import Reference
from service.usecases.commands import Access, MandateAccess
from service.usecases.errors import UnknownResourceError
from service.usecases.open_under_mandate import opened_under_mandate
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import RegistrationRecord

SECRET_BYTES = 20
"""160 bits: above the 128 that ASVS 11.5.1 asks of a secret."""

LINK_BYTES = 16
"""128 bits for what stands in a text message, where each character counts."""


def secret_from(fresh: bytes) -> str:
    """Write fresh bytes as a secret that can be read aloud: letters and digits."""
    return base64.b32encode(fresh).decode().rstrip("=").lower()


def secret_digest(secret: str) -> bytes:
    """Return what is stored of a secret; spaces, hyphens and capitals do not count."""
    plain = secret.replace(" ", "").replace("-", "").lower()
    return hashlib.sha256(plain.encode()).digest()


async def opened(
    access: Access, uow: UnitOfWork, *, now: datetime, lock: bool = False
) -> RegistrationRecord:
    """Return the registration that this access opens, by its secret or by a link.

    Raises:
        UnknownResourceError: No such reference, or another secret: alike on purpose.
        MandateMissingError: A helper's mandate is live, but not of that scope.
    """
    if isinstance(access, MandateAccess):
        return await opened_under_mandate(
            access, uow, now=now, reference=_reference(access), lock=lock
        )
    digest = secret_digest(access.secret)
    record = await uow.registrations.by_reference(_reference(access), lock=lock)
    if record is None:
        raise UnknownResourceError
    if not hmac.compare_digest(
        digest, record.secret_sha256
    ) and not await uow.registrations.link_opens(record.id, digest, now):
        raise UnknownResourceError
    return record


async def open_by_link(secret: str, *, ports: Ports) -> Access:
    """Return what the link of a message opens.

    Raises:
        UnknownResourceError: No such link, or it has ended.
    """
    digest = secret_digest(secret)
    async with ports.open_uow() as uow:
        found = await uow.ways_in.of_link(digest, ports.clock.now())
        record = await uow.registrations.by_id(found) if found else None
    if record is None:
        raise UnknownResourceError
    return Access(reference=record.reference, secret=secret)


def _reference(access: Access) -> str:
    try:
        return Reference.parse(access.reference).text
    except InvalidReferenceError:
        raise UnknownResourceError from None
