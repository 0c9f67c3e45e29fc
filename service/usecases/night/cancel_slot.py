"""The prefecture cannot receive people after all: they are told at once.

Whoever was expected in that slot gets the registration back with all the days waited
and no night sat out: it was not their doing. The place is withdrawn, so that nobody
else is given it. The act is in the audit with its reason and its number of people. The
first band comes with a second agent's word (``desk.confirm_cancellations``): one agent
alone would else put a friend there by cancelling a slot (ADR 0018, ADR 0028).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from service.domain.cancellations import CancellationState, CancelReason
from service.domain.night import instant_of
from service.domain.offer import FREES_ITS_PLACE, OfferState
from service.domain.registration import RegistrationState, move_registration
from service.usecases.errors import UnknownResourceError
from service.usecases.night.open_slots import refuse_during_a_draw
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import (
    AgentRecord,
    NewOutboxRow,
    OfferRecord,
    RegistrationRecord,
    SlotRecord,
)
from service.usecases.records.guards import CancellationRecord


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What a cancellation did: people who lost their place, places withdrawn."""

    people: int
    places: int


async def cancel_slot(
    agent: AgentRecord, code: str, *, reason: CancelReason, ports: Ports
) -> Cancelled:
    """Cancel every place of a slot that lies ahead, held or free.

    All or nothing, in one transaction. Cancelling twice is the same as once: nobody is
    left to be told.

    Args:
        agent: Who cancels.
        code: Of the slot.
        reason: What a second agent will be asked to confirm.
        ports: The outside.

    Raises:
        UnknownResourceError: No such slot in the agent's prefecture, or nothing left.
        PlacesLockedError: A pool is frozen and not drawn yet.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        await refuse_during_a_draw(agent.prefecture, now, uow=uow)
        slot = await uow.slots.by_code(agent.prefecture, code)
        offers = await uow.offers.live_in(agent.prefecture, code)
        displaced = [
            offer.id
            for offer in _in_order(offers)
            if await _displace(offer, uow=uow, ports=ports)
        ]
        places = await uow.slots.withdraw(agent.prefecture, code, _EVERY, now)
        if slot is None or (places == 0 and not displaced):
            raise UnknownResourceError("code")
        cancellation = _cancellation(agent, slot, reason, len(displaced), ports)
        await uow.cancellations.add(cancellation, displaced)
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="slot-cancelled",
            detail={
                "slot": code,
                "cancellation": str(cancellation.id),
                "reason": reason,
                "people": len(displaced),
                "places": places,
            },
            at=now,
        )
        await uow.commit()
    return Cancelled(people=len(displaced), places=places)


def _cancellation(
    agent: AgentRecord,
    slot: SlotRecord,
    reason: CancelReason,
    people: int,
    ports: Ports,
) -> CancellationRecord:
    return CancellationRecord(
        id=UUID(bytes=ports.entropy(16), version=4),
        prefecture=agent.prefecture,
        slot_code=slot.code,
        site=slot.site,
        starts_at=slot.starts_at,
        reason=reason,
        cancelled_by=agent.id,
        cancelled_by_name=agent.name,
        cancelled_at=ports.clock.now(),
        people=people,
        state=CancellationState.AWAITING if people else CancellationState.NOBODY,
    )


async def slot_of(agent: AgentRecord, code: str, *, ports: Ports) -> SlotRecord:
    """Return one slot of the agent's prefecture, with its counts.

    Raises:
        UnknownResourceError: No such slot.
    """
    async with ports.open_uow() as uow:
        found = await uow.slots.by_code(agent.prefecture, code)
    if found is None:
        raise UnknownResourceError("code")
    return found


_EVERY = 10_000


def _in_order(offers: Sequence[OfferRecord]) -> list[OfferRecord]:
    """Lock registrations in one order, so that two cancellations never deadlock."""
    return sorted(offers, key=lambda offer: offer.registration_id)


async def _displace(found: OfferRecord, *, uow: UnitOfWork, ports: Ports) -> bool:
    now = ports.clock.now()
    record = await uow.registrations.by_id(found.registration_id, lock=True)
    offer = await uow.offers.by_id(found.id, lock=True)
    if (
        record is None
        or offer is None
        or offer.state in FREES_ITS_PLACE
        or instant_of(offer.starts_at) <= now
    ):
        return False
    await uow.offers.save(offer.moved(OfferState.CANCELLED, at=now))
    if (
        record.state not in (RegistrationState.LIVE, RegistrationState.SERVED)
        or record.released_at is not None
    ):
        return False
    await uow.registrations.save(
        replace(
            record,
            state=move_registration(record.state, RegistrationState.LIVE),
            back_on=None,
            displaced_on=None,
        )
    )
    await uow.outbox.add([_message(record, offer, ports)])
    return True


def _message(
    record: RegistrationRecord, offer: OfferRecord, ports: Ports
) -> NewOutboxRow:
    return NewOutboxRow(
        once=f"cancelled_by_prefecture:{offer.id}",
        kind="cancelled_by_prefecture",
        registration_id=record.id,
        offer_id=offer.id,
        available_at=ports.clock.now(),
    )
