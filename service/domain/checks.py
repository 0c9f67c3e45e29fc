"""Whether the date that orders a registration was ever seen on paper.

A date is declared first. It orders at once, so that nobody waits for an agent in
order to take part, and it is compared with the paper at the guichet at the latest: a
false one wins nothing, because the night is then redrawn with the true one (ADR 0014).

Source: permits.md § 1.1 (a rule marked C moves no band before an agent has looked);
mechanism.md § 6 (a band changes on a verified fact, certified by two agents).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from service.domain.bands import band_of
from service.domain.permits import DocumentFacts, EndOfRight
from service.domain.ruleset import BAND_LATER, Ruleset


class SeenDocument(StrEnum):
    """What an agent had in front of them when they compared a date."""

    CARD = "card"
    PAPER = "paper"
    VISA = "visa"
    PASSPORT = "passport"
    PREFECTURE_FILE = "prefecture-file"
    COURT_ORDER = "court-order"


class DateStanding(StrEnum):
    """How far a date can be relied upon; pages have a sentence for each."""

    VERIFIED = "verified"
    TO_VERIFY = "to-verify"
    AWAITS_AGENT = "awaits-agent"
    DECLARED = "declared"


class CheckState(StrEnum):
    """What became of an agent's check."""

    STANDING = "standing"
    AWAITING = "awaiting"
    SET_ASIDE = "set-aside"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CheckedFacts:
    """What an agent read on paper.

    Attributes:
        document: The dates of the permit or paper.
        ordered_by: Day by which a court ordered the person to be received; None
            without such an order.
    """

    document: DocumentFacts
    ordered_by: date | None = None

    def __repr__(self) -> str:
        return "CheckedFacts(…)"


def standing_of(end: EndOfRight, *, band: int, is_checked: bool) -> DateStanding:
    """Return how far the date of a registration can be relied upon.

    Args:
        end: When the right ends, by the facts of the registration.
        band: In which that puts it today.
        is_checked: A standing check has exactly these facts.
    """
    if is_checked:
        return DateStanding.VERIFIED
    if end.on is not None and end.on_for_band() is None:
        return DateStanding.AWAITS_AGENT
    if end.on is not None and band != BAND_LATER:
        return DateStanding.TO_VERIFY
    return DateStanding.DECLARED


def becomes_more_urgent(
    declared: date | None, seen: date | None, *, night: date, ruleset: Ruleset
) -> bool:
    """Tell whether a date seen would order a registration before the declared one.

    Asked of the next night and of those until the declared right ends. Then one agent
    alone does not decide: a second one certifies. The other way round one agent is
    enough, because nobody gains.

    Args:
        declared: The end of right that the person's own facts give once looked at.
        seen: The end of right that the paper gives.
        night: The next night.
        ruleset: In force that night.
    """
    last = night if declared is not None and declared < night else declared
    return any(
        band_of(seen, on, ruleset).number < band_of(declared, on, ruleset).number
        for on in _turning_points(seen, night, ruleset)
        if last is None or on <= last
    )


def _turning_points(seen: date | None, night: date, ruleset: Ruleset) -> Iterator[date]:
    """Yield the nights, from ``night`` on, at which ``seen`` enters a nearer band."""
    yield night
    if seen is None:
        return
    for days in (ruleset.bands.soon_days, ruleset.bands.very_soon_days):
        turn = seen - timedelta(days=days)
        if turn > night:
            yield turn


def end_with_order(end: date | None, ordered_by: date | None) -> date | None:
    """Return the day that counts: the end of the right or a court's day, the earlier.

    A court that orders a visit by a day makes that day the deadline of this motif. The
    rule of the draw stays as it is: it still sees one date.
    """
    days = [day for day in (end, ordered_by) if day is not None]
    return min(days, default=None)
