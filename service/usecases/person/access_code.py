"""A one-time code to the recorded contact: asked for by anyone, read by its person.

Asking tells nothing: the same work is done, the same row is stored and the same words
are shown whether or not somebody was found; the message is written later, by another
process. The code is bound to the browser that asked: wrong guesses of a stranger use up
the stranger's own tries, never the person's. The message also holds a personal link, so
that a person who was flooded gets in all the same.

Source: `reliability.md` § 2.3 and rows 29 to 31 of its matrix; ASVS 5.0, 6.5 and 6.6.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Final

from service.domain.errors import InvalidReferenceError
from service.domain.identity import Identity
from service.domain.keyboard import ascii_digits
from service.domain.night import paris_date, wall_instant
from service.domain.reference import Reference
from service.domain.sending import MOST_ANYONES
from service.usecases.commands import Access
from service.usecases.errors import UnknownResourceError
from service.usecases.person.access import (
    LINK_BYTES,
    SECRET_BYTES,
    proved,
    secret_digest,
    secret_from,
)
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.ports.access import AccessCode
from service.usecases.records import NewOutboxRow

CODE_LIFE: Final = timedelta(minutes=15)
MOST_TRIES: Final = 5
SESSION_LIFE: Final = timedelta(hours=4)
"""How long what a code opened stays open, as long as the browser's cookie."""

_DIGITS: Final = 8
_BATCH: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks for a code: a reference, or an identity of a prefecture."""

    prefecture: str
    reference: str | None = None
    identity: Identity | None = field(default=None, repr=False)


async def ask_for_code(asked: Asked, *, ports: Ports) -> str:
    """Store a code for whoever is found, or for nobody; returns the browser's secret.

    One look-up and one row in either case.
    """
    request = secret_from(ports.entropy(SECRET_BYTES))
    digits = int.from_bytes(ports.entropy(8)) % 10**_DIGITS
    code = f"{digits:0{_DIGITS}d}"
    key = ports.pseudonymiser.key(asked.identity) if asked.identity else None
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        if key is not None:
            found = await uow.ways_in.registration_of_person(key, asked.prefecture)
        else:
            found = await uow.ways_in.registration_of(_normal(asked.reference or ""))
        identifier = secret_digest(request)
        await uow.ways_in.ask(
            AccessCode(
                request_sha256=identifier,
                registration_id=found,
                code_sha256=_digest(request, code),
                sealed_code=ports.sealer.seal(code.encode(), place=_place(identifier)),
                asked_at=now,
                expires_at=now + CODE_LIFE,
            )
        )
        await uow.commit()
    await ports.ring()
    return request


async def open_with_code(request: str, typed: str, *, ports: Ports) -> Access:
    """Open the registration for the browser that asked, once; five tries in all.

    Raises:
        UnknownResourceError: Another code, too late, used, tried too often, or nobody
            was found: alike on purpose.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        code = await uow.ways_in.code(secret_digest(request), lock=True)
        if (
            code is None
            or code.used_at is not None
            or code.expires_at <= now
            or code.tries >= MOST_TRIES
        ):
            raise UnknownResourceError
        matches = hmac.compare_digest(code.code_sha256, _digest(request, typed))
        record = (
            await uow.registrations.by_id(code.registration_id, lock=True)
            if matches and code.registration_id
            else None
        )
        if record is None:
            await uow.ways_in.save_code(replace(code, tries=code.tries + 1))
            await uow.commit()
            raise UnknownResourceError
        secret = secret_from(ports.entropy(LINK_BYTES))
        await uow.registrations.add_link(
            record.id, secret_digest(secret), now + SESSION_LIFE
        )
        await uow.registrations.save(proved(record, now))
        await uow.ways_in.save_code(
            replace(code, tries=code.tries + 1, used_at=now, sealed_code=None)
        )
        await uow.commit()
    return Access(reference=record.reference, secret=secret)


async def queue_codes(*, ports: Ports) -> int:
    """Write the messages of codes that were asked for; returns how many were read.

    A flood of requests makes as few messages as may leave in a day, so that it delays
    nobody else's. A code that no message will carry can be typed by nobody: it is kept
    no longer than one that nobody was found for, so that a flood does not fill a disk
    (``forget_access``).
    """
    done = 0
    while True:
        async with ports.open_uow() as uow:
            codes = await uow.ways_in.unqueued(_BATCH)
            if not codes:
                return done
            now = ports.clock.now()
            rows = await _messages(codes, now, uow=uow)
            await uow.outbox.add(rows)
            await uow.ways_in.queued(codes, now)
            written = {row.about for row in rows}
            await uow.ways_in.make_nobodys(
                code for code in codes if code.request_sha256 not in written
            )
            await uow.commit()
        done += len(codes)


async def _messages(
    codes: Sequence[AccessCode], now: datetime, *, uow: UnitOfWork
) -> list[NewOutboxRow]:
    known = {code.registration_id for code in codes if code.registration_id}
    midnight = wall_instant(paris_date(now), time())
    counts = dict(await uow.ways_in.queued_for(sorted(known), midnight))
    rows: list[NewOutboxRow] = []
    for code in codes:
        whom = code.registration_id
        if whom is None or code.expires_at <= now:
            continue
        counts[whom] = counts.get(whom, 0) + 1
        if counts[whom] <= MOST_ANYONES:
            rows.append(
                NewOutboxRow(
                    once=f"access_code:{code.request_sha256.hex()}",
                    kind="access_code",
                    registration_id=whom,
                    available_at=now,
                    about=code.request_sha256,
                )
            )
    return rows


def open_code(code: AccessCode, *, ports: Ports) -> str | None:
    """Return the code for its message, in two groups; None once it was erased."""
    if code.sealed_code is None:
        return None
    plain = ports.sealer.unseal(code.sealed_code, place=_place(code.request_sha256))
    digits = plain.decode()
    return f"{digits[:4]} {digits[4:]}"


def _digest(request: str, typed: str) -> bytes:
    """Bind the code to its browser: without that secret no digest can be guessed."""
    digits = "".join(ascii_digits(typed).split()).replace("-", "")
    return hashlib.sha256(f"{request}/{digits}".encode()).digest()


def _normal(typed: str) -> str:
    try:
        return Reference.parse(typed).text
    except InvalidReferenceError:
        return ""


def _place(identifier: bytes) -> str:
    return f"access_code:{identifier.hex()}"
