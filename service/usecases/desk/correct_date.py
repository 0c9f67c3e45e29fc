"""A date found wrong at the guichet: the night is redrawn with the true one.

No discretion: an error that decided nothing costs nothing, one that won the place
gives it back. Nobody else's place moves: the others' offers stand either way, and a
place given back goes to a later night, never to a chosen person.

The place and the date are two answers. The draw judges the place at once; it can take
it, never better it. The date is stored by one agent only if nobody gains by it: one
that makes the registration more urgent than its person said awaits a second agent, as
everywhere (``second_agent``, ADR 0020). Else a friend who holds a place
would be corrected to "ends tomorrow", give the place back and stand first the next
night, by the word of one agent.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from service.domain.birth_date import BirthDate
from service.domain.checks import CheckState, SeenDocument
from service.domain.errors import OfferNotOpenError
from service.domain.night import paris_date
from service.domain.offer import OfferState
from service.domain.permits import DocumentFacts
from service.domain.reference import Reference
from service.domain.registration import RegistrationState, move_registration
from service.domain.slots import OpenSlot
from service.draw.correction import Answer, replay_with_true_date
from service.draw.freeze import Candidate
from service.draw.model import Pool
from service.usecases.desk.checked_dates import with_facts
from service.usecases.desk.second_agent import is_more_urgent
from service.usecases.errors import UnknownResourceError
from service.usecases.night.commit_night import frozen_pool
from service.usecases.person.answer_offer import give_back
from service.usecases.person.personal import open_identity
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import (
    AgentRecord,
    NewOutboxRow,
    NightRecord,
    OfferRecord,
    RegistrationRecord,
)
from service.usecases.records.doors import DateCheckRecord

KEPT, CANCELLED = "kept", "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What came of a true date: the place is ``kept``, or ``cancelled``."""

    answer: str
    night: date
    declared_band: int
    true_band: int
    awaits_second: bool = False
    """The true date is nearer: it counts once another agent has certified it."""


async def appointment_to_correct(
    agent: AgentRecord, reference: str, *, ports: Ports
) -> OfferRecord:
    """Return the place whose night would be redrawn, for an agent to compare.

    Nothing of the outcome: who decides whether to go on must not know it.

    Raises:
        InvalidReferenceError: Not a reference.
        UnknownResourceError: No such registration in the agent's prefecture.
        OfferNotOpenError: It holds no place, or the day of its appointment is over.
    """
    async with ports.open_uow() as uow:
        record = await _registration(agent, reference, uow=uow)
        return await _live_offer(record, ports.clock.now(), uow=uow)


async def correct_date(
    agent: AgentRecord, reference: str, facts: DocumentFacts, *, ports: Ports
) -> Correction:
    """Replay the night that gave a place, with the true dates of the papers shown.

    Kept when the place would have been won all the same. Cancelled when not: the
    registration takes part again with the true date and all the days it waited, and
    the place goes to a later night. Either way the registration is corrected (a nearer
    date once a second agent has certified it), and the audit says what was answered,
    without any date or name. Asking again with the same papers changes nothing but who
    saw them last, and when.

    Args:
        agent: Who saw the papers.
        reference: Of the registration.
        facts: What the papers say.
        ports: The outside.

    Raises:
        InvalidReferenceError: Not a reference.
        UnknownResourceError: No such registration in the agent's prefecture.
        OfferNotOpenError: It holds no place, or the day of its appointment is over.
    """
    now = ports.clock.now()
    facts.refuse_implausible(paris_date(now))
    async with ports.open_uow() as uow:
        record = await _registration(agent, reference, uow=uow)
        offer = await _live_offer(record, now, uow=uow)
        night = await uow.nights.by_id(offer.night_id)
        if night is None:
            raise UnknownResourceError("reference")
        check = await _check(agent, record, facts, now, uow=uow, ports=ports)
        truth = await _truth(record, check, night, uow=uow, ports=ports)
        answer = await _replayed(night, truth, uow=uow)
        corrected = _with(record, check, paris_date(now), ports)
        awaits = await is_more_urgent(
            record,
            corrected,
            check,
            birth_date=_birth_date_of(record, ports),
            today=paris_date(now),
            uow=uow,
            ports=ports,
        )
        stored = record if awaits else corrected
        if answer.is_kept:
            await uow.registrations.save(stored)
        else:
            await _give_place_back(stored, offer, uow=uow, ports=ports)
        if awaits:
            check = replace(check, state=CheckState.AWAITING)
        await uow.doors.checks.add(check)
        await _record(agent, offer, night, answer, now, uow=uow)
        if awaits:
            await _record_that_it_awaits(agent, check, uow=uow)
        await uow.commit()
    return Correction(
        answer=KEPT if answer.is_kept else CANCELLED,
        night=night.held_on,
        declared_band=answer.declared_band,
        true_band=answer.true_band,
        awaits_second=awaits,
    )


async def _registration(
    agent: AgentRecord, reference: str, *, uow: UnitOfWork
) -> RegistrationRecord:
    parsed = Reference.parse(reference)
    record = await uow.registrations.by_reference(parsed.text, lock=True)
    if record is None or record.prefecture != agent.prefecture:
        raise UnknownResourceError("reference")
    return record


