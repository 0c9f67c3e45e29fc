import json
from dataclasses import replace
from hashlib import sha256
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.ruleset import DEFAULT_RULESET, Ruleset
from simulation.errors import LaboratoryError
from simulation.frontier.advice import recommended
from simulation.frontier.clairvoyant import lost_share, most_saved
from simulation.frontier.measured import as_json, measured, runs
from simulation.frontier.playing import Size, bounds, floor, frontier, gathered, job_of
from simulation.frontier.runs import as_csv, from_csv
from simulation.frontier.table import MEASURED, Point, points
from simulation.frontier.variants import VARIANTS, with_default
from simulation.metrics.intervals import Interval
from simulation.plain import plain
from simulation.sweep.jobs import done

SMALL = Size(places=5, days=30, warm_up=20)

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


@given(
    places=st.lists(days, max_size=4),
    people=st.lists(jobs, max_size=5),
    since=days,
)
def test_no_rule_saves_more_of_a_later_period_whatever_its_warm_up_did(
    places: list[int], people: list[tuple[int, int]], since: int
) -> None:
    """The bound counts only rights that end from a day on; rules serve everybody."""
    mine = [(first, last) for first, last in people if last >= since]
    found = most_saved(
        np.array(sorted(places), dtype=np.int64),
        np.array([first for first, _ in mine], dtype=np.int64),
        np.array([last for _, last in mine], dtype=np.int64),
    )

    assert found == max(saved_of(mine, order, places) for order in permutations(people))


def saved_of(
    mine: list[tuple[int, int]],
    order: tuple[tuple[int, int], ...],
    places: list[int],
) -> int:
    """Serve everybody in that order; count those who are ours."""
    left, saved = sorted(places), 0
    for first, last in order:
        suits = next((day for day in left if first <= day <= last), None)
        if suits is not None:
            left.remove(suits)
            saved += (first, last) in mine
    return saved


def test_with_a_place_for_everyone_nothing_need_be_lost() -> None:
    week = np.arange(10, dtype=np.int64)
    everyone = np.ones(10, dtype=np.bool_)

    assert lost_share(week, week - 2, week, everyone, 2) == 0


def test_every_variant_is_a_ruleset_that_production_loads() -> None:
    for ruleset in VARIANTS.values():
        assert Ruleset.from_json(ruleset.to_json()) == ruleset
    assert VARIANTS["default"] == DEFAULT_RULESET


def test_no_ruleset_beats_the_clairvoyant_and_the_map_is_complete() -> None:
    found = frontier([1.3], [0.75], (1,), size=SMALL)

    assert len(found) == len(VARIANTS)
    for each in found:
        assert each.lost.mean >= each.best.mean - 1e-9
    assert any(each.efficient for each in found)


def point(
    name: str,
    lost: float,
    wait: float,
    *,
    seen: float = 0.01,
    left: float = 0.1,
    trend: float = 0.0,
    cut: float = 0.0,
    days: float = 1000.0,
) -> Point:
    """A ruleset beside a default that loses 20 %, and lets wait 120 days.

    Under the default, of ten people without a date who come one is left over.
    """
    flat = Interval(0, 0, 0, 5)
    more, later, fewer = lost - 0.2, wait - 120.0, left - 0.1
    return Point(
        load=1,
        dated=0.75,
        ruleset=name,
        lost=Interval(lost, lost - seen, lost + seen, 5),
        trend=Interval(trend, trend - seen, trend + seen, 5),
        left=Interval(left, left - seen, left + seen, 5),
        within=flat,
        unreceived=Interval(cut, cut, cut, 5),
        dated_left=flat,
        grows=flat,
        through=(flat, flat, flat),
        wait=Interval(wait, wait, wait, 5),
        longest=flat,
        days_lost=Interval(days, days, days, 5),
        best=flat,
        lost_gap=Interval(more, more - seen, more + seen, 5),
        left_gap=Interval(fewer, fewer - seen, fewer + seen, 5),
        days_gap=Interval(days - 1000, days - 1000, days - 1000, 5),
        wait_gap=Interval(later, later - seen, later + seen, 5),
    )


