import pytest

from service.domain.errors import (
    MissingSiteError,
    MotifNotAtSiteError,
    MotifNotInDrawError,
    UnknownMotifError,
    UnknownPrefectureError,
    UnknownSiteError,
)
from service.domain.motifs import ISERE_2024_MOTIFS, MOTIFS, MotifFamily, motif_of
from service.domain.prefectures import ISERE, PREFECTURES, prefecture_of

OUTSIDE_THE_DRAW = {
    "remise-titre",
    "adresse",
    "duplicata",
    "dcem",
    "titre-voyage",
    "information",
}


def test_every_motif_has_a_title_and_its_minutes():
    assert len(MOTIFS) == 23
    for slug, motif in MOTIFS.items():
        assert motif.slug == slug
        assert motif.title
        assert 5 <= motif.minutes <= 60
        assert hash(motif) == hash(motif_of(slug))


def test_what_needs_no_race_is_not_in_the_draw():
    outside = {slug for slug, motif in MOTIFS.items() if not motif.in_draw}

    assert outside == OUTSIDE_THE_DRAW


@pytest.mark.parametrize(
    ("slug", "family", "minutes"),
    [
        ("renouvellement-titre", MotifFamily.DEPOSIT, 20),
        ("majeur-18-ans", MotifFamily.MAJORITY, 25),
        ("aes", MotifFamily.UNDATED, 40),
        ("recepisse", MotifFamily.PROVISIONAL, 10),
        ("aide-anef", MotifFamily.ANEF_HELP, 45),
        ("remise-titre", MotifFamily.COLLECTION, 10),
        ("naturalisation", MotifFamily.UNDATED, 45),
    ],
)
def test_a_motif_has_its_family_and_minutes(slug, family, minutes):
    assert (motif_of(slug).family, motif_of(slug).minutes) == (family, minutes)


def test_isere_had_five_dedicated_calendars_one_of_them_shared():
    slugs = [slug for calendar in ISERE_2024_MOTIFS for slug in calendar]

    assert len(ISERE_2024_MOTIFS) == 5
    assert sorted(slugs) == sorted(set(slugs) & set(MOTIFS))
    assert ("changement-statut", "aps") in ISERE_2024_MOTIFS


def test_an_unknown_motif_is_refused():
    with pytest.raises(UnknownMotifError):
        motif_of("coupe-file")


def test_the_demonstration_is_isere_with_its_three_sites():
    assert prefecture_of("isere") is ISERE is PREFECTURES["isere"]
    assert [site.code for site in ISERE.sites] == [
        "grenoble",
        "la-tour-du-pin",
        "vienne",
    ]
    assert ISERE.site("grenoble").address == "12 place de Verdun, 38000 Grenoble"
    assert ISERE.site("grenoble").motifs == set(MOTIFS)
    for site in ISERE.sites:
        assert site.motifs <= set(MOTIFS)


def test_every_motif_is_received_somewhere_and_ordinary_ones_everywhere():
    assert [site.code for site in ISERE.sites_for("aes")] == ["grenoble"]
    assert len(ISERE.sites_for("recepisse")) == 3


def test_a_choice_is_kept_once_each():
    chosen = ISERE.check_choice("recepisse", ["vienne", "grenoble", "vienne"])

    assert chosen == {"vienne", "grenoble"}


@pytest.mark.parametrize(
    ("motif", "sites", "error", "field"),
    [
        ("x", ["grenoble"], UnknownMotifError, "motif"),
        ("remise-titre", ["grenoble"], MotifNotInDrawError, "motif"),
        ("recepisse", [], MissingSiteError, "sites"),
        ("recepisse", ["paris"], UnknownSiteError, "sites"),
        ("aes", ["grenoble", "vienne"], MotifNotAtSiteError, "sites"),
    ],
)
def test_an_impossible_choice_is_refused_at_its_field(motif, sites, error, field):
    with pytest.raises(error) as refusal:
        ISERE.check_choice(motif, sites)

    assert refusal.value.field == field


def test_an_unknown_prefecture_is_refused():
    with pytest.raises(UnknownPrefectureError):
        prefecture_of("atlantide")
