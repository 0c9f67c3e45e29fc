"""Rows of the other doors, as the use cases see them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from service.domain.permits import DocumentFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCheckRecord:
    """What an agent read on paper, and who certified it if a second one had to.

    ``checked_by_name`` is for the person and for agents: whoever decides on a file
    gives their name.
    """

    id: UUID
    registration_id: UUID
    facts: DocumentFacts = field(repr=False)
    ordered_by: date | None = field(default=None, repr=False)
    seen: str
    state: str
    checked_by: UUID
    checked_at: datetime
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    checked_by_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRecord:
    """One urgency claim; answered when ``answer`` is there."""

    id: UUID
    registration_id: UUID
    ground: str
    evidence: tuple[str, ...]
    happens_on: date | None
    made_at: datetime
    answer_by: date
    answered_at: datetime | None = None
    answered_by: UUID | None = None
    answer: str | None = None
    reason: str | None = None
    check_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMatchRecord:
    """What was decided about a pair: ``different``, ``asked`` or ``same``."""

    first_id: UUID
    second_id: UUID
    likeness: str
    decision: str
    decided_by: UUID
    decided_at: datetime
    objected_at: datetime | None = None
    closed_by: UUID | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """A pair closed by mistake, and who said so; ``reason`` is a code, no free text."""

    first_id: UUID
    second_id: UUID
    closed_by: UUID
    closed_at: datetime
    reopened_by: UUID
    reopened_at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionHours:
    """When a site hands permits over on a weekday, 1 for Monday."""

    site: str
    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyPermitRecord:
    """A permit that waits for its holder, outside the draw."""

    id: UUID
    prefecture: str
    applicant_key: bytes = field(repr=False)
    registration_id: UUID | None
    sealed_identity: bytes | None = field(repr=False)
    sealed_contact: bytes | None = field(repr=False)
    site: str
    collect_at: datetime | None
    said_at: datetime
    said_by: UUID
    told_at: datetime | None = None
    told_how: str | None = None
    collected_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRenewal:
    """A récépissé or attestation renewed without a visit."""

    registration_id: UUID
    renewed_until: date
    renewed_at: datetime
    renewed_by: UUID
    ended_registration: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledListRecord:
    """An imported list of holders, counted."""

    id: UUID
    prefecture: str
    imported_by: UUID
    imported_at: datetime
    created: int
    known: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRecord:
    """What became of an appointment: ``arrived`` or ``absent``, excused or not."""

    offer_id: UUID
    outcome: str
    noted_at: datetime
    noted_by: UUID
    excuse: str | None = None
    excused_at: datetime | None = None
    excused_by: UUID | None = None

    @property
    def is_unexcused(self) -> bool:
        """Tell whether nobody came and no reason was accepted so far."""
        return self.outcome == "absent" and self.excuse is None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentRow:
    """One appointment of a day, with what became of it so far."""

    offer_id: UUID
    registration_id: UUID
    reference: str
    motif: str
    people: int
    site: str
    starts_at: datetime
    minutes: int
    offer_state: str
    sealed_identity: bytes | None = field(repr=False)
    sealed_companions: bytes | None = field(repr=False)
    visit: VisitRecord | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCount:
    """Claims of one ground since a day, by what came of them."""

    ground: str
    made: int
    answered: int
    changed: int
    late: int
