"""Empty the outbox: at least once, never to the wrong state, never with a stale date.

A row is leased in one transaction, the message leaves with none open, and a second
transaction settles it. A crash in between sends a repeat that carries the same
message identifier; it never loses one. One row is one message to one person; it may go
two ways, by e-mail and by text, and each way is handed over once.
"""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from service.domain.offer import OfferState
from service.domain.sending import pause_after
from service.usecases.errors import (
    MailDelayedError,
    MailRefusedError,
    TextDelayedError,
    TextRefusedError,
)
from service.usecases.message.prepare_message import (
    EMAIL,
    LINK_LIFE,
    TEXT,
    Hold,
    Ready,
    Settled,
    prepare,
)
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import DueMessage, OfferRecord

__all__ = ["GIVE_UP_AFTER", "LEASE", "LINK_LIFE", "send_messages"]

log = structlog.get_logger()

BATCH = 16
AT_ONCE = 8
SEND_WITHIN: Final = timedelta(seconds=20)
"""How long one way of one message may take in all; a carrier's own time-out counts
each of its steps."""
LEASE = timedelta(minutes=1)
"""How long a killed sender keeps others waiting. A batch takes less: it leaves in two
groups of eight, each message on its ways at once."""
GIVE_UP_AFTER = 12
"""Tries before a person is put on the call list: with the delays below, two days."""

SENT, REFUSED, DELAYED = "sent", "refused", "delayed"
LONGEST_PAUSE: Final = timedelta(hours=6)


async def send_messages(*, ports: Ports, within: timedelta = SEND_WITHIN) -> int:
    """Send everything that is due; returns how many rows were settled or postponed.

    A carrier that does not answer ``within`` that time has delayed its message.
    """
    handled = 0
    while batch := await _lease(ports=ports):
        for start in range(0, len(batch), AT_ONCE):
            group = batch[start : start + AT_ONCE]
            await asyncio.gather(*(_handle(row, within, ports=ports) for row in group))
        handled += len(batch)
    return handled


async def _lease(*, ports: Ports) -> list[DueMessage]:
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        rows = await uow.outbox.lease(now, now + LEASE, BATCH)
        await uow.commit()
    return list(rows)


async def _handle(row: DueMessage, within: timedelta, *, ports: Ports) -> None:
    """Bring one message as far as it goes; what is wrong with it is its own fault.

    A message that cannot be written (a translation without its notice, say) waits and
    is told to the operator; those behind it leave.
    """
    try:
        prepared = await prepare(row, ports=ports)
    except Exception as error:
        log.exception("message failed", kind=row.kind, row=row.id)
        return await _postpone(row, type(error).__name__, ports=ports)
    if isinstance(prepared, Hold):
        return await _hold(row, prepared.until, ports=ports)
    if isinstance(prepared, Settled):
        return await _settle(row, prepared.outcome, None, ports=ports)
    outcomes = await _send(prepared, within, ports=ports)
    return await _conclude(row, prepared, outcomes, ports=ports)


async def _send(ready: Ready, within: timedelta, *, ports: Ports) -> dict[str, str]:
    """Hand the message over on every way it has; returns what became of each."""
    ways: dict[str, Awaitable[None]] = {}
    if ready.mail is not None:
        ways[EMAIL] = ports.mailer.send(ready.mail)
    if ready.text is not None and ports.texter is not None:
        ways[TEXT] = ports.texter.send(ready.text)
    outcomes = await asyncio.gather(*(_handed(over, within) for over in ways.values()))
    return dict(zip(ways, outcomes, strict=True))


async def _handed(over: Awaitable[None], within: timedelta) -> str:
    """Say what became of one way; a fault of ours there delays that message alone."""
    try:
        async with asyncio.timeout(within.total_seconds()):
            await over
    except (MailRefusedError, TextRefusedError):
        return REFUSED
    except (MailDelayedError, TextDelayedError) as error:
        return f"{DELAYED}: {error}"
    except Exception as error:
        kind = type(error).__name__  # its words may hold an address
        log.error("carrier failed", error=kind)
        return f"{DELAYED}: {kind}"
    return SENT


