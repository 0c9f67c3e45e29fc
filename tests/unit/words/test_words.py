"""French as French is written; days and hours as people say them."""

import re
import unicodedata
from datetime import UTC, date, datetime, time

import pytest

from service.domain.bands import BandReason
from service.domain.identity import DocumentKind
from service.domain.motifs import MOTIFS
from service.domain.night import NightState
from service.domain.permits import HELD_DOCUMENTS, Basis
from service.web.messages import FIELDS, PROBLEMS, SHAPES
from service.words import catalogue, phrases
from service.words.i18n import LANGUAGES, isolate, typeset, words_in
from service.words.people import born_in

FR = words_in("fr")


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("L'heure : 20 h 15", "L’heure\u00a0: 20\u00a0h\u00a015"),
        ("Besoin d'aide ?", "Besoin d’aide\u00a0?"),
        ("la mention « salarié ».", "la mention «\u00a0salarié\u00a0»."),
        ("Venez : oui ; non !", "Venez\u00a0: oui\u00a0; non\u00a0!"),
        ("90 % du groupe", "90\u00a0% du groupe"),
        ("dans 14 jours", "dans 14\u00a0jours"),
        ("https://exemple.fr", "https://exemple.fr"),
    ],
)
def test_a_sentence_is_typeset(typed: str, set_: str) -> None:
    assert typeset(typed) == set_


@pytest.mark.parametrize(
    "written",
    [
        "06 39 98 00 00",
        "+33 6 39 98 00 00",
        "7ZK4-M2QD-X9B8",
        "7ZK4-M2QD-X",
        "2027-04-30",
    ],
)
def test_a_number_keeps_its_order_in_a_sentence_from_right_to_left(
    written: str,
) -> None:
    for language in ("ar", "fa"):
        said = words_in(language).set(f"مثلًا: {written}، أو")

        kept = written.replace(" ", "\u00a0")
        assert said == f"مثلًا: \u2066{kept}\u2069، أو"
        assert words_in(language).set(said) == said
    assert words_in("en").set(f"for example {written}") == f"for example {written}"


@pytest.mark.parametrize(
    "text",
    [
        "30 4 2027",
        "مادة 12",
        '<a href="/nuits/2026-11-23">ليلة</a>',
        "%(number)s 10 20",
        "75342 Paris",
    ],
)
def test_what_is_read_in_the_order_of_the_sentence_is_left_alone(text: str) -> None:
    assert isolate(text) == text


def test_the_example_of_a_telephone_is_not_shown_backwards_in_arabic() -> None:
    said = words_in("ar").gettext(
        "Français ou étranger. Par exemple : 06 39 98 00 00, ou +33 6 39 98 00 00"
    )

    assert said.count("\u2066") == said.count("\u2069") == 2


def test_days_and_hours_are_said_as_people_say_them() -> None:
    night = datetime(2026, 11, 23, 19, 15, tzinfo=UTC)
    assert FR.moment(night).replace("\u00a0", " ") == "lundi 23 novembre 2026 à 20 h 15"
    assert FR.day(date(2026, 12, 1)).replace("\u00a0", " ") == "mardi 1er décembre 2026"
    assert FR.week_day(date(2026, 12, 11)).replace("\u00a0", " ") == (
        "vendredi 11 décembre"
    )
    assert FR.hour(time(10)) == "10\u00a0h"
    assert FR.number(3412) == "3\u00a0412"
    assert FR.weekday_name(1) == "lundi"


def test_a_wall_time_stays_and_an_instant_is_brought_to_paris() -> None:
    assert FR.hour(datetime(2026, 7, 1, 9, 0)) == "9\u00a0h"  # noqa: DTZ001
    assert FR.hour(datetime(2026, 7, 1, 9, 0, tzinfo=UTC)) == "11\u00a0h"


def test_french_counts_zero_as_one() -> None:
    said = [FR.ngettext("%(n)s place", "%(n)s places", n) % {"n": n} for n in (0, 1, 2)]
    assert said == ["0 place", "1 place", "2 places"]


