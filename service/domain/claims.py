"""Urgency claims: what someone loses while they wait, and what an answer can change.

A claim never moves anybody up by itself. It makes an agent look, within a published
time, for the one thing that may: a date that a paper proves (title, court order, 18th
birthday). Everything else is answered too, with what helps instead (ADR 0020).

Source: product.md A21; mechanism.md § 6 ("A band changes only on a verified fact");
reliability.md § 3 (health sets access needs of the place, never rank).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from service.domain.days_off import is_working_day

ANSWER_WITHIN_DAYS: Final = 3
"""Working days within which an agent answers: published, and counted in public."""

SAME_GROUND_AGAIN_DAYS: Final = 30
"""Days before the same ground, answered already, is looked at again by itself."""


class ClaimGround(StrEnum):
    """What someone stands to lose."""

    JOB = "job"
    HOUSING = "housing"
    BENEFITS = "benefits"
    STUDIES = "studies"
    CHILD = "child"
    TRAVEL = "travel"
    DATE = "date"
    COURT = "court"


class Evidence(StrEnum):
    """What can be shown; nothing is uploaded, and no medical paper is ever asked."""

    EMPLOYER = "employer"
    BENEFITS_OFFICE = "benefits-office"
    LANDLORD = "landlord"
    SCHOOL = "school"
    TITLE = "title"
    COURT_ORDER = "court-order"
    OTHER = "other"
    NONE = "none"


class ClaimAnswer(StrEnum):
    """How a claim was answered."""

    DATE_CHANGED = "date-changed"
    DATE_AWAITS_SECOND = "date-awaits-second"
    NO_CHANGE = "no-change"


class ClaimReason(StrEnum):
    """Why a claim was answered so; pages have a sentence, and what helps, for each."""

    TITLE_SEEN = "title-seen"
    COURT_ORDER_SEEN = "court-order-seen"
    MAJORITY_SEEN = "majority-seen"
    NO_DATE_IN_LAW = "no-date-in-law"
    DATE_COUNTS_ALREADY = "date-counts-already"
    RIGHTS_CONTINUE = "rights-continue"
    NOTHING_SHOWN = "nothing-shown"
    SOLVED_OTHERWISE = "solved-otherwise"
    NOT_CERTIFIED = "not-certified"


CHANGES: Final = frozenset(
    {ClaimReason.TITLE_SEEN, ClaimReason.COURT_ORDER_SEEN, ClaimReason.MAJORITY_SEEN}
)
"""The verified facts for which an answer may change the date that orders."""


def answer_by(made_on: date) -> date:
    """Return the last day on which the answer is in time.

    Working days are counted, the day of the claim is not.
    """
    day, left = made_on, ANSWER_WITHIN_DAYS
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day


def may_claim_again(
    ground: ClaimGround, answered: dict[ClaimGround, datetime], now: datetime
) -> bool:
    """Tell whether a claim on this ground would be looked at anew.

    Another ground always is. The same one is after thirty days: repeating it every day
    gains nothing, and an agent can be told on the telephone that something changed.

    Args:
        ground: Of the new claim.
        answered: When each ground was last answered.
        now: Aware instant.
    """
    last = answered.get(ground)
    return last is None or now - last >= timedelta(days=SAME_GROUND_AGAIN_DAYS)
