"""Where somebody is told to come, access and papers are told too."""

import csv
import io
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from service.web.app import stand_on
from tests.unit.test_guide_file import EXAMPLE
from tests.unit.web.fakes import FakeCalls, FakeContainer

GUIDE = """\
[sites.grenoble]
transport = "Tram d'exemple, arrêt Place"
step_free = true
hearing_loop = false
arrange = "01 99 00 12 34"
stated_on = 2026-11-02
source = "Relevé d'exemple"

[papers.aes]
more = [{ fr = "Le relevé de carrière", ar = "كشف المسار المهني" }, "La fiche maison"]
stated_on = 2026-11-03
source = "Liste d'exemple"
"""


@pytest.fixture
def guided(app: FastAPI, tmp_path: Path) -> TestClient:
    path = tmp_path / "guide.toml"
    path.write_text(GUIDE, encoding="utf-8")
    calls = FakeCalls()
    stand_on(app, FakeContainer(calls, guide_file=path), calls)
    return TestClient(app, base_url="http://localhost")


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")


def test_the_page_of_help_tells_how_one_gets_into_each_site(guided: TestClient) -> None:
    said = plain(guided.get("/aide").text)

    assert said.lower().count("entrée sans marche") == 3
    assert "<dt>Entrée sans marche</dt><dd>Oui</dd>" in said
    assert "<dt>Boucle magnétique pour appareil auditif</dt><dd>Non</dd>" in said
    assert "Tram d'exemple, arrêt Place" in said
    assert "Indiqué par la préfecture le 2 novembre 2026." in said
    assert "01 99 00 12 34" in said
    assert 'id="lieu-vienne"' in said


def test_what_is_not_stated_is_told_with_whom_to_call(client: TestClient) -> None:
    said = plain(client.get("/aide").text)

    assert said.count("Non précisé : entrée sans marche · ascenseur") == 3
    assert "Dites-le avant de venir : 04 76 60 34 00" in said
    assert "Indiqué par la préfecture" not in said


def test_a_motif_tells_its_papers_and_whose_list_it_is(guided: TestClient) -> None:
    own = plain(guided.get("/motifs/aes").text)
    common = plain(guided.get("/motifs/recepisse").text)

    assert "Le relevé de carrière" in own
    assert "La fiche maison" in own
    assert "Indiqué par la préfecture le 3 novembre 2026." in own
    assert "la préfecture n'a pas encore publié la sienne" in common
    assert 'href="/aide#lieu-grenoble"' in own


def test_a_paper_written_in_french_alone_is_marked_as_french(
    guided: TestClient,
) -> None:
    said = guided.get("/motifs/aes?langue=ar").text

    assert "<li>كشف المسار المهني</li>" in said
    assert '<li><span lang="fr" dir="ltr">La fiche maison</span></li>' in said


def test_a_motif_tells_how_long_decisions_take_and_what_is_left_out(
    app: FastAPI,
) -> None:
    calls = FakeCalls()
    stand_on(app, FakeContainer(calls, guide_file=EXAMPLE), calls)
    client = TestClient(app, base_url="http://localhost")
    said = plain(client.get("/motifs/renouvellement-titre").text)
    stats = plain(client.get("/stats").text)

    for page in (said, stats):
        assert "la moitié en moins de 75 jours, 90 % en moins de 140 jours" in page
        assert "la moitié en moins de 96 jours, 90 % en moins de 171 jours" in page
        assert "Décisions du 1er juillet 2026 au 30 septembre 2026." in page
        assert "Les dossiers restés incomplets" in page
        assert "Bureau du séjour, suivi trimestriel" in page
    assert "motifs, la préfecture n'a publié aucun délai" in stats


def test_a_delay_that_is_not_published_is_told_so_and_never_computed(
    client: TestClient,
) -> None:
    said = plain(client.get("/motifs/renouvellement-titre").text)
    stats = plain(client.get("/stats").text)

    assert said.count("Non publié par la préfecture") == 2
    assert "motifs, la préfecture n'a publié aucun délai" in stats


def test_delays_are_open_data_with_a_line_for_every_motif(app: FastAPI) -> None:
    calls = FakeCalls()
    stand_on(app, FakeContainer(calls, guide_file=EXAMPLE), calls)
    answer = TestClient(app, base_url="http://localhost").get("/v1/delays/isere")
    lines = {row["motif"]: row for row in csv.DictReader(io.StringIO(answer.text))}

    assert answer.headers["content-type"].startswith("text/csv")
    stated = lines["renouvellement-titre"]
    assert stated["moitie_depuis_dossier_complet"] == "75"
    assert stated["neuf_dixiemes_depuis_inscription"] == "171"
    assert stated["exclus"].startswith("Les dossiers restés incomplets")
    assert stated["indique_le"] == "2026-10-15"
    assert lines["recepisse"]["moitie_depuis_dossier_complet"] == ""
    assert lines["recepisse"]["source"] == ""
    assert len(lines) > 10


def test_the_pages_of_open_data_say_what_each_column_of_delays_means(
    client: TestClient,
) -> None:
    said = client.get("/donnees").text

    assert "neuf_dixiemes_depuis_dossier_complet" in said


def test_one_prefectures_delays_are_never_told_for_another(app: FastAPI) -> None:
    calls = FakeCalls()
    stand_on(app, FakeContainer(calls, guide_file=EXAMPLE), calls)
    said = TestClient(app, base_url="http://localhost").get("/v1/delays/elsewhere").text

    assert ",75," not in said


def test_a_site_that_the_guide_misspells_is_told_to_the_operator(
    app: FastAPI, tmp_path: Path
) -> None:
    path = tmp_path / "guide.toml"
    path.write_text(GUIDE.replace("sites.grenoble", "sites.grenobel"), encoding="utf-8")
    calls = FakeCalls()
    stand_on(app, FakeContainer(calls, guide_file=path), calls)

    with capture_logs() as told:
        TestClient(app, base_url="http://localhost").get("/aide")

    [warning] = [one for one in told if one["log_level"] == "warning"]
    assert warning["sites"] == ["grenobel"]
