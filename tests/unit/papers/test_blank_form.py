"""The paper form: one sheet, the questions of the pages, and where it goes."""

import asyncio
import re
from datetime import date
from typing import Any

import pytest

from service.adapters.papers.blank_form import blank_form_content
from service.adapters.papers.press import printed
from service.adapters.papers.printer import Printer
from service.adapters.papers.tongues import Tongues
from service.domain.motifs import MOTIFS
from service.usecases.records import SiteRecord
from service.usecases.records.papers import BlankForm
from service.web.pages import steps
from service.words.i18n import words_in
from service.words.paper_form import AFTERWARDS, SECTIONS
from tests.unit.papers import samples
from tests.unit.papers.reading import is_accessible, opened, text_of

FR = words_in("fr")
LANGUAGES = ["fr", "en", "ar"]


def form(**changes: Any) -> BlankForm:
    told: dict[str, Any] = {
        "prefecture_name": "Préfecture de l'Isère",
        "phone": "0476603400",
        "by_post": "12 place de Verdun, 38021 Grenoble cedex 1",
        "sites": samples.SITES,
        "motifs": tuple(MOTIFS),
        "printed_on": date(2026, 11, 20),
    }
    return BlankForm(**{**told, **changes})


def print_now(paper: BlankForm, language: str = "fr") -> bytes:
    content = blank_form_content(paper, Tongues.of(language))
    return printed("blank_form", content, paper.printed_on)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("’", "'")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_a4_sheet_in_every_language(language: str) -> None:
    pdf = print_now(form(), language)
    (sheet,) = opened(pdf).pages

    assert round(float(sheet.mediabox.width)) == 595
    assert round(float(sheet.mediabox.height)) == 842
    is_accessible(pdf, "Demander un rendez-vous, sur papier")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_french_that_an_agent_types_in_is_always_there(language: str) -> None:
    said = text_of(print_now(form(), language))

    for section in SECTIONS:
        assert plain(FR.gettext(section.title)) in said
        for field in section.fields:
            assert not field.label or plain(FR.gettext(field.label)) in said
    for text in AFTERWARDS:
        assert plain(FR.gettext(text)) in said
    for motif in MOTIFS.values():
        assert (plain(FR.gettext(motif.title)) in said) == motif.in_draw, motif.slug


def test_english_stands_beside_french() -> None:
    said = text_of(print_now(form(), "en"))

    for part in ("Family name", "Date of birth", "For", "What you do not know"):
        assert part in said


def test_it_says_where_it_goes_and_promises_no_delay() -> None:
    said = text_of(print_now(form()))

    for part in (
        "12 place de Verdun, 38000 Grenoble",
        "38021 Grenoble cedex 1",
        "04 76 60 34 00",
        "accusé d'inscription",
        "même chance",
        "gratuit",
        "CNIL",
    ):
        assert part in said, part
    assert not re.search(r"\b(rapide|vite|sous \d+ jours|délai de \d+)", said)


def test_every_question_of_the_pages_stands_on_the_sheet() -> None:
    asked = {name for section in SECTIONS for f in section.fields for name in f.answers}
    # Only a screen asks these: a doubt to tick away, another wording, a secret key.
    of_the_screen = {"numero-sur", "fin-sure", "preuve", "cle"}

    for step in steps.ALL:
        for name in step.fields:
            bare = re.sub(r"-(jour|mois|annee)$", "", name)
            bare = re.sub(r"^proche-\d+", "proche", bare)
            if re.fullmatch(r"absence-([3-9]|1[01])", bare):
                continue  # more dates go on the back
            assert bare in asked | of_the_screen, f"{step.slug}: {name}"


def test_the_sheet_asks_nothing_that_the_pages_do_not() -> None:
    known = {
        re.sub(r"^proche-\d+", "proche", re.sub(r"-(jour|mois|annee)$", "", name))
        for step in steps.ALL
        for name in step.fields
    }
    for section in SECTIONS:
        for field in section.fields:
            assert set(field.answers) <= known, field


def test_six_places_still_fit_on_the_sheet() -> None:
    many = tuple(
        SiteRecord(
            code=f"s{at}",
            name=f"Sous-préfecture de Longue-Ville-sur-Rivière {at}",
            address=f"{at} avenue du Maréchal-de-Lattre-de-Tassigny, 99{at}00 Ville",
            motifs=tuple(MOTIFS),
        )
        for at in range(6)
    )
    for language in LANGUAGES:
        assert len(opened(print_now(form(sites=many), language)).pages) == 1


def test_a_prefecture_prints_its_own_motifs_only() -> None:
    said = text_of(print_now(form(motifs=("aes", "recepisse", "adresse"))))

    assert "Admission exceptionnelle au séjour" in said
    assert "Changement de statut" not in said
    assert "Changement d'adresse" not in said


def test_a_crowd_at_the_public_form_takes_one_turn_at_the_press() -> None:
    async def story() -> list[bytes]:
        printer = Printer()
        first = await printer.blank_form(form(), language="fr")
        again = await printer.blank_form(form(), language="fr")
        other = await printer.blank_form(form(phone=None), language="fr")
        return [first, again, other]

    first, again, other = asyncio.run(story())

    assert first is again
    assert other != first