def test_a_birth_date_is_said_as_precisely_as_it_is_known() -> None:
    said = [born_in(text, FR) for text in ("1990-05-04", "1990-05", "1990", "")]
    assert said == ["4\u00a0mai 1990", "05/1990", "1990", ""]


def test_arabic_counts_in_six_ways() -> None:
    arabic = words_in("ar")

    def said(count: int) -> str:
        form = arabic.ngettext("%(count)s personne", "%(count)s personnes", count)
        return form % {"count": count}

    assert [said(n) for n in (0, 1, 2, 3, 11, 100)] == [
        *("لا أحد", "شخص واحد", "شخصان", "3 أشخاص", "11 شخصًا", "100 شخص")
    ]


def test_a_language_that_is_not_ready_is_answered_in_french() -> None:
    assert words_in("xx").language == "fr"
    assert LANGUAGES[0] == "fr"


def test_every_code_of_the_domain_has_words() -> None:
    assert set(phrases.REASONS) == set(BandReason)
    assert set(phrases.BASES) == set(Basis)
    assert set(phrases.PROOFS) == set(DocumentKind)
    assert set(phrases.NIGHT_STATES) == set(NightState)
    assert set(phrases.BAND_NAMES) == {0, 1, 2, 3}
    assert set(phrases.MOTIF_HINTS) <= set(MOTIFS)


def test_every_document_stands_in_the_list_of_the_form() -> None:
    listed = {slug for _, kinds in phrases.document_groups() for slug, _ in kinds}
    assert listed | {"none", "unknown"} == set(HELD_DOCUMENTS)


def test_every_motif_of_the_draw_stands_under_a_heading() -> None:
    drawn = [slug for slug, motif in MOTIFS.items() if motif.in_draw]
    listed = [slug for _, slugs in phrases.motif_groups(drawn) for slug in slugs]
    assert sorted(listed) == sorted(drawn)


def test_countries_stand_in_the_order_of_their_names() -> None:
    names = [name for _, name in phrases.countries("fr")]
    assert names[0] == "Afghanistan"
    assert names.index("Émirats arabes unis") < names.index("Espagne")
    assert len(names) == 250
    assert phrases.country_name("TUN", "fr") == "Tunisie"


OUR_PROOF = re.compile(r"accusé|inscription|preuve", re.IGNORECASE)
SAYS_IT_IS_NONE = re.compile(r"\b(ni|n'est pas|n'est ni|jamais|aucun)\b", re.IGNORECASE)


def test_no_sentence_calls_the_acknowledgement_a_recepisse() -> None:
    """A récépissé is a legal paper; our accusé must not borrow its name."""
    for text in every_text():
        if "récépissé" in text.lower() and OUR_PROOF.search(text):
            assert SAYS_IT_IS_NONE.search(text), text


def every_text() -> list[str]:
    found: list[str] = []
    for message in catalogue.sentences():
        found += message.id if isinstance(message.id, (tuple, list)) else [message.id]
    return found


FORBIDDEN = re.compile(
    r"\b(attention|obligatoire|sous peine|échec|refusé|perdu !|vite !|plus que \d)\b",
    re.IGNORECASE,
)


def test_no_sentence_presses_or_threatens() -> None:
    for text in every_text():
        assert not FORBIDDEN.search(text), text


def test_every_sentence_of_the_code_can_be_translated() -> None:
    known = set(every_text())
    for table in (PROBLEMS, FIELDS, SHAPES, phrases.BASES, phrases.REASONS):
        assert set(table.values()) <= known


@pytest.mark.parametrize("typed", ["0476603400", "04 76 60 34 00", "+33 4 76 60 34 00"])
def test_a_telephone_number_keeps_its_order_beside_arabic(typed: str) -> None:
    """Between digits, a plain space ends the number there (UAX 9, rules W4 and N1)."""
    said = phrases.spaced_phone(typed)
    between = {one for one in said if not one.isdigit() and one != "+"}

    assert {unicodedata.bidirectional(one) for one in between} == {"CS"}
    assert said.replace("\u00a0", "") == typed.replace(" ", "")


def test_what_is_no_number_is_left_as_it_was_written() -> None:
    said = phrases.spaced_phone("Écrire à acces@example.org")

    assert said == "Écrire à acces@example.org"
