"""committed → revealed: the very round that was named, or the night waits."""

from dataclasses import replace
from datetime import datetime

import structlog

from service.domain.night import NightState, step
from service.usecases.ports import Ports
from service.usecases.records import NightRecord

log = structlog.get_logger()


async def reveal_night(night: NightRecord, *, ports: Ports) -> bool:
    """Fetch the named round, with no transaction open, and store it.

    Late means waiting: never another round, never a number of the operator's
    (`mechanism.md` § 9). Fetched again after a crash, it is the same bytes.
    """
    if (
        night.beacon_chain is None
        or night.beacon_round is None
        or night.beacon_due_at is None
        or ports.clock.now() < night.beacon_due_at
    ):
        return False
    value = await ports.beacon.fetch(night.beacon_chain, night.beacon_round)
    if value is None:
        await _postpone_in_public(night, night.beacon_due_at, ports=ports)
        return False
    async with ports.open_uow() as uow:
        locked = await uow.nights.claim(night.id, NightState.COMMITTED)
        if locked is None:
            return False
        await uow.nights.save(
            replace(
                locked,
                state=step(locked.state, NightState.REVEALED),
                revealed_at=ports.clock.now(),
                beacon_signature=value.signature,
                randomness=value.randomness,
            ),
            was=NightState.COMMITTED,
        )
        await uow.commit()
    return True


async def _postpone_in_public(
    night: NightRecord, due_at: datetime, *, ports: Ports
) -> None:
    """Say, once, that the round is hours late; nothing else changes.

    The night waits for the same round, and completes when it comes: a delay is no
    reason to choose.
    """
    now = ports.clock.now()
    if night.postponed_at is not None or now < due_at + ports.beacon_patience:
        return
    async with ports.open_uow() as uow:
        locked = await uow.nights.claim(night.id, NightState.COMMITTED)
        if locked is None or locked.postponed_at is not None:
            return
        await uow.nights.save(
            replace(locked, postponed_at=now), was=NightState.COMMITTED
        )
        await uow.commit()
    log.error(
        "night postponed",
        night=f"{night.prefecture}/{night.held_on}",
        beacon_round=night.beacon_round,
    )
