"""Where to go for help without asking first, near here before far away."""

from datetime import date, timedelta

import pytest

from service.domain.errors import (
    DomainError,
    InvalidPhoneNumberError,
    UnknownLanguageError,
)
from service.domain.help_errors import InvalidHelpPlaceError
from service.domain.help_places import (
    Help,
    HelpKind,
    HelpPlace,
    fits,
    is_stale,
    nearest_first,
)

TEXTS = {
    "name": " France  Services ",
    "address": "1 rue Inventée",
    "postcode": "38 000",
    "town": "Grenoble",
    "hours": "lundi,  9 h – 12 h\r\n\r\nmardi\u202e, 14 h",
}


def place(**changes: object) -> HelpPlace:
    asked: dict[str, object] = {
        "kind": "france-services",
        "texts": TEXTS,
        "helps_with": ["inscription"],
        **changes,
    }
    return HelpPlace.parse(**asked)  # type: ignore[arg-type]


def at(postcode: str, town: str) -> HelpPlace:
    return place(texts={**TEXTS, "postcode": postcode, "town": town})


def test_a_place_is_read_as_typed_without_what_cannot_be_seen() -> None:
    read = place(languages=["ar"], is_step_free=True)

    assert read.name == "France Services"
    assert read.postcode == "38000"
    assert read.hours == "lundi, 9 h – 12 h\nmardi, 14 h"
    assert read.kind is HelpKind.FRANCE_SERVICES
    assert read.helps_with == {Help.REGISTER}
    assert read.phone is None


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"kind": "boutique"}, InvalidHelpPlaceError, "kind"),
        ({"helps_with": []}, InvalidHelpPlaceError, "helps_with"),
        ({"helps_with": ["vente"]}, InvalidHelpPlaceError, "helps_with"),
        ({"languages": ["xx"]}, UnknownLanguageError, "languages"),
        ({"texts": {**TEXTS, "name": ""}}, InvalidHelpPlaceError, "name"),
        ({"texts": {**TEXTS, "name": "é" * 201}}, InvalidHelpPlaceError, "name"),
        ({"texts": {**TEXTS, "hours": "9" * 501}}, InvalidHelpPlaceError, "hours"),
        ({"texts": {**TEXTS, "postcode": "3800"}}, InvalidHelpPlaceError, "postcode"),
        ({"texts": {**TEXTS, "phone": "12"}}, InvalidPhoneNumberError, "phone"),
        (
            {"texts": {**TEXTS, "website": "javascript:alert(1)"}},
            InvalidHelpPlaceError,
            "website",
        ),
    ],
)
def test_what_is_wrong_is_named_by_its_place(
    changes: dict[str, object], error: type[DomainError], field: str
) -> None:
    with pytest.raises(error) as refused:
        place(**changes)

    assert refused.value.field == field


def test_the_same_town_comes_first_then_its_neighbours_then_the_department() -> None:
    vienne, grenoble, near, far = (
        at("38200", "Vienne"),
        at("38000", "Grenoble"),
        at("38050", "Fontaine"),
        at("73000", "Chambéry"),
    )

    by_postcode = nearest_first([far, vienne, near, grenoble], "38000")
    by_town = nearest_first([far, grenoble, near, vienne], "vienne")

    assert by_postcode == (grenoble, near, vienne, far)
    assert by_town[0] == vienne
    assert nearest_first([far, grenoble], "") == (far, grenoble)


def test_a_town_is_found_however_it_is_typed() -> None:
    town = at("38400", "Saint-Martin-d'Hères")

    for typed in ("saint martin d heres", "SAINT-MARTIN-D’HÈRES", "hères", "38400"):
        assert fits(town, typed)
    assert not fits(town, "Vienne")
    assert not fits(town, "13001")


def test_hours_that_nobody_checked_for_half_a_year_are_not_promised() -> None:
    today = date(2026, 11, 23)

    assert not is_stale(today - timedelta(days=180), today)
    assert is_stale(today - timedelta(days=181), today)
