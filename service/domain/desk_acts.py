"""What an agent does for a person who is there or on the telephone, and how they knew.

An agent answers, corrects or signals for somebody; the person has to have shown first
who they are. Three ways do (ADR 0031): a document at the guichet, a call to the number
that the registration holds, a code that only the person was given.
"""

from enum import StrEnum
from typing import Final

from service.domain.errors import DomainError


class DeskAct(StrEnum):
    """What was done for a person, as it stands in the audit and in their log."""

    CONFIRMED = "confirmed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    CORRECTED = "corrected"
    CONTACT = "contact"
    CLAIMED = "claimed"
    WITHDRAWN = "withdrawn"
    PRINTED = "printed"
    """A paper of theirs; changes nothing, so it is in the audit alone."""
    NOT_REACHED = "not-reached"
    """Nobody answered the call: the next agent sees when it was tried."""


class Shown(StrEnum):
    """How an agent knew the person."""

    DOCUMENT = "document"
    """At the guichet, with a document that bears the birth date."""
    CALLED = "called"
    """The agent called the number of the registration; the birth date was said."""
    CODE = "code"
    """The person gave their personal code, or a paper code."""


TOLD_BY_THE_ACT: Final = frozenset(
    {DeskAct.CONFIRMED, DeskAct.CONTACT, DeskAct.WITHDRAWN}
)
"""Acts that have a message of their own, whoever does them."""

NEVER_SHOWN: Final = frozenset({DeskAct.NOT_REACHED})
"""Nothing was done: it stands for agents, not in the person's log."""


class IdentityNotShownError(DomainError):
    """What was given is not this person's: nothing was done."""

    code = "identity-not-shown"
