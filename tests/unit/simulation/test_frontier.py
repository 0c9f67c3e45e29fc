from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.ruleset import DEFAULT_RULESET, Ruleset
from simulation.frontier.clairvoyant import lost_share, most_saved
from simulation.frontier.table import Point, frontier, recommended
from simulation.frontier.variants import VARIANTS
from simulation.metrics.intervals import Interval

days = st.integers(0, 6)
jobs = st.tuples(days, days).map(lambda pair: (min(pair), max(pair)))


def by_hand(places: list[int], people: list[tuple[int, int]]) -> int:
    """Try every order of the people; each takes the first place that suits."""
    best = 0
    for order in permutations(people):
        left = sorted(places)
        saved = 0
        for first, last in order:
            suits = next((day for day in left if first <= day <= last), None)
            if suits is not None:
                left.remove(suits)
                saved += 1
        best = max(best, saved)
    return best


@given(places=st.lists(days, max_size=5), people=st.lists(jobs, max_size=5))
def test_nobody_saves_more_rights_than_the_clairvoyant(
    places: list[int], people: list[tuple[int, int]]
) -> None:
    found = most_saved(
        np.array(sorted(places), dtype=np.int64),
        np.array([first for first, _ in people], dtype=np.int64),
        np.array([last for _, last in people], dtype=np.int64),
    )

    assert found == by_hand(places, people)


def test_with_a_place_for_everyone_nothing_need_be_lost() -> None:
    week = np.arange(10, dtype=np.int64)
    everyone = np.ones(10, dtype=np.bool_)

    assert lost_share(week, week - 2, week, everyone, 2) == 0


def test_every_variant_is_a_ruleset_that_production_loads() -> None:
    for ruleset in VARIANTS.values():
        assert Ruleset.from_json(ruleset.to_json()) == ruleset
    assert VARIANTS["default"] == DEFAULT_RULESET


def test_no_ruleset_beats_the_clairvoyant_and_the_map_is_complete() -> None:
    points = frontier([1.3], [0.75], (1,), days=40, places=5)

    assert len(points) == len(VARIANTS)
    for each in points:
        assert each.lost.mean >= each.best.mean - 1e-9
    assert any(each.efficient for each in points)


def point(name: str, lost: float, wait: float) -> Point:
    flat = Interval(0, 0, 0, 5)
    return Point(
        load=1,
        dated=0.75,
        ruleset=name,
        lost=Interval(lost, lost - 0.01, lost + 0.01, 5),
        wait=Interval(wait, wait, wait, 5),
        longest=flat,
        best=flat,
    )


@pytest.mark.parametrize(
    ("other", "chosen"),
    [
        (point("other", 0.05, 100), "other"),
        (point("other", 0.195, 100), "default"),
        (point("other", 0.05, 300), "default"),
    ],
)
def test_the_default_stays_unless_another_is_better_beyond_luck(
    other: Point, chosen: str
) -> None:
    found = recommended([point("default", 0.2, 120), other], longest_wait=180)

    assert found.ruleset == chosen


def test_when_no_ruleset_keeps_to_the_wait_the_shortest_wait_counts() -> None:
    found = recommended([point("default", 0.2, 400), point("fast", 0.3, 300)], 180)

    assert found.ruleset == "fast"