DEFAULT = point("default", 0.2, 120)


@pytest.mark.parametrize(
    ("other", "chosen"),
    [
        (point("saves rights", 0.05, 100), "saves rights"),
        (point("perhaps saves some", 0.195, 130), "default"),
        (point("too slow", 0.05, 300), "default"),
        (point("sooner, for nothing", 0.2, 90, seen=0.004), "sooner, for nothing"),
        (point("sooner, and dear", 0.22, 90), "default"),
        (point("a day sooner", 0.2, 119, seen=0.004), "default"),
        (point("sooner, cost unknown", 0.2, 90, seen=0.02), "default"),
        (point("fewer", 0.2, 120, seen=0.004, left=0.03), "fewer"),
        (point("a few fewer", 0.2, 120, seen=0.004, left=0.06), "default"),
        (point("sooner, more left", 0.2, 90, seen=0.004, left=0.2), "default"),
        (
            point("fewer, cost to come", 0.2, 90, seen=0.004, left=0.03, trend=0.1),
            "default",
        ),
        (point("saves, receives nobody else", 0.05, 100, left=1.0), "default"),
        (point("sooner, lost for longer", 0.2, 90, seen=0.004, days=1300), "default"),
        (point("a little longer", 0.2, 90, seen=0.004, days=1200), "a little longer"),
        (point("saves, still rising", 0.05, 100, trend=0.1), "saves, still rising"),
        (point("sooner, cut short", 0.2, 90, seen=0.004, cut=0.3), "default"),
    ],
)
def test_the_default_stays_unless_another_is_better_beyond_luck(
    other: Point, chosen: str
) -> None:
    assert recommended([DEFAULT, other], longest_wait=180).ruleset == chosen


def test_when_no_ruleset_keeps_to_the_wait_rights_come_first() -> None:
    """Only places could: the shortest wait is not bought with everybody's rights."""
    usual = point("default", 0.2, 400)
    found = recommended([usual, point("fast", 0.3, 300)], longest_wait=180)
    saving = recommended([usual, point("safe", 0.1, 420)], longest_wait=180)

    assert (found.ruleset, saving.ruleset) == ("default", "safe")


def test_a_few_seeds_recommend_nothing() -> None:
    lucky = point("lucky", 0.05, 100)
    few = replace(lucky, lost_gap=replace(lucky.lost_gap, seeds=4))

    assert recommended([DEFAULT, few], longest_wait=180).ruleset == "default"


def test_a_file_of_results_gives_the_same_points_without_playing(
    tmp_path: Path,
) -> None:
    kept = tmp_path / "kept.jsonl"
    names = with_default(["bands 7/30"])
    played = frontier([1.1, 1.3], [0.5], (1, 2), size=SMALL, rulesets=names, keep=kept)

    found, bound = gathered(kept, SMALL)
    assert repr(points(found, bound)) == repr(played)
    assert gathered(kept, replace(SMALL, warm_up=21)) == ({}, {})
    assert gathered(kept, Size(places=5, days=29, warm_up=21)) == ({}, {})
    assert {each.lost.seeds for each in played} == {2}
    assert repr(points(*from_csv(as_csv(found, bound)))) == repr(played)


def test_another_kind_of_file_is_refused_with_the_line_it_should_begin_with() -> None:
    with pytest.raises(LaboratoryError, match="load,dated,ruleset,seed"):
        from_csv("a,b\n1,2\n")


def test_the_runs_that_come_along_are_those_whose_digest_is_told() -> None:
    assert sha256(runs().encode()).hexdigest() == measured().sha256


@pytest.mark.parametrize("at", [1, 10, -2])
def test_a_run_that_comes_along_is_what_anybody_gets_who_plays_it(at: int) -> None:
    """Three lines of the file, played again by the code as it is now."""
    found, bound = from_csv(runs())
    load, share, name = sorted(found)[at]
    seed, kept = sorted(found[load, share, name].items())[-1]
    size = measured().size

    again = done(job_of(load, share, name, seed, size))

    assert {key: again[key] for key in MEASURED} == kept
    again_bound = bounds({(load, share, "default"): {seed: kept}}, size)
    assert again_bound[load, share, seed] == bound[load, share, seed]


