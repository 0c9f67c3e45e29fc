"""What getting back in needs of the database: links, codes, contacts under way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessCode:
    """A one-time code, asked for in one browser.

    Attributes:
        request_sha256: Of the secret that this browser alone holds.
        registration_id: Whom it opens; None when nobody was found, or when no message
            will carry it.
        code_sha256: Of that secret and the code together.
        sealed_code: For the message; None once it was sent.
        asked_at, expires_at: Its short life.
        tries: How often it was typed, wrong ones included.
        used_at: When it opened the registration; it opens it once.
    """

    request_sha256: bytes = field(repr=False)
    registration_id: UUID | None
    code_sha256: bytes = field(repr=False)
    sealed_code: bytes | None = field(repr=False)
    asked_at: datetime
    expires_at: datetime
    tries: int = 0
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCode:
    """A code on paper, issued to a person who showed a document."""

    registration_id: UUID
    code_sha256: bytes = field(repr=False)
    issued_at: datetime
    issued_by: UUID
    expires_at: datetime


class WaysIn(Protocol):
    """Everything that opens a registration beside its own secret."""

    async def of_link(self, secret_sha256: bytes, now: datetime) -> UUID | None:
        """Return the registration that a link opens, if it still does."""
        ...

    async def end_all(self, registration_id: UUID, now: datetime) -> None:
        """End every link, code and paper code of a registration."""
        ...

    async def registration_of(self, reference: str) -> UUID | None:
        """Return who stands behind a reference; of a repeated one, the first."""
        ...

    async def registration_of_person(
        self, applicant_key: bytes, prefecture: str
    ) -> UUID | None:
        """Return a person's newest registration, one that still takes part first."""
        ...

    async def ask(self, code: AccessCode) -> None:
        """Store a code that was asked for, for someone or for nobody."""
        ...

    async def code(
        self, request_sha256: bytes, *, lock: bool = False
    ) -> AccessCode | None:
        """Return the code of one browser's request."""
        ...

    async def unqueued(self, limit: int) -> Sequence[AccessCode]:
        """Take codes whose message is not written yet, oldest first, locked."""
        ...

    async def queued_for(
        self, registrations: Sequence[UUID], since: datetime
    ) -> Mapping[UUID, int]:
        """Count the codes of each registration that were queued since then."""
        ...

    async def queued(self, codes: Sequence[AccessCode], at: datetime) -> None:
        """Note that their messages are written."""
        ...

    async def make_nobodys(self, codes: Iterable[AccessCode]) -> None:
        """Cut codes that no message will carry from their registration."""
        ...

    async def save_code(self, changed: AccessCode) -> None:
        """Store tries, use and the sealed code, or that it is gone."""
        ...

    async def issue_paper(self, code: PaperCode) -> None:
        """Store a paper code; an earlier one of the same registration ends."""
        ...

    async def paper_opens(
        self, registration_id: UUID, code_sha256: bytes, now: datetime
    ) -> bool:
        """Say whether this is the registration's paper code."""
        ...

    async def contacts_due(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return registrations whose new contact begins to count."""
        ...

    async def forget(self, before: datetime, *, nobodys_before: datetime) -> int:
        """Erase codes and links that ended before then; returns how many.

        Codes without a registration are erased sooner: nothing is counted by them.
        """
        ...
