"""What an agent does for a person: the person's own use cases, opened at the desk.

The agent answers an offer that is there, corrects what the person may correct, signals
an urgency, ends a registration. No act gives a place, and none moves a date: what is
read on paper goes through ``check_dates`` and its second agent (ADR 0020, 0031).
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from service.domain.birth_date import BirthDate
from service.domain.desk_acts import DeskAct, IdentityNotShownError, Shown
from service.domain.errors import InvalidReferenceError, SecondAgentRequiredError
from service.domain.offer import OfferState
from service.usecases.commands import Access, AmendRegistration, DeskAccess
from service.usecases.desk.check_dates import registration_of
from service.usecases.errors import UnknownResourceError
from service.usecases.paper.issue_paper import issue_acknowledgement, issue_convocation
from service.usecases.person.access import opened
from service.usecases.person.amend_registration import amend_registration
from service.usecases.person.answer_offer import (
    cancel_appointment,
    confirm_offer,
    decline_offer,
)
from service.usecases.person.explain_result import explain_result
from service.usecases.person.personal import open_contact, open_identity
from service.usecases.person.urgency_claims import MakeClaim, make_claim
from service.usecases.person.withdraw_registration import withdraw_registration
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import AgentRecord, RegistrationRecord
from service.usecases.records.desk_acts import DeskActRecord
from service.usecases.records.papers import (
    AcknowledgementPaper,
    ConvocationPaper,
    ExplanationPaper,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonThere:
    """Whom an agent acts for, and what they gave to be known.

    Attributes:
        reference: Of the registration, exactly.
        shown: How the agent knew them.
        birth_date: Read on the document or said; not needed with a code.
        code: The personal code or a paper code, when that is what was given.
    """

    reference: str
    shown: Shown
    birth_date: BirthDate | None = field(default=None, repr=False)
    code: str = field(default="", repr=False)


async def confirm_for(agent: AgentRecord, who: PersonThere, *, ports: Ports) -> None:
    """Confirm the place that was offered to them.

    Raises:
        OfferNotOpenError: As for the person.
        UnknownResourceError, IdentityNotShownError: See ``known``.
    """
    access = await known(agent, who, DeskAct.CONFIRMED, ports=ports)
    await confirm_offer(access, ports=ports)


async def decline_for(agent: AgentRecord, who: PersonThere, *, ports: Ports) -> None:
    """Decline it: the place goes to a later night, never to a click.

    Raises:
        OfferNotOpenError: As for the person.
        UnknownResourceError, IdentityNotShownError: See ``known``.
    """
    access = await known(agent, who, DeskAct.DECLINED, ports=ports)
    await decline_offer(access, ports=ports)


async def give_back_for(agent: AgentRecord, who: PersonThere, *, ports: Ports) -> None:
    """Give a confirmed place back; they take part again.

    Raises:
        OfferNotOpenError: As for the person.
        UnknownResourceError, IdentityNotShownError: See ``known``.
    """
    access = await known(agent, who, DeskAct.CANCELLED, ports=ports)
    await cancel_appointment(access, ports=ports)


async def amend_for(
    agent: AgentRecord, who: PersonThere, command: AmendRegistration, *, ports: Ports
) -> None:
    """Correct places, days, people and names, or how the person is reached.

    A changed contact is announced to the old one and counts after 72 hours, as when the
    person changes it: who stands at a guichet may still be somebody else.

    Raises:
        SecondAgentRequiredError: It would change what orders the person: a date is
            read on paper, and ``check_dates`` asks a second agent.
        RegistrationNotLiveError, CompanionsMismatchError: As for the person.
        UnknownResourceError, IdentityNotShownError: See ``known``.
    """
    if command.facts is not None:
        raise SecondAgentRequiredError("facts")
    act = DeskAct.CORRECTED if command.contact is None else DeskAct.CONTACT
    access = await known(agent, who, act, ports=ports)
    await amend_registration(replace(command, access=access), ports=ports)


async def claim_for(
    agent: AgentRecord, who: PersonThere, command: MakeClaim, *, ports: Ports
) -> None:
    """Signal an urgency; whoever answers it judges as always.

    Raises:
        RegistrationNotLiveError, ClaimNotPossibleError: As for the person.
        ImplausibleDateError: As for the person.
        UnknownResourceError, IdentityNotShownError: See ``known``.
    """
    access = await known(agent, who, DeskAct.CLAIMED, ports=ports)
    await make_claim(replace(command, access=access), ports=ports)


async def withdraw_for(agent: AgentRecord, who: PersonThere, *, ports: Ports) -> None:
    """End their registration.

    Raises:
        RegistrationNotLiveError: As for the person.
        UnknownResourceError, IdentityNotShownError: See ``known``.
    """
    access = await known(agent, who, DeskAct.WITHDRAWN, ports=ports)
    await withdraw_registration(access, ports=ports)


async def acknowledgement_for(
    agent: AgentRecord, reference: str, *, ports: Ports
) -> AcknowledgementPaper:
    """Return the person's accusé d'inscription, to be printed; audited.

    An agent sees the file anyway: a paper says no more than it, and changes nothing.

    Raises:
        UnknownResourceError: No such registration of one's own in the prefecture.
    """
    access = _access(agent, reference, DeskAct.PRINTED, None)
    return await issue_acknowledgement(access, ports=ports)


async def convocation_for(
    agent: AgentRecord, reference: str, *, ports: Ports
) -> ConvocationPaper:
    """Return the person's convocation, to be printed; audited.

    Raises:
        UnknownResourceError: As above.
        OfferNotOpenError: No appointment is confirmed.
    """
    access = _access(agent, reference, DeskAct.PRINTED, None)
    return await issue_convocation(access, ports=ports)


async def explanation_for(
    agent: AgentRecord, reference: str, held_on: date, *, ports: Ports
) -> ExplanationPaper:
    """Return why a night gave the person what it gave, to be printed; audited.

    Raises:
        UnknownResourceError: As above, or they were not in that night.
    """
    access = _access(agent, reference, DeskAct.PRINTED, None)
    return await explain_result(access, held_on, ports=ports)


async def note_not_reached(agent: AgentRecord, reference: str, *, ports: Ports) -> None:
    """Note that a call reached nobody, so that the next agent sees when.

    Raises:
        UnknownResourceError: No offer of that registration waits for an answer.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        record = await _registration(agent, reference, uow=uow)
        offer = await uow.offers.live_of(record.id)
        if offer is None or offer.state is not OfferState.AWAITING:
            raise UnknownResourceError("reference")
        await uow.desk_acts.add(
            DeskActRecord(
                registration_id=record.id,
                agent_id=agent.id,
                act=DeskAct.NOT_REACHED,
                shown=None,
                noted_at=now,
            )
        )
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="not-reached",
            detail={"registration": str(record.id)},
            at=now,
        )
        await uow.commit()


