"""What people and agents are shown of the other doors: plain values."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from service.domain.desk_acts import NEVER_SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class DateView:
    """How far the date that orders a registration can be relied upon.

    Attributes:
        standing: A ``DateStanding``.
        seen: What the agent had in front of them, None before.
        checked_at: When.
        checked_by: The agent's name.
        ordered_by: Day by which a court ordered the visit.
        awaits_second: Another agent has to certify what a first one read.
    """

    standing: str
    seen: str | None = None
    checked_at: datetime | None = None
    checked_by: str = ""
    ordered_by: date | None = None
    awaits_second: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanionView:
    """Someone received together with the registration's person."""

    family_name: str = field(repr=False)
    given_names: str | None = field(repr=False)
    birth_date: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """An urgency claim as its person sees it."""

    ground: str
    made_at: datetime
    answer_by: date
    answered_at: datetime | None
    answer: str | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyView:
    """Where and when a ready permit is handed over."""

    site_name: str
    site_address: str
    collect_at: datetime | None
    hours: tuple[tuple[int, time, time], ...]
    """(weekday, opens, closes), 1 for Monday."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskActView:
    """What an agent did for a person, and when; ``by`` is for agents."""

    act: str
    shown: str | None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorsView:
    """What the other doors add to the view of a registration."""

    dates: DateView = DateView(standing="declared")
    companions: tuple[CompanionView, ...] = ()
    claims: tuple[ClaimView, ...] = ()
    ready: ReadyView | None = None
    renewed_until: date | None = None
    renewal_ended_it: bool = False
    may_be_repeated: bool = False
    """An agent asks whether another registration is this person's too."""
    channel: str = "web"
    desk_acts: tuple[DeskActView, ...] = ()
    """The newest first; calls that reached nobody are among them."""

    @property
    def done_at_desk(self) -> tuple[DeskActView, ...]:
        """Return what agents did in the person's name, as the person reads it."""
        return tuple(one for one in self.desk_acts if one.act not in NEVER_SHOWN)

    @property
    def open_claim(self) -> ClaimView | None:
        """Return the claim that waits for an answer."""
        return next((one for one in self.claims if one.answered_at is None), None)

    @property
    def last_answer(self) -> ClaimView | None:
        """Return the newest claim that was answered."""
        return next((one for one in self.claims if one.answered_at), None)
