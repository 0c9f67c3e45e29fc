"""An agent writes what somebody says, shows or sent: a registration like any other.

Desk, telephone and paper end in ``register_applicant``. The channel is kept for the
published shares; no field of the freeze or of the draw can hold it.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from service.domain.channels import BY_AN_AGENT, Channel
from service.domain.checks import CheckedFacts, SeenDocument
from service.domain.errors import UnknownPrefectureError
from service.usecases.commands import RegisterApplicant
from service.usecases.desk.check_dates import check_dates
from service.usecases.person.register_applicant import SCOPE, register_applicant
from service.usecases.ports import Ports
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

    An agent may know what a stranger may not: somebody already registered is found
    again, and nothing is stored twice.

    Args:
        agent: Who writes.
        command: What was said; its channel is replaced.
        channel: Desk, telephone or paper.
        seen: What the agent compared the dates with, if they did.
        idempotency_key: Of this form.
        ports: The outside.

    Raises:
        UnknownPrefectureError: Not the agent's prefecture.
        DomainError: What ``register_applicant`` and ``check_dates`` refuse.
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
    answer = await register_applicant(
        replace(command, channel=channel), idempotency_key=idempotency_key, ports=ports
    )
    await _audit(agent, channel, ports=ports)
    check = None
    if seen is not None:
        facts = CheckedFacts(document=command.facts)
        done = await check_dates(agent, answer.reference, facts, seen, ports=ports)
        check = done.result
    return TakenIn(
        reference=answer.reference,
        secret=answer.secret,
        first_night_on=answer.first_night_on,
        check=check,
    )


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


async def _audit(agent: AgentRecord, channel: Channel, *, ports: Ports) -> None:
    async with ports.open_uow() as uow:
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="taken-in",
            detail={"channel": channel.value},
            at=ports.clock.now(),
        )
        await uow.commit()
