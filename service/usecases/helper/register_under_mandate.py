"""A helper registers a person: the same use case, the same pool, and a mandate beside.

The channel never enters the draw. The helper gets a reference and no code: whoever
holds a person's code needs no mandate any more, and could not be sent away.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from service.domain.contact import Contact
from service.domain.help_errors import HelperContactError
from service.domain.mandate import Mandate, refuse_crowded
from service.domain.night import paris_date
from service.usecases.commands import RegisterApplicant
from service.usecases.errors import (
    AlreadyFollowedError,
    HelperRequiredError,
    OrganisationSuspendedError,
)
from service.usecases.person.personal import open_contact
from service.usecases.person.register_applicant import register_applicant
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import NewOutboxRow, RegistrationRecord
from service.usecases.records.mandates import (
    HelperRecord,
    MandateRecord,
    OrganisationRecord,
)

CHANNEL = "helper"


class OpenedContacts:
    """Contacts that were unsealed already, for as long as one file is registered.

    Each line of a file asks whether its contact is shared with the people before it:
    without a memory, the last of three hundred lines unseals three hundred again.
    Keyed by what is sealed, so that a contact changed meanwhile is read anew.
    """

    def __init__(self, ports: Ports) -> None:
        self._sealer = ports.sealer
        self._known: dict[tuple[UUID, bytes], Contact | None] = {}

    def of(self, owner: UUID, sealed: bytes | None) -> Contact | None:
        """Return the contact of a registration; None once it was erased."""
        if sealed is None:
            return None
        key = (owner, sealed)
        if key not in self._known:
            self._known[key] = open_contact(sealed, owner, self._sealer)
        return self._known[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderMandate:
    """Something was received in a person's name: the same for known and new people."""

    reference: str
    received_at: datetime
    first_night_on: date


async def register_under_mandate(
    helper: HelperRecord,
    command: RegisterApplicant,
    *,
    scopes: Iterable[str],
    ends_on: date,
    idempotency_key: str,
    opened: OpenedContacts | None = None,
    ports: Ports,
) -> UnderMandate:
    """Register a person and open the organisation's mandate, in one transaction.

    ``opened`` is a file's memory of the contacts before this line.

    A person who was registered before keeps their registration; the helper gets the
    same answer, and the mandate is only proposed: the person hears of it at their own
    contact and may say yes (ADR 0005).

    Raises:
        AlreadyFollowedError: The organisation has a mandate for this person and motif.
        CeilingReachedError: The organisation registered too many, today or in all.
        HelperContactError: The contact is the organisation's or a helper's own.
        SharedContactLimitError: Too many people of the organisation share it.
        InvalidMandateError: No scope, or an end out of reach.
        OrganisationSuspendedError: Two agents accepted it no longer.
        DomainError: Whatever ``register_applicant`` refuses.
    """
    now = ports.clock.now()
    memory = opened if opened is not None else OpenedContacts(ports)
    mandate = Mandate.make(scopes, today=paris_date(now), ends_on=ends_on)

    async def beside(
        uow: UnitOfWork, record: RegistrationRecord, known: RegistrationRecord | None
    ) -> None:
        organisation = await _accepted(helper.organisation_id, uow=uow)
        await _refuse_helper_contact(command.contact, organisation, uow=uow)
        await _refuse_beyond(record, organisation, command.contact, uow, memory)
        await _open(record, known, mandate, helper, uow=uow, ports=ports)

    answer = await register_applicant(
        replace(command, channel=CHANNEL),
        idempotency_key=f"{helper.organisation_id}:{idempotency_key}",
        ports=ports,
        beside=beside,
    )
    return UnderMandate(
        reference=answer.reference,
        received_at=answer.received_at,
        first_night_on=answer.first_night_on,
    )


async def _accepted(organisation_id: UUID, *, uow: UnitOfWork) -> OrganisationRecord:
    """Lock the organisation: its helpers take turns, so that a ceiling is one."""
    found = await uow.organisations.by_id(organisation_id, lock=True)
    if found is None:
        raise HelperRequiredError
    if found.state != "accepted":
        raise OrganisationSuspendedError
    return found


async def _refuse_helper_contact(
    contact: Contact, organisation: OrganisationRecord, *, uow: UnitOfWork
) -> None:
    """Keep the helper's contact from standing in for the person's (BLM#5663)."""
    helpers = await uow.organisations.helpers(organisation.id)
    own = {organisation.contact.casefold(), *(one.login for one in helpers)}
    if contact.email is not None and contact.email.text.casefold() in own:
        raise HelperContactError("contact.email")
    if contact.phone is not None and contact.phone.text in own:
        raise HelperContactError("contact.phone")


async def _refuse_beyond(
    record: RegistrationRecord,
    organisation: OrganisationRecord,
    contact: Contact,
    uow: UnitOfWork,
    opened: OpenedContacts,
) -> None:
    today = paris_date(record.registered_at)
    if await uow.mandates.live_for_key(
        organisation.id, record.applicant_key, record.motif, today
    ):
        raise AlreadyFollowedError
    counts = await uow.mandates.counts(organisation.id, today)
    organisation.ceilings.refuse_more(live=counts.live, today=counts.today)
    if contact.is_reachable:
        sealed = await uow.mandates.contacts(organisation.id, today)
        given = [opened.of(owner, one) for owner, one in sealed]
        refuse_crowded(sum(shares(contact, other) for other in given if other))


def shares(one: Contact, other: Contact) -> bool:
    """Tell whether two contacts have a telephone or an address in common."""
    email = one.email is not None and other.email is not None
    phone = one.phone is not None and one.phone == other.phone
    return phone or (
        email
        and one.email is not None
        and other.email is not None
        and one.email.text.casefold() == other.email.text.casefold()
    )


async def _open(
    record: RegistrationRecord,
    known: RegistrationRecord | None,
    mandate: Mandate,
    helper: HelperRecord,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> None:
    identifier = UUID(bytes=ports.entropy(16), version=4)
    now = record.registered_at
    await uow.mandates.add(
        MandateRecord(
            id=identifier,
            organisation_id=helper.organisation_id,
            organisation_name="",
            registration_id=record.id,
            helper_id=helper.id,
            mandate=mandate,
            opened_at=now,
        )
    )
    await uow.mandates.add_act(identifier, helper.id, "registered", now)
    await uow.outbox.add(
        [
            NewOutboxRow(
                once=f"mandate_opened:{identifier}",
                kind="mandate_opened",
                # The truth goes to the person's own contact, never to the one that
                # was typed for somebody who is known already.
                registration_id=known.id if known else record.id,
                available_at=now,
            )
        ]
    )
