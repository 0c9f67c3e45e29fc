"""Who acts for a person: seen, accepted, taken back; a mandate also ends by itself."""

from datetime import datetime
from uuid import UUID

from service.domain.mandate import EndedBy
from service.domain.night import paris_date
from service.usecases.commands import Access, MandateAccess
from service.usecases.desk.view_doors import done_at_desk
from service.usecases.errors import UnknownResourceError
from service.usecases.helper.mandate_views import MandatesView, view_of_mandate
from service.usecases.person.access import opened
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import AgentRecord, NewOutboxRow
from service.usecases.records.mandates import HelperRecord, MandateRecord

SHOWN_ACTS = 50
AT_ONCE = 200


async def my_mandates(access: Access, *, ports: Ports) -> MandatesView:
    """Return a person's mandates and the log of what was done in their name.

    Raises:
        UnknownResourceError: No such reference, or another secret; a helper's mandate
            opens this page to nobody.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        record = await opened(_own(access), uow, now=now)
        found = await uow.mandates.of_registration(record.id)
        acts = await uow.mandates.acts_of(record.id, SHOWN_ACTS)
        noted = await uow.desk_acts.of(record.id, SHOWN_ACTS)
    views = [
        view_of_mandate(one, paris_date(now))
        for one in found
        if not (record.state == "joined" and one.is_proposed)
    ]
    return MandatesView(
        live=tuple(one for one in views if one.is_live),
        ended=tuple(one for one in views if not one.is_live),
        acts=tuple(acts),
        done_at_desk=done_at_desk(noted) if record.proved_at else (),
    )


async def revoke_mandate(access: Access, mandate_id: UUID, *, ports: Ports) -> None:
    """Take a mandate back, at once and without a reason; twice is the same as once.

    Raises:
        UnknownResourceError: No such registration, or a mandate of another one.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        found = await _of_this_person(access, mandate_id, now, uow=uow)
        await _end(found, EndedBy.PERSON, now, uow=uow)
        await uow.commit()


async def accept_mandate(access: Access, mandate_id: UUID, *, ports: Ports) -> None:
    """Say yes to an organisation that registered a person who was registered before.

    From then on the mandate concerns the person's own registration.

    Raises:
        UnknownResourceError: No such registration, or no such proposal.
        AlreadyFollowedError: The organisation acts for this registration already.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        record = await opened(_own(access), uow, now=now, lock=True)
        found = await _of_this_person(access, mandate_id, now, uow=uow)
        if not found.is_proposed or not found.mandate.is_live(paris_date(now)):
            raise UnknownResourceError
        await uow.mandates.move(found.id, record.id)
        await uow.commit()


async def give_up_mandate(
    helper: HelperRecord, reference: str, *, ports: Ports
) -> None:
    """End a mandate on the organisation's side; the registration stays in the list.

    Raises:
        UnknownResourceError: No live mandate of the organisation for that reference.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        record = await uow.registrations.by_reference(reference)
        found = record and await uow.mandates.live_for(
            helper.organisation_id, record.id
        )
        if not found:
            raise UnknownResourceError
        await _end(found, EndedBy.HELPER, now, uow=uow)
        await uow.commit()


async def end_mandates_at_the_guichet(
    agent: AgentRecord, reference: str, *, ports: Ports
) -> int:
    """End every live mandate of a person who asks for it by voice; returns how many.

    For people without a code at hand: the agent has compared their document.

    Raises:
        UnknownResourceError: No such registration in the agent's prefecture.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        record = await uow.registrations.by_reference(reference)
        if record is None or record.prefecture != agent.prefecture:
            raise UnknownResourceError("reference")
        found = await uow.mandates.of_registration(record.id)
        live = [one for one in found if one.ended_by is None]
        for one in live:
            await _end(one, EndedBy.AGENT, now, uow=uow)
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="mandates-ended",
            detail={"registration": str(record.id), "mandates": len(live)},
            at=now,
        )
        await uow.commit()
    return len(live)


async def end_mandates(*, ports: Ports) -> int:
    """End the mandates whose last day has passed, and tell their people."""
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        over = await uow.mandates.end_expired(paris_date(now), now, AT_ONCE)
        for one in over:
            await _tell(one, now, uow=uow)
        await uow.commit()
    return len(over)


def _own(access: Access) -> Access:
    """Refuse a helper's mandate where only the person's own code opens.

    Raises:
        UnknownResourceError: It is a mandate.
    """
    if isinstance(access, MandateAccess):
        raise UnknownResourceError
    return access


async def _of_this_person(
    access: Access, mandate_id: UUID, now: datetime, *, uow: UnitOfWork
) -> MandateRecord:
    record = await opened(_own(access), uow, now=now)
    mine = await uow.mandates.of_registration(record.id)
    if not any(one.id == mandate_id for one in mine):
        raise UnknownResourceError
    found = await uow.mandates.by_id(mandate_id, lock=True)
    if found is None:
        raise UnknownResourceError
    return found


async def _end(
    found: MandateRecord, by: EndedBy, now: datetime, *, uow: UnitOfWork
) -> None:
    if await uow.mandates.end(found.id, by, now):
        await _tell(found, now, uow=uow)


async def _tell(found: MandateRecord, now: datetime, *, uow: UnitOfWork) -> None:
    """Say that it is over; a proposal nobody accepted ends without a message."""
    if found.is_proposed:
        return
    await uow.outbox.add(
        [
            NewOutboxRow(
                once=f"mandate_ended:{found.id}",
                kind="mandate_ended",
                registration_id=found.registration_id,
                available_at=now,
            )
        ]
    )
