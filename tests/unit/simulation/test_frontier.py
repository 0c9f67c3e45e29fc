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
from simulation.frontier.clairvoyant import lost_share, most_saved
from simulation.frontier.measured import as_json, measured, runs
from simulation.frontier.runs import as_csv, from_csv
from simulation.frontier.table import (
    MEASURED,
    Point,
    bounds,
    frontier,
    gathered,
    points,
    recommended,
    scene,
)
from simulation.frontier.variants import VARIANTS, with_default
from simulation.metrics.intervals import Interval
from simulation.plain import plain
from simulation.sweep.jobs import Job, done

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
    found = frontier([1.3], [0.75], (1,), days=40, places=5)

    assert len(found) == len(VARIANTS)
    for each in found:
        assert each.lost.mean >= each.best.mean - 1e-9
    assert any(each.efficient for each in found)


def point(name: str, lost: float, wait: float, *, seen: float = 0.01) -> Point:
    """A ruleset beside a default that loses 20 % and lets wait 120 days."""
    flat = Interval(0, 0, 0, 5)
    more, later = lost - 0.2, wait - 120.0
    return Point(
        load=1,
        dated=0.75,
        ruleset=name,
        lost=Interval(lost, lost - seen, lost + seen, 5),
        wait=Interval(wait, wait, wait, 5),
        longest=flat,
        days_lost=flat,
        best=flat,
        lost_gap=Interval(more, more - seen, more + seen, 5),
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
    played = frontier(
        [1.1, 1.3], [0.5], (1, 2), days=30, places=5, rulesets=names, keep=kept
    )

    found, bound = gathered(kept, days=30, places=5)
    assert repr(points(found, bound)) == repr(played)
    assert gathered(kept, days=31, places=5) == ({}, {})
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
    here = scene(load, share, days=measured().days, places=measured().places)

    again = done(Job(here, "ours", seed, ruleset=VARIANTS[name]))

    assert {key: again[key] for key in MEASURED} == kept
    again_bound = bounds({(load, share, "default"): {seed: kept}}, days=365, places=36)
    assert again_bound[load, share, seed] == bound[load, share, seed]


def test_a_gap_is_one_between_the_same_seeds() -> None:
    found = frontier(
        [1.3], [0.75], (1, 2, 3), days=60, places=8, rulesets=with_default(["no hold"])
    )
    usual, other = found

    assert (usual.lost_gap.mean, usual.lost_gap.high) == (0, 0)
    expected = other.lost.mean - usual.lost.mean
    assert other.lost_gap.mean == pytest.approx(expected)
    assert other.lost_gap.seeds == 3


def test_an_unknown_ruleset_is_refused_with_those_there_are() -> None:
    with pytest.raises(LaboratoryError, match="known: default, no quotas"):
        with_default(["no rules"])


def test_the_measured_frontier_is_whole_and_none_beats_the_clairvoyant() -> None:
    found = measured()

    assert {0.9, 1.1, 1.3, 1.6} <= set(found.loads(0.75))
    assert len(found.shares) >= 3
    for each in found.points:
        assert each.lost.seeds >= 2
        if each.lost.seeds == each.best.seeds:
            assert each.lost.mean >= each.best.mean - 0.01
    for load in found.loads(0.75):
        assert {p.ruleset for p in found.at(load, 0.75)} == set(VARIANTS)


def test_what_was_measured_can_be_written_and_read_again() -> None:
    text = json.dumps(plain(as_json(measured())), sort_keys=True)
    again = json.loads(text)

    assert len(again["points"]) == len(measured().points)
    assert again["command"].startswith("python -m simulation frontier")


def test_nothing_is_recommended_where_dated_needs_exceed_the_places() -> None:
    """A year without a queue at its start flatters every ruleset."""
    here = [replace(DEFAULT, load=1.6), replace(point("safe", 0.05, 100), load=1.6)]
    at_most = [replace(each, load=1.3) for each in here]

    assert recommended(here, longest_wait=180).ruleset == "default"
    assert recommended(at_most, longest_wait=180).ruleset == "safe"
