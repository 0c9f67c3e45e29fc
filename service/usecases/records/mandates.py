"""Organisations, their helpers and their mandates, as they are stored."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from service.domain.mandate import Ceilings, EndedBy, Mandate, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRecord:
    """An organisation that accompanies people, vetted by two agents.

    Attributes:
        kind: A slug of ``HelpKind``.
        contact: E-mail or telephone that the public list shows; never a person's.
        state: ``proposed``, ``accepted``, ``suspended`` or ``refused``.
    """

    id: UUID
    prefecture: str
    name: str
    kind: str
    contact: str
    state: str
    ceilings: Ceilings
    proposed_by: UUID
    proposed_at: datetime
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    suspended_by: UUID | None = None
    suspended_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperRecord:
    """A person of an organisation who signs in.

    Attributes:
        login: Professional e-mail address, in small letters.
        state: ``invited``, ``active`` or ``closed``.
        totp_step: The last step whose code was used: none at or before it again.
    """

    id: UUID
    organisation_id: UUID
    prefecture: str
    login: str
    name: str
    is_lead: bool
    state: str
    invited_at: datetime
    password_hash: str | None = field(default=None, repr=False)
    sealed_totp: bytes | None = field(default=None, repr=False)
    totp_step: int = 0
    invitation_sha256: bytes | None = field(default=None, repr=False)
    invitation_ends_at: datetime | None = None
    enrolled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateRecord:
    """A mandate of an organisation for a registration.

    ``is_proposed``: the person was registered before, so that the mandate concerns
    only the helper's own trace of a registration until the person says yes.
    """

    id: UUID
    organisation_id: UUID
    organisation_name: str
    registration_id: UUID
    helper_id: UUID
    mandate: Mandate
    opened_at: datetime
    ended_at: datetime | None = None
    is_proposed: bool = False

    @property
    def ended_by(self) -> EndedBy | None:
        """Who ended it."""
        return self.mandate.ended_by


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRecord:
    """One thing done in a person's name, or one look at their file."""

    mandate_id: UUID
    organisation_name: str
    act: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedRow:
    """A line of the list of an organisation's people; identity and contact sealed."""

    mandate_id: UUID
    registration_id: UUID
    reference: str
    motif: str
    state: str
    is_joined: bool
    first_night_on: date
    sealed_identity: bytes | None = field(repr=False)
    end_of_right_on: date | None
    registered_at: datetime
    back_on: date | None
    mandate_ends_on: date
    scopes: frozenset[Scope]
    last_night_on: date | None
    last_result: str | None
    offer_state: str | None
    offer_site: str | None
    offer_starts_at: datetime | None
    offer_confirm_by: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedRow:
    """A mandate that ended: no name, only the reference and who ended it."""

    reference: str
    ended_at: datetime
    ended_by: EndedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedRow:
    """What the anomaly report needs of one mandate; sealed data stays sealed."""

    organisation_id: UUID
    registration_id: UUID
    opened_at: datetime
    ended_by: EndedBy | None
    applicant_key: bytes = field(repr=False)
    registration_state: str
    sealed_identity: bytes | None = field(repr=False)
    sealed_contact: bytes | None = field(repr=False)
    offers: int
    offers_turned_down: int
    offers_unanswered: int
    confirmed: int = 0
    given_back: int = 0
    expected: int = 0
    absent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRecord:
    """A file between its dry run and its confirmation; sealed, then forgotten."""

    id: UUID
    organisation_id: UUID
    helper_id: UUID
    sealed: bytes | None = field(repr=False)
    uploaded_at: datetime
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCounts:
    """How much of its ceilings an organisation uses."""

    live: int
    today: int
