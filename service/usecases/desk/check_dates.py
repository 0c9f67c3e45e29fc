"""An agent compares the dates of a registration with the paper: confirmed or corrected.

One mechanism for every date. A date that turns out as declared, or later, is noted by
one agent. A date that would make the registration more urgent than its person said is
read by one agent and certified by another. A registration that holds a place has its
night redrawn besides (``correct_date``), and the same two agents are asked. Each check
leaves two events in the audit chain: what was seen, and what came of it; neither holds
a date or a name.
"""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from service.domain.birth_date import BirthDate
from service.domain.checks import (
    CheckedFacts,
    CheckState,
    SeenDocument,
)
from service.domain.errors import (
    AlreadyDecidedError,
    ImplausibleDateError,
    OfferNotOpenError,
    RegistrationNotLiveError,
    SecondAgentRequiredError,
)
from service.domain.night import paris_date
from service.domain.reference import Reference
from service.domain.registration import RegistrationState
from service.usecases.desk.checked_dates import with_facts
from service.usecases.desk.correct_date import CANCELLED, Correction, correct_date
from service.usecases.desk.second_agent import is_more_urgent
from service.usecases.errors import UnknownResourceError
from service.usecases.person.personal import open_identity
from service.usecases.person.view_registration import facts_of
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import AgentRecord, NewOutboxRow, RegistrationRecord
from service.usecases.records.doors import DateCheckRecord

VERIFIED = "verified"
CORRECTED = "corrected"
AWAITS_SECOND = "awaits-second"
PLACE_KEPT = "place-kept"
PLACE_KEPT_AWAITS_SECOND = "place-kept-awaits-second"
PLACE_GIVEN_BACK = "place-given-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What came of a check, and under which number it is kept."""

    result: str
    check_id: UUID | None = None


async def check_dates(
    agent: AgentRecord,
    reference: str,
    seen: CheckedFacts,
    document: SeenDocument,
    *,
    ports: Ports,
) -> CheckResult:
    """Note what an agent read on paper; the same paper again changes nothing.

    Raises:
        InvalidReferenceError: Not a reference.
        UnknownResourceError: No such registration in the agent's prefecture.
        RegistrationNotLiveError: It ended.
        ImplausibleExpiryError, ImplausibleDateError: A date nobody's paper has.
    """
    today = paris_date(ports.clock.now())
    seen.document.refuse_implausible(today)
    if seen.ordered_by is not None and seen.ordered_by < today:
        raise ImplausibleDateError("ordered_by")
    if await _holds_a_place_with_other_facts(agent, reference, seen, ports=ports):
        try:
            done = await correct_date(agent, reference, seen.document, ports=ports)
        except OfferNotOpenError:  # the place was given back meanwhile
            return await check_dates(agent, reference, seen, document, ports=ports)
        return CheckResult(result=_of_a_place(done))
    async with ports.open_uow() as uow:
        record = await registration_of(agent, reference, uow=uow)
        result = await note_check(
            agent, record, seen, document, today=today, uow=uow, ports=ports
        )
        await uow.commit()
    return result


def _of_a_place(done: Correction) -> str:
    if done.answer == CANCELLED:
        return PLACE_GIVEN_BACK
    return PLACE_KEPT_AWAITS_SECOND if done.awaits_second else PLACE_KEPT


async def note_check(
    agent: AgentRecord,
    record: RegistrationRecord,
    seen: CheckedFacts,
    document: SeenDocument,
    *,
    today: date,
    tell: bool = True,
    uow: UnitOfWork,
    ports: Ports,
) -> CheckResult:
    """Store a check of a locked registration and what it changes, in one transaction.

    Raises:
        RegistrationNotLiveError: It ended.
        UnknownResourceError: Its identity was erased.
    """
    if record.state not in (RegistrationState.LIVE, RegistrationState.SERVED):
        raise RegistrationNotLiveError
    earlier = await uow.doors.checks.last_standing(record.id)
    check = _check(agent, record, seen, document, earlier, ports)
    birth_date = birth_date_of(record, ports)
    changed = with_facts(
        record, seen.document, check, birth_date=birth_date, today=today
    )
    is_urgent = await is_more_urgent(
        record,
        changed,
        check,
        birth_date=birth_date,
        today=today,
        uow=uow,
        ports=ports,
    )
    if is_urgent:
        check = replace(check, state=CheckState.AWAITING)
    result = AWAITS_SECOND if is_urgent else VERIFIED
    if not is_urgent and changed.end_of_right_on != record.end_of_right_on:
        result = CORRECTED
    await uow.doors.checks.add(check)
    await _audit_what_was_seen(agent, check, uow=uow)
    await _audit_what_came_of_it(agent, check, result, uow=uow)
    if not is_urgent:
        await uow.registrations.save(changed)
    if result == CORRECTED and tell:
        await _tell(record, check, uow=uow)
    return CheckResult(result=result, check_id=check.id)


