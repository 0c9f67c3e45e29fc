"""Offers whose hour has passed: the place goes to a later night."""

from collections.abc import Sequence

from service.domain.night import wall_of
from service.usecases.person.answer_offer import give_back
from service.usecases.ports import Ports
from service.usecases.records import NewOutboxRow, OfferRecord

_BATCH = 100


async def lapse_offers(*, ports: Ports) -> int:
    """Lapse every overdue offer; returns how many.

    Silence counts as a refusal. An offer that could not reach its person is no
    silence: it lapses at the last moment, and nothing is counted against them.
    """
    lapsed = 0
    while overdue := await _overdue(ports=ports):
        for offer in overdue:
            lapsed += await _lapse(offer, ports=ports)
    return lapsed


async def _overdue(*, ports: Ports) -> Sequence[OfferRecord]:
    async with ports.open_uow() as uow:
        return await uow.offers.overdue(ports.clock.now(), _BATCH)


async def _lapse(overdue: OfferRecord, *, ports: Ports) -> bool:
    """Lapse one offer unless its person just answered.

    The registration is locked before the offer, as everywhere: whoever answers at
    this very instant goes first or second, never into a deadlock.
    """
    async with ports.open_uow() as uow:
        record = await uow.registrations.by_id(overdue.registration_id, lock=True)
        offer = await uow.offers.by_id(overdue.id, lock=True)
        if record is None or offer is None or offer.state != "awaiting":
            return False
        reached = offer.handed_over_at is not None
        await give_back(record, offer, "lapsed", uow=uow, ports=ports, counts=reached)
        await uow.outbox.add(
            [
                NewOutboxRow(
                    once=f"lapsed:{offer.id}",
                    kind="lapsed",
                    registration_id=record.id,
                    offer_id=offer.id,
                    available_at=ports.clock.now(),
                )
            ]
        )
        await uow.commit()
    return True


async def release_served(*, ports: Ports) -> int:
    """Let people whose appointment is over register for their next visit."""
    async with ports.open_uow() as uow:
        released = await uow.registrations.release_served(wall_of(ports.clock.now()))
        await uow.commit()
    return released
