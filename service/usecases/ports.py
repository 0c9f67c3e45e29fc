"""What the use cases need from the world, and nothing about who provides it."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import TracebackType
from typing import Protocol, Self
from uuid import UUID

from service.domain.identity import Identity
from service.domain.ruleset import Ruleset
from service.domain.sending import Opening, next_decent
from service.domain.slots import OpenSlot
from service.usecases.access_ports import WaysIn
from service.usecases.doors_ports import Doors
from service.usecases.evidence_ports import (
    Beacon,
    Signer,
    SigningKeys,
    Witness,
    Witnesses,
)
from service.usecases.help_ports import HelpPlaces
from service.usecases.letter import Letter, Message
from service.usecases.mandate_ports import Mandates, Organisations, SecondFactor
from service.usecases.message_ports import Deliveries, Mailer, TextSender, WriteCalendar
from service.usecases.paper_ports import IssuedPapers, Press
from service.usecases.public_ports import PublicFacts
from service.usecases.records import (
    AgentRecord,
    AnswerRecord,
    CalledOffer,
    DrawnEntry,
    DueMessage,
    EntryRecord,
    FrozenEntry,
    NewOffer,
    NewOutboxRow,
    NightRecord,
    NightSummary,
    OfferRecord,
    RegistrationRecord,
    SiteRecord,
    SlotRecord,
    StandingRow,
)


class Clock(Protocol):
    """The only source of "now"."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


class Pseudonymiser(Protocol):
    """Turns an identity into the one-way key that makes a person unique."""

    version: int

    def key(self, identity: Identity) -> bytes:
        """Return 32 bytes: keyed HMAC of the identity, never published."""
        ...


class Sealer(Protocol):
    """Authenticated encryption of personal data at rest."""

    def seal(self, plain: bytes, *, place: str) -> bytes:
        """Encrypt ``plain``, bound to the ``place`` where it will be stored."""
        ...

    def unseal(self, sealed: bytes, *, place: str) -> bytes:
        """Decrypt; fails when the bytes were altered or moved to another place."""
        ...


class PasswordKeeper(Protocol):
    """Slow, salted password hashing for agents."""

    def hash(self, password: str) -> str:
        """Return what may be stored."""
        ...

    def matches(self, stored: str, password: str) -> bool:
        """Say whether ``password`` is the one; takes as long for a wrong one."""
        ...


class Registrations(Protocol):
    """The standing registrations."""

    async def add_unless_live(self, new: RegistrationRecord) -> bool:
        """Insert; False, and nothing stored, when the person has a live one."""
        ...

    async def add_joined(self, new: RegistrationRecord) -> None:
        """Insert the trace of a repeated registration (``joined_to`` is set)."""
        ...

    async def live_of(
        self, applicant_key: bytes, prefecture: str, motif: str
    ) -> RegistrationRecord | None:
        """Return the person's unreleased registration for this motif."""
        ...

    async def by_reference(
        self, reference: str, *, lock: bool = False
    ) -> RegistrationRecord | None:
        """Return the registration; with ``lock``, nobody else may change it."""
        ...

    async def by_id(
        self, registration_id: UUID, *, lock: bool = False
    ) -> RegistrationRecord | None:
        """As ``by_reference``, by the internal identifier."""
        ...

    async def save(self, changed: RegistrationRecord) -> None:
        """Store every mutable column of ``changed``."""
        ...

    async def standing(self, prefecture: str, night: date) -> Sequence[StandingRow]:
        """Return who takes part in that night: live, offer-free, not sitting out."""
        ...

    async def of_motifs(
        self, prefecture: str, motifs: Sequence[str]
    ) -> Sequence[RegistrationRecord]:
        """Return, locked, the live registrations for these motifs."""
        ...

    async def add_link(
        self, registration_id: UUID, secret_sha256: bytes, expires_at: datetime
    ) -> None:
        """Let another secret open the registration until it expires."""
        ...

    async def link_opens(
        self, registration_id: UUID, secret_sha256: bytes, now: datetime
    ) -> bool:
        """Say whether a personal link of that secret is still good."""
        ...

    async def prove(self, registration_id: UUID, at: datetime) -> None:
        """Note that its person proved to be so; a repeated registration stays bare."""
        ...

    async def tell_not_drawn(self, registrations: Sequence[UUID], on: date) -> None:
        """Note that these people are told on that day that they stay registered."""
        ...

    async def release_served(self, before: datetime) -> int:
        """Let people whose appointment lies before that wall time register anew."""
        ...


