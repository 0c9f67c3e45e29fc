"""What the other doors need of the world: checks, claims, lists, visits."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from service.usecases.ports.desk import DeskWaits
from service.usecases.records import RegistrationRecord
from service.usecases.records.doors import (
    AppointmentRow,
    CalledListRecord,
    ClaimCount,
    ClaimRecord,
    CollectionHours,
    DateCheckRecord,
    NearMatchRecord,
    PaperRenewal,
    ReadyPermitRecord,
    Reopening,
    VisitRecord,
)


class DateChecks(Protocol):
    """What agents read on paper."""

    async def add(self, check: DateCheckRecord) -> None:
        """Store a check; an awaiting one of the same registration is set aside."""
        ...

    async def last_standing(self, registration_id: UUID) -> DateCheckRecord | None:
        """Return the newest check that stands, whatever the registration says now."""
        ...

    async def standing_of(
        self, registrations: Iterable[UUID]
    ) -> Mapping[UUID, DateCheckRecord]:
        """Return the newest standing check of each; those without are left out."""
        ...

    async def by_id(
        self, check_id: UUID, *, lock: bool = False
    ) -> DateCheckRecord | None:
        """Return one check."""
        ...

    async def awaiting(self, prefecture: str) -> Sequence[DateCheckRecord]:
        """Return the checks that a second agent has to certify, oldest first."""
        ...

    async def decide(self, check: DateCheckRecord) -> None:
        """Store the second agent's decision."""
        ...


class Companions(Protocol):
    """Who is received together with a registration's person."""

    async def put(self, registration_id: UUID, sealed: bytes) -> None:
        """Store a family, in place of what was there."""
        ...

    async def of(self, registration_id: UUID) -> bytes | None:
        """Return the sealed family."""
        ...


class Claims(Protocol):
    """Urgency claims."""

    async def add_unless_open(self, claim: ClaimRecord) -> bool:
        """Store; False, and nothing stored, while one of that person is open."""
        ...

    async def of(self, registration_id: UUID) -> Sequence[ClaimRecord]:
        """Return every claim of a registration, newest first."""
        ...

    async def by_id(self, claim_id: UUID, *, lock: bool = False) -> ClaimRecord | None:
        """Return one claim."""
        ...

    async def of_check(self, check_id: UUID) -> ClaimRecord | None:
        """Return the claim whose answer rests on a check."""
        ...

    async def to_answer(self, prefecture: str) -> Sequence[ClaimRecord]:
        """Return the claims without an answer, the one due first at the top."""
        ...

    async def answer(self, answered: ClaimRecord) -> None:
        """Store an answer."""
        ...

    async def counts(
        self, prefecture: str, since: date, today: date
    ) -> Sequence[ClaimCount]:
        """Count claims made since a day, by ground; late as things stand today."""
        ...


class NearMatches(Protocol):
    """Decisions about pairs of registrations."""

    async def live(self, prefecture: str) -> Sequence[RegistrationRecord]:
        """Return every live registration of a prefecture."""
        ...

    async def decided(self, prefecture: str) -> Sequence[NearMatchRecord]:
        """Return every decision."""
        ...

    async def of_pair(
        self, first_id: UUID, second_id: UUID, *, lock: bool = False
    ) -> NearMatchRecord | None:
        """Return the decision about a pair, given in order."""
        ...

    async def asked_of(self, registration_id: UUID) -> Sequence[NearMatchRecord]:
        """Return, locked, the questions asked about a registration and not decided."""
        ...

    async def save(self, decided: NearMatchRecord) -> None:
        """Store a decision, in place of an earlier one about the pair."""
        ...

    async def add_reopening(self, reopening: Reopening) -> None:
        """Keep who reopened a pair, beside who had closed it."""
        ...


class Lists(Protocol):
    """Ready permits, renewals without a visit, holders called before expiry."""

    async def latest_of_person(
        self, applicant_key: bytes, prefecture: str
    ) -> RegistrationRecord | None:
        """Return the person's newest registration that can be written to."""
        ...

    async def of_person(
        self, applicant_key: bytes, prefecture: str
    ) -> Sequence[RegistrationRecord]:
        """Return every registration of a person, newest first; no repeated one."""
        ...

    async def add_ready_unless_known(self, ready: ReadyPermitRecord) -> bool:
        """Store; False, and nothing stored, while the person's permit waits already."""
        ...

    async def ready(self, prefecture: str) -> Sequence[ReadyPermitRecord]:
        """Return the permits that wait, oldest first."""
        ...

    async def ready_by_id(
        self, ready_id: UUID, *, lock: bool = False
    ) -> ReadyPermitRecord | None:
        """Return one of them."""
        ...

    async def ready_of(self, registration_id: UUID) -> ReadyPermitRecord | None:
        """Return the permit that waits for a registration's person."""
        ...

    async def save_ready(self, changed: ReadyPermitRecord) -> None:
        """Store what became of a ready permit."""
        ...

    async def hours(self, prefecture: str) -> Sequence[CollectionHours]:
        """Return the collection hours, by site and weekday."""
        ...

    async def set_hours(
        self, prefecture: str, site: str, hours: Sequence[CollectionHours]
    ) -> None:
        """Store the collection hours of a site, in place of what was there."""
        ...

    async def papers_ending(
        self, prefecture: str, first: date, last: date
    ) -> Sequence[RegistrationRecord]:
        """Return live registrations whose provisional paper ends on these days."""
        ...

    async def add_renewal(self, renewal: PaperRenewal) -> bool:
        """Store; False when it is stored already."""
        ...

    async def renewal_of(self, registration_id: UUID) -> PaperRenewal | None:
        """Return the newest renewal of a registration's paper."""
        ...

    async def called_untold(self, prefecture: str) -> Sequence[RegistrationRecord]:
        """Return live registrations of called holders whose message reached nobody."""
        ...

    async def add_called(self, called: CalledListRecord) -> None:
        """Store what came of a list."""
        ...

    async def called(self, prefecture: str) -> Sequence[CalledListRecord]:
        """Return the lists, newest first."""
        ...


class Visits(Protocol):
    """Who came."""

    async def of_day(
        self, prefecture: str, day: date, site: str | None = None
    ) -> Sequence[AppointmentRow]:
        """Return the appointments of a day, in order of hour."""
        ...

    async def note(self, visit: VisitRecord) -> None:
        """Store what became of an appointment, in place of what was noted before."""
        ...

    async def of_offer(self, offer_id: UUID) -> VisitRecord | None:
        """Return what was noted."""
        ...


class Agents(Protocol):
    """Names of agents, for those whose file they decided on."""

    async def names(self, agents: Iterable[UUID]) -> Mapping[UUID, str]:
        """Return the name of each agent."""
        ...


class Doors(Protocol):
    """Everything above, on one transaction."""

    async def traces_of(self, registration_id: UUID) -> frozenset[str]:
        """Return which of these a registration has, in one look.

        ``companions``, ``check``, ``awaiting``, ``claim``, ``ready``, ``renewal``,
        ``asked``: most people have none, and a night writes to thousands.
        """
        ...

    checks: DateChecks
    companions: Companions
    claims: Claims
    matches: NearMatches
    lists: Lists
    visits: Visits
    agents: Agents
    waits: DeskWaits
