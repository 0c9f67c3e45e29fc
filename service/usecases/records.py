"""Rows as the use cases see them: plain values between ports and decisions.

A record mirrors what is stored; sealed columns stay sealed until a use case
opens them for the person they belong to.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from service.domain.availability import Availability


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
    state: str
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
class FrozenEntry:
    """A registration as it stands in one night's pool."""

    registration_id: UUID
    label: bytes
    band: int
    told_not_drawn_on: date | None = None
    is_live: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnEntry:
    """What the draw decided for one entry: see ``service.draw.standing``."""

    label: bytes
    ticket: bytes
    rank: int
    result: str
    tier: str | None
    through: str | None
    cut_off: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRecord:
    """One night in the history of a registration: see ``service.draw.standing``.

    Nights from before it was kept have no tier, no quota and no cut-off (None).
    """

    held_on: date
    label: str
    band: int
    ticket: str
    rank: int
    entries: int
    result: str
    tier: str | None = None
    through: str | None = None
    cut_off: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NightRecord:
    """The row of one night; columns are filled arrow by arrow."""

    id: int
    prefecture: str
    held_on: date
    state: str
    freeze_at: datetime
    brought_forward: bool = False
    ruleset_version: str | None = None
    frozen_at: datetime | None = None
    pool: bytes | None = field(default=None, repr=False)
    nonces: bytes | None = field(default=None, repr=False)
    pool_sha256: bytes | None = None
    places: int | None = None
    committed_at: datetime | None = None
    commitment: bytes | None = field(default=None, repr=False)
    commitment_sha256: bytes | None = None
    signature_key: bytes | None = None
    signature_value: bytes | None = None
    beacon_chain: str | None = None
    beacon_round: int | None = None
    beacon_due_at: datetime | None = None
    publishes: str | None = None
    postponed_at: datetime | None = None
    revealed_at: datetime | None = None
    beacon_signature: bytes | None = None
    randomness: bytes | None = None
    drawn_at: datetime | None = None
    published_at: datetime | None = None
    notified_at: datetime | None = None
    stopped_at: datetime | None = None
    stopped_because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NightSummary:
    """A night as the public list shows it."""

    night: NightRecord
    entries: int
    served: int | None
    unserved: int | None
    free_places: int | None
    bands: tuple[tuple[int, int, int], ...] = ()
    """(band, entries, served) in band order."""


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
    state: str
    made_at: datetime
    confirm_by: datetime
    handed_over_at: datetime | None = None
    undeliverable_at: datetime | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledOffer:
    """An offer whose person must be reached by an agent."""

    offer: OfferRecord
    reference: str
    sealed_identity: bytes | None = field(repr=False)
    sealed_contact: bytes | None = field(repr=False)
    registration_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOutboxRow:
    """A message to send; ``once`` names its cause, so that it leaves once."""

    once: str
    kind: str
    registration_id: UUID
    available_at: datetime
    night_id: int | None = None
    offer_id: UUID | None = None
    about: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMessage:
    """A row of the outbox, leased to this sender for a while.

    ``counted_on`` is the day for which it already counts among its person's messages.
    """

    id: int
    kind: str
    registration_id: UUID
    night_id: int | None
    offer_id: UUID | None
    attempts: int
    counted_on: date | None
    about: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRecord:
    """A stored answer; ``sealed`` is the sealed JSON that was returned."""

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
class SlotRecord:
    """A published slot with counts: ``free`` places can still be withdrawn."""

    code: str
    site: str
    starts_at: datetime
    minutes: int
    motifs: tuple[str, ...]
    places: int
    free: int
    offered: int
    confirmed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentRecord:
    """A member of the prefecture's staff."""

    id: UUID
    prefecture: str
    login: str
    name: str
    password_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundName:
    """A beacon round that does not exist yet when it is named."""

    chain: str
    beacon_round: int
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundValue:
    """A published round, its signature already checked."""

    signature: bytes
    randomness: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedStatement:
    """A signed commitment as it is handed to a witness.

    Attributes:
        document: Canonical JSON of commitment and signature: what to keep.
        beacon_due_at: Received before this instant, it proves that the promise came
            before the randomness.
    """

    prefecture: str
    held_on: date
    document: bytes = field(repr=False)
    commitment_sha256: str
    committed_at: datetime
    beacon_chain: str
    beacon_round: int
    beacon_due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedWitness:
    """Someone to whom a commitment will be handed; ``name`` is public."""

    witness: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDelivery:
    """A commitment to hand over, leased to this process for a while."""

    night_id: int
    witness: str
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRecord:
    """What one witness of a night has been handed so far."""

    night_id: int
    name: str
    attempts: int
    delivered_at: datetime | None
    document_sha256: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditorRecord:
    """Someone outside who wants every commitment; the address is sealed."""

    id: UUID
    prefecture: str
    name: str
    sealed_email: bytes | None = field(repr=False)
    subscribed_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRecord:
    """A key that signed commitments, from its first one until the next key's."""

    public_key: bytes
    valid_from: datetime
    valid_to: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a message."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One message; its identifier lets a server see a repeat."""

    message_id: str
    to: str = field(repr=False)
    language: str
    subject: str
    text: str = field(repr=False)
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMessage:
    """One text to a telephone; its identifier lets a carrier see a repeat.

    ``to`` is a number in E.164 form.
    """

    message_id: str
    to: str = field(repr=False)
    text: str = field(repr=False)
