"""When the right of one person ends, as far as their papers tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from service.domain.birth_date import BirthDate
from service.domain.errors import (
    ImplausibleDateError,
    ImplausibleExpiryError,
    PermitDatesReversedError,
)
from service.domain.motifs import MotifFamily
from service.domain.permits import rules
from service.domain.permits.kinds import (
    UNKNOWN,
    Confidence,
    Grace,
    HeldDocument,
    RightUntil,
    held_document,
)

EARLIEST: Final = date(1990, 1, 1)
"""No paper of this kind is older than this."""

MAX_YEARS_AHEAD: Final = 15
"""No permit is longer than ten years; a later end is a slip of the finger."""


class Basis(StrEnum):
    """Why the right ends when it does; pages have a sentence for each."""

    PRINTED_END = "printed-end"
    PAPER_END = "paper-end"
    ENTRY_AND_TWO_MONTHS = "entry-and-two-months"
    ONLINE_WINDOW = "online-window"
    MAJORITY_18 = "majority-18-and-two-months"
    MAJORITY_19 = "majority-eve-of-19"
    EARLIER_CARD = "earlier-card"
    DECISION_PENDING = "decision-pending"
    KIND_UNKNOWN = "kind-unknown"
    NO_DATE_GIVEN = "no-date-given"
    STATUS_OUTLIVES_CARD = "status-outlives-card"
    FAVOURABLE_DECISION = "favourable-decision"
    NOTHING_LOST = "nothing-lost"
    NO_DOCUMENT = "no-document"
    UNDATED_MOTIF = "undated-motif"
    BIRTH_DATE_INCOMPLETE = "birth-date-incomplete"
    PAST_MAJORITY = "past-majority"
    COURT_ORDER = "court-order"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DocumentFacts:
    """What someone said about their permit or paper; each may be unknown.

    Attributes:
        held_document: Slug of ``HELD_DOCUMENTS``. ``unknown`` is "I do not know";
            None when nothing was said, which is no better: leaving it out moves no
            band that a named paper would not move.
        permit_expires_on: Last day printed on the document held: for a récépissé or
            an attestation the end of *that paper*, not of the expired card.
        permit_starts_on: First day printed.
        entered_on: Entry into France; counts for ``vls`` only.
        requested_on: Day on which a request was filed, if any was.

    Raises:
        UnknownHeldDocumentError, PermitDatesReversedError: As named.
    """

    held_document: str | None = None
    permit_expires_on: date | None = None
    permit_starts_on: date | None = None
    entered_on: date | None = None
    requested_on: date | None = None

    def __post_init__(self) -> None:
        if self.held_document is not None:
            held_document(self.held_document)
        start, end = self.permit_starts_on, self.permit_expires_on
        if start is not None and end is not None and end < start:
            raise PermitDatesReversedError("permit_expires_on")

    @property
    def kind(self) -> HeldDocument:
        """Return the kind of document, the unknown one when none was named."""
        return held_document(self.held_document or UNKNOWN)

    def refuse_implausible(self, today: date) -> None:
        """Refuse dates that can only be slips of the finger.

        What was accepted once is accepted on every later day.

        Raises:
            ImplausibleExpiryError: Before 1990 or more than 15 years after today.
            ImplausibleDateError: Another date before 1990 or, for a fact of the
                past, after today.
        """
        farthest = rules.add_months(today, 12 * MAX_YEARS_AHEAD)
        expires = self.permit_expires_on
        if expires is not None and not EARLIEST <= expires <= farthest:
            raise ImplausibleExpiryError("permit_expires_on")
        for field, day, latest in (
            ("permit_starts_on", self.permit_starts_on, farthest),
            ("entered_on", self.entered_on, today),
            ("requested_on", self.requested_on, today),
        ):
            if day is not None and not EARLIEST <= day <= latest:
                raise ImplausibleDateError(field)

    def __repr__(self) -> str:
        return "DocumentFacts(…)"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class EndOfRight:
    """When a right ends, why, and how sure that is.

    Attributes:
        on: Last day of the right, included; None without a date.
        basis: Why, as a stable code.
        source: The articles, as shown to people.
        confidence: A, B or C.
        not_before: A visit before this day can be refused as too early (R4).
        grace_until: Rights kept until then (R5); shown, never used by a band.
        cliff_on: Without a request by then a visa is needed again (R6); shown to
            people whose right is lost.
    """

    on: date | None
    basis: Basis
    source: str
    confidence: Confidence
    not_before: date | None = None
    grace_until: date | None = None
    cliff_on: date | None = None

    def on_for_band(self, *, checked_by_agent: bool = False) -> date | None:
        """Return the date that the band may use.

        An unsure rule moves no band before an agent has looked.
        """
        is_sure = self.confidence is not Confidence.UNSURE
        return self.on if is_sure or checked_by_agent else None

    def __repr__(self) -> str:
        return f"EndOfRight({self.basis.value}, {self.confidence.value})"


def end_of_right(
    facts: DocumentFacts,
    *,
    motif_family: MotifFamily,
    birth_date: BirthDate,
    today: date,
    already_accepted: bool = False,
) -> EndOfRight:
    """Compute when the right ends that a visit for such a motif would save.

    Pure. Recomputed for every night, with the night as ``today``: the deadline of an
    online file moves when its window closes.

    Args:
        facts: What is known of the papers.
        motif_family: Which deadline counts (permits.md § 1.2).
        birth_date: For the deadline at majority.
        today: Europe/Paris.
        already_accepted: The facts were judged when they were registered, and are
            not judged again. Then nothing is raised: a night that is caught up late
            has a ``today`` before facts of the past, and must not stop for them.

    Raises:
        ImplausibleExpiryError, ImplausibleDateError: A date nobody's paper has.

    Source:
        permits.md §§ 1.1–1.3, rules R1 to R11 in ``service.domain.permits.rules``.
    """
    if not already_accepted:
        facts.refuse_implausible(today)
    if motif_family is MotifFamily.UNDATED:
        return _undated(facts.kind, Basis.UNDATED_MOTIF)
    if motif_family is MotifFamily.MAJORITY:
        return _at_majority(birth_date, today)
    end = _ENDS[facts.kind.until](facts)
    if end.basis is not Basis.PRINTED_END or end.on is None:
        return end
    return _with_windows(end, end.on, facts, motif_family, today)


def _with_windows(
    end: EndOfRight,
    printed_end: date,
    facts: DocumentFacts,
    motif_family: MotifFamily,
    today: date,
) -> EndOfRight:
    kind = facts.kind
    online = motif_family is MotifFamily.ANEF_HELP
    is_filed_here = online or motif_family is MotifFamily.DEPOSIT
    useful_from = rules.useful_from(printed_end, on_anef=online)
    cliff = rules.second_cliff(printed_end, facts.requested_on)
    end = replace(
        end,
        not_before=useful_from if is_filed_here else None,
        grace_until=_grace(facts, printed_end),
        cliff_on=cliff if kind.has_cliff else None,
    )
    deadline = rules.online_deadline(printed_end, today)
    if not online or deadline == printed_end:
        return end
    return replace(
        end, on=deadline, basis=Basis.ONLINE_WINDOW, source="R.431-5, R.431-15-1"
    )


def _grace(facts: DocumentFacts, printed_end: date) -> date | None:
    grace = facts.kind.grace
    lasted = rules.lasted_four_years(facts.permit_starts_on, printed_end)
    if grace is Grace.ALWAYS or (grace is Grace.IF_FOUR_YEARS and lasted):
        return rules.grace_until(printed_end, facts.requested_on)
    return None


def _at_majority(birth_date: BirthDate, today: date) -> EndOfRight:
    # The ground is not asked: the earlier of the two dates is used while it is
    # still possible, then the later one, so that nobody is called late too early.
    early = rules.majority_deadline(birth_date, is_listed=False)
    late = rules.majority_deadline(birth_date, is_listed=True)
    if early is None or late is None:
        return _majority(None, Basis.BIRTH_DATE_INCOMPLETE)
    if today <= early:
        return _majority(early, Basis.MAJORITY_18)
    # At 20 this motif no longer fits, and a date missed years ago orders nobody.
    if today < rules.birthday(birth_date, 20):
        return _majority(late, Basis.MAJORITY_19)
    return _majority(None, Basis.PAST_MAJORITY)


def _majority(on: date | None, basis: Basis) -> EndOfRight:
    return EndOfRight(
        on=on,
        basis=basis,
        source="R.431-5 2° et 3°",
        confidence=Confidence.ARTICLE_READ,
    )


def _undated(kind: HeldDocument, basis: Basis) -> EndOfRight:
    return EndOfRight(
        on=None, basis=basis, source=kind.articles, confidence=kind.confidence
    )


def _dated(facts: DocumentFacts, basis: Basis, *, unsure: bool = False) -> EndOfRight:
    kind = facts.kind
    if facts.permit_expires_on is None:
        return _undated(kind, Basis.NO_DATE_GIVEN)
    return EndOfRight(
        on=rules.right_ends_on(facts.permit_expires_on),
        basis=basis,
        source=kind.articles,
        confidence=Confidence.UNSURE if unsure else kind.confidence,
    )


def _visa_or_entry(facts: DocumentFacts) -> EndOfRight:
    """Two dates: the end of the visa, and two months after entry; the earlier.

    Who asked within the two months did what was due by then: the visa is left.
    """
    end = _dated(facts, Basis.PAPER_END)
    if facts.entered_on is None:
        return end
    by = rules.first_request_by(facts.entered_on)
    if facts.requested_on is not None and facts.requested_on <= by:
        return end
    if end.on is not None and end.on <= by:
        return end
    return replace(end, on=by, basis=Basis.ENTRY_AND_TWO_MONTHS)


# Left without a date although a card shows one: status outlives the card (open
# question 8 of permits.md § 1.4). Unsure: whether an asylum attestation is a right
# for the bands (question 7), and a paper that gives no right, whose date can only be
# the expired card's.
_ENDS: Final[Mapping[RightUntil, Callable[[DocumentFacts], EndOfRight]]] = {
    RightUntil.PRINTED_END: lambda facts: _dated(facts, Basis.PRINTED_END),
    RightUntil.PAPER_END: lambda facts: _dated(facts, Basis.PAPER_END),
    RightUntil.VISA_OR_ENTRY: _visa_or_entry,
    RightUntil.STATUS: lambda facts: _undated(facts.kind, Basis.STATUS_OUTLIVES_CARD),
    RightUntil.DECISION: lambda facts: _dated(
        facts, Basis.DECISION_PENDING, unsure=True
    ),
    RightUntil.EARLIER_CARD: lambda facts: _dated(
        facts, Basis.EARLIER_CARD, unsure=True
    ),
    RightUntil.NO_DATE_IN_LAW: lambda facts: _undated(
        facts.kind, Basis.FAVOURABLE_DECISION
    ),
    RightUntil.NOTHING_LOST: lambda facts: _undated(facts.kind, Basis.NOTHING_LOST),
    RightUntil.NO_DOCUMENT: lambda facts: _undated(facts.kind, Basis.NO_DOCUMENT),
    RightUntil.NOT_KNOWN: lambda facts: _dated(facts, Basis.KIND_UNKNOWN, unsure=True),
}
