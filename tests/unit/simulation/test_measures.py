"""Every number of a run, and what it must not be taken for."""

import numpy as np
import pytest

from simulation.agents.applicants import Applicants
from simulation.agents.registry import Agents
from simulation.agents.scalpers import Autobooker
from simulation.engine.run import play
from simulation.engine.world import World
from simulation.errors import LaboratoryError
from simulation.estimate import (
    WORTH_A_PROBE_S,
    estimate_s,
    pace,
    refuse_hours,
    spoken,
)
from simulation.mechanisms.registry import RULES, rule
from simulation.metrics.catalogue import METRICS
from simulation.metrics.measure import measure
from simulation.metrics.traps import FAMILIES, trap_of
from simulation.metrics.waits import GROUPS, gini
from simulation.scenarios.loader import catalogue, load
from simulation.scenarios.scaling import scaled
from tests.unit.simulation.scenes import small

ASKED = (
    "capture_share", "market_revenue_eur", "paid_eur", "paid_eur_poorest_third",
    "rights_lost_days", "rights_lost_people", "service_ratio_excluded",
    "wasted_share", "hours_clicking", "active_sellers", "margin_per_month",
    "polls_empty_share", "exhausted_p95_s", "freed_life_p50_s", "broker_premium",
    "honest_blocked", "wasted_polls", "draw_replays", "by_lot_share",
    "long_wait_share", "regrab_share", "insider_names",
)  # fmt: skip


def played(slug: str) -> World:
    scene = small(
        days=60,
        places=6,
        dated=0.6,
        backlog=40,
        applicants=Applicants(),
        agents=Agents(autobooker=Autobooker(count=2, stock=20)),
    )
    return play(scene, rule(slug), 2)


@pytest.mark.parametrize("slug", ["first-click", "ours"])
def test_every_measured_number_has_its_trap_beside_it(slug: str) -> None:
    found = measure(played(slug))

    for key in found:
        trap = trap_of(key)
        assert min(len(trap.fr), len(trap.en)) > 12, key
        assert trap.fr != trap.en, key
    assert set(ASKED) <= found.keys()
    for group in GROUPS:
        for part in ("p50", "p90", "p95", "max", "gini"):
            assert f"wait_{group}_{part}" in found


def test_no_trap_stands_beside_a_number_that_does_not_exist() -> None:
    keys = measure(played("ours")).keys()

    for family in FAMILIES:
        assert any(key.startswith(family) for key in keys), family
    assert {metric.key for metric in METRICS} <= keys
    with pytest.raises(KeyError):
        trap_of("surprise")


def test_our_draw_replays_and_says_how_much_the_lot_decided() -> None:
    found = measure(played("ours"))

    assert found["draw_replays"] == 1
    assert 0 < found["by_lot_share"] <= 1
    assert 0 <= found["long_wait_share"] < 0.5
    assert np.isnan(measure(played("plain-lottery"))["draw_replays"])
    assert np.isnan(measure(played("first-click"))["by_lot_share"])


def test_when_places_are_plenty_the_lot_decides_little() -> None:
    plenty = play(small(days=40, places=40), rule("ours"), 1)
    short = play(small(days=40, places=5, backlog=60), rule("ours"), 1)

    few, many = (measure(each)["by_lot_share"] for each in (plenty, short))
    assert few < 0.2 < 0.9 < many


def test_gini_is_nothing_for_equals_and_nearly_one_for_one_who_waits_for_all() -> None:
    assert gini(np.full(10, 7.0)) == pytest.approx(0)
    assert gini(np.array([0.0] * 99 + [1.0])) == pytest.approx(0.99)


def test_what_would_take_hours_is_refused_before_it_starts_with_a_way_out() -> None:
    nation = scaled(load("S01"), 32)
    asked = estimate_s(nation, tuple(RULES), 30)

    with pytest.raises(LaboratoryError, match=r"--scale [0-9.]+") as refusal:
        refuse_hours(asked, force=False)

    share = float(str(refusal.value).split("--scale ")[1].split()[0])
    assert estimate_s(scaled(nation, share), tuple(RULES), 30) < 3600
    refuse_hours(asked, force=True)
    assert spoken(30) == "30 s"
    assert spoken(600) == "10 min"
    assert spoken(7200) == "2.0 hours"


def test_a_long_estimate_is_told_for_this_machine_and_a_short_one_costs_nothing() -> (
    None
):
    scenario = load("S06")
    one, many = (estimate_s(scenario, ("ours",), seeds) for seeds in (1, 1000))

    assert one < WORTH_A_PROBE_S < many
    assert pace() > 0
    assert many == pytest.approx(1000 * one * pace())


def test_a_list_is_told_to_be_quicker_than_the_published_rule() -> None:
    scenario = load("S06")
    each = [estimate_s(scenario, (slug,), 1) for slug in ("plain-lottery", "ours")]

    assert each[0] < each[1] / 3


def test_no_scenario_of_the_catalogue_takes_hours_by_its_own_rules() -> None:
    for scenario in catalogue().values():
        refuse_hours(estimate_s(scenario, scenario.rules, 30) / 2, force=False)
