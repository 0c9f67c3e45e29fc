"""An agent opens one person's registration: exactly one, and it is noted.

Agents never browse people. A file is found by its reference, or by the exact number and
birth date that somebody shows at the guichet; each look is an event of the audit chain
(``reliability.md`` § 2.6).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from service.domain.identity import AgdrefNumber, Identity, TravelDocument
from service.usecases.desk.check_dates import registration_of
from service.usecases.errors import UnknownResourceError
from service.usecases.person.personal import open_contact, open_identity
from service.usecases.person.view_registration import whole_view_of
from service.usecases.ports import Ports
from service.usecases.records import AgentRecord, RegistrationRecord
from service.usecases.views import RegistrationView


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """What an agent needs of one registration, numbers and contact in clear.

    Attributes:
        is_proved: Its person once used a link, a one-time code or a paper code: until
            then their own pages show no news.
        first_reference: The registration that this one only repeats; the news and the
            places are there.
    """

    view: RegistrationView
    is_proved: bool
    first_reference: str | None
    number: str = field(repr=False)
    number_kind: str
    birth_date: str = field(repr=False)
    phone: str | None = field(repr=False)
    email: str | None = field(repr=False)


async def open_file(agent: AgentRecord, reference: str, *, ports: Ports) -> FileView:
    """Return one registration of the agent's prefecture; the look is audited.

    All of it: what its person has not proved yet is kept from strangers at a screen
    (``view_of``), and an agent who has the person before them has to tell the truth.

    Raises:
        InvalidReferenceError: Not a reference.
        UnknownResourceError: No such registration there, or its person was erased.
    """
    async with ports.open_uow() as uow:
        record = await registration_of(agent, reference, uow=uow, lock=False)
        identity = open_identity(record.sealed_identity, record.id, ports.sealer)
        if identity is None:
            raise UnknownResourceError("reference")
        contact = open_contact(record.sealed_contact, record.id, ports.sealer)
        view = await whole_view_of(record, uow=uow, ports=ports)
        first = None
        if record.joined_to is not None:
            first = await uow.registrations.by_id(record.joined_to)
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="file-read",
            detail={"registration": str(record.id)},
            at=ports.clock.now(),
        )
        await uow.commit()
    return FileView(
        view=view,
        is_proved=record.proved_at is not None,
        first_reference=first.reference if first else None,
        number=_number(identity),
        number_kind=_kind(identity),
        birth_date=identity.birth_date.text,
        phone=contact.phone.text if contact and contact.phone else None,
        email=contact.email.text if contact and contact.email else None,
    )


async def find_person(
    agent: AgentRecord, identity: Identity, *, ports: Ports
) -> Sequence[str]:
    """Return the references of a person who shows a paper; the look is audited.

    Only the number and, without a French one, the birth date decide: names may be
    spelled in any way.
    """
    key = ports.pseudonymiser.key(identity)
    async with ports.open_uow() as uow:
        found = await uow.doors.lists.of_person(key, agent.prefecture)
        shown = [
            record.reference for record in found if _same_birth(record, identity, ports)
        ]
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="person-sought",
            detail={"found": len(shown)},
            at=ports.clock.now(),
        )
        await uow.commit()
    return shown


def _same_birth(record: RegistrationRecord, sought: Identity, ports: Ports) -> bool:
    identity = open_identity(record.sealed_identity, record.id, ports.sealer)
    return identity is not None and identity.birth_date.may_be_same_as(
        sought.birth_date
    )


def _number(identity: Identity) -> str:
    proof = identity.proof
    return proof.text if isinstance(proof, AgdrefNumber) else proof.number


def _kind(identity: Identity) -> str:
    proof = identity.proof
    return proof.kind.value if isinstance(proof, TravelDocument) else "agdref"
