"""What the law has a prefecture say: in its words, or told as missing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.settings import SettingsError
from service.web.app import stand_on
from service.web.pages.notices import Notices, load_notices
from service.web.pages.public.legal import expiry_of
from tests.unit.web.fakes import FakeCalls, FakeContainer, StillClock

WRITTEN = """\
director = "La directrice de la citoyenneté"
host = "Hébergeur inventé, 1 rue du Modèle, 00000 Exemple"
email = "rdv@example.org"
dpo = "dpo@example.org"
retention = "Trois mois après le rendez-vous."
"""


def told_by(app: FastAPI, path: Path) -> TestClient:
    calls = FakeCalls()
    stand_on(app, FakeContainer(calls, notices_file=path), calls)
    return TestClient(app, base_url="http://localhost")


def test_what_the_prefecture_wrote_stands_on_its_pages(
    app: FastAPI, tmp_path: Path
) -> None:
    path = tmp_path / "notices.toml"
    path.write_text(WRITTEN, encoding="utf-8")
    client = told_by(app, path)
    assert "La directrice de la citoyenneté" in client.get("/mentions-legales").text
    assert "rdv@example.org" in client.get("/accessibilite").text
    privacy = client.get("/politique-de-confidentialite").text
    assert "dpo@example.org" in privacy
    assert "Trois mois après le rendez-vous." in privacy


def test_what_it_did_not_write_is_told_as_missing(client: TestClient) -> None:
    page = client.get("/mentions-legales").text
    assert page.count("ne l’a pas encore écrit") == 4
    assert load_notices(None) == Notices()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("directeur = 'x'", "unknown directeur"),
        ("director = ''", "director is a text"),
        ("director = 3", "director is a text"),
        ("director = '" + "x" * 401 + "'", "director is a text"),
        ("director", "TDR_NOTICES_FILE"),
    ],
)
def test_a_file_with_a_fault_stops_the_start_with_one_line(
    tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "notices.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=told):
        load_notices(path)
    with pytest.raises(SettingsError, match="cannot be read"):
        load_notices(tmp_path / "absent.toml")


def test_security_txt_can_never_lapse(client: TestClient, clock: StillClock) -> None:
    """Whatever the day it is asked for, it is good for five months and more."""
    for days in range(0, 800, 13):
        now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=days)
        assert timedelta(days=148) < expiry_of(now) - now <= timedelta(days=180)
    clock.at = datetime(2031, 5, 6, tzinfo=UTC)
    fields = dict(
        line.split(": ", 1)
        for line in client.get("/.well-known/security.txt").text.splitlines()
    )
    assert datetime.fromisoformat(fields["Expires"]) > clock.at
    assert {"Contact", "Expires", "Preferred-Languages", "Canonical", "Policy"} == set(
        fields
    )


def test_a_contact_page_has_a_telephone(client: TestClient) -> None:
    for path in ("/aide", "/accessibilite", "/mentions-legales"):
        assert 'href="tel:0476603400"' in client.get(path).text
