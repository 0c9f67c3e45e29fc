"""Sentences computed from the numbers: a claim only where one is established."""

from simulation.comparison import Comparison
from simulation.mechanisms.registry import OWN
from simulation.metrics.intervals import Interval
from simulation.report.figures import name_of
from simulation.report.numbers import Language, range_written
from simulation.report.words import WORDS


def sentences(found: Comparison, language: Language) -> list[str]:
    """Say what the repetitions show about the first rule, about ours, and one's own."""
    first = next(iter(found.measures))
    said = [_capture(found, first, language)]
    if "ours" in found.measures and first != "ours":
        said.append(_capture(found, "ours", language))
        said.append(_gap(found, first, "rights_lost_days", "d", language))
        said.append(_gap(found, first, "wait_no_date_p90", "d", language))
        said.append(_premium(found, language))
    if {"ours", OWN.slug} <= found.measures.keys():
        said.append(_own_gap(found, "rights_lost_days", "d", language))
        said.append(_own_gap(found, "wait_no_date_p90", "d", language))
    return said


def _capture(found: Comparison, slug: str, language: Language) -> str:
    each = found.interval(slug, "capture_share")
    shares = range_written(max(0.0, each.low), min(1.0, each.high), "%", language)
    return _said(language, "captured", name=name_of(slug, language), shares=shares)


def _gap(found: Comparison, first: str, key: str, unit: str, language: Language) -> str:
    gap = found.difference(first, "ours", key)
    subject, other = WORDS[language][key], name_of(first, language).lower()
    if gap.contains_zero or gap.mean != gap.mean:
        return _said(language, "no_gap", subject=subject, other=other)
    return _said(
        language,
        "less_under_ours" if gap.mean < 0 else "more_under_ours",
        subject=subject,
        amount=_amount(gap, unit, language),
        other=other,
    )


def _own_gap(found: Comparison, key: str, unit: str, language: Language) -> str:
    """Say what somebody's own parameters change, from the published ones."""
    gap = found.difference("ours", OWN.slug, key)
    subject = WORDS[language][key]
    if gap.contains_zero or gap.mean != gap.mean:
        return _said(language, "no_gap_own", subject=subject)
    which = "less_own" if gap.mean < 0 else "more_own"
    return _said(language, which, subject=subject, amount=_amount(gap, unit, language))


def _amount(gap: Interval, unit: str, language: Language) -> str:
    low, high = sorted((abs(gap.low), abs(gap.high)))
    return range_written(low, high, unit, language)


def _premium(found: Comparison, language: Language) -> str:
    each = found.interval("ours", "broker_premium")
    if each.mean != each.mean:
        return _said(language, "no_buyers")
    if each.contains_zero:
        return _said(language, "no_premium")
    points = range_written(each.low, each.high, "pts", language)
    return _said(language, "premium", points=points)


def _said(language: Language, key: str, **values: str) -> str:
    return WORDS[language][key].format(**values)
