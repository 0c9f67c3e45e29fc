"""What was refused is not undone by leaving and coming back (mechanism.md § 6 and § 7).

Whoever withdraws and registers again for the same motif keeps their refusals and the
nights that they still sit out: else a second refusal would cost nothing, and the place
just given back could be won by the very person who gave it.

An earlier registration is told to nobody who only typed a number (ADR 0005): what was
carried over shows to whoever reads the contact of that earlier one, and at the desk.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from service.domain.channels import Channel
from service.domain.contact import Contact
from service.usecases.person.personal import open_contact
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import RegistrationRecord
from service.usecases.views import RegistrationView

REMEMBERED: Final = timedelta(days=92)
"""How long after a withdrawal: as long as the person of it is known (ADR 0025)."""


async def with_earlier_refusals(
    new: RegistrationRecord, *, uow: UnitOfWork
) -> RegistrationRecord:
    """Return a new registration with what its person refused before they withdrew."""
    earlier = await _withdrawn(new, uow=uow)
    back_on = max((one.back_on for one in earlier if one.back_on), default=None)
    return replace(
        new,
        declines=max((one.declines for one in earlier), default=0),
        back_on=back_on if back_on and back_on > new.first_night_on else None,
    )


async def without_what_is_not_told(
    view: RegistrationView,
    record: RegistrationRecord,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> RegistrationView:
    """Return the view as of a first registration, unless its reader may know better."""
    is_carried_over = view.offer is None and _sits_out(record, view.next_night_on)
    if not is_carried_over or await _may_be_told(record, uow=uow, ports=ports):
        return view
    return replace(view, back_on=None, takes_part_next=view.state == "live")


async def _may_be_told(
    record: RegistrationRecord, *, uow: UnitOfWork, ports: Ports
) -> bool:
    if record.proved_at is None:
        return False
    if record.channel == Channel.DESK:  # an agent had the person before them
        return True
    own = open_contact(record.sealed_contact, record.id, ports.sealer)
    earlier = [
        open_contact(one.sealed_contact, one.id, ports.sealer)
        for one in await _withdrawn(record, uow=uow)
        if one.back_on == record.back_on
    ]
    return any(_is_the_same(own, other) for other in earlier)


async def _withdrawn(
    record: RegistrationRecord, *, uow: UnitOfWork
) -> Sequence[RegistrationRecord]:
    return await uow.registrations.withdrawn_of(
        record.applicant_key,
        record.prefecture,
        record.motif,
        record.registered_at - REMEMBERED,
    )


def _sits_out(record: RegistrationRecord, night: date) -> bool:
    return record.back_on is not None and record.back_on > night


def _is_the_same(one: Contact | None, other: Contact | None) -> bool:
    """Say whether two contacts share what messages go to."""
    if one is None or other is None:
        return False
    return (one.email is not None and one.email == other.email) or (
        one.phone is not None and one.phone == other.phone
    )
