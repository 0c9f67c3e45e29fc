"""Rows about what is told: the outbox and what leaves it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID


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
