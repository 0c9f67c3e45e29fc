"""Offers whose hour has passed: the place goes to a later night."""

from collections.abc import Sequence

import structlog

from service.domain.night import wall_of
from service.domain.offer import OfferState
from service.domain.registration import RegistrationState
from service.usecases.person.answer_offer import give_back
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import NewOutboxRow, OfferRecord

log = structlog.get_logger()

_BATCH = 100


async def lapse_offers(*, ports: Ports) -> int:
    """Lapse every overdue offer; returns how many.

    Silence counts as a refusal. An offer that could not reach its person is no
    silence: it lapses at the last moment, and nothing is counted against them.

    One offer that fails keeps none of the others waiting.

    Raises:
        ExceptionGroup: What went wrong, once every other offer had its turn.
    """
    lapsed = 0
    last: OfferRecord | None = None
    errors: list[Exception] = []
    while overdue := await _overdue(last, ports=ports):
        for offer in overdue:
            try:
                lapsed += await _lapse(offer, ports=ports)
            except Exception as error:
                log.exception("offer did not lapse", offer=str(offer.id))
                errors.append(error)
        last = overdue[-1]
    if errors:
        raise ExceptionGroup("some offers did not lapse", errors)
    return lapsed


async def _overdue(after: OfferRecord | None, *, ports: Ports) -> Sequence[OfferRecord]:
    async with ports.open_uow() as uow:
        return await uow.offers.overdue(ports.clock.now(), _BATCH, after=after)


async def _lapse(overdue: OfferRecord, *, ports: Ports) -> bool:
    """Lapse one offer unless its person just answered.

    The registration is locked before the offer, as everywhere: whoever answers at
    this very instant goes first or second, never into a deadlock.
    """
    async with ports.open_uow() as uow:
        record = await uow.registrations.by_id(overdue.registration_id, lock=True)
        offer = await uow.offers.by_id(overdue.id, lock=True)
        if record is None or offer is None or offer.state is not OfferState.AWAITING:
            return False
        if record.state is not RegistrationState.LIVE:
            await _end_without_its_person(offer, uow=uow, ports=ports)
            return True
        reached = offer.handed_over_at is not None
        await give_back(
            record, offer, OfferState.LAPSED, uow=uow, ports=ports, counts=reached
        )
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


async def _end_without_its_person(
    offer: OfferRecord, *, uow: UnitOfWork, ports: Ports
) -> None:
    """Free the place of a registration that ended: it stays ended, nobody is told."""
    ended = offer.moved(OfferState.LAPSED, at=ports.clock.now())
    await uow.offers.save(ended)
    await uow.commit()


async def release_served(*, ports: Ports) -> int:
    """Let people whose appointment is over register for their next visit."""
    async with ports.open_uow() as uow:
        released = await uow.registrations.release_served(wall_of(ports.clock.now()))
        await uow.commit()
    return released
