"""Leave the queue, for good and at once."""

from dataclasses import replace
from datetime import datetime

from service.domain.errors import RegistrationNotLiveError
from service.domain.night import instant_of
from service.domain.offer import OfferState
from service.domain.registration import RegistrationState, move_registration
from service.usecases.commands import Access
from service.usecases.person.access import opened
from service.usecases.person.answer_offer import give_back
from service.usecases.ports import Ports
from service.usecases.records import NewOutboxRow, OfferRecord, RegistrationRecord


async def withdraw_registration(access: Access, *, ports: Ports) -> None:
    """End a registration; a place it holds goes to a later night.

    What was refused is remembered for who registers again (``earlier_refusals``).
    Withdrawing twice is the same as once. An entry that is already frozen stays in
    tonight's pool (the pool cannot change); if it is served, nobody is told and the
    place goes to a later night. Who has an appointment leaves without giving it back
    first, until its hour.

    Raises:
        UnknownResourceError: No such reference, or another secret.
        RegistrationNotLiveError: The appointment is over, or the registration lapsed.
    """
    async with ports.open_uow() as uow:
        record = await opened(access, uow, now=ports.clock.now(), lock=True)
        if record.state is RegistrationState.WITHDRAWN:
            return
        now = ports.clock.now()
        offer = await uow.offers.live_of(record.id, lock=True)
        if record.state not in (
            RegistrationState.LIVE,
            RegistrationState.JOINED,
        ) and not _is_ahead(record, offer, now):
            raise RegistrationNotLiveError
        if offer is not None:
            # Leaving with a place in hand is refusing it, for who comes back.
            record = await give_back(
                record,
                offer,
                OfferState.CANCELLED,
                uow=uow,
                ports=ports,
                counts=offer.handed_over_at is not None,
            )
        await uow.registrations.save(
            replace(
                record,
                state=move_registration(record.state, RegistrationState.WITHDRAWN),
                joined_to=None,
                released_at=now,
            )
        )
        await uow.outbox.add(
            [
                NewOutboxRow(
                    once=f"withdrawn:{record.id}",
                    kind="withdrawn",
                    registration_id=record.id,
                    available_at=now,
                )
            ]
        )
        await uow.commit()


def _is_ahead(
    record: RegistrationRecord, offer: OfferRecord | None, now: datetime
) -> bool:
    """Say whether somebody has an appointment whose hour has not come."""
    return (
        record.state is RegistrationState.SERVED
        and offer is not None
        and instant_of(offer.starts_at) > now
    )
