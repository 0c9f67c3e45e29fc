"""Where every offer and every state comes from: a published draw, or an act on record.

Whoever holds the program's own account cannot rewrite what is settled (ADR 0032), but
can write what the program writes. Here each night is drawn again from what it froze,
and what is stored now is compared with it; then each state of a registration must rest
on the rows that the act behind it leaves.
"""

import asyncio
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise

from service.domain.night import NightState
from service.domain.slots import HELD_SUFFIX
from service.draw import draw
from service.draw.canonical import canonical_bytes
from service.draw.model import Pool
from service.draw.outcome import Outcome
from service.usecases.night.commit_night import frozen_pool
from service.usecases.night.draw_night import drawn_entries
from service.usecases.night.publish_night import (
    ReplayMismatchError,
    checked_transcript,
)
from service.usecases.night.published_keys import was_in_use
from service.usecases.ports import Ports
from service.usecases.ports.origins import StoredLine, StoredOffer, StoredTranscript
from service.usecases.records import KeyRecord, NightRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginReport:
    """How much was checked, and the first thing that comes from nowhere.

    Attributes:
        nights: Drawn again, and found as they are stored.
        offers: Found in the draw of their night.
        fault: What does not hold, in words that name the row; None when all does.
    """

    nights: int
    offers: int
    fault: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """All that is stored of one night."""

    night: NightRecord
    outcome: bytes
    lines: Sequence[StoredLine]
    offers: Sequence[StoredOffer]
    transcript: StoredTranscript | None


async def check_origins(*, ports: Ports) -> OriginReport:
    """Draw every night again, the oldest first, and stop at the first fault.

    Changes nothing. It takes about the time of a draw for each night, and the memory of
    one night.
    """
    nights = offers = 0
    async with ports.open_uow() as uow:
        keys = await uow.keys.all()
        drawn = await uow.origins.drawn()
    for night_id in drawn:
        stored = await _stored(night_id, ports=ports)
        fault = await asyncio.to_thread(_first_fault, stored, keys, ports)
        if fault is not None:
            where = f"{stored.night.prefecture}/{stored.night.held_on}"
            return OriginReport(
                nights=nights, offers=offers, fault=f"night {where}: {fault}"
            )
        nights += 1
        offers += len(stored.offers)
    async with ports.open_uow() as uow:
        stray = await uow.origins.stray()
    fault = f"{stray.what}: {stray.which}" if stray else None
    return OriginReport(nights=nights, offers=offers, fault=fault)


async def _stored(night_id: int, *, ports: Ports) -> _Stored:
    async with ports.open_uow() as uow:
        night = await uow.nights.by_id(night_id)
        if night is None:
            raise LookupError(night_id)
        return _Stored(
            night=night,
            outcome=await uow.nights.outcome(night_id) or b"",
            lines=await uow.origins.lines(night_id),
            offers=await uow.origins.offers(night_id),
            transcript=await uow.origins.transcript(night_id),
        )


def _first_fault(
    stored: _Stored, keys: Sequence[KeyRecord], ports: Ports
) -> str | None:
    return next(_faults(stored, keys, ports), None)


def _faults(stored: _Stored, keys: Sequence[KeyRecord], ports: Ports) -> Iterator[str]:
    """Yield what does not hold: what the draw rests on first, what follows after."""
    night = stored.night
    if hashlib.sha256(night.pool or b"").digest() != night.pool_sha256:
        yield "its pool is not the one that was frozen"
    elif frozen_pool(night).draw != f"{night.prefecture}/{night.held_on}":
        yield "its pool is another night's"
    if not _are_one_chain(keys):
        yield "the signing keys do not follow one another"
    if night.committed_at is None or not was_in_use(
        keys, night.signature_key or b"", night.committed_at
    ):
        yield "its commitment is signed with a key that was not in use"
    try:
        public = canonical_bytes(checked_transcript(night, stored.outcome, ports))
    except (ReplayMismatchError, ValueError) as error:
        yield f"drawn again, it gives something else ({error})"
        return
    yield from _transcript_faults(stored, public)
    pool = frozen_pool(night)
    outcome = draw(pool, night.commitment_sha256 or b"", night.randomness or b"")
    yield from _line_faults(stored.lines, pool, outcome)
    yield from _offer_faults(stored.offers, pool, outcome)


def _are_one_chain(keys: Sequence[KeyRecord]) -> bool:
    """Say whether each key begins where the one before ends; the last one stands."""
    return all(one.valid_to == after.valid_from for one, after in pairwise(keys)) and (
        not keys or keys[-1].valid_to is None
    )


def _transcript_faults(stored: _Stored, public: bytes) -> Iterator[str]:
    found = stored.transcript
    if stored.night.state is NightState.DRAWN:
        return
    if found is None or found.content != public:
        yield "its transcript is not what this night published"
    elif hashlib.sha256(public).digest() != found.sha256:
        yield "its transcript is stored with another digest"


def _line_faults(
    lines: Sequence[StoredLine], pool: Pool, outcome: Outcome
) -> Iterator[str]:
    bands = {bytes.fromhex(entry.label): entry.band for entry in pool.entries}
    drawn = {
        one.label: StoredLine(band=bands[one.label], **asdict(one))
        for one in drawn_entries(pool, outcome)
    }
    for line in lines:
        expected = drawn.pop(line.label, None)
        if expected is None:
            yield f"line {line.label.hex()} is not in its pool"
        elif line != (expected if line.cut_off is not None else _older(expected)):
            yield f"line {line.label.hex()} was not drawn so"
    for label in sorted(drawn):
        yield f"line {label.hex()} of its pool is gone"


def _older(line: StoredLine) -> StoredLine:
    """Leave out what was not kept yet when the first nights were drawn."""
    return replace(line, tier=None, through=None, cut_off=None)


def _offer_faults(
    offers: Sequence[StoredOffer], pool: Pool, outcome: Outcome
) -> Iterator[str]:
    sizes = {entry.label: entry.size for entry in pool.entries}
    given = {
        one.label: (one.slot.removesuffix(HELD_SUFFIX), sizes[one.label])
        for one in outcome.allocations
    }
    for offer in offers:
        # Taken out: a second offer on one line has no place left to come from.
        found = given.pop(offer.label, None) if offer.label else None
        if found != (offer.slot, offer.places):
            yield f"offer {offer.id}: its draw gave no such place"
