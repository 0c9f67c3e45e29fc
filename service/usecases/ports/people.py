"""The people registered: who waits, what was offered, what was answered."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from service.domain.ruleset import Ruleset
from service.usecases.records import (
    AgentRecord,
    AnswerRecord,
    CalledOffer,
    NewOffer,
    OfferRecord,
    RegistrationRecord,
    SiteRecord,
    StandingRow,
)


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

    async def withdrawn_of(
        self, applicant_key: bytes, prefecture: str, motif: str, since: datetime
    ) -> Sequence[RegistrationRecord]:
        """Return the person's registrations for this motif withdrawn since then."""
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

    async def by_ids(
        self, registration_ids: Iterable[UUID]
    ) -> Mapping[UUID, RegistrationRecord]:
        """Return those of these registrations that exist, unlocked, in one question."""
        ...

    async def keyed_before(
        self, version: int, limit: int, *, after: UUID | None = None
    ) -> Sequence[RegistrationRecord]:
        """Return those with an older key whose identity is known, in order of id.

        Unlocked, behind the id ``after``.
        """
        ...

    async def keep_keys(self, registration_ids: Iterable[UUID], version: int) -> None:
        """Note that the keys of these registrations are those of this version too."""
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
        """Return the live registrations for these motifs, locked in order of id."""
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

    async def overdue(
        self, now: datetime, limit: int, *, after: OfferRecord | None = None
    ) -> Sequence[OfferRecord]:
        """Return awaiting offers whose hour has passed, unlocked, the longest first.

        ``after`` is the last one of the page before: those behind it are returned.
        """
        ...

    async def count_overdue(self, now: datetime) -> tuple[int, datetime | None]:
        """Count the offers that ``overdue`` returns; and the first hour passed."""
        ...

    async def live_in(self, prefecture: str, slot: str) -> Sequence[OfferRecord]:
        """Return awaiting and confirmed offers of one slot, unlocked."""
        ...

    async def to_call(self, prefecture: str) -> Sequence[CalledOffer]:
        """Return awaiting offers that no message could reach."""
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

    async def agent_by_login(
        self, login: str, *, lock: bool = False
    ) -> AgentRecord | None:
        """Return an active agent; with ``lock`` tries at that door take turns."""
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
