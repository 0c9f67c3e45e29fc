"""Urgency claims: made by a person, answered by an agent in time, with a reason.

An answer may change one thing only, and only through ``check_dates``: the date that a
paper proves. The draw never sees a claim.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from service.domain.checks import CheckedFacts, SeenDocument
from service.domain.claims import (
    CHANGES,
    ClaimAnswer,
    ClaimGround,
    ClaimReason,
    Evidence,
    answer_by,
    may_claim_again,
)
from service.domain.errors import (
    AlreadyDecidedError,
    ClaimNotPossibleError,
    ImplausibleDateError,
    OfferNotOpenError,
    RegistrationNotLiveError,
)
from service.domain.night import paris_date
from service.domain.registration import RegistrationState
from service.usecases.commands import Access
from service.usecases.desk.check_dates import (
    AWAITS_SECOND,
    CORRECTED,
    CheckResult,
    decide_check,
    note_check,
)
from service.usecases.errors import UnknownResourceError
from service.usecases.person.access import opened
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import AgentRecord, NewOutboxRow, RegistrationRecord
from service.usecases.records.doors import ClaimCount, ClaimRecord

FARTHEST = timedelta(days=366)
SMALL = 11
"""Grounds claimed fewer times are counted together (ADR 0012)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeClaim:
    """What someone stands to lose, by when, and what they can show."""

    access: Access
    ground: ClaimGround
    evidence: tuple[Evidence, ...]
    happens_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimToAnswer:
    """A claim on an agent's list: no name, the file is opened to see one."""

    id: UUID
    reference: str
    ground: str
    evidence: tuple[str, ...]
    happens_on: date | None
    made_at: datetime
    answer_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveAnswer:
    """An agent's answer; ``seen`` only with a reason that rests on a paper."""

    claim_id: UUID
    reason: ClaimReason
    seen: CheckedFacts | None = field(default=None, repr=False)
    document: SeenDocument | None = None


async def make_claim(command: MakeClaim, *, ports: Ports) -> None:
    """Store a claim; the same one again, while it is open, is the same as once.

    Raises:
        UnknownResourceError: No such reference, or another secret.
        RegistrationNotLiveError: It takes part in no night any more.
        ClaimNotPossibleError: Another claim is open, or this ground was answered.
        ImplausibleDateError: The day is past or more than a year away.
    """
    now = ports.clock.now()
    today = paris_date(now)
    day = command.happens_on
    if day is not None and not today <= day <= today + FARTHEST:
        raise ImplausibleDateError("happens_on")
    async with ports.open_uow() as uow:
        record = await opened(command.access, uow, now=now, lock=True)
        if record.state not in (RegistrationState.LIVE, RegistrationState.JOINED):
            raise RegistrationNotLiveError
        earlier = await uow.doors.claims.of(record.id)
        if any(_is_open(one) and one.ground == command.ground for one in earlier):
            return
        if not may_claim_again(command.ground, _answered(earlier), now):
            raise ClaimNotPossibleError
        stored = await uow.doors.claims.add_unless_open(
            ClaimRecord(
                id=UUID(bytes=ports.entropy(16), version=4),
                registration_id=record.id,
                ground=command.ground,
                evidence=tuple(sorted(set(command.evidence))),
                happens_on=day,
                made_at=now,
                answer_by=answer_by(today),
            )
        )
        if not stored:
            raise ClaimNotPossibleError
        await uow.commit()


async def claims_to_answer(
    agent: AgentRecord, *, ports: Ports
) -> Sequence[ClaimToAnswer]:
    """Return the claims without an answer, the one due first at the top."""
    async with ports.open_uow() as uow:
        claims = await uow.doors.claims.to_answer(agent.prefecture)
        found = [await _to_answer(claim, uow=uow) for claim in claims]
    return [one for one in found if one is not None]


async def claim_of(
    agent: AgentRecord, claim_id: UUID, *, ports: Ports
) -> ClaimToAnswer:
    """Return one claim that waits for an answer.

    Raises:
        UnknownResourceError: None of that number waits in the agent's prefecture.
    """
    for claim in await claims_to_answer(agent, ports=ports):
        if claim.id == claim_id:
            return claim
    raise UnknownResourceError("claim")


async def answer_claim(
    agent: AgentRecord, command: GiveAnswer, *, ports: Ports
) -> ClaimAnswer:
    """Answer one claim, with its reason, and tell the person.

    Raises:
        UnknownResourceError: No such claim in the agent's prefecture.
        AlreadyDecidedError: It was answered meanwhile.
        OfferNotOpenError: The person holds a place: no date is changed any more.
        DomainError: What ``note_check`` refuses.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        claim, record = await _locked(agent, command.claim_id, uow=uow)
        answer, check_id = ClaimAnswer.NO_CHANGE, None
        if command.reason in CHANGES:
            done = await _checked(agent, record, command, uow=uow, ports=ports)
            answer, check_id = _answer_of(done), done.check_id
        reason = command.reason
        if reason in CHANGES and answer is ClaimAnswer.NO_CHANGE:
            reason = ClaimReason.DATE_COUNTS_ALREADY
        answered = replace(
            claim,
            answered_at=now,
            answered_by=agent.id,
            answer=answer,
            reason=reason,
            check_id=check_id,
        )
        await uow.doors.claims.answer(answered)
        await _tell(answered, now, uow=uow)
        await _audit(agent, answered, now, uow=uow)
        await uow.commit()
    return answer


async def decide_check_and_claim(
    agent: AgentRecord, check_id: UUID, *, certify: bool, ports: Ports
) -> None:
    """Let a second agent decide a check, and finish the answer that waited for it.

    Raises:
        DomainError: What ``decide_check`` refuses.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        await decide_check(agent, check_id, certify=certify, uow=uow, ports=ports)
        await _finish_claim(agent, check_id, now, certify=certify, uow=uow)
        await uow.commit()