async def _conclude(
    row: DueMessage, ready: Ready, outcomes: dict[str, str], *, ports: Ports
) -> None:
    """Note what was handed over; settle the row, or let it be tried again."""
    known = {way: what for way, what in outcomes.items() if what in (SENT, REFUSED)}
    delayed = [what for what in outcomes.values() if what.startswith(DELAYED)]
    await _note(row, ready, known, ports=ports)
    everything = {**ready.done, **known}
    if delayed:
        return await _postpone(
            row, delayed[0], ports=ports, is_sent=SENT in everything.values()
        )
    if SENT in everything.values():
        return await _settle(row, "sent", ready.deadline, ports=ports)
    if ready.has_another_way:
        return await _hold(row, ports.clock.now(), ports=ports)
    return await _settle(row, "undeliverable", None, ports=ports)


async def _note(
    row: DueMessage, ready: Ready, known: dict[str, str], *, ports: Ports
) -> None:
    """Store each way's outcome; the first hand-over of an offer starts its window."""
    if not known:
        return
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        for way, outcome in known.items():
            await uow.deliveries.add(row.id, way, outcome, now)
        if SENT in known.values():
            await _start_window(row, ready.deadline, now, uow=uow)
        await uow.commit()


async def _start_window(
    row: DueMessage, deadline: datetime | None, now: datetime, *, uow: UnitOfWork
) -> None:
    """The window of an offer begins now, and ends when the message says it does."""
    if row.kind != "drawn" or row.offer_id is None or deadline is None:
        return
    offer = await _awaiting(row, uow=uow)
    if offer is not None and offer.handed_over_at is None:
        await uow.offers.save(replace(offer, handed_over_at=now, confirm_by=deadline))


async def _awaiting(row: DueMessage, *, uow: UnitOfWork) -> OfferRecord | None:
    """Lock the offer behind its registration, as everywhere; None if it is answered."""
    await uow.registrations.by_id(row.registration_id, lock=True)
    if row.offer_id is None:
        return None
    offer = await uow.offers.by_id(row.offer_id, lock=True)
    return offer if offer is not None and offer.state is OfferState.AWAITING else None


async def _settle(
    row: DueMessage, outcome: str, deadline: datetime | None, *, ports: Ports
) -> None:
    """End a row; an offer that reached nobody is listed for a call."""
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        await uow.outbox.settle(row.id, outcome, now)
        code = await uow.ways_in.code(row.about, lock=True) if row.about else None
        if code is not None:
            await uow.ways_in.save_code(replace(code, sealed_code=None))
        if row.kind == "drawn" and outcome == "undeliverable":
            offer = await _awaiting(row, uow=uow)
            if offer is not None and offer.handed_over_at is None:
                await uow.offers.save(replace(offer, undeliverable_at=now))
        await uow.commit()
    log.info("message settled", kind=row.kind, outcome=outcome, row=row.id)


async def _hold(row: DueMessage, until: datetime, *, ports: Ports) -> None:
    async with ports.open_uow() as uow:
        await uow.deliveries.hold(row.id, until)
        await uow.commit()


async def _postpone(
    row: DueMessage, error: str, *, ports: Ports, is_sent: bool = False
) -> None:
    if row.attempts + 1 >= GIVE_UP_AFTER:
        outcome = "sent" if is_sent else "undeliverable"
        return await _settle(row, outcome, None, ports=ports)
    delay = pause_after(row.attempts, LONGEST_PAUSE)
    async with ports.open_uow() as uow:
        await uow.outbox.postpone(row.id, ports.clock.now() + delay, error)
        await uow.commit()
    log.warning("message delayed", kind=row.kind, error=error, row=row.id)
    return None
