"""Rows about what keeps an insider from a second luck, and a friend from band 0."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from service.domain.cancellations import CancellationState, CancelReason


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnulmentRecord:
    """A stopped night that gives no places: who said so, when and why.

    Attributes:
        luck_was_known: The beacon round could be read already.
        document: What everybody may keep: signed, with the night's commitment.
    """

    night_id: int
    annulled_at: datetime
    annulled_by: str
    reason: str
    luck_was_known: bool
    document: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CancellationRecord:
    """A slot that an agent took back, and what a second one said of it.

    Attributes:
        slot_code: The slot, with its site and Paris wall time.
        people: Registrations that lost a place.
    """

    id: UUID
    prefecture: str
    slot_code: str
    site: str
    starts_at: datetime
    reason: CancelReason
    cancelled_by: UUID
    cancelled_by_name: str
    cancelled_at: datetime
    people: int
    state: CancellationState
    decided_by: UUID | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplacedRow:
    """Somebody whose place was taken back.

    Attributes:
        is_last: No place was offered since: there is still something to make good.
    """

    registration_id: UUID
    end_of_right_on: date | None
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedCancellations:
    """Of one day in Paris: slots taken back, and people who lost a place by it.

    ``first_band`` counts those for whom a second agent confirmed it so far.
    """

    day: date
    slots: int
    people: int
    first_band: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingRecord:
    """That an auditor be written to no more: who asked, and who agreed.

    Attributes:
        told_at: When the auditor was told, or could not be; before it nobody agrees.
    """

    auditor_id: UUID
    asked_by: UUID
    asked_at: datetime
    told_at: datetime | None = None
    confirmed_by: UUID | None = None
    confirmed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnwitnessedNight:
    """A night whose round passed without anybody outside having its commitment."""

    prefecture: str
    held_on: date
    state: str
    beacon_due_at: datetime
