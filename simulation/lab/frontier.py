"""The page of the frontier: what a parameter buys, and who pays for it."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final, cast

from simulation.frontier.advice import (
    FEWEST,
    is_rising,
    is_settled,
    keeps_to,
    recommended,
)
from simulation.frontier.measured import as_json, measured
from simulation.frontier.playing import floor
from simulation.frontier.table import Point
from simulation.lab.frontier_map import all_loads, one_load, rows, wait_of
from simulation.lab.frontier_words import NAMES, WORDS
from simulation.lab.pages import render
from simulation.lab.question import language_in
from simulation.lab.refusals import refused
from simulation.report.numbers import (
    Language,
    day_written,
    exact,
    range_written,
    written,
)

USUAL_LOAD, USUAL_DATED, USUAL_LONGEST = 1.3, 0.75, 180.0
MOST_DAYS: Final = 3650
_KNOWN: Final = ("load", "dated", "longest", "language")
_WHOLE: Final = re.compile(r"[0-9]{1,6}")
_COLUMNS: Final = (
    *("lost", "trend", "left", "within", "unreceived", "wait", "longest"),
    *("dated_left", "grows", "days_lost", "best"),
)


def frontier_page(asked: Mapping[str, str]) -> str:
    """Return the page.

    Raises:
        LaboratoryError: A word or a value that was not measured.
    """
    if unknown := sorted(set(asked) - set(_KNOWN)):
        raise refused("word", name=unknown[0])
    language, found = language_in(asked), measured()
    dated = _one_of(asked, "dated", USUAL_DATED, found.shares)
    load = _one_of(asked, "load", USUAL_LOAD, found.loads(dated))
    longest = _days(asked)
    here = found.at(load, dated)
    chosen = recommended(here, longest)
    words = WORDS[language]
    return render(
        "frontier.html.j2",
        language,
        "frontier",
        f=words,
        found=found,
        load=load,
        dated=dated,
        longest=longest,
        loads=[(each, written(each, "", language)) for each in found.loads(dated)],
        shares=[(each, written(each, "%", language)) for each in found.shares],
        advice=_advice(chosen, here, longest, language),
        load_said=written(load, "", language),
        dated_said=written(dated, "%", language),
        curves=all_loads(found, dated, language),
        detail=one_load(here, language),
        rows=rows(here, NAMES[language], language),
        summary=_summary(dated, language),
        best=written(here[0].best.mean, "%", language),
        floor=_floor(load, dated, language),
        grows=written(here[0].grows.mean, "", language),
        seeds=_seeds(here),
        made=words["made"].format(
            on=day_written(date.fromisoformat(found.on), language),
            places=exact(found.places, language),
            days=exact(found.days, language),
            warm_up=exact(found.warm_up, language),
        ),
        other_language=_in_other_language(load, dated, longest, language),
    )


def _one_of(
    asked: Mapping[str, str], word: str, usual: float, known: list[float]
) -> float:
    text = asked.get(word)
    if text is None:
        return usual if usual in known else known[0]
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = float("nan")
    if value not in known:
        raise refused("measured", name=word, known=known)
    return value


def _floor(load: float, dated: float, language: Language) -> str:
    least = floor(load, dated)
    return written(least, "%", language) if least else ""


def _days(asked: Mapping[str, str]) -> float:
    text = asked.get("longest") or f"{USUAL_LONGEST:g}"
    if not (_WHOLE.fullmatch(text) and 1 <= int(text) <= MOST_DAYS):
        raise refused("longest", most=MOST_DAYS)
    return float(text)


def _advice(
    chosen: Point, here: list[Point], longest: float, language: Language
) -> dict[str, str]:
    """Say the recommended ruleset, what it costs and what it buys, with intervals."""
    words = WORDS[language]
    usual = next(each for each in here if each.ruleset == "default")
    name = NAMES[language].get(chosen.ruleset, chosen.ruleset)
    if not is_settled(here):
        text = words["few"].format(**_told(usual, language), fewest=FEWEST)
        return {"name": words["nothing"], "text": text}
    after = [] if keeps_to(chosen, longest) else [words["beyond"]]
    after += [words["rising"]] if is_rising(chosen) else []
    if chosen is usual:
        text = words["keep"].format(**_told(usual, language))
    else:
        text = words["change"].format(
            **_told(chosen, language),
            lost_gap=_gap(chosen, "lost_gap", language),
            left_gap=_gap(chosen, "left_gap", language),
        )
    return {"name": name, "text": " ".join([text, *after])}


def _told(point: Point, language: Language) -> dict[str, str]:
    lost, left = point.lost, point.left
    wait, wait_range = wait_of(point, language)
    return {
        "lost": written(lost.mean, "%", language),
        "lost_range": range_written(lost.low, lost.high, "%", language),
        "left": written(left.mean, "%", language),
        "left_range": range_written(left.low, left.high, "%", language),
        "wait": f"{wait} ({wait_range})" if wait_range else wait,
    }


def _gap(point: Point, key: str, language: Language) -> str:
    each = getattr(point, key)
    if each.contains_zero:
        return WORDS[language]["unsettled"]
    return written(each.mean, "pts", language)


def _summary(dated: float, language: Language) -> list[tuple[str, list[str]]]:
    """Return, for each load, what the default does beside the clairvoyant."""
    found = measured()
    lines: list[tuple[str, list[str]]] = []
    for load in found.loads(dated):
        by_name = {each.ruleset: each for each in found.at(load, dated)}
        cells = [written(by_name["default"].best.mean, "%", language)]
        for name in ("no quotas", "default", "quotas 5-5-15"):
            each = by_name.get(name)
            cells.append(
                "–"
                if each is None
                else f"{written(each.lost.mean, '%', language)} · "
                f"{written(each.left.mean, '%', language)} · "
                f"{wait_of(each, language)[0]}"
            )
        lines.append((written(load, "", language), cells))
    return lines


def _seeds(here: list[Point]) -> str:
    counts = sorted({each.lost.seeds for each in here})
    return f"{counts[0]}" if len(counts) == 1 else f"{counts[0]}–{counts[-1]}"


def _in_other_language(
    load: float, dated: float, longest: float, language: Language
) -> str:
    query = f"/frontier?load={load:g}&dated={dated:g}&longest={longest:g}"
    return query if language == "en" else f"{query}&language=en"


def frontier_points() -> dict[str, object]:
    """Return everything that was measured, as data."""
    return as_json(measured())


def frontier_csv() -> str:
    """Return everything that was measured, one ruleset a line."""
    heads = [f"{key}_{end}" for key in _COLUMNS for end in ("mean", "low", "high")]
    lines = [",".join(["load", "dated", "ruleset", "seeds", "efficient", *heads])]
    for point in measured().points:
        cells = [f"{point.load:g}", f"{point.dated:g}", point.ruleset]
        cells += [str(point.lost.seeds), str(point.efficient).lower()]
        for key in _COLUMNS:
            each = getattr(point, key)
            values = cast("tuple[float, ...]", (each.mean, each.low, each.high))
            cells += ["" if v != v else repr(v) for v in values]
        lines.append(",".join(cells))
    return "\n".join(lines) + "\n"
