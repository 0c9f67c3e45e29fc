"""Registrations that may be one person's: proposed, asked about, closed in the open.

An agent sees the pairs and either says that they are two people, for good, or asks:
both recorded contacts are told. Whoever objects stops it. After seven days without any
objection another agent may close the newer registration; the older one goes on with all
its seniority. Nothing happens by itself, and no list leaves the desk.

Source: product.md C9; permits.md § 4; mechanism.md § 8 (earliest registration date).
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from service.domain.errors import (
    AlreadyDecidedError,
    OfferNotOpenError,
    SecondAgentRequiredError,
)
from service.domain.near_matches import Known, Likeness, likeness_of, near_matches
from service.domain.registration import RegistrationState, move_registration
from service.usecases.commands import Access
from service.usecases.desk.check_dates import registration_of
from service.usecases.errors import UnknownResourceError
from service.usecases.person.access import opened
from service.usecases.person.personal import open_identity
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import AgentRecord, NewOutboxRow, RegistrationRecord
from service.usecases.records.doors import NearMatchRecord

DIFFERENT, ASKED, SAME = "different", "asked", "same"
OBJECTION = timedelta(days=7)
"""How long both people can say that they are two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSide:
    """One registration of a pair, as an agent compares it."""

    reference: str
    name: str = field(repr=False)
    birth_date: str = field(repr=False)
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two registrations for one motif that may be one person's.

    Attributes:
        older: The one that would go on.
        newer: The other one.
        motif: Of both.
        likeness: Why they are proposed.
        decision: None, or ``asked``.
        closes_from: From when another agent may close the newer one.
        has_objection: One of the two said that they are two people.
        is_mine: This agent asked.
    """

    older: PairSide
    newer: PairSide
    motif: str
    likeness: str
    decision: str | None
    closes_from: datetime | None
    has_objection: bool
    is_mine: bool


async def list_pairs(agent: AgentRecord, *, ports: Ports) -> Sequence[Pair]:
    """Return the pairs that are open; the look is audited.

    Names are opened and compared in memory, registration by registration of one motif,
    and forgotten with the answer. No transaction stays open meanwhile.
    """
    async with ports.open_uow() as uow:
        live = await uow.doors.matches.live(agent.prefecture)
        decided = {
            (one.first_id, one.second_id): one
            for one in await uow.doors.matches.decided(agent.prefecture)
        }
    found = await asyncio.to_thread(_compared, live, ports)
    pairs = [
        _pair(one, other, likeness, decided.get(ordered(one.id, other.id)), agent)
        for one, other, likeness in found
    ]
    still_open = [pair for pair in pairs if pair is not None]
    async with ports.open_uow() as uow:
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="pairs-read",
            detail={"pairs": len(still_open)},
            at=ports.clock.now(),
        )
        await uow.commit()
    named = await asyncio.to_thread(_named, still_open, ports)
    return sorted(named, key=lambda pair: (pair.older.since, pair.older.reference))


@dataclass(frozen=True, slots=True)
class _Open:
    older: RegistrationRecord
    newer: RegistrationRecord
    likeness: Likeness
    decided: NearMatchRecord | None
    is_mine: bool


def _compared(
    live: Sequence[RegistrationRecord], ports: Ports
) -> list[tuple[RegistrationRecord, RegistrationRecord, Likeness]]:
    by_id = {record.id: record for record in live}
    by_motif: dict[str, list[Known[UUID]]] = {}
    for record in live:
        identity = open_identity(record.sealed_identity, record.id, ports.sealer)
        if identity is not None:
            by_motif.setdefault(record.motif, []).append(Known(record.id, identity))
    return [
        (by_id[one], by_id[other], likeness)
        for people in by_motif.values()
        for one, other, likeness in near_matches(people)
    ]


def _pair(
    one: RegistrationRecord,
    other: RegistrationRecord,
    likeness: Likeness,
    decided: NearMatchRecord | None,
    agent: AgentRecord,
) -> _Open | None:
    if decided is not None and decided.decision != ASKED:
        return None
    older, newer = in_order(one, other)
    return _Open(
        older,
        newer,
        likeness,
        decided,
        is_mine=decided is not None and decided.decided_by == agent.id,
    )


def _named(pairs: Sequence[_Open], ports: Ports) -> list[Pair]:
    return [
        Pair(
            older=side_of(pair.older, ports),
            newer=side_of(pair.newer, ports),
            motif=pair.older.motif,
            likeness=pair.likeness,
            decision=pair.decided.decision if pair.decided else None,
            closes_from=pair.decided.decided_at + OBJECTION if pair.decided else None,
            has_objection=bool(pair.decided and pair.decided.objected_at),
            is_mine=pair.is_mine,
        )
        for pair in pairs
    ]


def side_of(record: RegistrationRecord, ports: Ports) -> PairSide:
    """Return one registration of a pair as an agent compares it."""
    identity = open_identity(record.sealed_identity, record.id, ports.sealer)
    names = identity.names if identity else None
    return PairSide(
        reference=record.reference,
        name=f"{names.family_name} {names.given_names or ''}".strip() if names else "",
        birth_date=identity.birth_date.text if identity else "",
        since=record.waiting_since_on,
    )


def in_order(
    one: RegistrationRecord, other: RegistrationRecord
) -> tuple[RegistrationRecord, RegistrationRecord]:
    """Return the registration that waited longer, then the other."""

    def seniority(record: RegistrationRecord) -> tuple[date, datetime, UUID]:
        return (record.waiting_since_on, record.registered_at, record.id)

    older, newer = sorted((one, other), key=seniority)
    return older, newer


async def say_different(
    agent: AgentRecord, references: tuple[str, str], *, ports: Ports
) -> None:
    """Note that a pair are two people; it is never proposed again.

    Where one of them objected, another agent than the one who asked decides.

    Raises:
        UnknownResourceError: No such pair.
        SecondAgentRequiredError: The same agent asked, and somebody objected.
    """
    async with ports.open_uow() as uow:
        one, other, likeness = await _locked(agent, references, uow=uow, ports=ports)
        decided = await _decision(one, other, uow=uow)
        if decided and decided.objected_at and decided.decided_by == agent.id:
            raise SecondAgentRequiredError
        await _decide(agent, one, other, likeness, DIFFERENT, uow=uow, ports=ports)
        await uow.commit()


async def ask_both(
    agent: AgentRecord, references: tuple[str, str], *, ports: Ports
) -> None:
    """Ask both contacts whether they are one person; asking twice is once.

    Raises:
        UnknownResourceError: No such pair.
        AlreadyDecidedError: They are two people.
    """
    async with ports.open_uow() as uow:
        one, other, likeness = await _locked(agent, references, uow=uow, ports=ports)
        decided = await _decision(one, other, uow=uow)
        if decided is not None:
            if decided.decision == ASKED:
                return
            raise AlreadyDecidedError
        await _decide(agent, one, other, likeness, ASKED, uow=uow, ports=ports)
        await _tell("same_person_asked", one, other, uow=uow, ports=ports)
        await uow.commit()


async def object_to(access: Access, *, ports: Ports) -> None:
    """Let a person say that they are somebody else: to every question asked so far.

    The page asks one thing, whoever the others are; none of those pairs is closed any
    more. A question asked later is another one, and is answered again.

    Raises:
        UnknownResourceError: No such reference, another secret, or no question.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        record = await opened(access, uow, now=now, lock=True)
        asked = await uow.doors.matches.asked_of(record.id)
        if not asked:
            raise UnknownResourceError
        for one in asked:
            if one.objected_at is None:
                await uow.doors.matches.save(replace(one, objected_at=now))
        await uow.commit()


