"""Each episode at a small size: does it go where its file says, and for its cause?

What is expected stands in the files (``[[directions]]``), with what is named as its
cause (``[cause]``): a new file is held to both without a line here.
"""

from functools import cache
from typing import Final

import pytest

from simulation.comparison import Comparison, play_seed
from simulation.metrics.directions import Judged
from simulation.metrics.measure import Measures
from simulation.scenarios.expected import without_cause
from simulation.scenarios.loader import catalogue, load
from simulation.scenarios.model import Direction, Scenario
from simulation.scenarios.scaling import scaled

CODES: Final = [each.code for each in catalogue().values()]
SMALL: Final = (0.4, 3)
"""Share of the size, and paired seeds."""

SIZES: Final = {
    "S01": (0.04, 3),
    "S02": (1.0, 5),
    "S06": (1.0, 3),
    "S12": (0.8, 3),
    "S15": (1.0, 3),
    "X06": (0.4, 5),
    "X07": (1.0, 3),
    "X09": (0.6, 5),
    "X12": (0.5, 3),
}
"""Where that is too much, or so little that luck decides."""

MISSED: Final = {
    ("S02", "first-click polls_empty_after_shift below 0.05"): "78 % of polls are "
    "empty in the month after the horizon moved: people who wait take the added places "
    "in a day (V3 of the validation)",
    ("S07", "waves capture_share below 0.65"): "77 %: capture follows willingness "
    "times need, which nobody measured there (V8)",
    ("S15", "first-click rights_lost_days above without cause"): "13,386 days with the "
    "peak, 14,810 without, seeds 1 to 5: what sellers leave unsold weighs more than "
    "the peak",
    ("X03", "first-click rights_lost_days below ours without cause"): "at the click, "
    "sellers keep what the visits would have freed: 40,600 days against 2,200",
    ("X04", "first-click rights_lost_days below ours without cause"): "the same: "
    "38,700 days against 2,200",
    ("X06", "first-click wasted_unused_share below without cause"): "7.7 % against "
    "8.0 %: few places stay empty either way, and luck decides",
    ("X06", "ours wasted_unused_share below without cause"): "11 % either way: the "
    "notice of the draw leaves places empty, not the walls between motifs",
}
"""Known misses: not tuned away. Found, and why; the limits of the files say so too."""


def said(each: Direction) -> str:
    number = "" if each.number is None else f"{each.number:g}"
    cause = "without cause" if each.without_cause else ""
    words = (each.rule, each.metric, each.relation, number, each.other_rule,
             each.other_metric, cause)  # fmt: skip
    return " ".join(word for word in words if word)


def rules_of(scenario: Scenario) -> tuple[str, ...]:
    """Only the rules of which something is expected."""
    named = {slug for each in scenario.directions
             for slug in (each.rule, each.other_rule)}  # fmt: skip
    return tuple(slug for slug in scenario.rules if slug in named)


@cache
def played(code: str, *, causeless: bool = False) -> dict[str, list[Measures]]:
    episode = without_cause(load(code)) if causeless else load(code)
    size, seeds = SIZES.get(code, SMALL)
    episode, rules = scaled(episode, size), rules_of(load(code))
    runs = [play_seed(episode, rules, seed) for seed in range(1, seeds + 1)]
    return {slug: [run[slug] for run in runs] for slug in rules}


def judged(code: str, *, causeless: bool) -> list[Judged]:
    """What the file says, judged on the episode or on the same without its cause."""
    calm = played(code, causeless=True)
    usual = calm if causeless else played(code)
    seeds = tuple(range(1, SIZES.get(code, SMALL)[1] + 1))
    return Comparison(load(code), seeds, usual, causeless=calm).judged()


@pytest.mark.parametrize("code", CODES)
def test_an_episode_goes_where_its_file_says_beyond_luck(code: str) -> None:
    found = judged(code, causeless=False)

    assert found, "an episode that expects nothing shows nothing"
    off = {(code, said(each.direction)): each for each in found
           if each.verdict != "as expected"}  # fmt: skip
    known = {key for key in MISSED if key[0] == code}
    assert {key: off[key] for key in off if key not in known} == {}
    assert known <= off.keys(), "a miss that is mended: take it off the list"


@pytest.mark.parametrize("code", CODES)
def test_an_episode_does_not_go_there_without_its_cause(code: str) -> None:
    with_it, without = (judged(code, causeless=each) for each in (False, True))

    named = [
        each.direction
        for each, calm in zip(with_it, without, strict=True)
        if each.verdict == "as expected" and calm.verdict != "as expected"
    ]
    assert named, "what is expected comes about without the cause as well"


def test_the_misses_are_those_of_files_that_exist() -> None:
    every = {(each.code, said(one)) for each in catalogue().values()
             for one in each.directions}  # fmt: skip

    assert MISSED.keys() <= every


@pytest.mark.parametrize("code", ["X08", "X12"])
def test_no_help_speeds_up_a_click(code: str) -> None:
    """Nothing moves: a sentence that no direction can say."""
    ratio = "service_ratio_excluded"
    with_it, without = (played(code, causeless=each) for each in (False, True))

    assert [run[ratio] for run in with_it["first-click"]] == [
        run[ratio] for run in without["first-click"]
    ]
