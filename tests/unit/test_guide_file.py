"""The guide of a prefecture: read whole, or refused with one line that says what."""

from datetime import date
from pathlib import Path

import pytest

from service import guide_file
from service.domain.guide import NO_GUIDE, NOTHING_STATED, Guide
from service.domain.motifs import MOTIFS
from service.guide_file import load_guide
from service.settings import SettingsError
from service.words.checklists import Brought, papers_in, to_bring
from service.words.i18n import words_in
from service.words.site_access import answers, lines

EXAMPLE = Path(guide_file.__file__).with_name("guide.example.toml")
STATED = "stated_on = 2026-11-02\nsource = 's'\n"
DELAY = "first = 2026-07-01\nlast = 2026-09-30\nexcluded = 'x'\n" + STATED


def read(tmp_path: Path, text: str) -> Guide:
    path = tmp_path / "guide.toml"
    path.write_text(text, encoding="utf-8")
    return load_guide(path)


def test_the_example_that_deployers_copy_is_read_whole() -> None:
    guide = load_guide(EXAMPLE)

    centre = guide.access("centre")
    assert centre.is_step_free
    assert centre.has_lift
    assert centre.has_low_counter
    assert centre.has_hearing_loop is False
    assert centre.arrange == "01 99 00 12 34"
    assert centre.statement is not None
    assert centre.statement.stated_on == date(2026, 11, 2)
    delay = guide.delays["renouvellement-titre"]
    assert (delay.from_complete_file, delay.from_registration) == ((75, 140), (96, 171))


def test_without_a_file_nothing_is_stated_and_nothing_invented() -> None:
    assert load_guide(None) is NO_GUIDE
    assert NO_GUIDE.access("grenoble") is NOTHING_STATED

    assert answers(NOTHING_STATED, words_in("fr")) == ()
    said = lines(NOTHING_STATED, words_in("fr"))
    assert len(said) == 1  # four lines that say nothing would hide the one that does
    assert said[0].startswith("Non précisé")
    assert said[0].count(" · ") == 3


def test_not_stated_is_never_told_as_no() -> None:
    said = lines(load_guide(EXAMPLE).access("centre"), words_in("fr"))

    assert said[0].startswith("Comment venir\N{NO-BREAK SPACE}: Tram 1")
    assert said[1:] == [
        "Entrée sans marche\N{NO-BREAK SPACE}: oui",
        "Ascenseur, ou guichet au rez-de-chaussée\N{NO-BREAK SPACE}: oui",
        "Guichet à hauteur de fauteuil roulant\N{NO-BREAK SPACE}: oui",
        "Boucle magnétique pour appareil auditif\N{NO-BREAK SPACE}: non",
    ]


def test_a_prefecture_adds_to_the_common_papers_in_the_languages_it_wrote() -> None:
    guide = load_guide(EXAMPLE)
    common = len(to_bring("aes"))

    french = papers_in("aes", guide, words_in("fr"))
    english = papers_in("aes", guide, words_in("en"))
    arabic = papers_in("aes", guide, words_in("ar"))

    assert len(french) == len(english) == len(arabic) == common + 2
    assert french[-1] == Brought("Le relevé de carrière", "fr")
    assert english[-1] == Brought("Your career statement", "en")
    assert arabic[-1] == Brought("Le relevé de carrière", "fr")
    assert arabic[0].language == "ar"


def test_a_prefecture_may_replace_the_common_papers(tmp_path: Path) -> None:
    guide = read(tmp_path, "[papers.recepisse]\ninstead = 'Le papier'\n" + STATED)

    assert papers_in("recepisse", guide, words_in("fr")) == (
        Brought("Le papier", "fr"),
    )


@pytest.mark.parametrize("motif", MOTIFS)
def test_without_a_guide_every_motif_keeps_the_common_papers(motif: str) -> None:
    said = papers_in(motif, NO_GUIDE, words_in("fr"))

    assert [one.text for one in said] == [
        words_in("fr").gettext(one) for one in to_bring(motif)
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("places = 3", "the file: unknown places"),
        ("sites = 3", "sites: a table is expected"),
        ("[sites.a]\nlifts = true\n" + STATED, "sites.a: unknown lifts"),
        ("[sites.a]\nlift = 'yes'\n" + STATED, "sites.a.lift: true or false"),
        ("[sites.a]\nlift = 1\n" + STATED, "sites.a.lift: true or false"),
        ("[sites.a]\nlift = true\nsource = 's'", "sites.a.stated_on: a day"),
        ("[sites.a]\nstated_on = 2026-11-02", "sites.a.source: a text"),
        (
            "[sites.a]\nsource = 's'\nstated_on = 2026-11-02T10:00:00",
            "sites.a.stated_on: a day",
        ),
        ("[sites.a]\ntransport = ''\n" + STATED, "sites.a.transport: a text"),
        ("[papers.nothing]\nmore = 'x'\n" + STATED, "papers.nothing: no motif"),
        ("[papers.aes]\n" + STATED, "papers.aes: list 1 to 20"),
        ("[papers.aes]\nmore = [3]\n" + STATED, "papers.aes.more: a table"),
        ("[papers.aes]\nmore = [{ en = 'x' }]\n" + STATED, "written in French"),
        ("[papers.aes]\nmore = [{ xx = 'x' }]\n" + STATED, "unknown xx"),
        ("[delays.aes]\n" + DELAY, "delays.aes: give from_complete_file or"),
        ("[delays.aes]\nfrom_registration = [9, 8]\n" + DELAY, "not more than"),
        ("[delays.aes]\nfrom_registration = [9]\n" + DELAY, "two whole numbers"),
        ("[delays.aes]\nfrom_registration = [true, 8]\n" + DELAY, "two whole numbers"),
        (
            "[delays.aes]\nfrom_registration = [8, 9]\nfirst = 2026-07-01\n"
            "last = 2026-12-30\nexcluded = 'x'\n" + STATED,
            "follow each other",
        ),
        (
            "[delays.aes]\nfrom_registration = [8, 9]\nfirst = 2026-07-01\n"
            "last = 2026-09-30\n" + STATED,
            "delays.aes.excluded: a text",
        ),
    ],
)
def test_a_fault_is_told_in_one_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match="TDR_GUIDE_FILE") as refused:
        read(tmp_path, text)

    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_guide(tmp_path / "none.toml")