async def decide_check(
    agent: AgentRecord, check_id: UUID, *, certify: bool, uow: UnitOfWork, ports: Ports
) -> RegistrationRecord:
    """Let a second agent certify what a first one read, or set it aside.

    In the caller's transaction, which it commits together with what follows from it.

    Raises:
        UnknownResourceError: No such check in the agent's prefecture.
        AlreadyDecidedError: It was decided meanwhile.
        SecondAgentRequiredError: The same agent read it.
        RegistrationNotLiveError: The registration ended.
        OfferNotOpenError: A place was won meanwhile on a nearer date than this one: the
            paper is read again, and that night redrawn.
    """
    now = ports.clock.now()
    check = await uow.doors.checks.by_id(check_id)
    if check is None:
        raise UnknownResourceError("check")
    record = await uow.registrations.by_id(check.registration_id, lock=True)
    check = await uow.doors.checks.by_id(check_id, lock=True)
    if check is None or record is None or record.prefecture != agent.prefecture:
        raise UnknownResourceError("check")
    if check.state != CheckState.AWAITING:
        raise AlreadyDecidedError
    if check.checked_by == agent.id:
        raise SecondAgentRequiredError
    decided = replace(
        check,
        state=CheckState.STANDING if certify else CheckState.SET_ASIDE,
        decided_by=agent.id,
        decided_at=now,
    )
    await uow.doors.checks.decide(decided)
    if certify:
        record = await _apply(record, decided, uow=uow, ports=ports)
        await _tell(record, decided, uow=uow)
    result = "certified" if certify else "set-aside"
    await _audit_what_came_of_it(agent, decided, result, uow=uow)
    return record


async def _apply(
    record: RegistrationRecord,
    check: DateCheckRecord,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> RegistrationRecord:
    if record.state not in (RegistrationState.LIVE, RegistrationState.SERVED):
        raise RegistrationNotLiveError
    today = paris_date(ports.clock.now())
    birth_date = birth_date_of(record, ports)
    changed = with_facts(
        record,
        check.facts,
        check,
        birth_date=birth_date,
        today=today,
        already_accepted=True,
    )
    offer = await uow.offers.live_of(record.id)
    if offer is not None and not await is_more_urgent(
        record,
        changed,
        check,
        birth_date=birth_date,
        today=today,
        uow=uow,
        ports=ports,
    ):
        raise OfferNotOpenError
    await uow.registrations.save(changed)
    return changed


async def _holds_a_place_with_other_facts(
    agent: AgentRecord, reference: str, seen: CheckedFacts, *, ports: Ports
) -> bool:
    async with ports.open_uow() as uow:
        record = await registration_of(agent, reference, uow=uow, lock=False)
        offer = await uow.offers.live_of(record.id)
    today = paris_date(ports.clock.now())
    holds = offer is not None and offer.starts_at.date() >= today
    return holds and facts_of(record) != seen.document


async def registration_of(
    agent: AgentRecord, reference: str, *, uow: UnitOfWork, lock: bool = True
) -> RegistrationRecord:
    """Return a registration of the agent's prefecture.

    Raises:
        InvalidReferenceError: Not a reference.
        UnknownResourceError: No such registration there.
    """
    parsed = Reference.parse(reference)
    record = await uow.registrations.by_reference(parsed.text, lock=lock)
    if record is None or record.prefecture != agent.prefecture:
        raise UnknownResourceError("reference")
    return record


def birth_date_of(record: RegistrationRecord, ports: Ports) -> BirthDate:
    """Return the birth date of a registration's person.

    Raises:
        UnknownResourceError: The identity was erased.
    """
    identity = open_identity(record.sealed_identity, record.id, ports.sealer)
    if identity is None:
        raise UnknownResourceError("reference")
    return identity.birth_date


def _check(
    agent: AgentRecord,
    record: RegistrationRecord,
    seen: CheckedFacts,
    document: SeenDocument,
    earlier: DateCheckRecord | None,
    ports: Ports,
) -> DateCheckRecord:
    # A court's day stays until another one is read: looking at the card later on does
    # not undo it.
    kept = earlier.ordered_by if earlier else None
    return DateCheckRecord(
        id=UUID(bytes=ports.entropy(16), version=4),
        registration_id=record.id,
        facts=seen.document,
        ordered_by=seen.ordered_by or kept,
        seen=document,
        state=CheckState.STANDING,
        checked_by=agent.id,
        checked_at=ports.clock.now(),
        checked_by_name=agent.name,
    )


async def _audit_what_was_seen(
    agent: AgentRecord, check: DateCheckRecord, *, uow: UnitOfWork
) -> None:
    await uow.audit.append(
        prefecture=agent.prefecture,
        actor=agent.login,
        action="dates-seen",
        detail={"check": str(check.id), "seen": check.seen},
        at=check.checked_at,
    )


async def _audit_what_came_of_it(
    agent: AgentRecord, check: DateCheckRecord, result: str, *, uow: UnitOfWork
) -> None:
    await uow.audit.append(
        prefecture=agent.prefecture,
        actor=agent.login,
        action=f"dates-{result}",
        detail={"check": str(check.id)},
        at=check.decided_at or check.checked_at,
    )


async def _tell(
    record: RegistrationRecord, check: DateCheckRecord, *, uow: UnitOfWork
) -> None:
    await uow.outbox.add(
        [
            NewOutboxRow(
                once=f"dates_checked:{check.id}",
                kind="dates_checked",
                registration_id=record.id,
                available_at=check.decided_at or check.checked_at,
            )
        ]
    )