async def close_newer(
    agent: AgentRecord, references: tuple[str, str], *, ports: Ports
) -> str:
    """Close the newer registration; the older one goes on. Returns its reference.

    Raises:
        UnknownResourceError: No such pair, or nobody was asked.
        SecondAgentRequiredError: The same agent asked.
        AlreadyDecidedError: Someone objected, or the seven days are not over.
        OfferNotOpenError: One of them holds a place: it is settled at the guichet.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        one, other, likeness = await _locked(agent, references, uow=uow, ports=ports)
        decided = await _decision(one, other, uow=uow)
        if decided is None or decided.decision != ASKED:
            raise UnknownResourceError("pair")
        if decided.decided_by == agent.id:
            raise SecondAgentRequiredError
        if decided.objected_at is not None or now < decided.decided_at + OBJECTION:
            raise AlreadyDecidedError
        for record in (one, other):
            if await uow.offers.live_of(record.id) is not None:
                raise OfferNotOpenError
        older, newer = in_order(one, other)
        await uow.registrations.save(
            replace(
                newer,
                state=move_registration(newer.state, RegistrationState.LAPSED),
                released_at=now,
            )
        )
        await uow.doors.matches.save(
            replace(decided, decision=SAME, closed_by=agent.id, closed_at=now)
        )
        await _tell("same_person_closed", one, other, uow=uow, ports=ports)
        await _audit(agent, SAME, likeness, uow=uow, ports=ports)
        await uow.commit()
    return older.reference


async def _locked(
    agent: AgentRecord, references: tuple[str, str], *, uow: UnitOfWork, ports: Ports
) -> tuple[RegistrationRecord, RegistrationRecord, Likeness]:
    """Return both registrations, locked in order of id, if they are alike at all."""
    found = [await registration_of(agent, it, uow=uow, lock=False) for it in references]
    first, second = sorted(found, key=lambda record: record.id)
    one = await registration_of(agent, first.reference, uow=uow)
    other = await registration_of(agent, second.reference, uow=uow)
    identities = [
        open_identity(record.sealed_identity, record.id, ports.sealer)
        for record in (one, other)
    ]
    are_live = one.state == other.state == "live" and one.motif == other.motif
    if one.id == other.id or not are_live or None in identities:
        raise UnknownResourceError("pair")
    likeness = likeness_of(*(it for it in identities if it is not None))
    if likeness is None:
        raise UnknownResourceError("pair")
    return one, other, likeness


def ordered(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Return the two numbers of a pair as its decision is kept."""
    return (one, other) if one < other else (other, one)