class Slots(Protocol):
    """Published capacity."""

    async def publish(
        self, prefecture: str, slots: Sequence[OpenSlot], *, by: UUID, at: datetime
    ) -> Sequence[SlotRecord]:
        """Store slots with their places; returns them with their codes."""
        ...

    async def between(
        self, prefecture: str, first: date, last: date
    ) -> Sequence[SlotRecord]:
        """Return slots of these days, in slot order, with counts of places."""
        ...

    async def by_code(self, prefecture: str, code: str) -> SlotRecord | None:
        """Return one slot with its counts."""
        ...

    async def open_from(self, prefecture: str, first: date) -> Sequence[OpenSlot]:
        """Return every slot from that day on, for the freeze: full ones count too.

        The held share of a day is computed from what was published.
        """
        ...

    async def withdraw(
        self, prefecture: str, code: str, places: int, at: datetime
    ) -> int:
        """Withdraw up to ``places`` unused places; returns how many were."""
        ...


class Nights(Protocol):
    """The nights and their states; each ``to_*`` moves exactly one arrow."""

    async def plan(self, prefecture: str, held_on: date, freeze_at: datetime) -> bool:
        """Insert a planned night; False when it exists."""
        ...

    async def next_open(
        self, prefecture: str, *, lock: bool = True, not_before: date | None = None
    ) -> NightRecord | None:
        """Return the first planned night; locked FOR SHARE, the freeze waits for us."""
        ...

    async def unfinished(self) -> Sequence[NightRecord]:
        """Return every night that is not notified, oldest first, unlocked."""
        ...

    async def latest_of(self, prefecture: str) -> NightRecord | None:
        """Return the last night planned for that prefecture."""
        ...

    async def claim(self, night_id: int, state: str) -> NightRecord | None:
        """Lock the night if it still is in ``state`` and nobody works on it."""
        ...

    async def by_date(self, prefecture: str, held_on: date) -> NightRecord | None:
        """Return that night."""
        ...

    async def by_id(self, night_id: int) -> NightRecord | None:
        """As ``by_date``, by the internal number."""
        ...

    async def waits_for_an_earlier(self, night: NightRecord) -> bool:
        """Say whether an earlier night of the prefecture is frozen and not drawn."""
        ...

    async def previous_commitment(self, night: NightRecord) -> bytes | None:
        """Return the digest of the last commitment before ``night``."""
        ...

    async def save(self, changed: NightRecord, *, was: str) -> None:
        """Store ``changed`` if the stored state still is ``was``.

        Raises:
            NightMovedError: Another process moved it first.
        """
        ...

    async def add_entries(self, night_id: int, entries: Sequence[FrozenEntry]) -> None:
        """Store the frozen entries in one statement."""
        ...

    async def entries(self, night_id: int) -> Sequence[FrozenEntry]:
        """Return the frozen entries in label order."""
        ...

    async def record_draw(
        self,
        night_id: int,
        outcome: bytes,
        entries: Sequence[DrawnEntry],
        free_places: int,
        at: datetime,
    ) -> None:
        """Store what the draw decided, once and for ever."""
        ...

    async def outcome(self, night_id: int) -> bytes | None:
        """Return the canonical bytes of the outcome."""
        ...

    async def store_transcript(self, night_id: int, transcript: bytes) -> None:
        """Store the published transcript."""
        ...

    async def transcript(self, prefecture: str, held_on: date) -> bytes | None:
        """Return the published transcript."""
        ...

    async def history_of(self, registration_id: UUID) -> Sequence[EntryRecord]:
        """Return each drawn night this registration took part in, oldest first."""
        ...

    async def published(
        self, prefecture: str, limit: int, held_on: date | None = None
    ) -> Sequence[NightSummary]:
        """Return committed or later nights, newest first, with their public counts."""
        ...


class Offers(Protocol):
    """Places offered to people."""

    async def make(self, night_id: int, offers: Sequence[NewOffer]) -> None:
        """Store offers and the places they hold.

        Raises:
            PlaceTakenError: A place went away between freeze and draw.
        """
        ...

    async def live_of(
        self, registration_id: UUID, *, lock: bool = False
    ) -> OfferRecord | None:
        """Return the awaiting or confirmed offer of a registration."""
        ...

    async def last_of(self, registration_id: UUID) -> OfferRecord | None:
        """Return the most recent offer, whatever its state."""
        ...

    async def by_id(self, offer_id: UUID, *, lock: bool = False) -> OfferRecord | None:
        """Return one offer."""
        ...

    async def save(self, changed: OfferRecord) -> None:
        """Store the state and instants; gives the places back when it ended."""
        ...

    async def overdue(self, now: datetime, limit: int) -> Sequence[OfferRecord]:
        """Return awaiting offers whose hour has passed, unlocked."""
        ...

    async def live_in(self, prefecture: str, slot: str) -> Sequence[OfferRecord]:
        """Return awaiting and confirmed offers of one slot, unlocked."""
        ...

    async def to_call(self, prefecture: str) -> Sequence[CalledOffer]:
        """Return awaiting offers that no message could reach."""
        ...


