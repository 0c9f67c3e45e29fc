"""Letters for people whom no message reaches: one accessible page each."""

from datetime import datetime
from uuid import UUID

import pytest

from service.adapters.papers.notice_letter import called_content, ready_content
from service.adapters.papers.press import printed
from service.adapters.papers.tongues import Tongues
from service.guide_file import load_guide
from service.usecases.paper.notice_letters import notice_code
from service.words.i18n import LANGUAGES
from tests.unit.papers import samples
from tests.unit.papers.reading import is_accessible, opened, text_of
from tests.unit.test_guide_file import EXAMPLE


def ready(language: str = "fr", **changes: object) -> bytes:
    paper = samples.ready_letter(**changes)
    content = ready_content(paper, Tongues.of(language))
    return printed("letter", content, paper.printed_on)


def called(language: str = "fr", **changes: object) -> bytes:
    paper = samples.called_letter(**changes)
    content = called_content(paper, Tongues.of(language))
    return printed("letter", content, paper.printed_on)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_letter_is_one_accessible_page_in_every_language(language: str) -> None:
    for pdf, title in (
        (ready(language), "Votre titre est prêt"),
        (called(language), "La préfecture vous a inscrit pour un rendez-vous"),
    ):
        is_accessible(pdf, title)
        assert len(opened(pdf).pages) == 1


def test_a_ready_permit_is_told_with_place_hours_and_what_to_bring() -> None:
    said = text_of(ready())

    for told in (
        "SPÉCIMEN",
        "Venez le chercher sans rendez-vous",
        "Préfecture, Grenoble",
        "12 place de Verdun, 38000 Grenoble",
        "lundi, de 9 h à 11 h",
        "7ZK4-M2QD",
        "Apportez votre passeport",
        "il n'y a rien à gagner à se presser",
        "Non précisé : entrée sans marche · ascenseur",
        "04 76 60 34 00",
    ):
        assert told in said, told
    assert "9900000001" not in said  # whoever opens the envelope reads no number


def test_a_given_day_is_told_instead_of_the_collection_hours() -> None:
    said = text_of(ready(collect_at=datetime(2026, 12, 3, 10, 20)))  # noqa: DTZ001

    assert "Venez le chercher le jeudi 3 décembre 2026 à 10 h 20" in said
    assert "lundi" not in said


def test_the_letter_tells_how_one_gets_in_as_the_prefecture_states_it() -> None:
    guide = load_guide(EXAMPLE)
    paper = samples.ready_letter(site="centre")
    content = ready_content(paper, Tongues.of("ar"), guide)
    pdf = printed("letter", content, paper.printed_on)

    assert len(opened(pdf).pages) == 1
    assert "Tram 1, arrêt Hôtel de Ville" in text_of(pdf)
    assert "01 99 00 12 34" in text_of(pdf)


def test_a_called_holder_is_told_why_and_how_to_say_no() -> None:
    said = text_of(called())

    for told in (
        "SPÉCIMEN",
        "« Renouvellement de titre de séjour (hors ANEF) »",
        "Vous avez la même chance que les autres",
        "7ZK4-M2QD-X",
        "retirer l'inscription : appelez le 04 76 60 34 00",
        "Préfecture, Grenoble",
    ):
        assert told in said, told


def test_without_a_telephone_the_letter_names_none() -> None:
    assert "venez au guichet avec cette lettre" in text_of(called(phone=None))
    assert "appelez" not in text_of(called(phone=None)).lower()
    assert "Appelez" not in text_of(ready(phone=None))


def test_a_very_long_name_stays_on_the_page() -> None:
    holder = samples.holder(family_name="Wolfeschlegelsteinhausen" * 4)

    assert len(opened(ready(holder=holder)).pages) == 1


def test_a_notice_has_a_code_that_is_read_aloud_and_opens_nothing() -> None:
    first = UUID("7f1f0d6e-6f0c-4f59-9d3c-9a6f2f2d6c38")

    assert notice_code(first) == "FWFG-TVKF"
    assert notice_code(UUID(int=0)) == "0000-0000"