async def _decision(
    one: RegistrationRecord, other: RegistrationRecord, *, uow: UnitOfWork
) -> NearMatchRecord | None:
    return await uow.doors.matches.of_pair(*ordered(one.id, other.id), lock=True)


async def _decide(
    agent: AgentRecord,
    one: RegistrationRecord,
    other: RegistrationRecord,
    likeness: Likeness,
    decision: str,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> None:
    first, second = ordered(one.id, other.id)
    await uow.doors.matches.save(
        NearMatchRecord(
            first_id=first,
            second_id=second,
            likeness=likeness,
            decision=decision,
            decided_by=agent.id,
            decided_at=ports.clock.now(),
        )
    )
    await _audit(agent, decision, likeness, uow=uow, ports=ports)


async def _tell(
    kind: str,
    one: RegistrationRecord,
    other: RegistrationRecord,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> None:
    first, second = ordered(one.id, other.id)
    await uow.outbox.add(
        NewOutboxRow(
            once=f"{kind}:{first}:{second}:{record.id}",
            kind=kind,
            registration_id=record.id,
            available_at=ports.clock.now(),
        )
        for record in (one, other)
    )


async def _audit(
    agent: AgentRecord,
    decision: str,
    likeness: Likeness,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> None:
    await uow.audit.append(
        prefecture=agent.prefecture,
        actor=agent.login,
        action=f"pair-{decision}",
        detail={"likeness": likeness.value},
        at=ports.clock.now(),
    )
