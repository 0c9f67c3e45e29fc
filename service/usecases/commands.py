"""What people ask for, already parsed: every value is valid by its type."""

from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from service.domain.availability import Availability
from service.domain.companions import Companion
from service.domain.contact import Contact
from service.domain.desk_acts import DeskAct, Shown
from service.domain.identity import Identity
from service.domain.mandate import Scope
from service.domain.permits import DocumentFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterApplicant:
    """Enter one person for one motif of one prefecture."""

    prefecture: str
    motif: str
    sites: tuple[str, ...]
    identity: Identity
    contact: Contact
    facts: DocumentFacts
    availability: Availability
    people: int
    channel: str = "web"
    companions: tuple[Companion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What opens a registration: the public reference and the secret."""

    reference: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateAccess(Access):
    """What opens a registration to a helper: a live mandate of that scope.

    There is no secret in it: a helper never holds a person's code.

    Attributes:
        helper_id: Who acts.
        organisation_id: Under whose mandate.
        scope: What the mandate has to allow.
        act: What is being done, as it will stand in the person's log.
    """

    secret: str = field(default="", repr=False)
    helper_id: UUID
    organisation_id: UUID
    scope: Scope
    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskAccess(Access):
    """What opens a registration to an agent who acts for its person.

    Made in ``desk.act_for`` alone, once the person showed who they are.

    Attributes:
        agent_id: Who acts.
        login: The same, as the audit names them.
        prefecture: The agent's: no other one's registrations open.
        act: What is being done.
        shown: How the person was known; None where nothing is done but a paper printed.
    """

    secret: str = field(default="", repr=False)
    agent_id: UUID
    login: str
    prefecture: str
    act: DeskAct
    shown: Shown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendRegistration:
    """Correct a registration; a field left None stays as it is."""

    access: Access
    sites: tuple[str, ...] | None = None
    contact: Contact | None = None
    facts: DocumentFacts | None = None
    availability: Availability | None = None
    people: int | None = None
    companions: tuple[Companion, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishSlots:
    """Publish the slots of one day at one site, already planned and checked."""

    site: str
    day: date
    opens: time
    closes: time
    minutes: int
    guichets: int
    motifs: tuple[str, ...]
