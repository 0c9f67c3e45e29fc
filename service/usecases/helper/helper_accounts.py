"""Helpers are invited, choose a password and a second factor, sign in and out."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from service.domain.contact import EmailAddress
from service.domain.help_errors import InvalidOrganisationError
from service.domain.helper_account import INVITATION_LIFE, MOST_TRIES
from service.domain.passwords import refuse_weak
from service.usecases.desk.session_tokens import NOBODY, new_token, token_digest
from service.usecases.errors import (
    HelperRequiredError,
    HelperSignInError,
    LeadRequiredError,
    OrganisationSuspendedError,
    UnknownResourceError,
)
from service.usecases.helper.organisation_mail import write_invitation
from service.usecases.person.access import secret_digest
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import AgentRecord
from service.usecases.records.mandates import HelperRecord, OrganisationRecord
from service.usecases.second_factor import Tried, judge, new_recovery_codes, step_of

_LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What an invited person needs to see before choosing a password."""

    organisation: str
    name: str
    login: str
    totp_secret: str = field(repr=False)
    totp_address: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedInHelper:
    """Who is signed in, and for whom they act."""

    helper: HelperRecord
    organisation: OrganisationRecord
    recovery_left: int


# --- inviting


async def invite_lead(
    agent: AgentRecord, organisation_id: UUID, *, name: str, login: str, ports: Ports
) -> str:
    """Invite the person who answers for an accepted organisation.

    Returns:
        The token of the invitation, sent too: it opens for seven days, and once.

    Raises:
        UnknownResourceError: No accepted organisation of the agent's prefecture.
        InvalidOrganisationError: At ``name`` or ``login``; a login that exists.
    """
    async with ports.open_uow() as uow:
        found = await uow.organisations.by_id(organisation_id, lock=True)
        if (
            found is None
            or found.prefecture != agent.prefecture
            or found.state != "accepted"
        ):
            raise UnknownResourceError("organisation")
        token = await _invite(
            found, name=name, login=login, is_lead=True, uow=uow, ports=ports
        )
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="helper-lead-invited",
            detail={"organisation": str(found.id)},
            at=ports.clock.now(),
        )
        await uow.commit()
    return token


async def invite_helper(
    lead: HelperRecord, *, name: str, login: str, ports: Ports
) -> str:
    """Invite a colleague; only the organisation's own lead does.

    Raises:
        LeadRequiredError: Someone else asked.
        InvalidOrganisationError: At ``name`` or ``login``; a login that exists.
    """
    _refuse_others(lead)
    async with ports.open_uow() as uow:
        found = await uow.organisations.by_id(lead.organisation_id, lock=True)
        if found is None or found.state != "accepted":
            raise OrganisationSuspendedError
        token = await _invite(
            found, name=name, login=login, is_lead=False, uow=uow, ports=ports
        )
        await uow.commit()
    return token


async def close_helper(lead: HelperRecord, helper_id: UUID, *, ports: Ports) -> None:
    """Close a colleague's account, and their sessions, at once.

    Raises:
        LeadRequiredError: Someone else asked, or the lead would close themselves.
        UnknownResourceError: No such colleague.
    """
    _refuse_others(lead)
    if helper_id == lead.id:
        raise LeadRequiredError
    async with ports.open_uow() as uow:
        found = await uow.organisations.helper_by_id(helper_id, lock=True)
        if found is None or found.organisation_id != lead.organisation_id:
            raise UnknownResourceError("helper")
        await uow.organisations.save_helper(
            replace(
                found,
                state="closed",
                password_hash=None,
                sealed_totp=None,
                invitation_sha256=None,
                invitation_ends_at=None,
            )
        )
        await uow.organisations.close_sessions_of(found.id)
        await uow.commit()


async def colleagues(helper: HelperRecord, *, ports: Ports) -> Sequence[HelperRecord]:
    """Return the helpers of one's organisation, by name."""
    async with ports.open_uow() as uow:
        return await uow.organisations.helpers(helper.organisation_id)


def _refuse_others(lead: HelperRecord) -> None:
    if not lead.is_lead:
        raise LeadRequiredError


async def _invite(
    organisation: OrganisationRecord,
    *,
    name: str,
    login: str,
    is_lead: bool,
    uow: UnitOfWork,
    ports: Ports,
) -> str:
    written = " ".join(name.split())
    if not written or len(written) > _LONGEST_NAME or not written.isprintable():
        raise InvalidOrganisationError("name")
    address = EmailAddress.parse(login).text.lower()
    token = new_token(ports.entropy)
    now = ports.clock.now()
    identifier = UUID(bytes=ports.entropy(16), version=4)
    secret = ports.second_factor.new_secret()
    added = await uow.organisations.add_helper(
        HelperRecord(
            id=identifier,
            organisation_id=organisation.id,
            prefecture=organisation.prefecture,
            login=address,
            name=written,
            is_lead=is_lead,
            state="invited",
            invited_at=now,
            sealed_totp=ports.sealer.seal(
                secret.encode(), place=totp_place(identifier)
            ),
            invitation_sha256=token_digest(token),
            invitation_ends_at=now + INVITATION_LIFE,
        )
    )
    if not added:
        raise InvalidOrganisationError("login")
    await write_invitation(
        organisation, name=written, address=address, token=token, uow=uow, ports=ports
    )
    return token


# --- enrolling


