"""What one message to an applicant is written from, and what it must hold to leave.

A result without the algorithm notice is void (CRPA L. 311-3-1; `reliability.md`
finding 12). That is held by construction: a result is written as ``ResultMessage``,
which cannot be made without a ``Notice``; a ``Notice`` cannot be made of a wording that
does not name the article; and ``sealed`` lets no other message of such a kind leave.
"""

from dataclasses import dataclass, field
from datetime import datetime

from service.usecases.message.message_kinds import MessageKind
from service.usecases.views import RegistrationView

_ARTICLE = "311-3-1"
"""What every wording of the notice names, long or short, in every language."""


class NoticeMissingError(Exception):
    """A result was about to be announced without the algorithm notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything one message is written from.

    Attributes:
        kind: A name of ``message_kinds``.
        view: Where the registration stands.
        link: Opens the registration: an address with a secret of this message alone.
        stop_link: Stops a change of contact, in the message that tells of one.
        deadline: Until when an offer can be confirmed; None for other kinds.
        code: A code to type, in the message that brings one.
        phone: The prefecture's, as printed; None when it has none.
    """

    kind: str
    view: RegistrationView
    link: str = field(repr=False)
    stop_link: str = field(default="", repr=False)
    deadline: datetime | None = None
    code: str | None = field(default=None, repr=False)
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """The algorithm notice: in full for letters, in one line for texts.

    Raises:
        NoticeMissingError: A wording does not name the article.
    """

    full: str
    short: str

    def __post_init__(self) -> None:
        if _ARTICLE not in self.full or _ARTICLE not in self.short:
            raise NoticeMissingError


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message in words: a letter for e-mail, and a few lines for a telephone."""

    subject: str
    body: str = field(repr=False)
    foot: str = field(repr=False)
    lines: str = field(repr=False)

    @property
    def letter(self) -> str:
        """Return the text of the e-mail."""
        return f"{self.body}\n\n{self.foot}\n"

    @property
    def text(self) -> str:
        """Return the text for a telephone."""
        return self.lines


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultMessage(Message):
    """A message that announces a result; the notice is part of both its forms."""

    notice: Notice

    @property
    def letter(self) -> str:
        """Return the text of the e-mail, the notice in it."""
        return f"{self.body}\n\n{self.notice.full}\n\n{self.foot}\n"

    @property
    def text(self) -> str:
        """Return the text for a telephone, the notice in it."""
        return f"{self.lines} {self.notice.short}"


def sealed(kind: MessageKind, message: Message) -> Message:
    """Return ``message`` if one of its kind may leave as it is written.

    Raises:
        NoticeMissingError: It announces a result and holds no notice.
    """
    if kind.is_result and not isinstance(message, ResultMessage):
        raise NoticeMissingError
    return message
