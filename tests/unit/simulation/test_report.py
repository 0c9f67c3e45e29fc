import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from simulation.agents.registry import Agents
from simulation.agents.scalpers import Autobooker
from simulation.comparison import Comparison, compare
from simulation.mechanisms.registry import RULES
from simulation.report.assumptions import assumptions
from simulation.report.figures import nice_top
from simulation.report.note import note
from simulation.report.numbers import (
    NARROW,
    THIN_MINUS,
    Language,
    range_written,
    written,
)
from simulation.report.page import html
from simulation.report.validation import validation_page
from simulation.report.words import FIGURES, GROUP_WORDS, WORDS
from simulation.scenarios.changes import changed
from simulation.scenarios.loader import catalogue, digest
from simulation.validation.reasons import REASONS
from simulation.validation.row import Row, said
from tests.unit.simulation.scenes import small

COMMAND = ["python", "-m", "simulation", "report", "T00"]


@pytest.fixture(scope="module")
def found() -> Comparison:
    scene = small(days=21, dated=0.75, agents=Agents(autobooker=Autobooker(count=1)))
    return compare(scene, ("first-click", "ours"), (1, 2, 3, 4, 5))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_stands_alone(found: Comparison, language: Language) -> None:
    page = html(found, language, COMMAND)

    assert f'<html lang="{language}">' in page
    for outside in (
        "<script",
        "<link",
        "http://",
        "https://",
        "@import",
        "url(",
        "src=",
    ):
        assert outside not in page
    assert "style=" not in page


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_says_what_it_cannot_tell_and_how_to_get_it_again(
    found: Comparison, language: Language
) -> None:
    page, words = html(found, language, COMMAND), WORDS[language]

    assert page.count(words["cannot"]) == len(FIGURES[language]) + 1
    assert words["provisional"] in page
    assert "python -m simulation report T00" in page
    assert re.search(r"<code>[0-9a-f]{64}</code>", page)
    assert "applicants.budget_<wbr>median" in page
    assert words["assumption"] in page


def test_equal_results_give_equal_bytes(found: Comparison) -> None:
    assert html(found, "fr", COMMAND) == html(found, "fr", COMMAND)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_note_has_two_pages_and_equal_bytes(
    found: Comparison, language: Language
) -> None:
    written_, again = (note(found, language, COMMAND) for _ in range(2))

    assert written_ == again
    assert len(PdfReader(BytesIO(written_)).pages) == 2


def test_the_note_can_be_read_aloud(found: Comparison) -> None:
    """PDF/UA: tagged, titled, in a language; the press refuses what is not."""
    file = PdfReader(BytesIO(note(found, "fr", COMMAND)))
    catalogue = file.trailer["/Root"]

    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "fr"
    assert file.metadata is not None
    assert file.metadata.title == "essai – Tour de rôle"