class Outbox(Protocol):
    """Messages to send, written in the same transaction as their cause."""

    async def add(self, rows: Iterable[NewOutboxRow]) -> None:
        """Store rows; a row whose ``once`` exists already is left out."""
        ...

    async def lease(
        self, now: datetime, until: datetime, limit: int
    ) -> Sequence[DueMessage]:
        """Take due rows of published nights; they are due again at ``until``."""
        ...

    async def settle(self, row_id: int, outcome: str, at: datetime) -> None:
        """Mark a row sent, stale or undeliverable."""
        ...

    async def postpone(self, row_id: int, until: datetime, error: str) -> None:
        """Try again later; ``error`` holds no personal data."""
        ...

    async def pending_of_night(self, night_id: int) -> int:
        """Count the rows of a night that are not settled."""
        ...


class Answers(Protocol):
    """Stored answers by idempotency key."""

    async def lock(self, scope: str, key: str) -> None:
        """Make other requests with this key wait for, or see, our answer.

        Raises:
            IdempotencyKeyInFlightError: The first request is still running.
        """
        ...

    async def get(self, scope: str, key: str) -> AnswerRecord | None:
        """Return the stored answer."""
        ...

    async def add(self, scope: str, key: str, answer: AnswerRecord) -> None:
        """Store the answer."""
        ...


class Directory(Protocol):
    """Prefectures, sites, rulesets and agents."""

    async def prefectures(self) -> Sequence[str]:
        """Return the codes of all prefectures."""
        ...

    async def prefecture_name(self, prefecture: str) -> str | None:
        """Return the name shown to people, None when unknown."""
        ...

    async def prefecture_phone(self, prefecture: str) -> str | None:
        """Return the number that people may call."""
        ...

    async def publishes(self, prefecture: str) -> str:
        """Return what the prefecture publishes of a night: ``full`` or ``reduced``."""
        ...

    async def sites(self, prefecture: str) -> Sequence[SiteRecord]:
        """Return the sites with the motifs each one receives."""
        ...

    async def ruleset_on(self, prefecture: str, day: date) -> Ruleset:
        """Return the ruleset in force that day."""
        ...

    async def agent_by_login(self, login: str) -> AgentRecord | None:
        """Return an active agent."""
        ...

    async def open_session(
        self, token_sha256: bytes, agent_id: UUID, at: datetime
    ) -> None:
        """Store an agent's session."""
        ...

    async def agent_of_session(
        self, token_sha256: bytes, now: datetime
    ) -> AgentRecord | None:
        """Return the agent of a session that is neither idle nor too old."""
        ...

    async def close_session(self, token_sha256: bytes) -> None:
        """End a session."""
        ...


class Audit(Protocol):
    """Append-only, hash-chained record of what agents did."""

    async def append(
        self,
        *,
        prefecture: str,
        actor: str,
        action: str,
        detail: dict[str, str | int],
        at: datetime,
    ) -> None:
        """Add one event to the chain; ``detail`` holds no personal data."""
        ...


class UnitOfWork(Protocol):
    """One transaction: commit is explicit, leaving without it rolls back."""

    registrations: Registrations
    slots: Slots
    nights: Nights
    offers: Offers
    outbox: Outbox
    deliveries: Deliveries
    ways_in: WaysIn
    witnesses: Witnesses
    keys: SigningKeys
    answers: Answers
    papers: IssuedPapers
    directory: Directory
    audit: Audit
    doors: Doors
    help_places: HelpPlaces
    organisations: Organisations
    mandates: Mandates
    public: PublicFacts

    async def __aenter__(self) -> Self:
        """Begin."""
        ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Roll back whatever was not committed."""
        ...

    async def commit(self) -> None:
        """Make everything durable."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """All that a use case may reach, chosen once by the composition root."""

    open_uow: Callable[[], UnitOfWork]
    clock: Clock
    entropy: Callable[[int], bytes]
    pseudonymiser: Pseudonymiser
    sealer: Sealer
    signer: Signer
    beacon: Beacon
    passwords: PasswordKeeper
    second_factor: SecondFactor
    mailer: Mailer
    write_letter: Callable[[Letter], Message]
    press: Press
    ring: Callable[[], Awaitable[None]]
    public_url: str
    beacon_patience: timedelta = timedelta(hours=6)
    witnesses: Sequence[Witness] = ()
    texter: TextSender | None = None
    write_calendar: WriteCalendar | None = None
    opening: Opening = next_decent
