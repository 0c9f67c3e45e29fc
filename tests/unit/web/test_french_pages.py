"""What is French by its nature: easy French, and the accessibility plan."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.web.app import stand_on
from service.words.easy import TEXTS, EasyText
from tests.unit.web.fakes import FakeCalls, FakeContainer

PLAN = """\
access_years = "2027-2029"
access_person = "Référente inventée, acces@example.org"
access_training = "Tous les agents du guichet, en mars"
access_audit = "En juin, par un cabinet inventé"
access_means = "Un mi-temps"
access_this_year = "Audit, puis corrections"
access_last_year = "Première année : aucun bilan"
"""


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")


@pytest.mark.parametrize("text", TEXTS, ids=lambda one: one.slug)
def test_an_easy_text_stands_a_sentence_a_line_with_its_words_explained(
    client: TestClient, text: EasyText
) -> None:
    said = plain(client.get(f"/facile/{text.slug}?langue=ar").text)

    assert '<html lang="fr" dir="ltr">' in said
    for one in text.sentences():
        whole = one.format(closes="20 h", nights=7)
        assert f"<p>{whole}</p>" in said, whole
    assert "{" not in said
    assert "ils ne portent donc pas le logo" in said


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("/", "accueil"),
        ("/regles", "regle"),
        ("/politique-de-confidentialite", "droits"),
    ],
)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_page_leads_to_its_easy_text(
    client: TestClient, path: str, slug: str, language: str
) -> None:
    said = client.get(f"{path}?langue={language}").text

    assert f'href="/facile/{slug}" lang="fr"' in said
    assert "Lire en français facile" in said


def test_every_page_leads_to_the_easy_texts(client: TestClient) -> None:
    assert 'href="/facile"' in client.get("/motifs").text
    assert client.get("/facile").text.count('href="/facile/') == 6
    assert client.get("/facile/nothing").status_code == 404


def test_the_plan_says_what_the_prefecture_has_not_written(client: TestClient) -> None:
    said = plain(client.get("/accessibilite/schema").text)

    assert said.count("À écrire par la préfecture") == 7
    assert "Ce schéma n'est pas encore complet." in said
    assert 'href="/accessibilite/schema"' in client.get("/accessibilite").text


def test_the_plan_shows_what_the_prefecture_wrote(app: FastAPI, tmp_path: Path) -> None:
    path = tmp_path / "notices.toml"
    path.write_text(PLAN, encoding="utf-8")
    calls = FakeCalls()
    stand_on(app, FakeContainer(calls, notices_file=path), calls)
    said = TestClient(app, base_url="http://localhost").get("/accessibilite/schema")

    assert "À écrire par la préfecture" not in said.text
    assert "pas encore complet" not in said.text
    for told in ("2027-2029", "acces@example.org", "En juin", "Audit, puis"):
        assert told in said.text
