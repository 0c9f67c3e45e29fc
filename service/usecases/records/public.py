"""What everybody may know, as rows: rules, suspensions, and what figures count."""

from dataclasses import dataclass
from datetime import date, datetime

from service.domain.suspension import Suspension


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesetRecord:
    """One version of the published rule, exactly as it is stored."""

    version: str
    effective_on: date
    content: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionRecord:
    """A suspension and, once it is over, its last day."""

    suspension: Suspension
    reopened_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedRegistration:
    """What figures need of a registration: no identity, no contact, no reference.

    Attributes:
        motif: Its slug.
        sites: Where the person can come.
        channel: Through which door it came.
        registered_on: Day in Paris.
        is_live: It takes part in the coming nights.
        end_of_right_on: Last day of the right, declared or verified.
        left_on: Day it ended other than by a place: withdrawn or lapsed.
        confirmed_on: Day its person confirmed the place it has.
        appointment_on: Day of that place.
        site: Where that place is.
        band: The band it was served in.
    """

    motif: str
    sites: frozenset[str]
    channel: str
    registered_on: date
    is_live: bool
    end_of_right_on: date | None = None
    left_on: date | None = None
    confirmed_on: date | None = None
    appointment_on: date | None = None
    site: str | None = None
    band: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedPlaces:
    """Places of one site, day and set of motifs, withdrawn ones left out."""

    site: str
    day: date
    motifs: frozenset[str]
    places: int
    held: int
    """Offered or confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedGroup:
    """One group of one published night: who was served, who was passed over.

    ``passed_over`` had a suitable place and saw it go to another line.
    """

    held_on: date
    band: int
    served: int
    passed_over: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresRecord:
    """The figures of one morning; stored once, never changed."""

    prefecture: str
    day: date
    taken_at: datetime
    content: bytes
    """Canonical JSON, as everybody downloads it."""
