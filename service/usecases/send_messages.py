"""Empty the outbox: at least once, never to the wrong state, never with a stale date.

A row is leased in one transaction, the message leaves with none open, and a second
transaction settles it. A crash in between sends a repeat that carries the same
message identifier; it never loses one.
"""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from service.domain.contact import Contact
from service.domain.night import wall_of
from service.domain.offer import confirm_by, reaches_in_time
from service.usecases.access import SECRET_BYTES, secret_digest, secret_from
from service.usecases.amend_registration import with_contact_in_force
from service.usecases.errors import MailDelayedError, MailRefusedError
from service.usecases.letter import Letter
from service.usecases.personal import open_contact
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import (
    DueMessage,
    Mail,
    OfferRecord,
    RegistrationRecord,
)
from service.usecases.view_registration import view_of

log = structlog.get_logger()

LEASE = timedelta(minutes=1)
"""How long a killed sender keeps others waiting; a batch never takes that long."""
LINK_LIFE = timedelta(days=30)
BATCH = 16
AT_ONCE = 8
GIVE_UP_AFTER = 12
"""Tries before a person is put on the call list: with the delays below, two days."""

OF_AN_OFFER = {
    "drawn": ("awaiting",),
    "confirmed": ("confirmed",),
    "reminder": ("confirmed",),
}
"""Messages about an offer, and the states in which they are still true."""


async def send_messages(*, ports: Ports) -> int:
    """Send everything that is due; returns how many rows were settled or postponed."""
    handled = 0
    while batch := await _lease(ports=ports):
        for start in range(0, len(batch), AT_ONCE):
            group = batch[start : start + AT_ONCE]
            await asyncio.gather(*(_handle(row, ports=ports) for row in group))
        handled += len(batch)
    return handled


async def _lease(*, ports: Ports) -> list[DueMessage]:
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        rows = await uow.outbox.lease(now, now + LEASE, BATCH)
        await uow.commit()
    return list(rows)


async def _handle(row: DueMessage, *, ports: Ports) -> None:
    letter = await _prepare(row, ports=ports)
    if letter is None:
        return await _settle(row, "stale", ports=ports)
    if not letter.to:
        return await _settle(row, "undeliverable", ports=ports)
    try:
        await ports.mailer.send(_mail(row, letter, ports))
    except MailRefusedError:
        return await _settle(row, "undeliverable", ports=ports)
    except MailDelayedError as error:
        return await _postpone(row, str(error), ports=ports)
    return await _settle(row, "sent", ports=ports)


async def _prepare(row: DueMessage, *, ports: Ports) -> Letter | None:
    """Read what the message is about now; None when it is no longer true."""
    async with ports.open_uow() as uow:
        record = await uow.registrations.by_id(row.registration_id, lock=True)
        if record is None or record.state == "withdrawn":
            return None
        now = ports.clock.now()
        if not await _is_still_true(row, now, uow=uow):
            return None
        current = with_contact_in_force(record, now)
        if current is not record:
            await uow.registrations.save(current)
        view = await view_of(current, uow=uow, ports=ports)
        letter = Letter(
            kind=row.kind,
            view=view,
            to=_address(current, ports),
            follow_up_url=await _fresh_link(record, now, uow=uow, ports=ports),
        )
        await uow.commit()
    return letter


async def _fresh_link(
    record: RegistrationRecord, now: datetime, *, uow: UnitOfWork, ports: Ports
) -> str:
    """Make a personal link for this one message; opening it changes nothing."""
    secret = secret_from(ports.entropy(SECRET_BYTES))
    await uow.registrations.add_link(record.id, secret_digest(secret), now + LINK_LIFE)
    return f"{ports.public_url}/acces/{record.reference}/{secret}"


async def _is_still_true(row: DueMessage, now: datetime, *, uow: UnitOfWork) -> bool:
    states = OF_AN_OFFER.get(row.kind)
    if states is None or row.offer_id is None:
        return True
    offer = await uow.offers.by_id(row.offer_id)
    return (
        offer is not None and offer.state in states and offer.starts_at > wall_of(now)
    )


def _address(record: RegistrationRecord, ports: Ports) -> str:
    contact: Contact | None = open_contact(
        record.sealed_contact, record.id, ports.sealer
    )
    return contact.email.text if contact and contact.email else ""


def _mail(row: DueMessage, letter: Letter, ports: Ports) -> Mail:
    subject, text = ports.write_letter(letter)
    return Mail(
        message_id=f"outbox-{row.id}",
        to=letter.to,
        language=letter.view.language,
        subject=subject,
        text=text,
    )


async def _settle(row: DueMessage, outcome: str, *, ports: Ports) -> None:
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        await uow.outbox.settle(row.id, outcome, now)
        if row.kind == "drawn" and row.offer_id is not None and outcome != "stale":
            offer = await uow.offers.by_id(row.offer_id, lock=True)
            if offer is not None and offer.state == "awaiting":
                reached = await _reached(offer, outcome, now, uow=uow)
                await uow.offers.save(reached)
        await uow.commit()
    log.info("message settled", kind=row.kind, outcome=outcome, row=row.id)


async def _reached(
    offer: OfferRecord, outcome: str, now: datetime, *, uow: UnitOfWork
) -> OfferRecord:
    """Start the window when the message is handed over, or list the offer for a call.

    A message that comes too late to be answered in time counts as not reached.
    """
    record = await uow.registrations.by_id(offer.registration_id)
    prefecture = record.prefecture if record else ""
    ruleset = await uow.directory.ruleset_on(prefecture, offer.held_on)
    if outcome != "sent" or not reaches_in_time(now, offer.starts_at, ruleset):
        return replace(offer, undeliverable_at=now)
    return replace(
        offer,
        handed_over_at=now,
        confirm_by=confirm_by(now, offer.starts_at, ruleset),
    )


async def _postpone(row: DueMessage, error: str, *, ports: Ports) -> None:
    if row.attempts + 1 >= GIVE_UP_AFTER:
        return await _settle(row, "undeliverable", ports=ports)
    delay = timedelta(minutes=min(2**row.attempts, 6 * 60))
    async with ports.open_uow() as uow:
        await uow.outbox.postpone(row.id, ports.clock.now() + delay, error)
        await uow.commit()
    log.warning("message delayed", kind=row.kind, error=error, row=row.id)
    return None
