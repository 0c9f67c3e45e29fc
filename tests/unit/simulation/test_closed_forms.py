"""The engine held against what a sheet of paper says."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.agents.identities import FakeIdentities
from simulation.agents.registry import Agents
from simulation.agents.scalpers import Autobooker
from simulation.engine.closed_forms import (
    break_even,
    capture_bound,
    chance_within,
    lottery_chance,
    waiting_room_share,
)
from simulation.engine.run import play
from simulation.engine.world import RECEIVED
from simulation.mechanisms.registry import rule
from simulation.metrics.measure import measure
from simulation.scenarios.model import Scenario
from tests.unit.simulation.scenes import CALM, small

SEEDS = range(1, 5)


def crowd(*, days: int, waiting: int, agents: Agents | None = None) -> Scenario:
    """Return a scene in which ``waiting`` people need a place on the first day."""
    scene = small(days=7, places=6, people=365, backlog=waiting, agents=agents)
    return replace(scene, days=days)


@pytest.mark.parametrize("sessions", [60, 300, 1200])
def test_a_waiting_room_gives_sessions_their_share(sessions: int) -> None:
    people = 600
    scene = replace(
        crowd(days=1, waiting=people),
        applicants=replace(CALM, tries_per_week=7.0),
        agents=Agents(autobooker=Autobooker(count=1, sessions=sessions, stock=20_000)),
    )
    shares = [
        measure(play(scene, rule("waiting-room"), seed))["capture_share"]
        for seed in range(1, 41)
    ]

    expected = waiting_room_share(sessions, people)
    assert np.mean(shares) == pytest.approx(expected, abs=0.02)


def test_the_table_of_the_waiting_room_in_the_brief() -> None:
    shares = [waiting_room_share(sessions, 600) for sessions in (60, 300, 1200, 6000)]

    assert [round(100 * share) for share in shares] == [9, 33, 67, 91]


def test_one_chance_in_a_hundred_fifty_times_leaves_sixty_in_a_hundred() -> None:
    assert 1 - chance_within(0.01, 50) == pytest.approx(0.605, abs=0.001)


@pytest.mark.parametrize("slug", ["plain-lottery", "ours"])
def test_a_night_gives_everyone_registered_the_same_chance(slug: str) -> None:
    scene = crowd(days=1, waiting=300)
    halves = np.zeros(2)
    for seed in range(1, 31):
        world = play(scene, rule(slug), seed)
        there = np.flatnonzero(world.needs.registers == 0)
        won = world.obtained_on[there] == 0
        middle = len(there) // 2
        halves += won[:middle].mean(), won[middle:].mean()

    assert halves[0] == pytest.approx(halves[1], rel=0.12)


def test_a_plain_lottery_gives_places_over_entries() -> None:
    world = play(crowd(days=1, waiting=300), rule("plain-lottery"), 1)
    entries = int(np.count_nonzero(world.needs.registers == 0))
    in_reach = (world.places.publish == 0) & (world.places.day >= 2)
    offered = int(np.count_nonzero(in_reach))
    served = int(np.count_nonzero(world.obtained_on == 0))

    assert served / entries == lottery_chance(offered, entries)


def test_plain_lottery_and_a_flat_ruleset_give_the_same_chances() -> None:
    """The comparison rule is the service's own draw without bands or quotas."""
    scene = small(days=20, places=10, people=7300, backlog=10)
    lottery = [measure(play(scene, rule("plain-lottery"), s)) for s in SEEDS]
    ours = [measure(play(scene, rule("ours"), s)) for s in SEEDS]

    for key in ("received", "wait_no_date_p50"):
        first, second = (np.mean([m[key] for m in each]) for each in (lottery, ours))
        assert second == pytest.approx(first, rel=0.15)


def test_the_break_even_of_a_fake_as_the_brief_counts_it() -> None:
    cases = [
        ({"passes": 1, "transfers": 1, "cost": 0.0}, 20.0),
        ({"passes": 0.05, "transfers": 1, "cost": 1.0}, 0.0),
        ({"passes": 1, "transfers": 0.02, "cost": 1.0}, -0.60),
        ({"passes": 1, "transfers": 1, "cost": 20.0}, 0.0),
    ]
    for given, expected in cases:
        found = break_even(wins=0.25, price=80, **given)
        assert found == pytest.approx(expected, abs=0.01)


def test_fakes_of_one_band_win_at_most_their_share_of_the_pool() -> None:
    """V12: one motif, one site, fakes confined to the lowest band."""
    agents = Agents(fake_identities=FakeIdentities(count=40, caught=0.0))
    shares, bounds = [], []
    for seed in range(1, 31):
        world = play(crowd(days=1, waiting=300, agents=agents), rule("ours"), seed)
        people = int(np.count_nonzero(world.needs.registers == 0))
        won = np.count_nonzero(world.captured)
        shares.append(won / np.count_nonzero(world.handed_out))
        bounds.append(capture_bound(40, people))

    assert np.mean(shares) == pytest.approx(np.mean(bounds), abs=0.03)


def test_everybody_is_received_when_places_are_plenty() -> None:
    scene = small(days=60, places=40)
    for slug in ("first-click", "ours", "list-by-arrival"):
        world = play(scene, rule(slug), 3)
        early = world.needs.arrival < 30
        assert np.mean(world.state[early] == RECEIVED) > 0.99
