"""committed → revealed: the very round that was named, or the night waits."""

from dataclasses import replace

from service.usecases.ports import Ports
from service.usecases.records import NightRecord


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
        return False
    async with ports.open_uow() as uow:
        locked = await uow.nights.claim(night.id, "committed")
        if locked is None:
            return False
        await uow.nights.save(
            replace(
                locked,
                state="revealed",
                revealed_at=ports.clock.now(),
                beacon_signature=value.signature,
                randomness=value.randomness,
            ),
            was="committed",
        )
        await uow.commit()
    return True
