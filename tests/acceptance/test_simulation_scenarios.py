"""Each episode at a small size: does it go where its file says, and for its cause?

What is expected stands in the files (``[[directions]]``), with what is named as its
cause (``[cause]``): a new file is held to both without a line here.
"""

from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

import pytest

from simulation.comparison import Comparison, play_seed
from simulation.metrics.directions import Judged
from simulation.metrics.measure import Measures
from simulation.scenarios.expected import causeless_rules, without_cause
from simulation.scenarios.loader import catalogue, load
from simulation.scenarios.model import Direction
from simulation.scenarios.scaling import scaled

CODES: Final = [each.code for each in catalogue().values()]


class Size(NamedTuple):
    """Share of the size, paired seeds, and days."""

    share: float = 0.4
    seeds: int = 3
    days: int = 120


SIZES: Final = {
    "S01": Size(0.04, days=180),
    "S02": Size(1.0, 9, days=330),
    "S04": Size(0.3, days=364),
    "S06": Size(1.0, days=250),
    "S07": Size(0.8),
    "S11": Size(0.8),
    "S12": Size(0.6),
    "S14": Size(days=180),
    "S15": Size(1.0, days=180),
    "S16": Size(days=180),
    "X05": Size(0.8, days=180),
    "X06": Size(0.4, 5, days=180),
    "X07": Size(1.0, days=180),
    "X08": Size(0.8),
    "X09": Size(0.6, 5, days=180),
    "X10": Size(0.8),
    "X12": Size(0.5),
    "X14": Size(days=180),
}
"""Where the usual is too much, or so little that luck decides."""

MISSED: Final = {
    ("S02", "first-click polls_empty_after_shift below 0.05"): "75 % of polls are "
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


def rules_of(directions: Sequence[Direction]) -> set[str]:
    """Only the rules of which something is expected."""
    return {slug for each in directions for slug in (each.rule, each.other_rule)}


@cache
def played(code: str, *, causeless: bool = False) -> dict[str, list[Measures]]:
    """Play the rules that are judged: without the cause, only what the first needs."""
    file, size = load(code), SIZES.get(code, Size())
    wanted = rules_of(file.directions[:1] if causeless else file.directions)
    if causeless:
        wanted |= set(causeless_rules(file, file.rules))
    rules = tuple(slug for slug in file.rules if slug in wanted)
    episode = without_cause(file) if causeless else file
    episode = scaled(episode, size.share, days=size.days)
    runs = [play_seed(episode, rules, seed) for seed in seeds_of(code)]
    return {slug: [run[slug] for run in runs] for slug in rules}


def seeds_of(code: str) -> tuple[int, ...]:
    return tuple(range(1, SIZES.get(code, Size()).seeds + 1))


def judged(code: str, *, causeless: bool) -> list[Judged]:
    """What the file says, judged on the episode or on the same without its cause."""
    calm = played(code, causeless=True)
    usual = calm if causeless else played(code)
    return Comparison(load(code), seeds_of(code), usual, causeless=calm).judged()


@pytest.mark.parametrize("code", CODES)
def test_an_episode_goes_where_its_file_says_and_for_its_cause(code: str) -> None:
    """Both in one test: what it plays is played once, whichever worker takes it.

    A direction against the same ``without_cause`` speaks of its cause by itself.
    """
    found, calm = (judged(code, causeless=each) for each in (False, True))

    off = {(code, said(each.direction)): each for each in found
           if each.verdict != "as expected"}  # fmt: skip
    known = {key for key in MISSED if key[0] == code}
    assert {key: off[key] for key in off if key not in known} == {}
    assert known <= off.keys(), "a miss that is mended: take it off the list"
    assert found[0].verdict == "as expected"
    assert calm[0].verdict in {"not as expected", "luck decides"}
    assert calm[0].found.seeds == len(seeds_of(code))


def test_the_misses_are_those_of_files_that_exist() -> None:
    every = {(each.code, said(one)) for each in catalogue().values()
             for one in each.directions}  # fmt: skip

    assert MISSED.keys() <= every


@pytest.mark.parametrize("code", ["X08", "X12"])
def test_no_help_speeds_up_a_click(code: str) -> None:
    """Nothing moves: a sentence that no direction can say."""
    helped = [scaled(each, 0.4) for each in (load(code), without_cause(load(code)))]
    one, other = (play_seed(each, ("first-click",), 1) for each in helped)

    ratio = "service_ratio_excluded"
    assert one["first-click"][ratio] == other["first-click"][ratio]


def test_money_gives_no_advantage_where_a_name_is_frozen() -> None:
    """Nothing, as far as the few people of a small scene can tell."""
    for run in played("S11")["ours"]:
        assert abs(run["broker_premium"]) < 3 / run["broker_premium_people"] ** 0.5
