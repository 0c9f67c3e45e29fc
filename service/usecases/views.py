"""What people and agents are shown: plain values, ready to be put in words."""

from dataclasses import dataclass, field
from datetime import date, datetime

from service.domain.availability import Availability
from service.usecases.desk.doors_views import DoorsView
from service.usecases.helper.mandate_views import MandateView
from service.usecases.records import EntryRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """Something was received at this instant: true for new and known people alike.

    ``noted`` is what the door noted beside it, for that door alone.
    """

    reference: str
    secret: str = field(repr=False)
    received_at: datetime
    first_night_on: date
    noted: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """An offer as its person sees it; ``confirm_by`` is an aware instant."""

    state: str
    held_on: date
    site: str
    site_name: str
    site_address: str
    starts_at: datetime
    minutes: int
    made_at: datetime
    confirm_by: datetime
    next_refusal_is_free: bool
    sit_out_nights: int = 0
    """Nights that a refusal would cost when it is not free."""
    is_over: bool = False
    """The appointment's time has passed."""
    was_absent: bool = False
    """An agent noted that nobody came, and no reason was accepted so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationView:
    """Where a person stands: first the answer, then the reason, then the detail."""

    reference: str
    state: str
    prefecture: str
    prefecture_name: str
    motif: str
    sites: tuple[str, ...]
    site_names: tuple[str, ...]
    family_name: str = field(repr=False)
    given_names: str | None = field(repr=False)
    masked_email: str | None
    masked_phone: str | None
    language: str
    registered_at: datetime
    waiting_since_on: date
    first_night_on: date
    next_night_on: date
    next_freeze_at: datetime
    takes_part_next: bool
    back_on: date | None
    held_document: str | None
    permit_expires_on: date | None
    permit_starts_on: date | None
    entered_on: date | None
    requested_on: date | None
    end_of_right_on: date | None
    end_of_right_basis: str
    end_of_right_source: str
    grace_until: date | None
    not_before: date | None
    cliff_on: date | None
    band: int
    band_reason: str
    availability: Availability
    people: int
    nights: tuple[EntryRecord, ...]
    offer: OfferView | None
    needs_proof: bool = False
    """True when its news is shown only to who proves to read the recorded contact."""
    new_contact_from: datetime | None = None
    """When a changed contact begins to count; None when none is under way."""
    awaits_first_band: bool = False
    """The prefecture took their place back; a second agent has not confirmed it yet."""
    stopped_night_on: date | None = None
    """An earlier night that a check stopped: the next one waits for it."""
    doors: DoorsView = field(default_factory=DoorsView)
    mandates: tuple[MandateView, ...] = ()
    """Who acts, or says they act, for the person; ended ones too, newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessView:
    """Who was handed a commitment, and when.

    Attributes:
        name: The witness, as everybody may know it.
        delivered_at: When it had it; None while it is being tried.
        attempts: How often it was tried.
        document_sha256: Hex digest of the very bytes; None while it has none.
        is_in_time: It had them before the round existed.
    """

    name: str
    delivered_at: datetime | None
    attempts: int
    document_sha256: str | None
    is_in_time: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BandCell:
    """People of one or several neighbouring bands, counted together."""

    first: int
    last: int
    people: int
    served: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnulmentView:
    """Why a night gives no places, and whether its luck could be read by then."""

    at: datetime
    reason: str
    luck_was_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NightView:
    """A night as everybody may see it."""

    prefecture: str
    prefecture_name: str
    held_on: date
    state: str
    freeze_at: datetime
    brought_forward: bool
    ruleset_version: str | None
    committed_at: datetime | None
    commitment: dict[str, object] | None
    commitment_sha256: str | None
    signature: dict[str, str] | None
    beacon_chain: str | None
    beacon_round: int | None
    beacon_due_at: datetime | None
    beacon_is_local: bool
    revealed_at: datetime | None
    randomness: str | None
    published_at: datetime | None
    notified_at: datetime | None
    stopped_because: str | None
    entries: int
    places: int | None
    served: int | None
    unserved: int | None
    free_places: int | None
    bands: tuple[tuple[int, int, int], ...]
    """By band, where the full transcript is public and tells it anyway; else empty."""
    cells: tuple[BandCell, ...] = ()
    """The same with small cells merged: what open data and statistics use."""
    publishes: str | None = None
    """Announced with the commitment: a ``full`` or a ``reduced`` transcript."""
    postponed_at: datetime | None = None
    """When it was said that the round is hours late; the night waits for it."""
    witnesses: tuple[WitnessView, ...] = ()
    annulment: AnnulmentView | None = None
