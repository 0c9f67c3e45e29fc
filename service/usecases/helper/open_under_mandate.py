"""The helper's door to a registration: a live mandate of that scope, told and noted.

Every use case opens a registration through ``access.opened``, which leads here for a
helper; so that nothing can be done for a person without their mandate, and nothing
without their knowing.
"""

from datetime import datetime, time

from service.domain.night import paris_date, wall_instant
from service.usecases.commands import MandateAccess
from service.usecases.errors import OrganisationSuspendedError, UnknownResourceError
from service.usecases.ports import UnitOfWork
from service.usecases.records import NewOutboxRow, RegistrationRecord
from service.usecases.records.mandates import MandateRecord

VIEWED = "viewed"


async def opened_under_mandate(
    access: MandateAccess,
    uow: UnitOfWork,
    *,
    now: datetime,
    reference: str,
    lock: bool,
) -> RegistrationRecord:
    """Return the registration that a helper's mandate opens, and note why.

    What is done is told to the person at their own contact; a look is noted once a
    day. Both stand in the transaction of the act itself.

    Raises:
        UnknownResourceError: No such reference, or no live mandate for it: alike on
            purpose, so that a reference overheard tells a helper nothing.
        MandateMissingError: The mandate is live, but not of that scope.
        OrganisationSuspendedError: Nothing is done while the organisation is.
    """
    record = await uow.registrations.by_reference(reference, lock=lock)
    if record is None:
        raise UnknownResourceError
    found = await uow.mandates.live_for(access.organisation_id, record.id)
    today = paris_date(now)
    if found is None or not found.mandate.is_live(today):
        raise UnknownResourceError
    found.mandate.require(access.scope, today)
    organisation = await uow.organisations.by_id(access.organisation_id)
    if organisation is None or organisation.state != "accepted":
        raise OrganisationSuspendedError
    await _note(access, found, now, uow=uow)
    return record


async def _note(
    access: MandateAccess, found: MandateRecord, now: datetime, *, uow: UnitOfWork
) -> None:
    if access.act == VIEWED:
        since = wall_instant(paris_date(now), time(0))
        if await uow.mandates.has_act_since(found.id, VIEWED, since):
            return
        await uow.mandates.add_act(found.id, access.helper_id, VIEWED, now)
        return
    await uow.mandates.add_act(found.id, access.helper_id, access.act, now)
    if found.is_proposed:  # the trace of a repeated registration: nothing came of it
        return
    await uow.outbox.add(
        [
            NewOutboxRow(
                once=f"mandate_used:{found.id}:{access.act}:{now.isoformat()}",
                kind="mandate_used",
                registration_id=found.registration_id,
                available_at=now,
            )
        ]
    )
