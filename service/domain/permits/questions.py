"""Dates that are possible and still look like slips: questions on screen, no refusals.

Source: permits.md § 4, pitfalls: the end of the passport written for the permit's, the
date of issue for the end, the fields of one document for another's.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from service.domain.permits.deadline import DocumentFacts
from service.domain.permits.rules import add_months

_LONGEST_MONTHS: Final[Mapping[str, int]] = {
    "cst": 12,
    "csp_4y": 48,
    "csp_short": 48,
    "talent": 48,
    "student": 48,
    "job_search": 12,
    "cra_1y": 12,
    "vls_ts": 12,
    "vls": 12,
    "asylum_attestation": 12,
    "temporary_protection": 12,
    "aps": 12,
    "recepisse_first": 6,
    "recepisse_renewal": 6,
    "api": 6,
    "resident": 120,
    "cra_10y": 120,
}
"""Longest life of each kind, in months; longer is a passport's, or another kind."""

_MARGIN: Final = timedelta(days=31)
_LONG_AGO: Final = timedelta(days=365)


class DateQuestion(StrEnum):
    """What to ask about a date; each has a sentence and a box to tick."""

    MAYBE_PASSPORT_END = "maybe-passport-end"
    MAYBE_ISSUE_DATE = "maybe-issue-date"
    SAME_DAY_TWICE = "same-day-twice"


def question_about(facts: DocumentFacts, today: date) -> DateQuestion | None:
    """Return what to ask about the end of a document, None when it is plausible.

    Total: whatever the answer, the date is accepted.
    """
    end, start = facts.permit_expires_on, facts.permit_starts_on
    if end is None:
        return None
    if start == end:
        return DateQuestion.SAME_DAY_TWICE
    months = _LONGEST_MONTHS.get(facts.held_document or "")
    if months is not None:
        begins = start if start is not None and start > today else today
        if end > add_months(begins, months) + _MARGIN:
            return DateQuestion.MAYBE_PASSPORT_END
    return DateQuestion.MAYBE_ISSUE_DATE if end < today - _LONG_AGO else None