async def _finish_claim(
    agent: AgentRecord, check_id: UUID, now: datetime, *, certify: bool, uow: UnitOfWork
) -> None:
    claim = await uow.doors.claims.of_check(check_id)
    if claim is None or claim.answer != ClaimAnswer.DATE_AWAITS_SECOND:
        return
    finished = replace(
        claim,
        answer=ClaimAnswer.DATE_CHANGED if certify else ClaimAnswer.NO_CHANGE,
        reason=claim.reason if certify else ClaimReason.NOT_CERTIFIED,
    )
    await uow.doors.claims.answer(finished)
    await _tell(finished, now, uow=uow)
    await _audit(agent, finished, now, uow=uow)


async def count_claims(
    prefecture: str, since: date, *, ports: Ports
) -> Sequence[ClaimCount]:
    """Count claims by ground for everybody; rare grounds are counted together."""
    today = paris_date(ports.clock.now())
    async with ports.open_uow() as uow:
        counts = await uow.doors.claims.counts(prefecture, since, today)
    return merged(counts)


def merged(counts: Sequence[ClaimCount]) -> Sequence[ClaimCount]:
    """Return the counts with those of fewer than eleven claims put together."""
    rare = [one for one in counts if one.made < SMALL]
    kept = [one for one in counts if one.made >= SMALL]
    if not rare:
        return kept
    return [
        *kept,
        ClaimCount(
            ground="other",
            made=sum(one.made for one in rare),
            answered=sum(one.answered for one in rare),
            changed=sum(one.changed for one in rare),
            late=sum(one.late for one in rare),
        ),
    ]


async def _to_answer(claim: ClaimRecord, *, uow: UnitOfWork) -> ClaimToAnswer | None:
    record = await uow.registrations.by_id(claim.registration_id)
    if record is None:
        return None
    return ClaimToAnswer(
        id=claim.id,
        reference=record.reference,
        ground=claim.ground,
        evidence=claim.evidence,
        happens_on=claim.happens_on,
        made_at=claim.made_at,
        answer_by=claim.answer_by,
    )


async def _locked(
    agent: AgentRecord, claim_id: UUID, *, uow: UnitOfWork
) -> tuple[ClaimRecord, RegistrationRecord]:
    """Return claim and registration; the registration is locked first, as always."""
    claim = await uow.doors.claims.by_id(claim_id)
    if claim is None:
        raise UnknownResourceError("claim")
    record = await uow.registrations.by_id(claim.registration_id, lock=True)
    claim = await uow.doors.claims.by_id(claim_id, lock=True)
    if claim is None or record is None or record.prefecture != agent.prefecture:
        raise UnknownResourceError("claim")
    if not _is_open(claim):
        raise AlreadyDecidedError
    return claim, record


async def _checked(
    agent: AgentRecord,
    record: RegistrationRecord,
    command: GiveAnswer,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> CheckResult:
    if command.seen is None or command.document is None:
        raise ImplausibleDateError("permit_expires_on")
    if await uow.offers.live_of(record.id) is not None:
        raise OfferNotOpenError
    today = paris_date(ports.clock.now())
    command.seen.document.refuse_implausible(today)
    if command.seen.ordered_by is not None and command.seen.ordered_by < today:
        raise ImplausibleDateError("ordered_by")
    if (
        command.reason is ClaimReason.COURT_ORDER_SEEN
        and command.seen.ordered_by is None
    ):
        raise ImplausibleDateError("ordered_by")
    return await note_check(
        agent,
        record,
        command.seen,
        command.document,
        today=today,
        uow=uow,
        ports=ports,
    )


def _answer_of(done: CheckResult) -> ClaimAnswer:
    if done.result == AWAITS_SECOND:
        return ClaimAnswer.DATE_AWAITS_SECOND
    if done.result == CORRECTED:
        return ClaimAnswer.DATE_CHANGED
    return ClaimAnswer.NO_CHANGE


def _is_open(claim: ClaimRecord) -> bool:
    return claim.answered_at is None


def _answered(claims: Sequence[ClaimRecord]) -> dict[ClaimGround, datetime]:
    """Return when each ground was last answered; the newest claim stands first."""
    last: dict[ClaimGround, datetime] = {}
    for claim in reversed(claims):
        if claim.answered_at is not None:
            last[ClaimGround(claim.ground)] = claim.answered_at
    return last


async def _tell(claim: ClaimRecord, now: datetime, *, uow: UnitOfWork) -> None:
    await uow.outbox.add(
        [
            NewOutboxRow(
                once=f"claim_answered:{claim.id}:{claim.answer}",
                kind="claim_answered",
                registration_id=claim.registration_id,
                available_at=now,
            )
        ]
    )


async def _audit(
    agent: AgentRecord, claim: ClaimRecord, now: datetime, *, uow: UnitOfWork
) -> None:
    await uow.audit.append(
        prefecture=agent.prefecture,
        actor=agent.login,
        action="claim-answered",
        detail={
            "claim": str(claim.id),
            "answer": str(claim.answer),
            "reason": str(claim.reason),
        },
        at=now,
    )
