"""A French page speaks French, an English page English: no word of the other."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

import pytest

from simulation.agents.registry import Agents
from simulation.agents.scalpers import Autobooker
from simulation.comparison import Comparison, compare
from simulation.errors import LaboratoryError
from simulation.lab.frontier import frontier_page
from simulation.lab.pages import compare_page, failed_page
from simulation.lab.question import question
from simulation.lab.refusals import refused
from simulation.lab.runner import Task
from simulation.report.note import content
from simulation.report.numbers import Language, day_written, read_in
from simulation.report.page import html
from simulation.report.validation import validation_page
from simulation.scenarios.loader import catalogue
from simulation.validation.attacks import ATTACKS
from simulation.validation.matrix import Cell, planned
from simulation.validation.misses import MISSES
from simulation.validation.reasons import REASONS
from simulation.validation.row import Row, said
from tests.unit.simulation.languages import pairs, said_once, shown, strings, words_of
from tests.unit.simulation.scenes import small

OTHER: dict[Language, Language] = {"fr": "en", "en": "fr"}
COMMAND = ["python", "-m", "simulation", "report", "T00"]


@cache
def held() -> dict[Language, frozenset[str]]:
    """Return the words that only one of the two languages uses."""
    both = list(pairs())
    french = {word for text, _ in both for word in words_of(text)}
    english = {word for _, text in both for word in words_of(text)}
    return {"fr": frozenset(french - english), "en": frozenset(english - french)}


@cache
def sentences() -> dict[Language, frozenset[str]]:
    """Return every text of two words or more that differs between the languages."""
    both = [(one, other) for one, other in pairs() if one != other]
    return {
        "fr": frozenset(one for one, _ in both if len(words_of(one)) > 1),
        "en": frozenset(other for _, other in both if len(words_of(other)) > 1),
    }


def foreign(texts: Iterable[str], language: Language) -> list[str]:
    """Return what a page says in the language that its reader did not ask for."""
    only, whole = held()[OTHER[language]], sentences()[OTHER[language]]
    return [
        f"{' '.join(sorted(words_of(text) & only))}: {text}"
        for text in texts
        if words_of(text) & only or text.strip() in whole
    ]


@pytest.fixture(scope="module")
def found() -> Comparison:
    scene = small(days=21, dated=0.75, agents=Agents(autobooker=Autobooker(count=1)))
    return compare(scene, ("first-click", "ours"), (1, 2, 3, 4, 5))


@pytest.fixture(params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> Language:
    return "fr" if request.param == "fr" else "en"


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_a_report_speaks_its_readers_language(
    found: Comparison, name: str, language: Language
) -> None:
    """Sources, units, parameters, assumptions, traps: of every scenario there is."""
    same = Comparison(catalogue()[name], found.seeds, found.measures)

    page = html(same, language, COMMAND)

    assert foreign(shown(page, language), language) == []


def test_a_report_says_differences_in_its_readers_language(
    found: Comparison, language: Language
) -> None:
    assert foreign(shown(html(found, language, COMMAND), language), language) == []


def test_a_note_speaks_its_readers_language(
    found: Comparison, language: Language
) -> None:
    said_there = content(found, language, COMMAND)
    del said_there["command"], said_there["language"]

    assert foreign(strings(said_there), language) == []


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_the_form_of_the_lab_speaks_its_readers_language(
    name: str, language: Language
) -> None:
    asked = question({"scenario": name, "language": language}, [])

    page = compare_page(asked, site="http://lab/", workers=1)

    assert foreign(shown(page, language), language) == []


def test_the_results_of_the_lab_speak_their_readers_language(
    found: Comparison, language: Language
) -> None:
    asked = question({"language": language}, [])
    done = Task(found.scenario, ("first-click", "ours"), found.seeds, found=found)
    half = Task(found.scenario, ("first-click", "ours"), (*found.seeds, 6, 7))
    half.measures |= {
        (slug, seed): measures
        for slug, each in found.measures.items()
        for seed, measures in zip(found.seeds, each, strict=True)
    }

    for task in (done, half):
        page = compare_page(asked, site="http://lab/", workers=1, task=task)
        assert foreign(shown(page, language), language) == []


def test_the_frontier_and_a_refusal_speak_their_readers_language(
    language: Language,
) -> None:
    page = frontier_page({"language": language})
    assert foreign(shown(page, language), language) == []
    for refusal in (refused("seeds", fewest=5, most=100), refused("longest", most=9)):
        page = failed_page(refusal, language)
        assert foreign(shown(page, language), language) == []


def test_the_validation_page_speaks_its_readers_language(language: Language) -> None:
    rows = [
        Row(
            number=number,
            fact=reason,
            kind="predicted",
            target=said("1,200"),
            found=said("3.5"),
            holds=False,
            cites=("aer-2021", "bfm-2019"),
        )
        for number, reason in REASONS.items()
    ]

    page = validation_page(rows, 3, language)

    assert foreign(shown(page, language), language) == []


def test_the_matrix_of_attacks_speaks_its_readers_language(language: Language) -> None:
    cells = [
        Cell(
            attack=each.attack.number,
            column=each.column,
            rule=each.rule,
            when=each.when,
            expected=each.expected,
            found=MISSES[key].found if key in MISSES else each.expected,
            value=1.5,
            calm=0.0,
        )
        for attack in ATTACKS
        for each in planned(attack)
        for key in [(attack.number, each.rule)]
    ]

    page = validation_page([], 3, language, cells)

    assert page.count("tag tag--missed") == len(MISSES)
    assert foreign(shown(page, language), language) == []


def test_a_planted_english_word_is_found(found: Comparison) -> None:
    """The look itself looks: what the audit found would be found again."""
    page = html(found, "fr", COMMAND)
    for planted in ("yes", "places held", "€ per identity", "assumption", "people"):
        spoilt = page.replace("</h1>", f"</h1><p>{planted}</p>", 1)
        assert foreign(shown(spoilt, "fr"), "fr") != [], planted
    spoilt = page.replace("</h1>", '</h1><p lang="en">people</p>', 1)
    assert foreign(shown(spoilt, "fr"), "fr") == []


def test_both_languages_say_everything() -> None:
    for french, english in pairs():
        assert bool(french.strip()) == bool(english.strip()), (french, english)


def test_what_is_said_in_one_language_only_is_a_number() -> None:
    both = words_of(" ".join(french for french, _ in pairs())) & words_of(
        " ".join(english for _, english in pairs())
    )

    for text in said_once():
        assert words_of(text) <= both, text


def test_every_text_has_the_same_places_to_fill_in_both_languages() -> None:
    for french, english in pairs():
        holes = [sorted(re.findall(r"\{\w+\}", each)) for each in (french, english)]
        assert holes[0] == holes[1], french


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("8,200 received, -63.4 %", "8\u202f200 received, \u221263,4\u202f%"),
        (
            "1.25 × need: 0.5 to 2,000,000",
            "1,25 × need\u00a0: 0,5 to 2\u202f000\u202f000",
        ),
        ("shares 5-5-15, V12e", "shares 5-5-15, V12e"),
    ],
)
def test_numbers_inside_a_sentence_are_those_of_the_language(
    english: str, french: str
) -> None:
    assert read_in(english.replace("need:", "need :"), "fr") == french


def test_a_day_is_written_as_people_say_it() -> None:
    assert day_written(date(2026, 11, 26), "fr") == "26 novembre 2026"
    assert day_written(date(2026, 3, 1), "fr") == "1er mars 2026"
    assert day_written(date(2026, 3, 1), "en") == "1 March 2026"


def test_a_refusal_that_is_only_in_english_says_so() -> None:
    page = failed_page(LaboratoryError("people are missing"), "fr")

    assert 'lang="en"' in page
    assert foreign(shown(page, "fr"), "fr") == []