def test_a_gap_is_one_between_the_same_seeds() -> None:
    found = frontier(
        [1.3], [0.75], (1, 2, 3), size=SMALL, rulesets=with_default(["no hold"])
    )
    usual, other = found

    assert (usual.lost_gap.mean, usual.lost_gap.high) == (0, 0)
    expected = other.lost.mean - usual.lost.mean
    assert other.lost_gap.mean == pytest.approx(expected)
    assert other.lost_gap.seeds == 3


def test_an_unknown_ruleset_is_refused_with_those_there_are() -> None:
    with pytest.raises(LaboratoryError, match="known: default, no quotas"):
        with_default(["no rules"])


def test_the_measured_frontier_is_whole_and_no_run_beats_the_clairvoyant() -> None:
    found, bound = from_csv(runs())

    for share in measured().shares:
        assert measured().loads(share) == [0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6]
    for load in measured().loads(0.75):
        assert {p.ruleset for p in measured().at(load, 0.75)} == set(VARIANTS)
    for (load, share, _), by_seed in found.items():
        for seed, measures in by_seed.items():
            lost = measures["savable_lost_share"]
            assert lost >= bound[load, share, seed] - 1e-9


def test_the_queue_of_the_measured_year_grows_by_the_places_that_are_missing() -> None:
    """Closed form: needs beyond the places of the year wait at its end, in any case.

    Under the default so many and no more: no place is left empty where people wait.
    """
    for point in measured().points:
        a_year = point.load * 36 * 5 / 7 * 365
        missing = max(0.0, 1 - 1 / point.load) * a_year
        assert point.grows.mean > missing - 0.03 * a_year
        if point.ruleset == "default":
            assert point.grows.mean == pytest.approx(missing, abs=0.03 * a_year)


def test_where_nothing_rises_any_more_no_ruleset_is_under_the_floor() -> None:
    """Closed form: with 1.14 savable needs for a place, an eighth of them is lost."""
    assert floor(1.6, 0.75) == pytest.approx(1 - 1 / (1.6 * 0.75 * 0.95))
    assert floor(1.3, 0.75) == 0
    for point in measured().at(1.6, 0.75):
        assert point.lost.mean >= floor(1.6, 0.75) - 0.01


def test_what_was_measured_can_be_written_and_read_again() -> None:
    text = json.dumps(plain(as_json(measured())), sort_keys=True)
    again = json.loads(text)

    assert len(again["points"]) == len(measured().points)
    assert again["command"].startswith("python -m simulation frontier")


def test_a_wait_that_the_year_cut_short_does_not_keep_to_what_is_accepted() -> None:
    """Whoever still waits may wait for longer than any number that was seen."""
    cut = point("cut", 0.05, 100, cut=0.3)

    assert recommended([DEFAULT, cut], longest_wait=180).ruleset == "default"
    assert recommended([DEFAULT, cut], longest_wait=100).ruleset == "cut"


def test_a_warm_up_takes_the_flattery_away() -> None:
    """The same prefecture: days that begin with a queue cost more than the first."""
    first, later = (
        frontier([2.0], [0.75], (1,), size=size, rulesets=["default"])[0]
        for size in (Size(5, 120, 1), Size(5, 120, 120))
    )

    assert later.lost.mean > first.lost.mean + 0.1
    assert later.left.mean > first.left.mean
    assert later.is_cut


def test_the_shares_that_each_quota_gave_are_told_beside_its_name() -> None:
    for each in measured().at(1.2, 0.75):
        long_wait, right_lost, no_date = (part.mean for part in each.through)
        if each.ruleset == "no quotas":
            assert long_wait == right_lost == no_date == 0
        if each.ruleset == "quotas 5-5-15":
            assert 0.02 < right_lost < 0.05 < no_date < 0.15
