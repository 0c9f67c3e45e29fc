"""The night of the laboratory is the night of the service."""

from dataclasses import replace
from datetime import date

import pytest

from service.domain.ruleset import Bands, Ruleset
from simulation.agents.applicants import Applicants
from simulation.agents.identities import FakeIdentities
from simulation.agents.registry import Agents
from simulation.engine.night import WORTH_SIFTING
from simulation.engine.run import play
from simulation.engine.world import World
from simulation.mechanisms.registry import rule
from tests.unit.simulation.scenes import small


def answers(world: World) -> list[list[float]]:
    return [
        world.obtained_on.tolist(),
        world.place_of.tolist(),
        world.received_on.tolist(),
        world.holder.tolist(),
    ]


@pytest.mark.parametrize("seed", range(1, 9))
def test_leaving_out_who_can_win_nothing_changes_no_answer(seed: int) -> None:
    scene = small(
        days=30,
        places=6 + seed,
        people=5000,
        dated=0.7,
        backlog=60,
        applicants=Applicants(short_notice=0.3),
        agents=Agents(fake_identities=FakeIdentities(count=20, caught=0.5)),
    )

    quick = play(scene, rule("ours"), seed)
    whole = play(scene, rule("ours"), seed, everybody=True)

    assert answers(quick) == answers(whole)
    waiting = scene.demand.people * scene.demand.backlog_days / 365
    assert waiting > WORTH_SIFTING, "the sieve was at work"


def test_a_ruleset_under_test_changes_who_is_served() -> None:
    scene = small(days=30, places=6, dated=0.9, backlog=40)
    flat = Ruleset(
        version="flat",
        effective_on=date(2026, 11, 1),
        bands=Bands(very_soon_days=0, soon_days=0),
        quotas=(),
    )

    usual = play(scene, rule("ours"), 1)
    other = play(scene, rule("ours"), 1, ruleset=flat)

    assert answers(usual) != answers(other)


def test_the_most_urgent_are_served_first() -> None:
    scene = small(days=30, places=6, dated=0.9, backlog=60)
    scene = replace(scene, demand=replace(scene.demand, late_share=0.5))
    world = play(scene, rule("ours"), 2)
    left = world.needs.expiry - world.needs.arrival
    early = world.needs.arrival == 0
    urgent = early & (left >= 0) & (left <= 14)
    later = early & (left > 60)

    served = world.first_offer_on <= 10
    assert served[urgent].mean() > 2 * served[later].mean()


def test_nobody_is_given_a_place_nearer_than_the_notice() -> None:
    scene = small(days=30, dated=0.5, applicants=Applicants(short_notice=0.0))
    world = play(scene, rule("ours"), 3)
    given = world.obtained_on < 1000
    ahead = (world.appointment - world.obtained_on)[given & (world.appointment < 1000)]

    assert ahead.min() >= 2
