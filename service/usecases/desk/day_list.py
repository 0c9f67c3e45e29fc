"""The day's appointments: who came, who did not, and who had a reason (C6).

An absence is never a punishment: its person may register anew at once and only the days
waited restart. An agent who hears the reason, that day or later, excuses it; then the
registration takes part again as if nothing had happened, all its days kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from service.domain.errors import AlreadyDecidedError, OfferNotOpenError
from service.domain.night import paris_date, wall_instant, wall_of
from service.domain.offer import OfferState
from service.domain.sending import OPENS
from service.usecases.desk.back_in_the_list import let_back
from service.usecases.errors import UnknownResourceError
from service.usecases.person.personal import open_companions, open_identity
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import (
    AgentRecord,
    NewOutboxRow,
    OfferRecord,
    RegistrationRecord,
)
from service.usecases.records.doors import AppointmentRow, VisitRecord

ARRIVED, ABSENT = "arrived", "absent"


class Excuse(StrEnum):
    """Why somebody could not come; agents choose one, no detail is written."""

    ILLNESS = "illness"
    WORK = "work"
    TRANSPORT = "transport"
    CHILD = "child"
    MESSAGE_NOT_RECEIVED = "message-not-received"
    PREFECTURE = "prefecture"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One line of the day's list."""

    offer_id: UUID
    reference: str
    names: tuple[str, ...] = field(repr=False)
    """Of everybody who comes together; the first one registered."""
    people: int
    motif: str
    site: str
    starts_at: datetime
    minutes: int
    is_confirmed: bool
    outcome: str | None
    noted_at: datetime | None
    excuse: str | None
    has_begun: bool


async def list_day(
    agent: AgentRecord, day: date, *, site: str | None = None, ports: Ports
) -> Sequence[Appointment]:
    """Return the appointments of a day, in order of hour; the look is audited."""
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        rows = await uow.doors.visits.of_day(agent.prefecture, day, site)
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="day-read",
            detail={"day": day.isoformat(), "appointments": len(rows)},
            at=now,
        )
        await uow.commit()
    return [_appointment(row, wall_of(now), ports) for row in rows]


async def note_visit(
    agent: AgentRecord, offer_id: UUID, outcome: str, *, ports: Ports
) -> None:
    """Note who came; until the end of the day it can be corrected.

    Raises:
        UnknownResourceError: No such confirmed appointment in the agent's prefecture.
        OfferNotOpenError: Another day, or an absence before the hour.
        AlreadyDecidedError: The absence was excused.
    """
    if outcome not in (ARRIVED, ABSENT):
        raise UnknownResourceError("outcome")
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        offer = await _confirmed(agent, offer_id, uow=uow)
        if offer.starts_at.date() != paris_date(now):
            raise OfferNotOpenError
        if outcome == ABSENT and wall_of(now) < offer.starts_at:
            raise OfferNotOpenError
        earlier = await uow.doors.visits.of_offer(offer_id)
        if earlier is not None and earlier.excuse is not None:
            raise AlreadyDecidedError
        await uow.doors.visits.note(
            VisitRecord(
                offer_id=offer_id, outcome=outcome, noted_at=now, noted_by=agent.id
            )
        )
        if outcome == ABSENT:
            await uow.outbox.add([_tell_absent(offer, now)])
        await _audit(agent, f"visit-{outcome}", offer_id, now, uow=uow)
        await uow.commit()


async def excuse_absence(
    agent: AgentRecord, offer_id: UUID, excuse: Excuse, *, ports: Ports
) -> None:
    """Excuse an absence: its person takes part again with all the days waited.

    Excusing twice is the same as once. If they registered anew meanwhile, that
    registration gets the old days.

    Raises:
        UnknownResourceError: No such absence in the agent's prefecture, or its person
            was forgotten since.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        offer, record = await _of_agent(agent, offer_id, uow=uow)
        visit = await uow.doors.visits.of_offer(offer_id)
        if visit is None or visit.outcome != ABSENT:
            raise UnknownResourceError("offer")
        if visit.excuse is not None:
            return
        if record.sealed_identity is None:  # forgotten: nobody to take back
            raise UnknownResourceError("offer")
        await uow.doors.visits.note(
            replace(visit, excuse=excuse, excused_at=now, excused_by=agent.id)
        )
        back = await let_back(record, uow=uow, ports=ports)
        if back.id == record.id:
            await uow.offers.save(offer.moved(OfferState.CANCELLED, at=now))
        await uow.outbox.add(
            [
                NewOutboxRow(
                    once=f"absence_excused:{offer_id}",
                    kind="absence_excused",
                    registration_id=back.id,
                    available_at=now,
                )
            ]
        )
        await _audit(agent, "absence-excused", offer_id, now, uow=uow)
        await uow.commit()


async def _confirmed(
    agent: AgentRecord, offer_id: UUID, *, uow: UnitOfWork
) -> OfferRecord:
    offer, _ = await _of_agent(agent, offer_id, uow=uow)
    if offer.state is not OfferState.CONFIRMED:
        raise UnknownResourceError("offer")
    return offer


def _tell_absent(offer: OfferRecord, now: datetime) -> NewOutboxRow:
    """Ask for the reason on the morning after: until then the note can be mended."""
    morning = wall_instant(paris_date(now) + timedelta(days=1), OPENS)
    return NewOutboxRow(
        once=f"absence_noted:{offer.id}",
        kind="absence_noted",
        registration_id=offer.registration_id,
        offer_id=offer.id,
        available_at=morning,
    )


async def _of_agent(
    agent: AgentRecord, offer_id: UUID, *, uow: UnitOfWork
) -> tuple[OfferRecord, RegistrationRecord]:
    """Return an offer and its registration, which is locked first, as always."""
    seen = await uow.offers.by_id(offer_id)
    if seen is None:
        raise UnknownResourceError("offer")
    record = await uow.registrations.by_id(seen.registration_id, lock=True)
    offer = await uow.offers.by_id(offer_id, lock=True)
    if offer is None or record is None or record.prefecture != agent.prefecture:
        raise UnknownResourceError("offer")
    return offer, record


def _appointment(row: AppointmentRow, here: datetime, ports: Ports) -> Appointment:
    identity = open_identity(row.sealed_identity, row.registration_id, ports.sealer)
    family = open_companions(row.sealed_companions, row.registration_id, ports.sealer)
    named = [one.names for one in family]
    if identity is not None:
        named.insert(0, identity.names)
    return Appointment(
        offer_id=row.offer_id,
        reference=row.reference,
        names=tuple(
            f"{names.family_name} {names.given_names or ''}".strip() for names in named
        ),
        people=row.people,
        motif=row.motif,
        site=row.site,
        starts_at=row.starts_at,
        minutes=row.minutes,
        is_confirmed=row.offer_state == "confirmed",
        outcome=row.visit.outcome if row.visit else None,
        noted_at=row.visit.noted_at if row.visit else None,
        excuse=row.visit.excuse if row.visit else None,
        has_begun=row.starts_at <= here,
    )


async def _audit(
    agent: AgentRecord, action: str, offer_id: UUID, at: datetime, *, uow: UnitOfWork
) -> None:
    await uow.audit.append(
        prefecture=agent.prefecture,
        actor=agent.login,
        action=action,
        detail={"offer": str(offer_id)},
        at=at,
    )
