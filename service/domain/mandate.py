"""What an accompanying organisation may do for a person, and until when.

A mandate is made by a helper, told to the person at the person's own contact, taken
back by the person whenever they like, and ends by itself. Nothing is done in a
person's name without a live one of that very scope (`product.md` B1, B5).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Self

from service.domain.help_errors import (
    CeilingReachedError,
    InvalidMandateError,
    MandateMissingError,
    SharedContactLimitError,
)

LONGEST: Final = timedelta(days=366)
"""No mandate outlives a year: then the person is asked again."""

USUAL: Final = timedelta(days=182)
"""What a form proposes: half a year."""

MOST_SHARING: Final = 8
"""How many people of one organisation may give the same telephone or e-mail.

Six to eight students share a flat and sometimes a telephone (founding document 003);
sharing is no duplicate (BLM#4083), yet one contact for a whole list would leave
nobody told of what is done in their name.
"""

SHARING_SHOWN: Final = 3
"""From how many on the sharing of a contact is shown to agents."""


class Scope(StrEnum):
    """What a mandate lets a helper do."""

    REGISTER = "register"
    FOLLOW = "follow"
    CORRECT = "correct"
    ANSWER = "answer"


class EndedBy(StrEnum):
    """Who or what ended a mandate before or at its day."""

    PERSON = "person"
    HELPER = "helper"
    AGENT = "agent"
    TIME = "time"


class MandateState(StrEnum):
    """Whether a mandate lets anything be done."""

    LIVE = "live"
    REVOKED = "revoked"
    GIVEN_UP = "given-up"
    STOPPED = "stopped"
    EXPIRED = "expired"


_STATE_OF: Final = {
    EndedBy.PERSON: MandateState.REVOKED,
    EndedBy.HELPER: MandateState.GIVEN_UP,
    EndedBy.AGENT: MandateState.STOPPED,
    EndedBy.TIME: MandateState.EXPIRED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """One organisation's right to act for one registration.

    Attributes:
        scopes: At least one.
        begins_on: Europe/Paris day on which it was made.
        ends_on: Last day on which it holds, at most 366 days after the first.
        ended_by: Who ended it; None while nobody has.
    """

    scopes: frozenset[Scope]
    begins_on: date
    ends_on: date
    ended_by: EndedBy | None = None

    def __post_init__(self) -> None:
        if not self.scopes:
            raise InvalidMandateError("scopes")
        if not self.begins_on <= self.ends_on <= self.begins_on + LONGEST:
            raise InvalidMandateError("ends_on")

    @classmethod
    def make(cls, scopes: Iterable[str], *, today: date, ends_on: date) -> Self:
        """Make a mandate today.

        Raises:
            InvalidMandateError: An unknown scope or none, an end in the past or more
                than 366 days away.
        """
        asked = set(scopes)
        if not asked <= {scope.value for scope in Scope}:
            raise InvalidMandateError("scopes")
        return cls(
            scopes=frozenset(Scope(one) for one in asked),
            begins_on=today,
            ends_on=ends_on,
        )

    def state_on(self, today: date) -> MandateState:
        """Return its state on a day; total."""
        if self.ended_by is not None:
            return _STATE_OF[self.ended_by]
        return MandateState.LIVE if today <= self.ends_on else MandateState.EXPIRED

    def is_live(self, today: date) -> bool:
        """Tell whether anything may be done under it on a day."""
        return self.state_on(today) is MandateState.LIVE

    def allows(self, scope: Scope, today: date) -> bool:
        """Tell whether that very thing may be done on a day."""
        return self.is_live(today) and scope in self.scopes

    def require(self, scope: Scope, today: date) -> None:
        """Let pass what the mandate allows.

        Raises:
            MandateMissingError: It is not live, or not of that scope.
        """
        if not self.allows(scope, today):
            raise MandateMissingError


@dataclass(frozen=True, slots=True)
class Ceilings:
    """How much one organisation may do.

    Attributes:
        live: Most registrations that take part under its mandates at once.
        per_day: Most registrations it makes on one Europe/Paris day.
    """

    live: int
    per_day: int

    def __post_init__(self) -> None:
        if not 1 <= self.live <= 5_000:
            raise InvalidMandateError("ceiling_live")
        if not 1 <= self.per_day <= 500:
            raise InvalidMandateError("ceiling_per_day")

    def refuse_more(self, *, live: int, today: int) -> None:
        """Let one more registration pass while there is room.

        Args:
            live: Registrations that take part under the organisation's mandates.
            today: Those it made today.

        Raises:
            CeilingReachedError: At ``live`` or at ``per_day``.
        """
        if live >= self.live:
            raise CeilingReachedError("live")
        if today >= self.per_day:
            raise CeilingReachedError("per_day")

    def left(self, *, live: int, today: int) -> int:
        """Return how many more registrations fit today; never below zero."""
        return max(0, min(self.live - live, self.per_day - today))


def refuse_crowded(sharing: int) -> None:
    """Let a contact be shared, within a limit.

    Args:
        sharing: How many live registrations of the organisation have it already.

    Raises:
        SharedContactLimitError: One more would be too many.
    """
    if sharing >= MOST_SHARING:
        raise SharedContactLimitError("contact")
