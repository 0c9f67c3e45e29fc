from datetime import date

import pytest

from service.domain.birth_date import BirthDate
from service.domain.errors import BirthDateInFutureError, InvalidBirthDateError

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "text", "precision", "earliest", "latest"),
    [
        ("1990", "1990", "year", date(1990, 1, 1), date(1990, 12, 31)),
        ("1990-02", "1990-02", "month", date(1990, 2, 1), date(1990, 2, 28)),
        ("1990-05-04", "1990-05-04", "day", date(1990, 5, 4), date(1990, 5, 4)),
        ("1990-00-00", "1990", "year", date(1990, 1, 1), date(1990, 12, 31)),
        ("1990-05-00", "1990-05", "month", date(1990, 5, 1), date(1990, 5, 31)),
        (" ١٩٩٠-٠٥ ", "1990-05", "month", date(1990, 5, 1), date(1990, 5, 31)),
        ("1900", "1900", "year", date(1900, 1, 1), date(1900, 12, 31)),
    ],
)
def test_a_birth_date_keeps_the_precision_it_is_known_to(
    typed, text, precision, earliest, latest
):
    born = BirthDate.parse(typed, today=TODAY)

    assert (born.text, born.precision) == (text, precision)
    assert (born.earliest, born.latest) == (earliest, latest)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "90",
        "1899",
        "0000",
        "1990-13",
        "1990-02-30",
        "1990-00-04",
        "04/05/1990",
        "1990-5-4",
        "hier",
        "1990-05-04T00:00",
        "😀",
    ],
)
def test_an_impossible_birth_date_is_refused(typed):
    with pytest.raises(InvalidBirthDateError):
        BirthDate.parse(typed)


def test_nobody_is_born_tomorrow():
    with pytest.raises(BirthDateInFutureError):
        BirthDate.parse("2026-11-23", today=TODAY)


@pytest.mark.parametrize("typed", ["2026-11-22", "2026-11", "2026"])
def test_a_birth_that_may_be_past_is_accepted(typed):
    assert BirthDate.parse(typed, today=TODAY).text == typed


def test_a_day_without_its_month_is_refused():
    with pytest.raises(InvalidBirthDateError):
        BirthDate(1990, None, 4)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("1990", "1990-05-04", True),
        ("1990-01-01", "1990-12-31", True),
        ("1990-01-01", "1990-05-04", True),
        ("1990-05", "1990-05-04", True),
        ("1990-05", "1990-06-04", False),
        ("1990-05-04", "1990-04-05", False),
        ("1990-05-04", "1990-05-04", True),
        ("1990", "1991", False),
    ],
)
def test_conventional_dates_are_possible_equals(one, other, expected):
    assert BirthDate.parse(one).may_be_same_as(BirthDate.parse(other)) is expected
    assert BirthDate.parse(other).may_be_same_as(BirthDate.parse(one)) is expected
