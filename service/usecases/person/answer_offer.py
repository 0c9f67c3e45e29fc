"""Confirm, decline or cancel: the three answers to a place."""

from dataclasses import replace
from datetime import timedelta

from service.domain.errors import OfferNotOpenError
from service.domain.night import instant_of
from service.domain.offer import (
    OfferState,
    after_cancellation,
    after_refusal,
)
from service.domain.registration import RegistrationState, move_registration
from service.domain.sending import last_decent
from service.usecases.commands import Access
from service.usecases.night.plan_nights import open_night
from service.usecases.person.access import opened
from service.usecases.person.view_registration import view_of
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import NewOutboxRow, OfferRecord, RegistrationRecord
from service.usecases.views import RegistrationView

REMINDER = timedelta(hours=48)
"""A confirmed person is reminded two full days before, or earlier, for Sundays and
nights (`product.md` A7)."""


async def confirm_offer(access: Access, *, ports: Ports) -> RegistrationView:
    """Confirm the awaiting offer; confirming twice is the same as once.

    Raises:
        UnknownResourceError: No such reference, or another secret.
        OfferNotOpenError: No offer awaits an answer, or its hour has passed.
    """
    async with ports.open_uow() as uow:
        record = await opened(access, uow, now=ports.clock.now(), lock=True)
        offer = await _live(record, uow)
        now = ports.clock.now()
        if offer.state is OfferState.AWAITING:
            if now >= offer.confirm_by:
                raise OfferNotOpenError
            offer = offer.moved(OfferState.CONFIRMED, at=now)
            record = replace(
                record, state=move_registration(record.state, RegistrationState.SERVED)
            )
            await uow.offers.save(offer)
            await uow.registrations.save(record)
            await uow.outbox.add(_messages_of_a_confirmation(offer, ports))
        view = await view_of(record, uow=uow, ports=ports)
        await uow.commit()
    return view


async def decline_offer(access: Access, *, ports: Ports) -> RegistrationView:
    """Decline the awaiting offer; the place goes to a later night, never to a click.

    The first refusal costs nothing: registration and days waited stay, the person
    sits out only the night in which that very place is drawn again.

    Raises:
        UnknownResourceError: No such reference, or another secret.
        OfferNotOpenError: No offer awaits an answer.
    """
    async with ports.open_uow() as uow:
        record = await opened(access, uow, now=ports.clock.now(), lock=True)
        offer = await _live(record, uow)
        if offer.state is not OfferState.AWAITING:
            raise OfferNotOpenError
        record = await give_back(
            record, offer, OfferState.DECLINED, uow=uow, ports=ports
        )
        view = await view_of(record, uow=uow, ports=ports)
        await uow.commit()
    return view


async def cancel_appointment(access: Access, *, ports: Ports) -> RegistrationView:
    """Give a confirmed place back and take part again; moving is the same thing.

    Raises:
        UnknownResourceError: No such reference, or another secret.
        OfferNotOpenError: No confirmed appointment lies ahead.
    """
    async with ports.open_uow() as uow:
        record = await opened(access, uow, now=ports.clock.now(), lock=True)
        offer = await _live(record, uow)
        starts_at = instant_of(offer.starts_at)
        if offer.state is not OfferState.CONFIRMED or starts_at <= ports.clock.now():
            raise OfferNotOpenError
        record = await give_back(
            record, offer, OfferState.CANCELLED, uow=uow, ports=ports, counts=False
        )
        view = await view_of(record, uow=uow, ports=ports)
        await uow.commit()
    return view


async def give_back(
    record: RegistrationRecord,
    offer: OfferRecord,
    to: OfferState,
    *,
    uow: UnitOfWork,
    ports: Ports,
    counts: bool = True,
) -> RegistrationRecord:
    """End an offer and return the registration to the nights that follow.

    Args:
        record: The registration, locked.
        offer: Its live offer, locked.
        to: ``declined``, ``lapsed`` or ``cancelled``.
        uow: The open transaction.
        ports: The clock.
        counts: False when nothing was refused: the person cancelled a confirmed
            place, or no message reached them.
    """
    now = ports.clock.now()
    night = await open_night(record.prefecture, uow=uow, now=now)
    ruleset = await uow.directory.ruleset_on(record.prefecture, night.held_on)
    refusals = record.declines + 1 if counts else record.declines
    returned = replace(
        record,
        state=move_registration(record.state, RegistrationState.LIVE),
        displaced_on=None,
        declines=refusals,
        back_on=after_refusal(refusals, night.held_on, ruleset)
        if counts
        else after_cancellation(night.held_on),
    )
    await uow.offers.save(offer.moved(to, at=now))
    await uow.registrations.save(returned)
    return returned


async def _live(record: RegistrationRecord, uow: UnitOfWork) -> OfferRecord:
    """Lock the live offer; for who proved nothing there is none, as for a trace."""
    offer = await uow.offers.live_of(record.id, lock=True)
    if offer is None or record.proved_at is None:
        raise OfferNotOpenError
    return offer


def _messages_of_a_confirmation(offer: OfferRecord, ports: Ports) -> list[NewOutboxRow]:
    now = ports.clock.now()
    reminder_at = last_decent(instant_of(offer.starts_at) - REMINDER)
    rows = [
        NewOutboxRow(
            once=f"confirmed:{offer.id}",
            kind="confirmed",
            registration_id=offer.registration_id,
            offer_id=offer.id,
            available_at=now,
        )
    ]
    if reminder_at > now:
        rows.append(
            NewOutboxRow(
                once=f"reminder:{offer.id}",
                kind="reminder",
                registration_id=offer.registration_id,
                offer_id=offer.id,
                available_at=reminder_at,
            )
        )
    return rows
