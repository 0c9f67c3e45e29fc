"""Rows about people: who waits, what was offered, what was answered, who serves."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from service.domain.availability import Availability
from service.domain.offer import OfferState, move_offer
from service.domain.registration import RegistrationState


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationRecord:
    """One standing registration; personal data is sealed."""

    id: UUID
    prefecture: str
    motif: str
    sites: tuple[str, ...]
    reference: str
    secret_sha256: bytes = field(repr=False)
    applicant_key: bytes = field(repr=False)
    key_version: int
    state: RegistrationState
    sealed_identity: bytes | None = field(repr=False)
    sealed_contact: bytes | None = field(repr=False)
    sealed_new_contact: bytes | None = field(default=None, repr=False)
    new_contact_from: datetime | None = None
    language: str
    held_document: str | None
    permit_expires_on: date | None
    permit_starts_on: date | None
    entered_on: date | None
    requested_on: date | None
    end_of_right_on: date | None
    end_of_right_basis: str
    availability: Availability
    people: int
    channel: str
    registered_at: datetime
    waiting_since_on: date
    first_night_on: date
    declines: int = 0
    back_on: date | None = None
    told_not_drawn_on: date | None = None
    joined_to: UUID | None = None
    proved_at: datetime | None = None
    displaced_on: date | None = None
    released_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRow:
    """What the freeze needs of a registration: no identity, no contact."""

    registration_id: UUID
    motif: str
    sites: frozenset[str]
    end_of_right_on: date | None
    waiting_since_on: date
    availability: Availability
    people: int
    is_displaced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOffer:
    """An offer as the draw makes it: ``places`` places of one slot."""

    id: UUID
    registration_id: UUID
    slot_code: str
    places: int
    made_at: datetime
    confirm_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRecord:
    """One offer, with what its person needs to know of the slot."""

    id: UUID
    night_id: int
    held_on: date
    registration_id: UUID
    site: str
    slot_code: str
    starts_at: datetime
    minutes: int
    state: OfferState
    made_at: datetime
    confirm_by: datetime
    handed_over_at: datetime | None = None
    undeliverable_at: datetime | None = None
    answered_at: datetime | None = None

    def moved(self, to: OfferState, *, at: datetime) -> "OfferRecord":
        """Return the offer as answered or ended at an instant.

        Raises:
            OfferNotOpenError: An offer does not go there from where it is.
        """
        return replace(self, state=move_offer(self.state, to), answered_at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledOffer:
    """An offer whose person must be reached by an agent."""

    offer: OfferRecord
    reference: str
    sealed_identity: bytes | None = field(repr=False)
    sealed_contact: bytes | None = field(repr=False)
    registration_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRecord:
    """A stored answer.

    Attributes:
        body_sha256: By what the request is recognised: keyed, nobody guesses it back.
        sealed: The sealed JSON that was returned.
        answered_at: When.
    """

    body_sha256: bytes
    sealed: bytes = field(repr=False)
    answered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRecord:
    """A place that receives the public, and for which motifs."""

    code: str
    name: str
    address: str
    motifs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentRecord:
    """A member of the prefecture's staff."""

    id: UUID
    prefecture: str
    login: str
    name: str
    password_hash: str = field(repr=False)
