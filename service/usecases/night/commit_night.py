"""frozen → committed: the promise, signed and public before the randomness exists."""

import asyncio
from dataclasses import replace
from datetime import datetime, time

from service.domain.night import NightState, beacon_not_before, step, wall_instant
from service.draw.canonical import canonical_bytes, parse_strict
from service.draw.commitment import Commitment
from service.draw.model import Pool
from service.draw.verify.rounds import exists_from_s, is_of_night
from service.usecases.night.tell_witnesses import expected_witnesses
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import NightRecord, RoundName


async def commit_night(night: NightRecord, *, ports: Ports) -> bool:
    """Name a beacon round still to come, sign the commitment, make it public.

    The digests, which take a moment, are made before the round is named; and the
    round is named before the transaction opens: a beacon may be slow. Naming it again
    after a crash is harmless, since nothing was published.

    Returns:
        False when another process was first, or when all this took so long that the
        round may exist already: the next try names a later one.
    """
    async with ports.open_uow() as uow:
        frozen = await uow.nights.by_id(night.id)
    if frozen is None or frozen.state is not NightState.FROZEN:
        return False
    draft = await asyncio.to_thread(_draft, frozen)
    named = await _named(night, ports=ports)
    async with ports.open_uow() as uow:
        locked = await uow.nights.claim(night.id, NightState.FROZEN)
        if locked is None:
            return False
        committed = await _committed(locked, draft, named, uow=uow, ports=ports)
        if committed.committed_at is None or not _lies_ahead(
            named, committed.committed_at
        ):
            return False
        await uow.nights.save(committed, was=NightState.FROZEN)
        await uow.keys.use(ports.signer.public_key, committed.committed_at)
        await uow.witnesses.expect(
            night.id,
            await expected_witnesses(night.prefecture, uow=uow, ports=ports),
            committed.committed_at,
        )
        await uow.commit()
    return True


async def _named(night: NightRecord, *, ports: Ports) -> RoundName:
    """Name a round that every verifier takes for one of this night.

    Only a night brought forward can be too early: on a public beacon it then waits for
    the first round of its own date.
    """
    now = ports.clock.now()
    named = await ports.beacon.name_round(await _not_before(night, now, ports=ports))
    draw = f"{night.prefecture}/{night.held_on}"
    if is_of_night(int(named.due_at.timestamp()), draw=draw, chain=named.chain):
        return named
    return await ports.beacon.name_round(wall_instant(night.held_on, time()))


def _lies_ahead(named: RoundName, committed_at: datetime) -> bool:
    """Say whether the round is to come: as its beacon says, and as is computed."""
    computed = exists_from_s(named.chain, named.beacon_round)
    is_ahead = computed is None or computed > committed_at.timestamp()
    return is_ahead and named.due_at > committed_at


def _draft(night: NightRecord) -> Commitment:
    """Digest the pool; round and predecessor are still to be filled in."""
    pool = frozen_pool(night)
    return Commitment.for_pool(
        pool, nonces_of(night, pool), chain="", round=0, previous=None
    )


async def _not_before(night: NightRecord, now: datetime, *, ports: Ports) -> datetime:
    """Leave witnesses their time; the demonstration's early night takes none."""
    if night.brought_forward:
        return now
    async with ports.open_uow() as uow:
        ruleset = await uow.directory.ruleset_on(night.prefecture, night.held_on)
    return beacon_not_before(night.held_on, now, ruleset)


async def _committed(
    night: NightRecord,
    draft: Commitment,
    named: RoundName,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> NightRecord:
    previous = await uow.nights.previous_commitment(night)
    commitment = replace(
        draft,
        chain=named.chain,
        round=named.beacon_round,
        previous=previous.hex() if previous else None,
    )
    return replace(
        night,
        state=step(night.state, NightState.COMMITTED),
        commitment=canonical_bytes(commitment.to_json()),
        commitment_sha256=commitment.digest(),
        signature_key=ports.signer.public_key,
        signature_value=ports.signer.sign(commitment.signed_message()),
        beacon_chain=named.chain,
        beacon_round=named.beacon_round,
        beacon_due_at=named.due_at,
        publishes=await uow.directory.publishes(night.prefecture),
        committed_at=ports.clock.now(),
    )


def frozen_pool(night: NightRecord) -> Pool:
    """Return the pool as it was frozen."""
    if night.pool is None:
        raise ValueError("the night is not frozen")
    return Pool.from_json(parse_strict(night.pool))


def nonces_of(night: NightRecord, pool: Pool) -> dict[str, bytes]:
    """Return each label's nonce; they are stored one after the other, by label."""
    nonces = night.nonces or b""
    return {
        entry.label: nonces[32 * index : 32 * (index + 1)]
        for index, entry in enumerate(pool.entries)
    }
