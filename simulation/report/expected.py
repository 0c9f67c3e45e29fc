"""What an episode expects, beside what was found: short, and about the episode only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from simulation.comparison import Comparison
from simulation.metrics.directions import Judged, Verdict
from simulation.metrics.intervals import Interval
from simulation.metrics.names import NAMES
from simulation.report.figures import name_of
from simulation.report.numbers import Language, range_written, spaced, written
from simulation.scenarios.model import Cause, Direction

VERDICTS: Final[dict[Language, dict[Verdict, str]]] = {
    "fr": {
        "as expected": "comme attendu",
        "not as expected": "pas comme attendu",
        "luck decides": "le hasard décide",
        "not played": "non joué",
    },
    "en": {
        "as expected": "as expected",
        "not as expected": "not as expected",
        "luck decides": "luck decides",
        "not played": "not played",
    },
}
_MORE: Final[Mapping[Language, Mapping[str, str]]] = {
    "fr": {"above": "plus", "below": "moins"},
    "en": {"above": "more", "below": "less"},
}


@dataclass(frozen=True, slots=True)
class Line:
    """One direction as a sentence, what was found, and how that compares."""

    text: str
    found: str
    verdict: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class Expected:
    """All directions of an episode; ``cause`` is empty where it names none."""

    summary: str
    cause: str
    lines: tuple[Line, ...]


def expected(found: Comparison, language: Language) -> Expected:
    """Return what the report, the lab and the terminal say about expectations."""
    judged = found.judged()
    cause = found.scenario.cause
    return Expected(
        summary=_summary(judged, len(found.seeds), language),
        cause="" if cause is None else _cause(cause, language),
        lines=tuple(_line(each, language) for each in judged),
    )


def _cause(cause: Cause, language: Language) -> str:
    """Name the cause, and say where it was taken away."""
    away = not cause.changes
    if language == "fr":
        gone = " Elle n'est pas jouée ici." if away else ""
        return spaced(f"La cause : {cause.fr}{gone}", "fr")
    return f"The cause: {cause.en}{' It is not played here.' if away else ''}"


def _summary(judged: list[Judged], seeds: int, language: Language) -> str:
    played = [each for each in judged if each.verdict != "not played"]
    met = sum(each.verdict == "as expected" for each in played)
    if language == "fr":
        how = f"en {seeds} répétitions" if seeds > 1 else "dans cette seule répétition"
        return f"{met} sur {len(played)} comme attendu, {how}."
    how = f"over {seeds} repetitions" if seeds > 1 else "in this one repetition"
    return f"{met} of {len(played)} as expected, {how}."


def _line(each: Judged, language: Language) -> Line:
    return Line(
        text=_text(each.direction, language),
        found=_found(each, language),
        verdict=VERDICTS[language][each.verdict],
        is_met=each.verdict == "as expected",
    )


def _text(each: Direction, language: Language) -> str:
    metric = _metric(each.metric, language)
    rule = name_of(each.rule, language)
    more = _MORE[language][each.relation]
    if language == "fr":
        return spaced(f"{metric} – {rule} : {more} {_other(each, 'fr')}", "fr")
    return f"{metric} – {rule}: {more} {_other(each, 'en')}"


def _other(each: Direction, language: Language) -> str:
    """Name what the number is compared with."""
    if each.number is not None:
        unit = NAMES[each.metric].unit
        shown = written(each.number, unit, language)
        return f"de {shown}" if language == "fr" else f"than {shown}"
    parts: list[str] = []
    if each.other_metric:
        name = _metric(each.other_metric, language)
        parts.append(f"que « {name} »" if language == "fr" else f"than “{name}”")
    if each.other_rule:
        name = name_of(each.other_rule, language)
        under = f"sous « {name} »" if language == "fr" else f"under “{name}”"
        parts.append(under if parts else f"{_than(language)} {under}")
    if each.without_cause:
        cause = "sans la cause" if language == "fr" else "without the cause"
        parts.append(cause if parts else f"{_than(language)} {cause}")
    return ", ".join(parts)


def _than(language: Language) -> str:
    return "que" if language == "fr" else "than"


def _metric(key: str, language: Language) -> str:
    return NAMES[key].fr if language == "fr" else NAMES[key].en


def _found(each: Judged, language: Language) -> str:
    unit = NAMES[each.direction.metric].unit
    mine = _shown(each.found, unit, language)
    if each.direction.number is not None or each.against.seeds == 0:
        return mine
    against = "contre" if language == "fr" else "against"
    return f"{mine} {against} {written(each.against.mean, unit, language)}"


def _shown(each: Interval, unit: str, language: Language) -> str:
    mean = written(each.mean, unit, language)
    if each.seeds < 2:
        return mean
    ends = (each.low, each.high)
    if unit == "%":  # no share is under nothing or over all
        ends = (max(0.0, each.low), min(1.0, each.high))
    span = range_written(*ends, unit, language)
    return mean if span == mean else f"{mean} ({span})"
