"""The two-page note: what a minister's adviser reads between two meetings."""

from typing import Any, Final

from simulation.comparison import Comparison
from simulation.engine.rulesets import ruleset_of
from simulation.metrics.catalogue import METRICS
from simulation.report.assumptions import assumptions
from simulation.report.cited import facts
from simulation.report.expected import expected
from simulation.report.figures import Figure, Span, figure, name_of, waits
from simulation.report.numbers import Language
from simulation.report.page import context, own_lines, ruleset_digest
from simulation.report.press import printed
from simulation.report.words import GROUP_WORDS, WORDS

SHOWN: Final = ("capture_share", "rights_lost_days", "wait_no_date_p90", "paid_eur")
"""What is taken, what it costs in rights, who waits longer for it, and who paid."""


def note(found: Comparison, language: Language, command: list[str]) -> bytes:
    """Return the PDF of a comparison, two pages of A4.

    Args:
        found: At least five paired seeds.
        language: ``fr`` or ``en``.
        command: The words that give these numbers again.
    """
    ruleset = ruleset_of(found.scenario)
    return printed("note", content(found, language, command), ruleset.effective_on)


def content(
    found: Comparison, language: Language, command: list[str]
) -> dict[str, object]:
    """Return what the note says, as plain data."""
    shown, words = context(found, language, command), WORDS[language]
    counted = assumptions(found.scenario, language)
    guessed = sum(each.is_assumption for each in counted)
    return {
        "language": language,
        "words": words,
        "title": shown["title"],
        "count": f"{words['same']} {len(found.seeds)} {words['seeds']}.",
        "careful": _careful(len(found.seeds), words),
        "sentences": shown["sentences"],
        **_charts(found, language),
        **_all_waits(found, language),
        "expected": f"{shown['expected']} {_went(found, language)}".rstrip(),
        "limits": [
            shown["limits"],
            *(words[key] for key in ("processing", "entry", "legal", "none_of")),
        ],
        "assumed": words["assumed"].format(guessed=guessed, all=len(counted)),
        "sources": [
            f"{each.full}{words['colon']} {each.fact}"
            for each in facts(found.scenario, language)
        ],
        "command": shown["command"],
        "proofs": [
            [words["numbers_of"], shown["seeds"]],
            [words["digest"], shown["digest"]],
            [words["ruleset"], shown["ruleset"]],
            [words["ruleset_digest"], shown["ruleset_digest"]],
            *_own(found, words),
        ],
    }


def _own(found: Comparison, words: dict[str, str]) -> list[list[str]]:
    """Return what the parameters asked for are, and their digest."""
    if found.own is None:
        return []
    return [
        [words["own"], ", ".join(own_lines(found))],
        [words["own_digest"], ruleset_digest(found.own)],
    ]


def _went(found: Comparison, language: Language) -> str:
    """Say in one sentence how many directions went as expected; nothing without any."""
    said = expected(found, language)
    return said.summary if said.lines else ""


def _charts(found: Comparison, language: Language) -> dict[str, object]:
    figures = [_figure(found, key, language) for key in SHOWN]
    rows = [
        {**_rule(slug, language), "marks": [_mark(each, at) for each in figures]}
        for at, slug in enumerate(found.measures)
    ]
    return {"figures": [_head(each) for each in figures], "rows": rows}


def _all_waits(found: Comparison, language: Language) -> dict[str, object]:
    """Turn the chart of waits: in the note a rule is a row and a group a column."""
    chart = waits(found, GROUP_WORDS[language], "", language)
    rows = [
        {
            **_rule(slug, language),
            "cells": [_cell(each.rows[at]) for each in chart.groups],
        }
        for at, slug in enumerate(found.measures)
    ]
    groups = [each.name for each in chart.groups]
    return {"groups": groups, "waits_top": chart.top, "waits": rows}


def _cell(span: Span) -> dict[str, object]:
    half, nine, _, longest = span.says
    return {"unknown": span.unknown, "at": span.at, "says": [half, nine, longest]}


def _rule(slug: str, language: Language) -> dict[str, object]:
    return {"name": name_of(slug, language), "ours": slug == "ours"}


def _careful(count: int, words: dict[str, str]) -> str:
    provisional = f" {words['provisional']}" if count < 30 else ""
    return f"{words['luck']}{provisional}"


def _figure(found: Comparison, key: str, language: Language) -> Figure:
    metric = next(each for each in METRICS if each.key == key)
    name = metric.fr if language == "fr" else metric.en
    return figure(found, metric, name, "", language)


def _head(each: Figure) -> dict[str, object]:
    return {"name": each.title, "top": each.ticks[-1][1], "trap": each.trap}


def _mark(each: Figure, at: int) -> dict[str, Any]:
    mark = each.marks[at]
    return {
        "at": mark.at,
        "low": mark.low,
        "high": mark.high,
        "value": mark.value,
        "interval": mark.interval,
        "unknown": mark.unknown,
    }
