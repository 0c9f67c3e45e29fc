"""What opens a registration: its reference with a secret, a link or a paper code.

The secret that was shown on a screen proves nothing about its reader: it was given to
whoever filled in the form. A link and a one-time code came by the recorded contact, a
paper code was handed to someone who showed a document: these *prove*. Until one of
them was used, the secret of the screen shows what anybody may know (ADR 0005 and its
successor).
"""

import base64
import hashlib
import hmac
from dataclasses import replace
from datetime import datetime
from typing import Final

from service.domain.errors import InvalidReferenceError
from service.domain.keyboard import compact
from service.domain.reference import Reference
from service.domain.registration import RegistrationState
from service.usecases.commands import Access, DeskAccess, MandateAccess
from service.usecases.desk.open_at_desk import opened_at_desk
from service.usecases.errors import UnknownResourceError
from service.usecases.helper.open_under_mandate import opened_under_mandate
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import RegistrationRecord

SECRET_BYTES = 20
"""160 bits: above the 128 that ASVS 11.5.1 asks of a secret."""

LINK_BYTES = 16
"""128 bits for what stands in a text message, where each character counts."""

_LOOKALIKES: Final = str.maketrans("OIL", "011", "-‐‑–.")


def secret_from(fresh: bytes) -> str:
    """Write fresh bytes as a secret that can be read aloud: letters and digits."""
    return base64.b32encode(fresh).decode().rstrip("=").lower()


def secret_digest(secret: str) -> bytes:
    """Return what is stored of a secret; spaces, hyphens and capitals do not count."""
    plain = secret.replace(" ", "").replace("-", "").lower()
    return hashlib.sha256(plain.encode()).digest()


def paper_digest(code: str) -> bytes:
    """Return what is stored of a paper code: O is zero, I and L are one."""
    plain = compact(code).translate(_LOOKALIKES)
    return hashlib.sha256(b"paper:" + plain.encode()).digest()


async def opened(
    access: Access, uow: UnitOfWork, *, now: datetime, lock: bool = False
) -> RegistrationRecord:
    """Return the registration that this access opens.

    Opened by what proves its person, it is returned as proved from now on, whether or
    not that is stored already.

    Raises:
        UnknownResourceError: No such reference, or another secret: alike on purpose.
        MandateMissingError: A helper's mandate is live, but not of that scope.
    """
    if isinstance(access, MandateAccess):
        followed = await opened_under_mandate(
            access, uow, now=now, reference=_reference(access), lock=lock
        )
        return proved(followed, now)  # a vetted organisation is no stranger
    if isinstance(access, DeskAccess):
        met = await opened_at_desk(
            access, uow, now=now, reference=_reference(access), lock=lock
        )
        return proved(met, now)  # a document, a call or a code showed who they are
    digest = secret_digest(access.secret)
    record = await uow.registrations.by_reference(_reference(access), lock=lock)
    if record is None:
        raise UnknownResourceError
    if hmac.compare_digest(digest, record.secret_sha256):
        return record
    if not await uow.registrations.link_opens(
        record.id, digest, now
    ) and not await uow.ways_in.paper_opens(
        record.id, paper_digest(access.secret), now
    ):
        raise UnknownResourceError
    return proved(record, now)


def proved(record: RegistrationRecord, now: datetime) -> RegistrationRecord:
    """Return the record of someone who proved to be its person.

    The trace of a repeated registration proves nothing, whoever reads its messages:
    the truth goes to the first one's contact.
    """
    if record.proved_at is not None or record.state is RegistrationState.JOINED:
        return record
    return replace(record, proved_at=now)


async def open_by_link(secret: str, *, ports: Ports) -> Access:
    """Return what the link of a message opens; using it proves the contact.

    Raises:
        UnknownResourceError: No such link, or it has ended.
    """
    digest, now = secret_digest(secret), ports.clock.now()
    async with ports.open_uow() as uow:
        found = await uow.ways_in.of_link(digest, now)
        record = await uow.registrations.by_id(found, lock=True) if found else None
        if record is None:
            raise UnknownResourceError
        if record.proved_at is None:
            await uow.registrations.save(proved(record, now))
        await uow.commit()
    return Access(reference=record.reference, secret=secret)


def _reference(access: Access) -> str:
    try:
        return Reference.parse(access.reference).text
    except InvalidReferenceError:
        raise UnknownResourceError from None
