from datetime import date, timedelta

import pytest

from service.domain.availability import Availability
from service.domain.bands import band_of
from service.domain.errors import InvalidWeekdayError, NoDayLeftError, TooManyDatesError
from service.domain.ruleset import DEFAULT_RULESET

NIGHT = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days_left", "band", "reason"),
    [
        (0, 0, "ends_very_soon"),
        (14, 0, "ends_very_soon"),
        (15, 1, "ends_soon"),
        (45, 1, "ends_soon"),
        (46, 3, "ends_later"),
        (3650, 3, "ends_later"),
        (-1, 2, "right_lost"),
        (-3650, 2, "right_lost"),
        (None, 3, "no_date"),
    ],
)
def test_a_band_is_how_near_the_end_is(days_left, band, reason):
    end = None if days_left is None else NIGHT + timedelta(days=days_left)

    found = band_of(end, NIGHT, DEFAULT_RULESET)

    assert (found.number, found.reason_code) == (band, reason)


def test_who_said_nothing_can_come_any_day():
    assert all(Availability().suits(NIGHT + timedelta(days=n)) for n in range(7))


@pytest.mark.parametrize("weekdays", [range(1, 6), range(1, 7)])
def test_nobody_excludes_every_working_day_without_being_told(weekdays):
    with pytest.raises(NoDayLeftError) as refusal:
        Availability(frozenset(weekdays)).refuse_no_working_day()

    assert refusal.value.field == "weekdays_excluded"
    Availability(frozenset({1, 2, 3, 4, 6, 7})).refuse_no_working_day()


def test_excluded_weekdays_and_dates_do_not_suit():
    monday, tuesday, wednesday = (NIGHT + timedelta(days=n) for n in range(3))
    availability = Availability(frozenset({1}), frozenset({wednesday}))

    assert not availability.suits(monday)
    assert availability.suits(tuesday)
    assert not availability.suits(wednesday)


@pytest.mark.parametrize(
    ("weekdays", "dates", "error", "field"),
    [
        ({0}, set(), InvalidWeekdayError, "weekdays_excluded"),
        ({8}, set(), InvalidWeekdayError, "weekdays_excluded"),
        (set(range(1, 8)), set(), NoDayLeftError, "weekdays_excluded"),
        (
            set(),
            {NIGHT + timedelta(days=n) for n in range(101)},
            TooManyDatesError,
            "dates_excluded",
        ),
    ],
)
def test_an_impossible_availability_is_refused(weekdays, dates, error, field):
    with pytest.raises(error) as refusal:
        Availability(frozenset(weekdays), frozenset(dates))

    assert refusal.value.field == field
