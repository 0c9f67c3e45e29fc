"""Dates seen on paper, families, channels and holidays: plain rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.bands import band_of
from service.domain.birth_date import BirthDate
from service.domain.checks import (
    DateStanding,
    becomes_more_urgent,
    end_with_order,
    standing_of,
)
from service.domain.companions import (
    Companion,
    companions_from_json,
    companions_to_json,
    refuse_mismatch,
    refuse_unborn,
)
from service.domain.days_off import days_off, easter, is_working_day
from service.domain.errors import (
    BirthDateInFutureError,
    CompanionsMismatchError,
    MalformedRecordError,
)
from service.domain.names import Names
from service.domain.permits import Basis, Confidence, EndOfRight
from service.domain.ruleset import DEFAULT_RULESET

NIGHT = date(2026, 11, 23)
CHILD = Companion(Names("Diallo", "Issa"), BirthDate(2019, 3))


def end(on, confidence=Confidence.ARTICLE_READ):
    return EndOfRight(
        on=on, basis=Basis.PRINTED_END, source="L.411-3", confidence=confidence
    )


def test_a_near_date_is_to_be_verified_until_somebody_has_looked():
    near = end(NIGHT + timedelta(days=10))

    assert standing_of(near, band=0, is_checked=False) is DateStanding.TO_VERIFY
    assert standing_of(near, band=0, is_checked=True) is DateStanding.VERIFIED


def test_a_date_that_lifts_nobody_is_simply_declared():
    far = end(NIGHT + timedelta(days=300))

    assert standing_of(far, band=3, is_checked=False) is DateStanding.DECLARED
    assert standing_of(end(None), band=3, is_checked=False) is DateStanding.DECLARED


def test_an_unsure_rule_waits_for_an_agent():
    unsure = end(NIGHT + timedelta(days=10), Confidence.UNSURE)

    assert standing_of(unsure, band=3, is_checked=False) is DateStanding.AWAITS_AGENT
    assert standing_of(unsure, band=0, is_checked=True) is DateStanding.VERIFIED


DAYS = st.one_of(
    st.none(), st.integers(-60, 120).map(lambda n: NIGHT + timedelta(days=n))
)


@given(declared=DAYS, seen=DAYS)
def test_more_urgent_means_before_the_declared_date_on_some_night(declared, seen):
    last = 200 if declared is None else max((declared - NIGHT).days, 0)
    nights = [NIGHT + timedelta(days=n) for n in range(last + 1)]
    brute = any(
        band_of(seen, night, DEFAULT_RULESET).number
        < band_of(declared, night, DEFAULT_RULESET).number
        for night in nights
    )

    found = becomes_more_urgent(declared, seen, night=NIGHT, ruleset=DEFAULT_RULESET)

    assert found == brute


def test_a_court_day_counts_when_it_comes_first_or_alone():
    first, later = NIGHT, NIGHT + timedelta(days=9)

    assert end_with_order(later, first) == first
    assert end_with_order(first, later) == first
    assert end_with_order(None, later) == later
    assert end_with_order(first, None) == first
    assert end_with_order(None, None) is None


def test_a_family_is_named_whole_or_not_at_all():
    refuse_mismatch(3, ())
    refuse_mismatch(2, (CHILD,))
    for people in (1, 3):
        with pytest.raises(CompanionsMismatchError):
            refuse_mismatch(people, (CHILD,))


def test_a_child_to_be_born_is_named_by_its_place():
    unborn = Companion(Names("Diallo"), BirthDate(2027))

    with pytest.raises(BirthDateInFutureError) as refused:
        refuse_unborn((CHILD, unborn), NIGHT)

    assert refused.value.field == "companions.1.birth_date"


def test_a_family_is_read_back_and_its_repr_names_nobody():
    family = (CHILD, Companion(Names("Sow"), BirthDate(2021, 1, 2)))

    assert companions_from_json(companions_to_json(family)) == family
    assert "Diallo" not in repr(CHILD)
    for other in (None, {}, [{"family_name": "Sow"}], [1]):
        with pytest.raises(MalformedRecordError):
            companions_from_json(other)


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2024, date(2024, 3, 31)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
        (1818, date(1818, 3, 22)),
    ],
)
def test_easter_is_where_the_calendar_has_it(year, sunday):
    assert easter(year) == sunday


def test_the_holidays_of_2027_are_those_of_the_reference():
    assert {date(2027, 3, 29), date(2027, 5, 6), date(2027, 5, 17)} < days_off(2027)
    assert len(days_off(2027)) == 11
    assert not is_working_day(date(2027, 7, 14))
    assert not is_working_day(date(2026, 11, 22))
    assert is_working_day(NIGHT)
