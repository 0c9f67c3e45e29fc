"""drawn → published → notified: checked by another reading, then public."""

import asyncio
from dataclasses import replace

from service.domain.night import NightState, step
from service.draw import draw
from service.draw.canonical import canonical_bytes, parse_strict
from service.draw.commitment import Commitment
from service.draw.transcript import BeaconRound, Signature, Transcript
from service.draw.verify import verify
from service.usecases.night.commit_night import frozen_pool, nonces_of
from service.usecases.ports import Ports
from service.usecases.records import NightRecord

REDUCED = "reduced"
"""The policy of a prefecture that does not publish its pools (ADR 0012)."""


class ReplayMismatchError(Exception):
    """The verifier disagrees with what was drawn: no message may leave."""


async def publish_night(night: NightRecord, *, ports: Ports) -> bool:
    """Have the independent verifier read the transcript, then publish it.

    Raises:
        ReplayMismatchError: A check failed; the night stops before any message.
    """
    async with ports.open_uow() as uow:
        locked = await uow.nights.claim(night.id, NightState.DRAWN)
        if locked is None:
            return False
        outcome = await uow.nights.outcome(locked.id)
        public = await asyncio.to_thread(
            checked_transcript, locked, outcome or b"", ports
        )
        await uow.nights.store_transcript(locked.id, canonical_bytes(public))
        await uow.nights.save(
            replace(
                locked,
                state=step(locked.state, NightState.PUBLISHED),
                published_at=ports.clock.now(),
            ),
            was=NightState.DRAWN,
        )
        await uow.commit()
    return True


async def finish_night(night: NightRecord, *, ports: Ports) -> bool:
    """Published → notified, once every message was handed over or listed for a call."""
    async with ports.open_uow() as uow:
        if await uow.outbox.pending_of_night(night.id):
            return False
        locked = await uow.nights.claim(night.id, NightState.PUBLISHED)
        if locked is None:
            return False
        await uow.nights.save(
            replace(
                locked,
                state=step(locked.state, NightState.NOTIFIED),
                notified_at=ports.clock.now(),
            ),
            was=NightState.PUBLISHED,
        )
        await uow.commit()
    return True


def checked_transcript(
    night: NightRecord, stored: bytes, ports: Ports
) -> dict[str, object]:
    """Draw the night again, and return what its policy publishes.

    Args:
        night: The whole row.
        stored: The outcome that was stored, canonical bytes.
        ports: Who checks the signature and the beacon.

    The whole is checked in any case: a reduced transcript hides lines from readers,
    never from the verifier that lets the night go on.

    Raises:
        ReplayMismatchError: The outcome is another one, or a check failed.
    """
    transcript = whole_transcript(night, stored)
    full = transcript.full()
    public = transcript.reduced() if night.publishes == REDUCED else full
    for shown in (full, public) if public is not full else (full,):
        failed = _failed_checks(shown, ports)
        if failed:
            raise ReplayMismatchError(", ".join(failed))
    return public


def whole_transcript(night: NightRecord, stored: bytes) -> Transcript:
    """Assemble the transcript; the outcome is drawn again, and must be the stored one.

    Raises:
        ReplayMismatchError: It is not.
    """
    pool = frozen_pool(night)
    outcome = draw(pool, night.commitment_sha256 or b"", night.randomness or b"")
    if outcome.canonical() != stored:
        raise ReplayMismatchError("outcome")
    return Transcript(
        commitment=Commitment.from_json(parse_strict(night.commitment or b"")),
        signature=Signature(
            (night.signature_key or b"").hex(), (night.signature_value or b"").hex()
        ),
        beacon=BeaconRound(
            chain=night.beacon_chain or "",
            round=night.beacon_round or 0,
            signature=(night.beacon_signature or b"").hex(),
            randomness=(night.randomness or b"").hex(),
        ),
        pool=pool,
        nonces=nonces_of(night, pool),
        outcome=outcome,
    )


def _failed_checks(transcript: dict[str, object], ports: Ports) -> list[str]:
    checks = verify(
        transcript,
        check_signature=ports.signer.is_valid,
        check_beacon=ports.beacon.check,
    )
    return [check.name for check in checks if check.outcome == "failed"]
