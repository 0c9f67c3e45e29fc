"""An agent writes what somebody says, shows or sent: a registration like any other.

Desk, telephone and paper end in ``register_applicant``. The channel is kept for the
published shares; no field of the freeze or of the draw can hold it.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from service.domain.channels import BY_AN_AGENT, Channel
from service.domain.checks import CheckedFacts, SeenDocument
from service.domain.errors import UnknownPrefectureError
from service.domain.night import paris_date
from service.usecases.commands import RegisterApplicant
from service.usecases.desk.check_dates import note_check
from service.usecases.person.register_applicant import (
    SCOPE,
    Beside,
    register_applicant,
)
from service.usecases.person.view_registration import facts_of
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import AgentRecord, RegistrationRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What the agent hands over.

    Attributes:
        reference: Of the registration, new or known.
        secret: Shown once, to be handed to the person; None when they were known.
        first_night_on: First night of a new registration.
        since: Day from which a known one waits.
        check: What came of comparing the date, None when it was not compared.
    """

    reference: str
    secret: str | None = field(repr=False)
    first_night_on: date
    since: date | None = None
    check: str | None = None


async def take_in(
    agent: AgentRecord,
    command: RegisterApplicant,
    *,
    channel: Channel,
    seen: SeenDocument | None,
    idempotency_key: str,
    ports: Ports,
) -> TakenIn:
    """Register somebody through an agent; sending it twice is the same as once.

    The registration, who took it in and what they compared are one transaction. An
    agent may know what a stranger may not: somebody already registered is found again,
    and nothing is stored twice.

    Args:
        agent: Who writes.
        command: What was said; its channel is replaced.
        channel: Desk, telephone or paper.
        seen: What the agent compared the dates with, if they did.
        idempotency_key: Of this form.
        ports: The outside.

    Raises:
        UnknownPrefectureError: Not the agent's prefecture.
        DomainError: What ``register_applicant`` and ``note_check`` refuse.
    """
    if command.prefecture != agent.prefecture or channel not in BY_AN_AGENT:
        raise UnknownPrefectureError("prefecture")
    known = await _known(command, idempotency_key, ports=ports)
    if known is not None:
        return TakenIn(
            reference=known.reference,
            secret=None,
            first_night_on=known.first_night_on,
            since=known.waiting_since_on,
        )
    try:
        answer = await register_applicant(
            replace(command, channel=channel),
            idempotency_key=idempotency_key,
            ports=ports,
            beside=_noting(agent, channel, seen, ports),
        )
    except _KnownMeanwhileError:
        return await take_in(
            agent,
            command,
            channel=channel,
            seen=seen,
            idempotency_key=idempotency_key,
            ports=ports,
        )
    return TakenIn(
        reference=answer.reference,
        secret=answer.secret,
        first_night_on=answer.first_night_on,
        check=answer.noted,
    )


class _KnownMeanwhileError(Exception):
    """Somebody registered the person between our question and our insertion."""


def _noting(
    agent: AgentRecord, channel: Channel, seen: SeenDocument | None, ports: Ports
) -> Beside:
    """Return what is stored with the registration: who took it in, what they saw."""

    async def beside(
        uow: UnitOfWork, record: RegistrationRecord, known: RegistrationRecord | None
    ) -> str | None:
        if known is not None:
            raise _KnownMeanwhileError
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="taken-in",
            detail={"channel": channel.value},
            at=record.registered_at,
        )
        if seen is None:
            return None
        facts = CheckedFacts(document=facts_of(record))
        today = paris_date(record.registered_at)
        done = await note_check(
            agent, record, facts, seen, today=today, uow=uow, ports=ports
        )
        return done.result

    return beside


async def _known(
    command: RegisterApplicant, key: str, *, ports: Ports
) -> RegistrationRecord | None:
    """Return the person's registration, unless this very form made it."""
    async with ports.open_uow() as uow:
        if await uow.answers.get(SCOPE, key) is not None:
            return None
        return await uow.registrations.live_of(
            ports.pseudonymiser.key(command.identity),
            command.prefecture,
            command.motif,
        )
