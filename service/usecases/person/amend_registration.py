"""Correct a registration; a correction never costs seniority."""

from dataclasses import replace
from datetime import datetime, timedelta

from service.domain.companions import refuse_mismatch, refuse_unborn
from service.domain.errors import RegistrationNotLiveError
from service.domain.night import paris_date
from service.domain.registration import RegistrationState
from service.usecases.commands import AmendRegistration
from service.usecases.desk.checked_dates import with_facts
from service.usecases.person.access import opened
from service.usecases.person.personal import (
    open_companions,
    open_contact,
    open_identity,
    seal_companions,
    seal_contact,
)
from service.usecases.person.view_registration import view_of
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.public.describe_prefecture import check_choice
from service.usecases.records import NewOutboxRow, RegistrationRecord
from service.usecases.views import RegistrationView

CONTACT_DELAY = timedelta(hours=72)
"""A hijacked phone must not move a registration in silence (`reliability.md` § 2.3)."""


async def amend_registration(
    command: AmendRegistration, *, ports: Ports
) -> RegistrationView:
    """Store the corrections; the next freeze reads them, tonight's frozen pool not.

    A changed contact is announced to the old one and counts after 72 hours.

    Raises:
        UnknownResourceError: No such reference, or another secret.
        CompanionsMismatchError: A family that is named in part.
        NoDayLeftError: No day from Monday to Friday is left.
        RegistrationNotLiveError: Withdrawn or lapsed; or served, and something else
            than the contact is to change. Whoever has an appointment must still be
            found: by the reminder, or when the prefecture cancels.
    """
    async with ports.open_uow() as uow:
        record = await opened(command.access, uow, now=ports.clock.now(), lock=True)
        now = ports.clock.now()
        changed = record
        if record.state in (RegistrationState.LIVE, RegistrationState.JOINED):
            changed = await _with_choice(changed, command, uow=uow)
            changed = await _with_facts(changed, command, now, uow=uow, ports=ports)
            await _put_companions(changed, command, now, uow=uow, ports=ports)
        elif record.state is not RegistrationState.SERVED or not _is_contact_alone(
            command
        ):
            raise RegistrationNotLiveError
        changed = await _with_contact(changed, command, now, uow=uow, ports=ports)
        await uow.registrations.save(changed)
        view = await view_of(changed, uow=uow, ports=ports)
        await uow.commit()
    return view


def _is_contact_alone(command: AmendRegistration) -> bool:
    alone = AmendRegistration(access=command.access, contact=command.contact)
    return command.contact is not None and command == alone


async def _with_choice(
    record: RegistrationRecord, command: AmendRegistration, *, uow: UnitOfWork
) -> RegistrationRecord:
    if command.availability is not None:
        command.availability.refuse_no_working_day()
    sites = command.sites if command.sites is not None else record.sites
    await check_choice(record.prefecture, record.motif, sites, uow=uow)
    return replace(
        record,
        sites=tuple(sorted(set(sites))),
        availability=command.availability or record.availability,
        people=command.people or record.people,
    )


async def _with_facts(
    record: RegistrationRecord,
    command: AmendRegistration,
    now: datetime,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> RegistrationRecord:
    identity = open_identity(record.sealed_identity, record.id, ports.sealer)
    if command.facts is None or identity is None:
        return record
    return with_facts(
        record,
        command.facts,
        await uow.doors.checks.last_standing(record.id),
        birth_date=identity.birth_date,
        today=paris_date(now),
    )


async def _put_companions(
    record: RegistrationRecord,
    command: AmendRegistration,
    now: datetime,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> None:
    """Store the family as it is named now, or what is left of it with fewer people."""
    family = command.companions
    if family is None:
        sealed = await uow.doors.companions.of(record.id)
        known = open_companions(sealed, record.id, ports.sealer)
        if not known or len(known) == record.people - 1:
            return
        family = ()  # another number of people: their names are asked anew
    refuse_mismatch(record.people, family)
    refuse_unborn(family, paris_date(now))
    await uow.doors.companions.put(
        record.id, seal_companions(family, record.id, ports.sealer)
    )


async def _with_contact(
    record: RegistrationRecord,
    command: AmendRegistration,
    now: datetime,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> RegistrationRecord:
    if command.contact is None:
        return record
    sealed = seal_contact(command.contact, record.id, ports.sealer)
    old = open_contact(record.sealed_contact, record.id, ports.sealer)
    if old is None or (old.email is None and old.phone is None):
        return replace(record, sealed_contact=sealed, language=command.contact.language)
    await uow.outbox.add(
        [
            NewOutboxRow(
                once=f"contact_changes:{record.id}:{now.isoformat()}",
                kind="contact_changes",
                registration_id=record.id,
                available_at=now,
            )
        ]
    )
    return replace(
        record,
        sealed_new_contact=sealed,
        new_contact_from=now + CONTACT_DELAY,
        language=command.contact.language,
    )


def with_contact_in_force(
    record: RegistrationRecord, now: datetime
) -> RegistrationRecord:
    """Return the record with its new contact once the 72 hours have passed."""
    if record.new_contact_from is None or record.new_contact_from > now:
        return record
    return replace(
        record,
        sealed_contact=record.sealed_new_contact,
        sealed_new_contact=None,
        new_contact_from=None,
    )
