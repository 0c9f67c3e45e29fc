"""What organisations, helpers and mandates need of the world."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from service.domain.anomalies import Rates
from service.domain.mandate import EndedBy
from service.usecases.ports.organisations import OrganisationMail
from service.usecases.ports.second_factor import GuardedAccount
from service.usecases.records.mandates import (
    ActRecord,
    BatchRecord,
    EndedRow,
    FollowedRow,
    HelperRecord,
    MandateRecord,
    OpenCounts,
    OrganisationRecord,
    WatchedRow,
)


class Organisations(Protocol):
    """Organisations and their helpers."""

    mail: OrganisationMail

    async def add(self, new: OrganisationRecord) -> bool:
        """Insert; False when the prefecture has one of that name."""
        ...

    async def by_id(
        self, organisation_id: UUID, *, lock: bool = False
    ) -> OrganisationRecord | None:
        """Return one; with ``lock`` its helpers take turns."""
        ...

    async def all(self, prefecture: str) -> Sequence[OrganisationRecord]:
        """Return every one of a prefecture, by name."""
        ...

    async def save(self, changed: OrganisationRecord) -> None:
        """Store state, ceilings and who decided."""
        ...

    async def add_helper(self, new: HelperRecord) -> bool:
        """Insert; False when the login exists."""
        ...

    async def helper_by_login(
        self, login: str, *, lock: bool = False
    ) -> HelperRecord | None:
        """Return an active helper."""
        ...

    async def helper_by_id(
        self, helper_id: UUID, *, lock: bool = False
    ) -> HelperRecord | None:
        """Return a helper, whatever their state."""
        ...

    async def helper_by_invitation(
        self, digest: bytes, now: datetime, *, lock: bool = False
    ) -> HelperRecord | None:
        """Return whom a standing invitation invites."""
        ...

    async def helpers(self, organisation_id: UUID) -> Sequence[HelperRecord]:
        """Return the helpers of an organisation, by name."""
        ...

    async def save_helper(self, changed: HelperRecord) -> None:
        """Store every mutable column."""
        ...

    async def add_recovery(self, helper_id: UUID, digests: Sequence[bytes]) -> None:
        """Replace the recovery codes of a helper."""
        ...

    def door(self, helper_id: UUID) -> GuardedAccount:
        """Return the door of a helper, whom the caller has locked."""
        ...

    async def recovery_left(self, helper_id: UUID) -> int:
        """Count the recovery codes that were not used."""
        ...

    async def open_session(
        self, token_sha256: bytes, helper_id: UUID, at: datetime
    ) -> None:
        """Store a helper's session."""
        ...

    async def helper_of_session(
        self, token_sha256: bytes, now: datetime
    ) -> HelperRecord | None:
        """Return the active helper of a session neither idle nor too old."""
        ...

    async def close_session(self, token_sha256: bytes) -> None:
        """End a session."""
        ...

    async def close_sessions_of(self, helper_id: UUID) -> None:
        """End every session of a helper."""
        ...

    async def keep_batch(self, batch: BatchRecord) -> None:
        """Store a sealed file until it is confirmed."""
        ...

    async def batch(
        self, batch_id: UUID, organisation_id: UUID, *, lock: bool = False
    ) -> BatchRecord | None:
        """Return a file of that organisation."""
        ...

    async def finish_batch(self, batch_id: UUID, at: datetime) -> None:
        """Forget what a file held; that it was confirmed stays known."""
        ...

    async def forget_batches(self, before: datetime) -> int:
        """Forget every file that was uploaded before then and never confirmed."""
        ...


class Mandates(Protocol):
    """Mandates, and what was done under them."""

    async def add(self, new: MandateRecord) -> None:
        """Insert.

        Raises:
            AlreadyFollowedError: The organisation has a live one for the registration.
        """
        ...

    async def by_id(
        self, mandate_id: UUID, *, lock: bool = False
    ) -> MandateRecord | None:
        """Return one mandate."""
        ...

    async def live_for(
        self, organisation_id: UUID, registration_id: UUID
    ) -> MandateRecord | None:
        """Return the mandate that nobody has ended, locked against its ending."""
        ...

    async def live_for_key(
        self, organisation_id: UUID, applicant_key: bytes, motif: str, today: date
    ) -> bool:
        """Say whether the organisation acts for this person and motif already."""
        ...

    async def end(self, mandate_id: UUID, by: EndedBy, at: datetime) -> bool:
        """End a mandate; False when it had ended."""
        ...

    async def end_expired(
        self, today: date, at: datetime, limit: int
    ) -> Sequence[MandateRecord]:
        """End mandates whose last day has passed; returns them."""
        ...

    async def move(self, mandate_id: UUID, registration_id: UUID) -> None:
        """Let a proposed mandate concern the person's own registration.

        Raises:
            AlreadyFollowedError: The organisation has a live one for it.
        """
        ...

    async def counts(self, organisation_id: UUID, today: date) -> OpenCounts:
        """Count live registrations under mandate, and those made on that Paris day."""
        ...

    async def contacts(
        self, organisation_id: UUID, today: date
    ) -> Sequence[tuple[UUID, bytes | None]]:
        """Return (registration, sealed contact) under the live mandates."""
        ...

    async def of_registration(self, registration_id: UUID) -> Sequence[MandateRecord]:
        """Return a person's mandates, newest first, proposed ones included."""
        ...

    async def acts_of(self, registration_id: UUID, limit: int) -> Sequence[ActRecord]:
        """Return what was done in a person's name, newest first."""
        ...

    async def add_act(
        self, mandate_id: UUID, helper_id: UUID, act: str, at: datetime
    ) -> None:
        """Note something done under a mandate."""
        ...

    async def has_act_since(self, mandate_id: UUID, act: str, since: datetime) -> bool:
        """Say whether that was done since then."""
        ...

    async def followed(
        self, organisation_id: UUID, today: date
    ) -> Sequence[FollowedRow]:
        """Return the people under a live mandate that lets the organisation look."""
        ...

    async def ended(self, organisation_id: UUID, since: datetime) -> Sequence[EndedRow]:
        """Return mandates that ended since then, newest first."""
        ...

    async def watched(self, prefecture: str, since: datetime) -> Sequence[WatchedRow]:
        """Return every mandate of a prefecture opened since then, for the report."""
        ...

    async def pool_rates(self, prefecture: str, since: datetime) -> Rates:
        """Count the same of everybody in the prefecture, from offers made since."""
        ...