def test_the_note_says_the_numbers_its_limits_and_how_to_get_it_again(
    found: Comparison,
) -> None:
    pages = PdfReader(BytesIO(note(found, "en", COMMAND))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    lost = written(found.interval("ours", "rights_lost_days").mean, "d", "en")

    for sentence in (
        lost.split(NARROW)[0],
        WORDS["en"]["cannot_all"],
        WORDS["en"]["legal"],
        "python -m simulation report T00",
        digest(found.scenario),
        "no source measures them",
    ):
        assert sentence in text


def test_all_rules_at_once_still_fit_two_pages(found: Comparison) -> None:
    """And so does the episode that has most to say about itself."""
    wordy = max(catalogue().values(), key=lambda each: len(each.limits.fr))
    for scenario in (found.scenario, wordy):
        every = Comparison(
            scenario, found.seeds, dict.fromkeys(RULES, found.measures["ours"])
        )
        for language in ("fr", "en"):
            assert len(PdfReader(BytesIO(note(every, language, COMMAND))).pages) == 2


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["fr"].keys() == WORDS["en"].keys()
    assert FIGURES["fr"].keys() == FIGURES["en"].keys()
    assert GROUP_WORDS["fr"].keys() == GROUP_WORDS["en"].keys()


def test_numbers_are_written_as_each_language_reads_them() -> None:
    assert written(0.714, "%", "fr") == "71\u202f%"
    assert written(0.0143, "%", "fr") == "1,4\u202f%"
    assert written(12345.6, "€", "fr") == "12\u202f346\u202f€"
    assert written(12345.6, "€", "en") == "12,346\u202f€"
    assert written(-0.021, "pts", "en") == "\u22122.1\u202fpoints"
    assert written(float("nan"), "d", "fr") == "–"
    assert range_written(0.41, 0.62, "%", "fr") == "41 à 62\u202f%"
    assert range_written(0.0, 0.0, "%", "fr") == "0\u202f%"


@pytest.mark.parametrize(
    ("value", "top"), [(0.0, 1.0), (37.0, 40.0), (412.0, 600.0), (1000.0, 1000.0)]
)
def test_an_axis_ends_at_a_round_number_above_its_marks(
    value: float, top: float
) -> None:
    assert nice_top(value, share=False) == top


def test_no_difference_is_said_to_be_none(found: Comparison) -> None:
    same = Comparison(
        found.scenario,
        found.seeds,
        {"first-click": found.measures["ours"], "ours": found.measures["ours"]},
    )

    page = html(same, "en", COMMAND)

    assert WORDS["en"]["not_established"] in page


def test_the_validation_page_shows_a_miss_as_a_miss() -> None:
    rows = [
        Row(
            number=f"V{number}",
            fact=said("a fact <b>", "un fait <b>"),
            kind="predicted",
            target=said("1"),
            found=said("2"),
            holds=number == 1,
            off=said("+3.2 points"),
        )
        for number in (1, 2)
    ]

    page = validation_page(rows, 3, "en")

    assert "1 of 2 lines hold, 1 are missed" in page
    assert page.count('tag--missed">missed') == 1
    assert "a fact &lt;b&gt;" in page
    assert f"3.2{NARROW}points" in page
    assert REASONS["V5b"].en.split(".")[0] not in page
    assert "http" not in page


def test_a_known_miss_is_shown_with_its_reason_and_never_without_its_size() -> None:
    row = Row(
        number="V5b",
        fact=said("people received", "reçus"),
        kind="predicted",
        target=said("8,200"),
        found=said("3,000"),
        holds=False,
        off=said("-63.4 %"),
    )

    page = validation_page([row], 3, "en")

    assert "Why these are missed" in page
    assert "raised for the student season" in page
    assert f"{THIN_MINUS}63.4{NARROW}%" in page


def test_the_validation_page_speaks_french_with_french_numbers() -> None:
    rows = [
        Row(
            number="V5b",
            fact=said("8,200 received", "8,200 reçus"),
            kind="predicted",
            target=said("8,200"),
            found=said("3,073.5"),
            holds=False,
            off=said("-63.4 %"),
        )
    ]

    page = validation_page(rows, 3, "fr")

    assert 'lang="fr"' in page
    assert "0 lignes sur 1 tiennent, 1 sont manquées" in page
    assert f"8{NARROW}200 reçus" in page
    assert f"3{NARROW}073,5" in page
    assert f"{THIN_MINUS}63,4{NARROW}%" in page
    assert "Surtout une erreur du modèle" in page
    assert "--language fr" in page
    assert not re.search(r"missed<|holds<|received", page)


def test_every_reason_of_a_miss_stands_in_both_languages() -> None:
    for reason in REASONS.values():
        assert reason.fr != reason.en
        assert len(reason.fr) > 40


def test_a_source_stands_only_beside_the_value_it_speaks_of() -> None:
    usual = small(days=14)
    moved = changed(usual, "market.rebook_s=5")
    before, after = (
        next(each for each in assumptions(one, "en") if each.key == "market.rebook_s")
        for one in (usual, moved)
    )

    assert before.cited
    assert not before.is_own
    assert after.is_own, "the page says: this scenario; elsewhere, what the source says"
    assert after.cited == before.cited
