"""An agent enrols a second factor: the right password leads here, and nowhere else.

The token that the password earned lives ten minutes, enrols one agent, once, and opens
no page of the desk (ASVS 6.3.3). Its secret is fresh: what an earlier token showed, to
whoever held it, is never what is enrolled.
"""

from dataclasses import dataclass, field
from uuid import UUID

from service.domain.agent_account import ENROLMENT_LIFE
from service.usecases.desk.session_tokens import new_token, token_digest
from service.usecases.errors import AgentRequiredError, AgentSignInError
from service.usecases.person.access import secret_digest
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.ports.second_factor import BegunEnrolment
from service.usecases.records import AgentRecord
from service.usecases.second_factor import new_recovery_codes, step_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolling:
    """The password was right; this token enrols a second factor."""

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What an agent needs to see to enrol."""

    login: str
    name: str
    totp_secret: str = field(repr=False)
    totp_address: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolledAgent:
    """The recovery codes, shown once, and the session that is open now."""

    agent_id: UUID
    token: str = field(repr=False)
    recovery: tuple[str, ...] = field(repr=False)


def totp_place(agent_id: UUID) -> str:
    """Return where the sealed secret of an agent's second factor stands."""
    return f"agent:totp:{agent_id}"


async def begin_enrolment(
    agent: AgentRecord, *, uow: UnitOfWork, ports: Ports
) -> Enrolling:
    """Let whoever gave the right password enrol; an earlier token no longer does."""
    token = new_token(ports.entropy)
    secret = ports.second_factor.new_secret()
    await uow.agent_factors.begin(
        agent.id,
        token_digest(token),
        ports.sealer.seal(secret.encode(), place=totp_place(agent.id)),
        ports.clock.now() + ENROLMENT_LIFE,
    )
    return Enrolling(token=token)


async def view_enrolment(token: str, *, ports: Ports) -> Enrolment:
    """Return what the agent sees; looking changes nothing.

    Raises:
        AgentRequiredError: The token is used, too old, replaced, or never was: alike.
    """
    async with ports.open_uow() as uow:
        begun = await uow.agent_factors.begun(token_digest(token), ports.clock.now())
    if begun is None:
        raise AgentRequiredError
    secret = _secret_of(begun, ports)
    return Enrolment(
        login=begun.login,
        name=begun.name,
        totp_secret=secret,
        totp_address=ports.second_factor.address(secret, login=begun.login),
    )


async def enrol_agent(token: str, code: str, *, ports: Ports) -> EnrolledAgent:
    """Enrol with the first code of the application, and open a session.

    Raises:
        AgentRequiredError: As in `view_enrolment`; of two at once, one enrols.
        AgentSignInError: At ``code``: it is not the application's.
    """
    now = ports.clock.now()
    session = new_token(ports.entropy)
    codes = new_recovery_codes(ports.entropy)
    async with ports.open_uow() as uow:
        begun = await uow.agent_factors.begun(token_digest(token), now, lock=True)
        if begun is None:
            raise AgentRequiredError
        step = step_of(_secret_of(begun, ports), code, ports=ports)
        if step is None:
            raise AgentSignInError("code")
        digests = [secret_digest(one) for one in codes]
        if not await uow.agent_factors.enrol(
            begun, step=step, recovery=digests, at=now
        ):
            raise AgentRequiredError
        await uow.directory.open_session(token_digest(session), begun.agent_id, now)
        for action in ("second-factor-enrolled", "signed-in"):
            await uow.audit.append(
                prefecture=begun.prefecture,
                actor=begun.login,
                action=action,
                detail={},
                at=now,
            )
        await uow.commit()
    return EnrolledAgent(agent_id=begun.agent_id, token=session, recovery=codes)


async def recovery_left(agent: AgentRecord, *, ports: Ports) -> int | None:
    """Count an agent's unused recovery codes; None without a second factor."""
    async with ports.open_uow() as uow:
        return await uow.agent_factors.recovery_left(agent.id)


def _secret_of(begun: BegunEnrolment, ports: Ports) -> str:
    place = totp_place(begun.agent_id)
    return ports.sealer.unseal(begun.sealed_totp, place=place).decode()