async def known(
    agent: AgentRecord, who: PersonThere, act: DeskAct, *, ports: Ports
) -> DeskAccess:
    """Return what opens the registration for one act, once its person is known.

    A try that fails is an event of the audit: an agent who tries birth dates shows.

    Raises:
        UnknownResourceError: No such registration in the agent's prefecture, or one
            that only repeats another.
        IdentityNotShownError: Another birth date; no number to call; no such code.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        record = await _registration(agent, who.reference, uow=uow)
        wrong = await _wrong(record, who, now, uow=uow, ports=ports)
        if wrong is not None:
            await uow.audit.append(
                prefecture=agent.prefecture,
                actor=agent.login,
                action="identity-not-shown",
                detail={"registration": str(record.id), "act": act.value},
                at=now,
            )
        await uow.commit()
    if wrong is not None:
        raise wrong
    return _access(agent, record.reference, act, who.shown)


async def _registration(
    agent: AgentRecord, reference: str, *, uow: UnitOfWork
) -> RegistrationRecord:
    try:
        record = await registration_of(agent, reference, uow=uow, lock=False)
    except InvalidReferenceError:
        raise UnknownResourceError("reference") from None
    if record.joined_to is not None:
        raise UnknownResourceError("reference")
    return record


async def _wrong(
    record: RegistrationRecord,
    who: PersonThere,
    now: datetime,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> IdentityNotShownError | None:
    """Return why this is not the person; what was asked never changes afterwards."""
    if who.shown is Shown.CODE:
        is_theirs = await _opens(record, who.code, now, uow=uow)
        return None if is_theirs else IdentityNotShownError("code")
    if who.shown is Shown.CALLED:
        contact = open_contact(record.sealed_contact, record.id, ports.sealer)
        if contact is None or contact.phone is None:
            return IdentityNotShownError("shown")
    identity = open_identity(record.sealed_identity, record.id, ports.sealer)
    if identity is None or not _is_same_birth(identity.birth_date, who.birth_date):
        return IdentityNotShownError("birth_date")
    return None


def _is_same_birth(held: BirthDate, given: BirthDate | None) -> bool:
    """Say whether a birth date is the one we hold, to the day where we hold one."""
    if given is None:
        return False
    if held.precision == "day":
        return given == held
    return held.may_be_same_as(given)


async def _opens(
    record: RegistrationRecord, code: str, now: datetime, *, uow: UnitOfWork
) -> bool:
    """Say whether a code proves its person: the screen's own does not (ADR 0017)."""
    try:
        found = await opened(
            Access(reference=record.reference, secret=code), uow, now=now
        )
    except UnknownResourceError:
        return False
    return found.proved_at is not None


def _access(
    agent: AgentRecord, reference: str, act: DeskAct, shown: Shown | None
) -> DeskAccess:
    return DeskAccess(
        reference=reference,
        agent_id=agent.id,
        login=agent.login,
        prefecture=agent.prefecture,
        act=act,
        shown=shown,
    )