async def view_invitation(token: str, *, ports: Ports) -> Invitation:
    """Return what the invited person sees; looking changes nothing.

    Raises:
        UnknownResourceError: Used, too old, or never made: alike.
    """
    async with ports.open_uow() as uow:
        helper, organisation = await _invited(token, uow=uow, ports=ports)
    secret = _open_totp(helper, ports)
    return Invitation(
        organisation=organisation.name,
        name=helper.name,
        login=helper.login,
        totp_secret=secret,
        totp_address=ports.second_factor.address(secret, login=helper.login),
    )


async def enrol(
    token: str, *, password: str, code: str, ports: Ports
) -> tuple[str, ...]:
    """Open the account with a password and a first code; the invitation is used up.

    Returns:
        Ten recovery codes, shown once and stored as digests.

    Raises:
        UnknownResourceError: The invitation is used, too old, or never was.
        WeakPasswordError: At ``password``.
        HelperSignInError: The code is not the app's.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        helper, _ = await _invited(token, uow=uow, ports=ports, lock=True)
        refuse_weak(password, helper.login)
        step = step_of(_open_totp(helper, ports), code, ports=ports)
        if step is None:
            raise HelperSignInError("code")
        await uow.organisations.save_helper(
            replace(
                helper,
                state="active",
                password_hash=await asyncio.to_thread(ports.passwords.hash, password),
                totp_step=step,
                invitation_sha256=None,
                invitation_ends_at=None,
                enrolled_at=now,
            )
        )
        codes = new_recovery_codes(ports.entropy)
        await uow.organisations.add_recovery(
            helper.id, [secret_digest(one) for one in codes]
        )
        await uow.commit()
    return codes


async def _invited(
    token: str, *, uow: UnitOfWork, ports: Ports, lock: bool = False
) -> tuple[HelperRecord, OrganisationRecord]:
    helper = await uow.organisations.helper_by_invitation(
        token_digest(token), ports.clock.now(), lock=lock
    )
    if helper is None:
        raise UnknownResourceError
    organisation = await uow.organisations.by_id(helper.organisation_id)
    if organisation is None or organisation.state != "accepted":
        raise UnknownResourceError
    return helper, organisation


def _open_totp(helper: HelperRecord, ports: Ports) -> str:
    if helper.sealed_totp is None:
        raise UnknownResourceError
    return ports.sealer.unseal(helper.sealed_totp, place=totp_place(helper.id)).decode()


def totp_place(helper_id: UUID) -> str:
    """Return where the sealed secret of a second factor stands."""
    return f"helper:totp:{helper_id}"


# --- signing in


async def sign_in_helper(login: str, password: str, code: str, *, ports: Ports) -> str:
    """Open a session with password and second factor; return its token.

    How the codes are judged: `service.usecases.second_factor`.

    Raises:
        HelperSignInError: Login, password or code does not fit, or too many tries:
            alike.
        OrganisationSuspendedError: All three fit, but the organisation is suspended.
    """
    async with ports.open_uow() as uow:
        known = await uow.organisations.helper_by_login(login.strip().lower())
    stored = known.password_hash if known and known.password_hash else NOBODY
    matches = await asyncio.to_thread(ports.passwords.matches, stored, password)
    if known is None:
        raise HelperSignInError
    token = new_token(ports.entropy)
    tried = Tried(password_fits=matches, code=code)
    async with ports.open_uow() as uow:
        if not await _passes(known.id, stored, tried, uow=uow, ports=ports):
            await uow.commit()  # the wrong try counts
            raise HelperSignInError
        organisation = await uow.organisations.by_id(known.organisation_id)
        if organisation is None or organisation.state != "accepted":
            await uow.commit()  # the code is used up
            raise OrganisationSuspendedError
        await uow.organisations.open_session(
            token_digest(token), known.id, ports.clock.now()
        )
        await uow.commit()
    return token


async def _passes(
    helper_id: UUID,
    stored: str,
    tried: Tried,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> bool:
    """Judge one try with the account locked: tries take turns, codes are used once.

    ``tried`` says what the slow hash said of ``stored``, outside any transaction.
    """
    helper = await uow.organisations.helper_by_id(helper_id, lock=True)
    if helper is None or helper.state != "active" or helper.password_hash != stored:
        return False
    verdict = await judge(
        tried,
        account=uow.organisations.door(helper.id),
        place=totp_place(helper.id),
        most=MOST_TRIES,
        ports=ports,
    )
    return verdict.opens


async def helper_of(token: str, *, ports: Ports) -> SignedInHelper:
    """Return who is signed in, while their organisation is accepted.

    Raises:
        HelperRequiredError: No such session any more, or a suspended organisation.
    """
    async with ports.open_uow() as uow:
        helper = await uow.organisations.helper_of_session(
            token_digest(token), ports.clock.now()
        )
        if helper is None:
            raise HelperRequiredError
        organisation = await uow.organisations.by_id(helper.organisation_id)
        if organisation is None or organisation.state != "accepted":
            raise HelperRequiredError
        left = await uow.organisations.recovery_left(helper.id)
        await uow.commit()
    return SignedInHelper(helper=helper, organisation=organisation, recovery_left=left)


async def sign_out_helper(token: str, *, ports: Ports) -> None:
    """End a session; ending it twice is the same as once."""
    async with ports.open_uow() as uow:
        await uow.organisations.close_session(token_digest(token))
        await uow.commit()
