"""Put the page together; equal results give equal bytes."""

import hashlib
import json
import shlex
from functools import cache
from importlib.resources import files

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from service.domain.ruleset import Ruleset
from simulation.comparison import Comparison
from simulation.engine.rulesets import moved_leaves, ruleset_of
from simulation.metrics.catalogue import METRICS, Metric, metrics_of
from simulation.report.assumptions import assumptions, grouped
from simulation.report.cited import facts, in_full
from simulation.report.expected import expected
from simulation.report.figures import Figure, figure, name_of, waits
from simulation.report.numbers import Language, range_written, spaced, written
from simulation.report.summary import sentences
from simulation.report.words import FIGURES, LEVELS, WORDS
from simulation.scenarios.loader import digest
from simulation.scenarios.model import Words


def html(found: Comparison, language: Language, command: list[str]) -> str:
    """Return the report of a comparison as one self-contained page.

    Args:
        found: At least five paired seeds.
        language: ``fr`` or ``en``.
        command: The words that give these numbers again.
    """
    page = templates("simulation.report").get_template("report.html.j2")
    return page.render(context(found, language, command))


@cache
def templates(*packages: str) -> Environment:
    """Return templates that escape everything and know no undefined word."""
    return Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def style() -> str:
    """Return the style sheet that every page of the laboratory carries inside."""
    sheet = files("simulation.report").joinpath("templates/report.css")
    return sheet.read_text("utf-8")


def context(
    found: Comparison, language: Language, command: list[str]
) -> dict[str, object]:
    """Return what the template shows."""
    scenario = found.scenario
    ruleset = ruleset_of(scenario)
    lines = assumptions(scenario, language)
    keys = [each.reference for each in scenario.sources]
    keys += [cited.key for line in lines for cited in line.cited]
    listed = in_full(keys, language)
    return {
        "language": language,
        "words": WORDS[language],
        "style": style(),
        "title": _in(scenario.title, language),
        "expected": _in(scenario.expected, language),
        "directions": expected(found, language),
        "limits": _in(scenario.limits, language),
        "facts": facts(scenario, language),
        "count": len(found.seeds),
        "sentences": sentences(found, language),
        "figures": _figures(found, language),
        "rules": [name_of(slug, language) for slug in found.measures],
        "lines": [_line(found, metric, language) for metric in metrics_of(scenario)],
        "waits": waits(found, LEVELS[language], "", language),
        "assumptions": grouped(lines),
        "references": listed,
        "listed": {each.key for each in listed},
        "command": shlex.join(command),
        "digest": digest(scenario),
        "ruleset": ruleset.version,
        "ruleset_digest": ruleset_digest(ruleset),
        "own": own_lines(found),
        "own_digest": ruleset_digest(found.own) if found.own else "",
        "seeds": f"{found.seeds[0]}–{found.seeds[-1]}",
    }


def own_lines(found: Comparison) -> list[str]:
    """Return what differs in the parameters asked for: ``hold.percent 20 → 10``."""
    if found.own is None:
        return []
    return [
        f"{place} {json.dumps(before)} → {json.dumps(after)}"
        for place, before, after in moved_leaves(ruleset_of(found.scenario), found.own)
    ]


def ruleset_digest(ruleset: Ruleset) -> str:
    """Return the SHA-256 of the ruleset's JSON, keys sorted."""
    text = json.dumps(ruleset.to_json(), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _in(words: Words, language: Language) -> str:
    return spaced(words.fr, language) if language == "fr" else words.en


def _figures(found: Comparison, language: Language) -> list[Figure]:
    by_key = {metric.key: metric for metric in METRICS}
    return [
        figure(found, by_key[key], title, measures, language)
        for key, (title, measures) in FIGURES[language].items()
    ]


def _line(
    found: Comparison, metric: Metric, language: Language
) -> tuple[str, list[tuple[str, str]], str]:
    cells: list[tuple[str, str]] = []
    for slug in found.measures:
        each = found.interval(slug, metric.key)
        cells.append(
            (
                written(each.mean, metric.unit, language),
                range_written(each.low, each.high, metric.unit, language),
            )
        )
    if language == "fr":
        return metric.fr, cells, spaced(metric.trap_fr, "fr")
    return metric.en, cells, metric.trap_en
