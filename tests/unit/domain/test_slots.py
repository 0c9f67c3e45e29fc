from datetime import UTC, date, datetime, time

import pytest

from service.domain.errors import (
    ClosesBeforeItOpensError,
    DayOutOfReachError,
    InvalidDurationError,
    InvalidGuichetsError,
    InvalidSlotError,
    InvalidSlotPlanError,
    NoSlotFitsError,
    OutsideOfficeHoursError,
    TooManyPlacesError,
    UnknownMotifError,
)
from service.domain.slots import OpenSlot, SlotPlan

DAY = date(2026, 12, 1)


def plan(**changes):
    values = {
        "site": "grenoble",
        "day": DAY,
        "opens": time(9),
        "closes": time(10, 30),
        "minutes": 20,
        "guichets": 3,
        "motifs": frozenset({"recepisse"}),
    }
    return SlotPlan(**values | changes)


def slot(**changes):
    values = {
        "slot": "s1",
        "site": "grenoble",
        "starts_at": datetime.combine(DAY, time(9)),
        "minutes": 20,
        "motifs": frozenset({"recepisse"}),
        "places": 2,
    }
    return OpenSlot(**values | changes)


def test_a_plan_gives_a_slot_every_so_many_minutes_with_a_place_a_guichet():
    slots = plan().slots("p7")

    assert [(s.slot, s.starts_at.isoformat(), s.places) for s in slots] == [
        ("p7-0900", "2026-12-01T09:00:00", 3),
        ("p7-0920", "2026-12-01T09:20:00", 3),
        ("p7-0940", "2026-12-01T09:40:00", 3),
        ("p7-1000", "2026-12-01T10:00:00", 3),
    ]
    assert all(s.published_places == 3 and s.day == DAY for s in slots)


def test_the_last_slot_is_over_when_the_guichets_close():
    assert len(plan(closes=time(10)).slots("p")) == 3
    assert len(plan(closes=time(9, 59)).slots("p")) == 2


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"closes": time(9)}, ClosesBeforeItOpensError, "closes"),
        ({"closes": time(8)}, ClosesBeforeItOpensError, "closes"),
        ({"opens": time(5, 59)}, OutsideOfficeHoursError, "opens"),
        ({"closes": time(22, 1)}, OutsideOfficeHoursError, "closes"),
        ({"opens": time(9, 0, 1)}, OutsideOfficeHoursError, "opens"),
        ({"opens": time(9, tzinfo=UTC)}, OutsideOfficeHoursError, "opens"),
        ({"minutes": 4}, InvalidDurationError, "minutes"),
        ({"minutes": 241}, InvalidDurationError, "minutes"),
        ({"guichets": 0}, InvalidGuichetsError, "guichets"),
        ({"guichets": 51}, InvalidGuichetsError, "guichets"),
        ({"motifs": frozenset()}, InvalidSlotPlanError, "motifs"),
        ({"motifs": frozenset({"x"})}, UnknownMotifError, "motifs"),
        ({"minutes": 91}, NoSlotFitsError, "closes"),
        (
            {"opens": time(6), "closes": time(22), "minutes": 5, "guichets": 6},
            TooManyPlacesError,
            "guichets",
        ),
    ],
)
def test_an_impossible_plan_is_refused_by_name(changes, error, field):
    with pytest.raises(error) as refusal:
        plan(**changes)

    assert type(refusal.value) is error
    assert refusal.value.field == field


@pytest.mark.parametrize(
    "today", [date(2026, 12, 1), date(2026, 12, 2), date(2025, 1, 1)]
)
def test_a_day_past_or_far_away_is_refused(today):
    with pytest.raises(DayOutOfReachError):
        plan().refuse_day_out_of_reach(today)


@pytest.mark.parametrize("today", [date(2026, 11, 30), date(2025, 11, 30)])
def test_a_day_within_a_year_is_accepted(today):
    plan().refuse_day_out_of_reach(today)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"slot": ""}, "slot"),
        ({"slot": "s1/held"}, "slot"),
        ({"slot": "s 1"}, "slot"),
        ({"slot": "é"}, "slot"),
        ({"starts_at": datetime(2026, 12, 1, 9, tzinfo=UTC)}, "starts_at"),
        ({"starts_at": datetime.fromisoformat("2026-12-01T09:00:30")}, "starts_at"),
        ({"places": -1}, "places"),
        ({"places": 3, "published": 2}, "places"),
    ],
)
def test_a_malformed_slot_is_refused(changes, field):
    with pytest.raises(InvalidSlotError) as refusal:
        slot(**changes)

    assert refusal.value.field == field


def test_a_slot_that_says_nothing_else_published_its_free_places():
    assert slot().published_places == 2
    assert slot(published=5).published_places == 5
