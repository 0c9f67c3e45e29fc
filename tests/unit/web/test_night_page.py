"""The page of a night says what happened: late, reduced, witnessed, by which beacon."""

import html
import re
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from service.usecases.views import BandCell, NightView, WitnessView
from tests.night_views import a_night
from tests.unit.web.fakes import FakeCalls

LATE = datetime(2026, 11, 24, 1, 16, tzinfo=UTC)
ARRIVED = datetime(2026, 11, 24, 3, 2, tzinfo=UTC)


@pytest.fixture
def said(client: TestClient, calls: FakeCalls):
    def words(night: NightView, path: str = "/nuits/2026-11-23") -> str:
        calls.shown_night = night
        page = client.get(path)
        assert page.status_code == 200
        text = html.unescape(re.sub(r"<[^>]+>", " ", page.text)).replace("\u2019", "'")
        return re.sub(r"\s+", " ", text)

    return words


def test_a_postponed_night_says_so_and_that_no_other_number_comes(said):
    waiting = said(a_night(postponed_at=LATE))

    assert "Cette nuit est reportée" in waiting
    assert "34219312" in waiting.replace("\u202f", "").replace(" ", "")
    assert "Aucune autre ne la remplace" in waiting
    listed = said(a_night(postponed_at=LATE), "/nuits")
    assert "reportée" in listed
    assert "puis faite" not in listed


def test_a_night_done_late_says_so_for_ever(said):
    night = a_night(postponed_at=LATE, revealed_at=ARRIVED, randomness="ab" * 32)

    assert "Cette nuit a été reportée, puis faite" in said(night)
    assert "reportée, puis faite" in said(night, "/nuits")


def test_an_ordinary_night_speaks_of_no_delay(said):
    assert "reportée" not in said(a_night())
    assert "reportée" not in said(a_night(), "/nuits")


def test_the_page_says_which_beacon_was_used(said):
    local = a_night(beacon_chain="local/x", beacon_is_local=True)

    assert "plus faible qu'une balise publique" in said(local)
    assert "plus faible" not in said(a_night())
    assert "drand/" + "0" * 64 in said(a_night())


def test_a_reduced_night_shows_merged_groups_and_says_why(said):
    night = a_night(
        publishes="reduced",
        published_at=ARRIVED,
        served=9,
        unserved=4,
        cells=(BandCell(first=1, last=3, people=13, served=9),),
    )

    text = said(night)

    assert "Procès-verbal réduit" in text
    assert "Procès-verbal complet" not in text
    assert "moins de 11 inscriptions" in text
    assert "Échéance proche, jusqu'à : échéance plus lointaine" in text


def test_witnesses_are_named_with_the_hour_at_which_they_had_it(said):
    in_time = datetime(2026, 11, 23, 19, 1, tzinfo=UTC)
    witnesses = tuple(
        WitnessView(
            name=name,
            delivered_at=at,
            attempts=3,
            document_sha256=None if at is None else "ab" * 32,
            is_in_time=at == in_time,
        )
        for name, at in (("La Ligue", in_time), ("Un journal", LATE), ("Tard", None))
    )

    text = said(a_night(witnesses=witnesses))

    assert re.search(r"La Ligue lundi 23 novembre 2026 à 20 h 01 oui", text)
    assert re.search(r"Un journal mardi 24 novembre 2026 à 2 h 16 non", text)
    assert "Tard pas encore, 3 essais" in text
    assert "Aucun témoin n'était abonné" in said(a_night())


def test_each_night_names_the_digest_of_the_one_before(said):
    named = a_night(commitment={"draw": "isere/2026-11-23", "previous": "cd" * 32})

    assert "cd" * 32 in said(named)
    assert "aucune : c'est la première nuit" in said(a_night())
