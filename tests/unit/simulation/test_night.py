"""The night of the laboratory is the night of the service."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from service.domain.ruleset import (
    DEFAULT_RULESET,
    Hold,
    Notice,
    QuotaRule,
    Ruleset,
)
from service.domain.ruleset import Bands as BandEdges
from simulation.agents.applicants import Applicants
from simulation.agents.identities import FakeIdentities, FalseExpiry
from simulation.agents.registry import Agents
from simulation.engine.arrays import numbers
from simulation.engine.cells import Cells
from simulation.engine.life import morning
from simulation.engine.reach import Bands, Crowd, within_reach
from simulation.engine.run import play
from simulation.engine.world import RECEIVED, World, draw_inputs
from simulation.mechanisms.registry import rule
from simulation.scenarios.model import Motif
from tests.unit.simulation.scenes import small


def answers(world: World) -> list[list[float]]:
    return [
        world.obtained_on.tolist(),
        world.place_of.tolist(),
        world.received_on.tolist(),
        world.holder.tolist(),
    ]


RULESETS = {
    "default": DEFAULT_RULESET,
    "held for two bands": replace(DEFAULT_RULESET, hold=Hold(percent=30, bands=(0, 1))),
    "nothing held": replace(DEFAULT_RULESET, hold=Hold(percent=0)),
    "large shares": replace(
        DEFAULT_RULESET,
        quotas=(
            QuotaRule(quota="no_date", percent=30, bands=(3,), without_date_only=True),
            QuotaRule(quota="long_wait", percent=25, bands=(2, 3), waited_days_min=9),
        ),
    ),
    "short notice for all": replace(
        DEFAULT_RULESET, notice=Notice(short_days=1, usual_days=1)
    ),
}


@pytest.mark.parametrize("name", RULESETS)
@pytest.mark.parametrize("seed", range(1, 5))
@pytest.mark.parametrize("slug", ["ours", "ours-unverified-dates"])
def test_leaving_out_who_can_win_nothing_changes_no_answer(
    name: str, seed: int, slug: str
) -> None:
    scene = small(
        days=30,
        places=6 + 2 * seed,
        people=5000,
        backlog=60,
        applicants=Applicants(short_notice=0.3),
        agents=Agents(
            fake_identities=FakeIdentities(count=40, caught=0.5, urgent=True),
            false_expiry=FalseExpiry(share=0.3),
        ),
    )
    motifs = (
        Motif(slug="renouvellement", share=0.6, dated=0.9),
        Motif(slug="premiere-demande", share=0.4, dated=0.2),
    )
    scene = replace(
        scene,
        demand=replace(scene.demand, motifs=motifs, lead_days=(5, 90), lost_share=0.1),
        capacity=replace(scene.capacity, pooled=seed % 2 == 0),
    )
    ruleset = RULESETS[name]

    quick = play(scene, rule(slug), seed, ruleset=ruleset)
    whole = play(scene, rule(slug), seed, ruleset=ruleset, everybody=True)

    assert answers(quick) == answers(whole)
    assert np.count_nonzero(quick.state == RECEIVED) > 30


def test_most_of_a_long_queue_is_left_out_of_the_draw() -> None:
    scene = small(days=1, places=10, people=3650, backlog=100)
    world = World.create(scene, rule("ours"), *draw_inputs(scene, 1))
    morning(world)
    world.publish()
    everybody = numbers(len(world.needs))[world.needs.registers == 0]
    crowd = Crowd(
        pool=world.pool_of[everybody],
        short=world.needs.short_notice[everybody],
        end=world.needs.expiry[everybody],
        registered=world.registered[everybody],
    )
    tonight = Cells.of(world).tonight(world)
    bands = Bands(world, DEFAULT_RULESET, world.needs.expiry)

    kept = within_reach(
        world, bands, tonight, crowd, lambda who: [bytes([w % 251] * 32) for w in who]
    )

    assert 0 < np.count_nonzero(kept) < 0.5 * len(everybody)


def test_a_ruleset_under_test_changes_who_is_served() -> None:
    scene = small(days=30, places=6, dated=0.9, backlog=40)
    flat = Ruleset(
        version="flat",
        effective_on=date(2026, 11, 1),
        bands=BandEdges(very_soon_days=0, soon_days=0),
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
