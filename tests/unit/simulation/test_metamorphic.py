"""V12: what must hold whatever the numbers are."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.agents.identities import FakeIdentities, Insider
from simulation.agents.registry import Agents
from simulation.agents.scalpers import AlertService, Autobooker, ClickFarm
from simulation.comparison import compare
from simulation.engine.run import play
from simulation.engine.world import draw_inputs
from simulation.mechanisms.registry import RULES, rule
from simulation.metrics.measure import measure
from tests.unit.simulation.scenes import small

CLICKS = [slug for slug, each in RULES.items() if not each.is_draw]
DRAWS = [slug for slug, each in RULES.items() if each.is_draw]


def test_without_bots_and_with_short_capacity_all_rules_serve_as_many() -> None:
    scene = small(days=45, places=8, people=5475, backlog=20)
    served = {
        slug: measure(play(scene, rule(slug), 1))["received"]
        for slug in ("first-click", "plain-lottery", "list-by-arrival", "ours")
    }

    # A click reaches tomorrow, a draw two days ahead: the first days differ.
    assert max(served.values()) - min(served.values()) <= 0.06 * max(served.values())


@pytest.mark.parametrize("slug", ["plain-lottery", "ours", "ours-no-identity-check"])
def test_more_fakes_never_win_less(slug: str) -> None:
    captured = []
    for count in (0, 30, 150):
        agents = Agents(fake_identities=FakeIdentities(count=count, caught=0.5))
        scene = small(agents=agents, backlog=10, days=21)
        runs = [measure(play(scene, rule(slug), seed)) for seed in (1, 2, 3)]
        captured.append(np.mean([each["capture_share"] for each in runs]))

    assert captured == sorted(captured)
    assert captured[0] == 0


def test_the_same_seed_is_the_same_world() -> None:
    scene = small(agents=Agents(autobooker=Autobooker(), click_farm=ClickFarm()))
    for slug in ("first-click", "waiting-room", "ours"):
        one, other = (measure(play(scene, rule(slug), 4)) for _ in range(2))
        assert repr(one) == repr(other)


def test_two_rules_meet_the_same_people_and_the_same_places() -> None:
    scene = small(dated=0.75)
    inputs = draw_inputs(scene, 9)
    before = [array.copy() for array in (inputs[1].arrival, inputs[1].willing)]
    for slug in RULES:
        play(scene, rule(slug), 9, inputs=inputs)

    assert np.array_equal(before[0], inputs[1].arrival)
    assert np.array_equal(before[1], inputs[1].willing)


def test_an_actor_who_joins_leaves_the_luck_of_the_others_alone() -> None:
    scene = small(dated=0.75)
    crowd = replace(
        scene, agents=Agents(autobooker=Autobooker(), alert_service=AlertService())
    )
    alone, joined = draw_inputs(scene, 2)[1], draw_inputs(crowd, 2)[1]

    assert np.array_equal(alone.budget, joined.budget)
    assert np.array_equal(alone.expiry, joined.expiry)


def test_freed_places_that_are_drawn_again_are_never_grabbed_back() -> None:
    agents = Agents(
        autobooker=Autobooker(), fake_identities=FakeIdentities(count=40, caught=0.0)
    )
    scene = small(days=30, agents=agents, backlog=10)
    ours = play(scene, rule("ours"), 1)
    holed = play(scene, rule("ours-instant-rebooking"), 1)

    assert ours.log.regrabs == []
    assert any(won for won, _ in holed.log.regrabs)


def test_renumbered_people_have_the_same_chances() -> None:
    """Exchangeability in law: early and late numbers are served alike."""
    scene = small(days=7, places=10, people=365, backlog=300)
    served = np.zeros(300)
    for seed in range(1, 21):
        world = play(scene, rule("ours"), seed)
        served += world.obtained_on[:300] <= 3
    halves = served[:150].mean(), served[150:].mean()

    assert halves[0] == pytest.approx(halves[1], rel=0.12)


def test_an_insider_is_noticed_where_the_draw_can_be_redone() -> None:
    agents = Agents(insider=Insider(names_per_day=1, noticed_after_days=5))
    scene = small(days=60, places=6, backlog=40, agents=agents)
    seen, hidden = (
        measure(play(scene, rule(slug), 1)) for slug in ("ours", "plain-lottery")
    )

    assert seen["insider_noticed"] == 1
    assert hidden["insider_noticed"] == 0
    assert seen["insider_names"] < hidden["insider_names"]

    idle = small(agents=Agents(insider=Insider(names_per_day=0, noticed_after_days=5)))
    assert measure(play(idle, rule("ours"), 1))["insider_noticed"] == 0


@pytest.mark.parametrize("slug", CLICKS)
def test_a_captured_place_was_handed_out_and_counts_add_up(slug: str) -> None:
    world = play(small(agents=Agents(autobooker=Autobooker(count=2))), rule(slug), 1)

    assert not np.any(world.captured & ~world.handed_out)
    held = np.bincount(world.holder[world.place_state == 2], minlength=1)
    assert held.size == 0 or held.max() <= 1


@pytest.mark.parametrize("slug", DRAWS)
def test_no_person_holds_two_places_and_no_place_two_people(slug: str) -> None:
    world = play(small(days=30), rule(slug), 1)
    used = world.place_of[world.state == 3]

    assert len(set(used.tolist())) == len(used)


def test_a_comparison_pairs_the_seeds() -> None:
    agents = Agents(autobooker=Autobooker(count=2))
    found = compare(small(agents=agents), ("first-click", "ours"), (1, 2, 3, 4, 5))
    gap = found.difference("first-click", "ours", "capture_share")

    assert gap.seeds == 5
    assert gap.high < 0
    assert gap.low <= gap.mean <= gap.high
