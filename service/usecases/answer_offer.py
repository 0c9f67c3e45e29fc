"""Confirm, decline or cancel: the three answers to a place."""

from dataclasses import replace
from datetime import timedelta

from service.domain.errors import OfferNotOpenError
from service.domain.night import business_date, instant_of_wall_time
from service.domain.offer import sits_out_until
from service.usecases.access import opened
from service.usecases.commands import Access
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import NewOutboxRow, OfferRecord, RegistrationRecord
from service.usecases.view_registration import view_of
from service.usecases.views import RegistrationView

REMINDER = timedelta(hours=48)
"""A confirmed person is reminded two days before (`product.md` A7)."""


async def confirm_offer(access: Access, *, ports: Ports) -> RegistrationView:
    """Confirm the awaiting offer; confirming twice is the same as once.

    Raises:
        UnknownResourceError: No such reference, or another secret.
        OfferNotOpenError: No offer awaits an answer, or its hour has passed.
    """
    async with ports.open_uow() as uow:
        record = await opened(access, uow, lock=True)
        offer = await _live(record, uow)
        now = ports.clock.now()
        if offer.state == "awaiting":
            if now >= offer.confirm_by:
                raise OfferNotOpenError
            offer = replace(offer, state="confirmed", answered_at=now)
            record = replace(record, state="served")
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
        record = await opened(access, uow, lock=True)
        offer = await _live(record, uow)
        if offer.state != "awaiting":
            raise OfferNotOpenError
        record = await give_back(record, offer, "declined", uow=uow, ports=ports)
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
        record = await opened(access, uow, lock=True)
        offer = await _live(record, uow)
        starts_at = instant_of_wall_time(offer.starts_at)
        if offer.state != "confirmed" or starts_at <= ports.clock.now():
            raise OfferNotOpenError
        record = await give_back(record, offer, "cancelled", uow=uow, ports=ports)
        view = await view_of(record, uow=uow, ports=ports)
        await uow.commit()
    return view


async def give_back(
    record: RegistrationRecord,
    offer: OfferRecord,
    state: str,
    *,
    uow: UnitOfWork,
    ports: Ports,
    counts: bool = True,
) -> RegistrationRecord:
    """End an offer and return the registration to the nights that follow.

    Args:
        record: The registration, locked.
        offer: Its live offer, locked.
        state: ``declined``, ``lapsed`` or ``cancelled``.
        uow: The open transaction.
        ports: The clock.
        counts: False when the person could not be reached: no refusal is counted.
    """
    now = ports.clock.now()
    today = business_date(now)
    ruleset = await uow.directory.ruleset_on(record.prefecture, today)
    night = await uow.nights.next_open(record.prefecture)
    declines = record.declines + 1 if counts else record.declines
    returned = replace(
        record,
        state="live",
        released_at=None,
        declines=declines,
        sits_out_until=sits_out_until(
            declines, night.held_on if night else today, ruleset
        )
        if counts
        else record.sits_out_until,
    )
    await uow.offers.save(replace(offer, state=state, answered_at=now))
    await uow.registrations.save(returned)
    return returned


async def _live(record: RegistrationRecord, uow: UnitOfWork) -> OfferRecord:
    offer = await uow.offers.live_of(record.id, lock=True)
    if offer is None:
        raise OfferNotOpenError
    return offer


def _messages_of_a_confirmation(
    offer: OfferRecord, ports: Ports
) -> list[NewOutboxRow]:
    now = ports.clock.now()
    reminder_at = instant_of_wall_time(offer.starts_at) - REMINDER
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
