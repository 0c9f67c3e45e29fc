"""Offers whose hour has passed: the place goes to a later night."""

from service.domain.night import wall_of
from service.usecases.answer_offer import give_back
from service.usecases.ports import Ports

_BATCH = 100


async def lapse_offers(*, ports: Ports) -> int:
    """Lapse every overdue offer; returns how many.

    Silence counts as a refusal. An offer that could not reach its person is no
    silence: it lapses at the last moment, and nothing is counted against them.
    """
    lapsed = 0
    while batch := await _lapse_batch(ports=ports):
        lapsed += batch
    return lapsed


async def _lapse_batch(*, ports: Ports) -> int:
    async with ports.open_uow() as uow:
        overdue = await uow.offers.overdue(ports.clock.now(), _BATCH)
        for offer in overdue:
            record = await uow.registrations.by_id(offer.registration_id, lock=True)
            if record is None:
                continue
            reached = offer.handed_over_at is not None
            await give_back(
                record, offer, "lapsed", uow=uow, ports=ports, counts=reached
            )
        await uow.commit()
    return len(overdue)


async def release_served(*, ports: Ports) -> int:
    """Let people whose appointment is over register for their next visit."""
    async with ports.open_uow() as uow:
        released = await uow.registrations.release_served(wall_of(ports.clock.now()))
        await uow.commit()
    return released
