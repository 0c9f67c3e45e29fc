"""Why this result, on paper: the four things that the law has explained."""

from dataclasses import replace
from datetime import date

import pytest

from service.adapters.papers.explanation import explanation_content
from service.adapters.papers.press import printed
from service.adapters.papers.tongues import Tongues
from service.domain.availability import Availability
from service.usecases.records.papers import ExplanationPaper
from tests.unit.papers import samples
from tests.unit.papers.reading import is_accessible, opened, text_of


def print_now(paper: ExplanationPaper, language: str = "fr") -> bytes:
    content = explanation_content(paper, Tongues.of(language))
    return printed("explanation", content, paper.issued_on)


def test_it_tells_share_data_settings_and_operations() -> None:
    said = text_of(print_now(samples.explanation()))

    for part in (
        "Pourquoi vous n'avez pas encore de place",
        "Tirage du soir du jeudi 19 novembre 2026",
        "1. Part du calcul dans la décision",
        "Aucun agent ne choisit",
        "2. Données utilisées et leur origine",
        "12 décembre 2026",
        "Jours d'attente 10",
        "3. Réglages, et leur poids",
        "fin du droit déjà passée",
        "Longue attente",
        "% des places",
        "4. Opérations",
        "60 places pour 612 inscriptions",
        "votre rang était 51 sur 612",
        "cdcdcdcd",
        "efefefef",
        "rdv.example.org/nuits/2026-11-19",
        "R. 311-3-1-2",
        "CADA",
        "une personne regarde, pas le calcul",
    ):
        assert part in said, part


@pytest.mark.parametrize(
    ("result", "sentence"),
    [
        ("served", "Pourquoi une place est pour vous"),
        ("served", "Une place convenait à votre motif"),
        ("places_taken", "classées avant la vôtre"),
        ("no_suitable_place", "Aucune place de cette nuit ne convenait"),
    ],
)
def test_each_result_has_its_reason(result: str, sentence: str) -> None:
    paper = samples.explanation(entry=samples.night(10, result))

    assert sentence in text_of(print_now(paper))


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_it_is_accessible_and_short_in_every_language(language: str) -> None:
    pdf = print_now(samples.explanation(), language)

    is_accessible(pdf, "Pourquoi ce résultat")
    assert len(opened(pdf).pages) <= 3


def test_days_off_are_named_and_no_date_is_said() -> None:
    view = samples.view(
        end_of_right_on=None,
        availability=Availability(
            weekdays_excluded=frozenset({2}),
            dates_excluded=frozenset({date(2026, 12, 1)}),
        ),
    )
    said = text_of(print_now(samples.explanation(view=view)))

    assert "mardi, 1er décembre 2026" in said
    assert "Date qui compte Aucune" in said


def test_rank_and_cut_off_inside_the_group_are_told_where_they_are_public() -> None:
    entry = replace(samples.night(10), band=2, rank=51, cut_off=60)
    night = samples.night_view(bands=((0, 10, 10), (1, 20, 20), (2, 100, 30)))
    said = text_of(print_now(samples.explanation(entry=entry, night=night)))
    hidden = text_of(print_now(samples.explanation(entry=entry)))

    assert "Dans votre groupe, le sort vous a donné le rang 21 sur 100" in said
    assert "les places sont allées jusqu'au rang 30 sur 100" in said
    assert "seul le numéro de tirage décide" in said
    assert "les places sont allées" not in hidden


def test_a_reserved_share_is_named() -> None:
    entry = replace(samples.night(10, "served"), through="long_wait")
    said = text_of(print_now(samples.explanation(entry=entry)))

    assert "d'une part réservée" in said
    assert "Longue attente" in said
