"""revealed → drawn: the draw, its offers and its messages, all or nothing."""

import asyncio
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from service.domain.night import NightState, step
from service.domain.offer import latest_answer
from service.domain.ruleset import Ruleset
from service.domain.slots import HELD_SUFFIX
from service.draw import draw
from service.draw.model import Pool
from service.draw.outcome import Outcome
from service.draw.standing import standings
from service.usecases.night.commit_night import frozen_pool
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import (
    DrawnEntry,
    FrozenEntry,
    NewOffer,
    NewOutboxRow,
    NightRecord,
)

DIGEST_DAYS = 7
"""Who is not drawn is told after the first night, then once a week: still in."""


class PoolChangedError(Exception):
    """The stored pool is not the one that was frozen: the night stops."""


async def draw_night(night: NightRecord, *, ports: Ports) -> bool:
    """Draw once: of several workers one draws, the others find nothing to do.

    The row of ``draw`` has the night as its key: a second draw is impossible even
    if this code were wrong.

    Raises:
        PoolChangedError: The pool's digest differs from the frozen one.
        PlaceTakenError: A frozen place is gone.
    """
    async with ports.open_uow() as uow:
        locked = await uow.nights.claim(night.id, NightState.REVEALED)
        if locked is None:
            return False
        _check_pool(locked)
        pool, outcome = await asyncio.to_thread(_decide, locked)
        now = ports.clock.now()
        entries = await uow.nights.entries(locked.id, lock=True)
        ruleset = await uow.directory.ruleset_on(locked.prefecture, locked.held_on)
        await uow.nights.record_draw(
            locked.id,
            outcome.canonical(),
            list(drawn_entries(pool, outcome)),
            sum(slot.places for slot in outcome.free),
            now,
        )
        offers = list(_offers(pool, outcome, entries, ruleset, now, ports))
        await uow.offers.make(locked.id, offers)
        await _tell(locked, entries, offers, now=now, uow=uow)
        await uow.nights.save(
            replace(locked, state=step(locked.state, NightState.DRAWN), drawn_at=now),
            was=NightState.REVEALED,
        )
        await uow.commit()
    return True


def _check_pool(night: NightRecord) -> None:
    if hashlib.sha256(night.pool or b"").digest() != night.pool_sha256:
        raise PoolChangedError


def _decide(night: NightRecord) -> tuple[Pool, Outcome]:
    pool = frozen_pool(night)
    digest, randomness = night.commitment_sha256, night.randomness
    if digest is None or randomness is None:
        raise ValueError("the night is not revealed")
    return pool, draw(pool, digest, randomness)


def drawn_entries(pool: Pool, outcome: Outcome) -> Iterator[DrawnEntry]:
    """Yield each entry's ticket, place in the order of the lot, and result."""
    for one in standings(pool, outcome):
        yield DrawnEntry(
            label=bytes.fromhex(one.label),
            ticket=one.ticket,
            rank=one.rank,
            result=one.result,
            tier=one.tier,
            through=one.through,
            cut_off=one.cut_off,
        )


def _offers(
    pool: Pool,
    outcome: Outcome,
    entries: Sequence[FrozenEntry],
    ruleset: Ruleset,
    now: datetime,
    ports: Ports,
) -> Iterator[NewOffer]:
    """Yield an offer for each person served who is still there.

    Who withdrew after the freeze holds nothing: the place goes to a later night. Their
    registrations are locked, so that nobody leaves between this look and the offer.
    """
    live = {
        entry.label.hex(): entry.registration_id for entry in entries if entry.is_live
    }
    sizes = {entry.label: entry.size for entry in pool.entries}
    starts = {slot.slot: datetime.fromisoformat(slot.starts_at) for slot in pool.slots}
    for allocation in outcome.allocations:
        if allocation.label not in live:
            continue
        yield NewOffer(
            id=UUID(bytes=ports.entropy(16), version=4),
            registration_id=live[allocation.label],
            slot_code=allocation.slot.removesuffix(HELD_SUFFIX),
            places=sizes[allocation.label],
            made_at=now,
            confirm_by=latest_answer(starts[allocation.slot], ruleset),
        )


async def _tell(
    night: NightRecord,
    entries: Sequence[FrozenEntry],
    offers: Sequence[NewOffer],
    *,
    now: datetime,
    uow: UnitOfWork,
) -> None:
    """Write the messages; they leave only once the night is published."""
    served = {offer.registration_id for offer in offers}
    waiting = [
        entry.registration_id
        for entry in entries
        if entry.is_live
        and entry.registration_id not in served
        and _is_to_be_told(entry.told_not_drawn_on, night.held_on)
    ]
    await uow.outbox.add(
        NewOutboxRow(
            once=f"drawn:{offer.id}",
            kind="drawn",
            registration_id=offer.registration_id,
            night_id=night.id,
            offer_id=offer.id,
            available_at=now,
        )
        for offer in offers
    )
    await uow.outbox.add(
        NewOutboxRow(
            once=f"not_drawn:{night.id}:{registration}",
            kind="not_drawn",
            registration_id=registration,
            night_id=night.id,
            available_at=now,
        )
        for registration in waiting
    )
    await uow.registrations.tell_not_drawn(waiting, night.held_on)


def _is_to_be_told(last_told_on: date | None, held_on: date) -> bool:
    return last_told_on is None or held_on - last_told_on >= timedelta(days=DIGEST_DAYS)
