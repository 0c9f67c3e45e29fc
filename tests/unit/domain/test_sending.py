"""Nobody is written to at night or on a Sunday, nor held to answer then."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given

from service.domain.night import wall_of
from service.domain.sending import (
    CLOSES,
    MOST_A_DAY,
    MOST_ANYONES,
    MOST_ORDINARY,
    OPENS,
    easter_sunday,
    humane_deadline,
    is_day_of_rest,
    is_public_holiday,
    is_working_day,
    last_decent,
    next_decent,
    pause_after,
)
from tests.strategies_domain import instants


def paris(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("at", "leaves"),
    [
        ("2026-11-23T20:16:00+01:00", "2026-11-23T20:16:00+01:00"),
        ("2026-11-23T21:00:00+01:00", "2026-11-24T08:00:00+01:00"),
        ("2026-11-24T03:00:00+01:00", "2026-11-24T08:00:00+01:00"),
        # Saturday evening, Sunday, and a holiday before it
        ("2026-11-28T20:59:00+01:00", "2026-11-28T20:59:00+01:00"),
        ("2026-11-28T22:00:00+01:00", "2026-11-30T08:00:00+01:00"),
        ("2026-11-29T12:00:00+01:00", "2026-11-30T08:00:00+01:00"),
        ("2027-05-01T09:00:00+02:00", "2027-05-03T08:00:00+02:00"),
        # the night on which clocks go forward is also a Sunday
        ("2027-03-28T02:30:00+01:00", "2027-03-30T08:00:00+02:00"),
    ],
)
def test_a_message_waits_for_a_decent_hour(at, leaves):
    assert next_decent(paris(at)) == paris(leaves)


@given(at=instants)
def test_whenever_it_is_written_it_leaves_at_a_decent_hour_within_four_days(at):
    leaves = next_decent(at)

    assert at <= leaves <= at + timedelta(days=4)
    assert OPENS <= wall_of(leaves).time() < CLOSES
    assert not is_day_of_rest(wall_of(leaves).date())
    assert next_decent(leaves) == leaves


@given(at=instants)
def test_what_cannot_wait_leaves_before_at_a_decent_hour_within_four_days(at):
    leaves = last_decent(at)

    assert at - timedelta(days=4) <= leaves <= at
    assert OPENS <= wall_of(leaves).time() < CLOSES
    assert not is_day_of_rest(wall_of(leaves).date())
    assert next_decent(leaves) == last_decent(leaves) == leaves


@pytest.mark.parametrize(
    ("at", "leaves"),
    [
        # two days before an appointment on a Tuesday is a Sunday
        ("2026-11-29T09:00:00+01:00", "2026-11-28T20:00:00+01:00"),
        ("2026-11-28T09:00:00+01:00", "2026-11-28T09:00:00+01:00"),
        ("2026-11-24T03:00:00+01:00", "2026-11-23T20:00:00+01:00"),
        ("2026-11-24T20:30:00+01:00", "2026-11-24T20:00:00+01:00"),
        # Easter Monday behind a Sunday
        ("2027-03-29T10:00:00+02:00", "2027-03-27T20:00:00+01:00"),
    ],
)
def test_what_cannot_wait_leaves_the_decent_hour_before(at, leaves):
    assert last_decent(paris(at)) == paris(leaves)


@given(at=instants)
def test_a_deadline_is_only_ever_moved_to_the_persons_advantage(at):
    by = humane_deadline(at)

    assert at <= by <= at + timedelta(days=5)
    assert is_working_day(wall_of(by).date())
    assert OPENS <= wall_of(by).time() < CLOSES
    assert humane_deadline(by) == by


def test_easter_falls_where_the_calendar_has_it():
    known = {2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2038: (4, 25)}

    for year, (month, day) in known.items():
        assert easter_sunday(year) == date(year, month, day)


def test_a_year_has_eleven_public_holidays():
    days = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]

    assert [day for day in days if is_public_holiday(day)] == [
        date(2027, 1, 1),
        date(2027, 3, 29),
        date(2027, 5, 1),
        date(2027, 5, 6),
        date(2027, 5, 8),
        date(2027, 5, 17),
        date(2027, 7, 14),
        date(2027, 8, 15),
        date(2027, 11, 1),
        date(2027, 11, 11),
        date(2027, 12, 25),
    ]


def test_what_strangers_cause_leaves_room_for_an_offer():
    assert MOST_ANYONES < MOST_ORDINARY < MOST_A_DAY


def test_instants_come_back_in_utc():
    assert next_decent(paris("2026-11-29T12:00:00+01:00")).tzinfo is UTC


def test_a_server_that_refuses_is_tried_less_and_less_often_but_within_a_bound():
    waits = [pause_after(tries, timedelta(hours=1)) for tries in (0, 1, 5, 6, 10_000)]
    assert waits == [timedelta(minutes=m) for m in (1, 2, 32, 60, 60)]