async def _live_offer(
    record: RegistrationRecord, now: datetime, *, uow: UnitOfWork
) -> OfferRecord:
    offer = await uow.offers.live_of(record.id, lock=True)
    if offer is None or offer.starts_at.date() < paris_date(now):
        raise OfferNotOpenError
    return offer


async def _truth(
    record: RegistrationRecord,
    check: DateCheckRecord,
    night: NightRecord,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> Candidate:
    """Return the registration as it should have been frozen that night."""
    entries = await uow.nights.entries(night.id)
    label = next(one.label for one in entries if one.registration_id == record.id)
    return Candidate(
        label=label.hex(),
        motif=record.motif,
        sites=frozenset(record.sites),
        end_of_right_on=_with(record, check, night.held_on, ports).end_of_right_on,
        registered_on=record.waiting_since_on,
        availability=record.availability,
        people=record.people,
        is_displaced=record.displaced_on is not None,
    )


def _with(
    record: RegistrationRecord, check: DateCheckRecord, today: date, ports: Ports
) -> RegistrationRecord:
    """Return the registration with the dates read, seen from a day.

    A court's day that two agents certified stands whatever the card says.
    """
    return with_facts(
        record,
        check.facts,
        check,
        birth_date=_birth_date_of(record, ports),
        today=today,
        already_accepted=True,
    )


def _birth_date_of(record: RegistrationRecord, ports: Ports) -> BirthDate:
    identity = open_identity(record.sealed_identity, record.id, ports.sealer)
    if identity is None:
        raise UnknownResourceError("reference")
    return identity.birth_date


async def _replayed(night: NightRecord, truth: Candidate, *, uow: UnitOfWork) -> Answer:
    pool = await asyncio.to_thread(frozen_pool, night)
    slots = await _slots_of(night, pool, uow=uow)
    return await asyncio.to_thread(
        replay_with_true_date,
        pool,
        truth,
        slots,
        commitment_digest=night.commitment_sha256 or b"",
        randomness=night.randomness or b"",
    )


async def _slots_of(
    night: NightRecord, pool: Pool, *, uow: UnitOfWork
) -> dict[str, OpenSlot]:
    days = [datetime.fromisoformat(slot.starts_at).date() for slot in pool.slots]
    last = max(days, default=night.held_on) + timedelta(days=1)
    found = await uow.slots.between(night.prefecture, night.held_on, last)
    return {
        slot.code: OpenSlot(
            slot=slot.code,
            site=slot.site,
            starts_at=slot.starts_at,
            minutes=slot.minutes,
            motifs=frozenset(slot.motifs),
            places=slot.places,
        )
        for slot in found
    }


async def _give_place_back(
    record: RegistrationRecord, offer: OfferRecord, *, uow: UnitOfWork, ports: Ports
) -> None:
    """End the offer; nothing counts as refused, and the days waited stay.

    Someone whose appointment has begun may have registered anew in the meantime: then
    that registration stands for them, and this one ends.
    """
    newer = await uow.registrations.live_of(
        record.applicant_key, record.prefecture, record.motif
    )
    if newer is not None and newer.id != record.id:
        now = ports.clock.now()
        await uow.offers.save(offer.moved(OfferState.CANCELLED, at=now))
        await uow.registrations.save(
            replace(
                record, state=move_registration(record.state, RegistrationState.LAPSED)
            )
        )
        return
    await give_back(
        replace(record, released_at=None),
        offer,
        OfferState.CANCELLED,
        uow=uow,
        ports=ports,
        counts=False,
    )
    await uow.outbox.add(
        [
            NewOutboxRow(
                once=f"date_corrected:{offer.id}",
                kind="date_corrected",
                registration_id=record.id,
                available_at=ports.clock.now(),
            )
        ]
    )


async def _check(
    agent: AgentRecord,
    record: RegistrationRecord,
    facts: DocumentFacts,
    now: datetime,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> DateCheckRecord:
    """Note who read these dates at the guichet: the registration will stand on them."""
    earlier = await uow.doors.checks.last_standing(record.id)
    return DateCheckRecord(
        id=UUID(bytes=ports.entropy(16), version=4),
        registration_id=record.id,
        facts=facts,
        ordered_by=earlier.ordered_by if earlier else None,
        seen=SeenDocument.PAPER,
        state=CheckState.STANDING,
        checked_by=agent.id,
        checked_at=now,
        checked_by_name=agent.name,
    )


async def _record(
    agent: AgentRecord,
    offer: OfferRecord,
    night: NightRecord,
    answer: Answer,
    now: datetime,
    *,
    uow: UnitOfWork,
) -> None:
    await uow.audit.append(
        prefecture=agent.prefecture,
        actor=agent.login,
        action="date-corrected",
        detail={
            "offer": str(offer.id),
            "night": night.held_on.isoformat(),
            "answer": KEPT if answer.is_kept else CANCELLED,
            "declared_band": answer.declared_band,
            "true_band": answer.true_band,
        },
        at=now,
    )


async def _record_that_it_awaits(
    agent: AgentRecord, check: DateCheckRecord, *, uow: UnitOfWork
) -> None:
    await uow.audit.append(
        prefecture=agent.prefecture,
        actor=agent.login,
        action="dates-awaits-second",
        detail={"check": str(check.id)},
        at=check.checked_at,
    )
