"""What figures count, and what they never show."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.ruleset import DEFAULT_RULESET
from service.draw.canonical import canonical_bytes
from service.usecases.public.figures import (
    cancellations,
    expired_first,
    figures_of,
    gathered,
    neighbours,
)
from service.usecases.public.figures_window import WEEKS, Window
from service.usecases.public.open_data import LEAST
from service.usecases.records.guards import CountedCancellations
from service.usecases.records.public import (
    CountedGroup,
    CountedPlaces,
    CountedRegistration,
)

DAY = date(2026, 11, 23)


def person(**changes: Any) -> CountedRegistration:
    """Somebody who registered thirty days ago and still waits."""
    row = CountedRegistration(
        motif="aes",
        sites=frozenset({"grenoble"}),
        channel="web",
        registered_on=DAY - timedelta(days=30),
        is_live=True,
    )
    return replace(row, **changes)


def received(days: int, **changes: Any) -> CountedRegistration:
    """Somebody who was received ``days`` days after registering."""
    row = person(
        is_live=False,
        confirmed_on=DAY - timedelta(days=5),
        appointment_on=DAY - timedelta(days=30 - days),
        site="grenoble",
        band=3,
    )
    return replace(row, **changes)


def taken(
    rows: Sequence[CountedRegistration], places: Sequence[CountedPlaces] = ()
) -> dict[str, Any]:
    return cast(
        "dict[str, Any]",
        figures_of(rows, places, prefecture="isere", day=DAY, ruleset=DEFAULT_RULESET),
    )


def test_a_window_is_twelve_weeks_that_end_yesterday() -> None:
    window = Window(day=DAY)
    assert window.last == DAY - timedelta(days=1)
    assert (window.last - window.first).days + 1 == 7 * WEEKS
    assert window.weeks()[0][0] == window.first
    assert window.weeks()[-1][1] == window.last


@pytest.mark.parametrize(
    ("changes", "is_counted"),
    [
        ({}, True),
        ({"end_of_right_on": None}, False),
        ({"registered_on": DAY}, False),
        ({"left_on": DAY - timedelta(days=11)}, False),
        ({"left_on": DAY - timedelta(days=9)}, True),
        ({"appointment_on": DAY - timedelta(days=10), "is_live": False}, False),
        ({"appointment_on": DAY - timedelta(days=9), "is_live": False}, True),
    ],
    ids=[
        "still waiting",
        "without a date",
        "registered once it was over",
        "left before",
        "left after",
        "received on the last day",
        "received a day late",
    ],
)
def test_expired_before_served_is_whoever_still_waited_on_the_last_day(
    changes: dict[str, Any], is_counted: bool
) -> None:
    row = person(end_of_right_on=DAY - timedelta(days=10))
    assert expired_first(replace(row, **changes)) is is_counted


def test_the_words_half_in_less_than_are_true_to_the_letter() -> None:
    waits = [*range(10, 20), 30, 40]
    found = taken([received(days) for days in waits])["motifs"][0]

    half = found["half_received_in_less_than_days"]
    most = found["nine_tenths_received_in_less_than_days"]

    assert sum(one < half for one in waits) * 2 >= len(waits)
    assert sum(one < half - 1 for one in waits) * 2 < len(waits)
    assert sum(one < most for one in waits) * 10 >= 9 * len(waits)
    assert sum(one < most - 1 for one in waits) * 10 < 9 * len(waits)


def test_those_who_still_wait_stand_beside_those_who_were_received() -> None:
    rows = [received(20)] * 12 + [
        person(registered_on=DAY - timedelta(days=days)) for days in range(40, 52)
    ]
    found = taken(rows)["motifs"][0]

    assert found["waiting"] == 12
    reached = found["half_waiting_for_days_or_more"]
    assert sum(days >= reached for days in range(40, 52)) * 2 >= 12


def test_no_wait_is_given_for_a_handful_of_people() -> None:
    found = taken([received(20)] * (LEAST - 1) + [person()] * 5)["motifs"][0]

    assert found["half_received_in_less_than_days"] is None
    assert found["half_waiting_for_days_or_more"] is None
    assert found["served"] == LEAST - 1


def test_rare_motifs_are_counted_together() -> None:
    rows = [person()] * 40 + [person(motif="brexit")] * 3 + [person(motif="soins")] * 2

    found = taken(rows)["motifs"]

    # Two rare ones are still too few: the next one joins them.
    assert [line["motifs"] for line in found] == [["aes", "brexit", "soins"]]


MOTIFS = st.sampled_from(["a", "b", "c", "d", "e"])


@given(st.lists(MOTIFS, max_size=80))
def test_whatever_comes_no_small_cell_stands_alone(motifs: list[str]) -> None:
    rows = [person(motif=motif) for motif in motifs]
    by_name = gathered(rows, lambda row: row.motif)
    by_number = neighbours(rows, lambda row: ord(row.motif))

    for cells in (by_name, by_number):
        assert sum(len(found) for _, found in cells) == len(rows)
        assert len(cells) <= 1 or all(len(found) >= LEAST for _, found in cells)


@given(st.lists(st.integers(0, 90), max_size=60), st.randoms())
def test_the_order_of_the_rows_is_irrelevant(days: list[int], luck: Any) -> None:
    rows = [
        person(registered_on=DAY - timedelta(days=ago), motif="ab"[ago % 2])
        for ago in days
    ]
    shuffled = luck.sample(rows, len(rows))

    assert canonical_bytes(taken(rows)) == canonical_bytes(taken(shuffled))


@given(st.lists(st.integers(1, 84), max_size=120))
def test_weeks_add_up_and_hide_single_registrations(days: list[int]) -> None:
    rows = [person(registered_on=DAY - timedelta(days=ago)) for ago in days]
    weeks = taken(rows)["weeks"]

    assert sum(week["registrations"] for week in weeks) == len(days)
    assert len(weeks) <= 1 or all(week["registrations"] >= LEAST for week in weeks)


def test_the_monitor_hides_few_people_and_never_places() -> None:
    places = [
        CountedPlaces(
            site="vienne", day=DAY, motifs=frozenset({"aes"}), places=9, held=2
        ),
        CountedPlaces(
            site="vienne",
            day=DAY - timedelta(days=1),
            motifs=frozenset({"aes"}),
            places=5,
            held=5,
        ),
    ]
    lines = taken([person()] * 12, places)["monitor"]

    assert lines == [
        {
            "motif": "aes",
            "site": "grenoble",
            "waiting": 12,
            "served_in_28_days": 0,
            "places_to_come": 0,
            "free_places_to_come": 0,
        },
        {
            "motif": "aes",
            "site": "vienne",
            "waiting": None,
            "served_in_28_days": None,
            "places_to_come": 9,
            "free_places_to_come": 7,
        },
    ]


def test_without_anybody_there_is_nothing_to_count() -> None:
    found = taken([])
    assert found["totals"]["registrations"] == 0
    assert found["weeks"] == found["motifs"] == found["bands"] == []


def test_the_lot_decided_only_where_equals_were_passed_over() -> None:
    night = DAY - timedelta(days=3)
    groups = [
        CountedGroup(held_on=night, band=0, served=40, passed_over=0),
        CountedGroup(held_on=night, band=1, served=20, passed_over=15),
        CountedGroup(held_on=night, band=3, served=0, passed_over=90),
        CountedGroup(held_on=DAY, band=1, served=9, passed_over=9),
    ]
    found = figures_of(
        [], [], groups, prefecture="isere", day=DAY, ruleset=DEFAULT_RULESET
    )
    assert found["lot"] == {"nights": 1, "places_given": 60, "settled_by_lot": 20}


CANCELLED = st.dictionaries(st.integers(1, 80), st.integers(0, 30), max_size=12).map(
    lambda days: [
        CountedCancellations(
            day=DAY - timedelta(days=ago),
            slots=2,
            people=people,
            first_band=people // 2,
        )
        for ago, people in days.items()
    ]
)


@given(CANCELLED)
def test_no_day_of_few_displaced_people_stands_alone(
    days: list[CountedCancellations],
) -> None:
    cells = cast("list[dict[str, Any]]", cancellations(days, Window(day=DAY)))

    people = sum(day.people for day in days)
    assert all(cell["displaced"] >= LEAST for cell in cells if people >= LEAST)
    assert [cell["displaced"] for cell in cells] in (
        [None],
        [],
    ) or people >= LEAST
    assert sum(cell["cancelled_slots"] for cell in cells) == 2 * len(days)
    assert sum(cell["displaced"] or 0 for cell in cells) in {0, people}
    assert all(one["last"] < other["first"] for one, other in pairwise(cells))
