from datetime import UTC, date, datetime, timedelta

import pytest

from service.domain.errors import NightStepNotAllowedError
from service.domain.night import (
    NightState,
    beacon_not_before,
    first_night_open_at,
    freeze_instant,
    instant_of,
    next_state,
    paris_date,
    step,
    wall_of,
)
from service.domain.ruleset import DEFAULT_RULESET, NightClock, Ruleset


def at(text):
    return datetime.fromisoformat(text)


def test_a_night_takes_its_steps_in_one_order():
    state, seen = NightState.PLANNED, [NightState.PLANNED]
    while state is not NightState.NOTIFIED:
        state = next_state(state)
        seen.append(state)

    assert seen == [
        "planned",
        "frozen",
        "committed",
        "revealed",
        "drawn",
        "published",
        "notified",
    ]


def test_nothing_follows_the_end_of_a_night():
    with pytest.raises(NightStepNotAllowedError):
        next_state(NightState.NOTIFIED)


@pytest.mark.parametrize("state", NightState)
@pytest.mark.parametrize("to", NightState)
def test_no_step_is_skipped_repeated_or_undone(state, to):
    order = list(NightState)
    if order.index(to) == order.index(state) + 1:
        assert step(state, to) is to
    else:
        with pytest.raises(NightStepNotAllowedError):
            step(state, to)


@pytest.mark.parametrize(
    ("night", "instant"),
    [
        ("2026-11-23", "2026-11-23T19:00:00+00:00"),
        ("2026-07-14", "2026-07-14T18:00:00+00:00"),
        # clocks change on these two
        ("2027-03-28", "2027-03-28T18:00:00+00:00"),
        ("2027-10-31", "2027-10-31T19:00:00+00:00"),
    ],
)
def test_the_freeze_is_at_twenty_hours_in_paris(night, instant):
    found = freeze_instant(date.fromisoformat(night), DEFAULT_RULESET)

    assert found == at(instant)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("now", "night"),
    [
        ("2026-11-23T18:59:59+00:00", "2026-11-23"),
        ("2026-11-23T19:00:00+00:00", "2026-11-24"),
        ("2026-11-23T22:59:59+00:00", "2026-11-24"),
        ("2026-11-23T23:00:00+00:00", "2026-11-24"),
        ("2026-11-24T00:30:00+01:00", "2026-11-24"),
        ("2026-12-31T21:00:00+01:00", "2027-01-01"),
        ("2027-03-28T17:59:59+00:00", "2027-03-28"),
        ("2027-03-28T18:00:00+00:00", "2027-03-29"),
        ("2027-10-31T19:00:00+01:00", "2027-10-31"),
    ],
)
def test_a_registration_enters_the_first_night_not_yet_frozen(now, night):
    found = first_night_open_at(at(now), DEFAULT_RULESET)

    assert found.isoformat() == night


def test_an_instant_belongs_to_the_day_it_has_in_paris():
    assert paris_date(at("2026-11-23T23:30:00+00:00")) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("wall", "instant"),
    [
        ("2026-12-01T09:00", "2026-12-01T08:00:00+00:00"),
        ("2027-10-31T02:30", "2027-10-31T00:30:00+00:00"),  # the first of the two
        ("2027-03-28T02:30", "2027-03-28T01:30:00+00:00"),  # skipped: 03:30 summer
    ],
)
def test_a_wall_time_is_one_instant(wall, instant):
    assert instant_of(at(wall)) == at(instant)


def test_an_instant_has_one_wall_time_in_paris():
    assert wall_of(at("2026-12-01T08:00:00+00:00")) == at("2026-12-01T09:00")
    assert wall_of(at("2026-07-01T08:00:00+00:00")) == at("2026-07-01T10:00")


def test_the_beacon_comes_at_least_a_quarter_of_an_hour_after_the_commitment():
    night = date(2026, 11, 23)
    early = at("2026-11-23T18:00:00+00:00")
    late = at("2026-11-24T09:00:00+01:00")

    assert beacon_not_before(night, early, DEFAULT_RULESET) == at(
        "2026-11-23T19:15:00+00:00"
    )
    assert beacon_not_before(night, late, DEFAULT_RULESET) == at(
        "2026-11-24T08:15:00+00:00"
    )


def test_a_freeze_before_noon_closes_the_same_day():
    ruleset = Ruleset(
        version="1",
        effective_on=date(2026, 11, 1),
        clock=NightClock(freeze_at=at("2026-11-23T03:00").time()),
    )
    instant = freeze_instant(date(2027, 3, 28), ruleset)

    assert instant == at("2027-03-28T01:00:00+00:00")
    assert first_night_open_at(instant - timedelta(seconds=1), ruleset) == date(
        2027, 3, 28
    )
    assert first_night_open_at(instant, ruleset) == date(2027, 3, 29)
