"""A registration: one standing entry, in every night until it is served or leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from service.domain.availability import Availability
from service.domain.birth_date import BirthDate
from service.domain.errors import (
    InvalidPeopleError,
    MissingSiteError,
    RegistrationNotLiveError,
)
from service.domain.motifs import motif_of
from service.domain.permits import DocumentFacts, EndOfRight, end_of_right

MAX_PEOPLE: Final = 8
"""Most people received together."""


class RegistrationState(StrEnum):
    """Whether a registration takes part."""

    LIVE = "live"
    SERVED = "served"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    JOINED = "joined"
    """A trace: its person stands in an older registration, and takes part there."""


# Live stays live when an unanswered offer ends. Served is left again when the
# appointment is cancelled, or ends for a newer registration of the same person.
# Lapsed is left when an agent reopens a pair closed in error; withdrawn is for good.
_ALLOWED: Final = {
    RegistrationState.LIVE: frozenset(RegistrationState),
    RegistrationState.SERVED: frozenset(
        {RegistrationState.LIVE, RegistrationState.LAPSED}
    ),
    RegistrationState.LAPSED: frozenset({RegistrationState.LIVE}),
    RegistrationState.JOINED: frozenset({RegistrationState.WITHDRAWN}),
}


def move_registration(
    state: RegistrationState, to: RegistrationState
) -> RegistrationState:
    """Return ``to`` when a registration may go there.

    Raises:
        RegistrationNotLiveError: It may not.
    """
    if to not in _ALLOWED.get(state, frozenset()):
        raise RegistrationNotLiveError
    return to


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RegistrationFacts:
    """What the freeze needs to know of a registration, and nothing more.

    No name, no contact, no hour of arrival: what is not here cannot count.

    Attributes:
        motif: Slug.
        sites: Site codes that suit, at least one.
        people: To be received together, 1 to 8.
        birth_date: For the deadline at majority.
        document: What is known of the papers.
        registered_on: Europe/Paris day from which the wait counts.
        availability: Days on which the person cannot come.
        back_on: First night it takes part again after a refusal; None if it never
            sat out.
        checked_by_agent: An agent has seen the papers.
    """

    motif: str
    sites: frozenset[str]
    people: int
    birth_date: BirthDate
    document: DocumentFacts
    registered_on: date
    availability: Availability
    back_on: date | None = None
    checked_by_agent: bool = False

    def __post_init__(self) -> None:
        motif_of(self.motif)
        if not self.sites:
            raise MissingSiteError("sites")
        if not 1 <= self.people <= MAX_PEOPLE:
            raise InvalidPeopleError("people")

    def takes_part_on(self, night: date) -> bool:
        """Tell whether it takes part: registered by then, and not sitting out."""
        is_back = self.back_on is None or self.back_on <= night
        return is_back and self.registered_on <= night

    def end_of_right(self, today: date) -> EndOfRight:
        """Return when the right ends, as it stands on a day; see ``permits``."""
        return end_of_right(
            self.document,
            motif_family=motif_of(self.motif).family,
            birth_date=self.birth_date,
            today=today,
            already_accepted=True,
        )

    def end_for_band(self, night: date) -> date | None:
        """Return the only date that the band of a night is computed from."""
        end = self.end_of_right(night)
        return end.on_for_band(checked_by_agent=self.checked_by_agent)

    def __repr__(self) -> str:
        return f"RegistrationFacts({self.motif})"
