"""Every rule with every actor at once: nothing breaks, and the sums are right."""

import numpy as np
import pytest

from simulation.agents.applicants import Applicants
from simulation.agents.identities import (
    AdaptiveEntry,
    FakeIdentities,
    FalseExpiry,
    IdentityRental,
    Insider,
    Saboteur,
)
from simulation.agents.registry import Agents
from simulation.agents.scalpers import AlertService, Autobooker, ClickFarm
from simulation.engine.run import play
from simulation.engine.world import USED, WASTED, WITH_PERSON, WITH_SELLER
from simulation.mechanisms.registry import FIRST_CLICK, OURS, RULES, rule
from simulation.metrics.catalogue import METRICS
from simulation.metrics.measure import measure
from tests.unit.simulation.scenes import small

EVERYBODY = Agents(
    autobooker=Autobooker(count=2, stock=20),
    click_farm=ClickFarm(people=3, stock=10),
    alert_service=AlertService(subscribers=0.2),
    fake_identities=FakeIdentities(count=40, caught=0.5, urgent=True),
    rented_identities=IdentityRental(count=5, cost_eur=20),
    false_expiry=FalseExpiry(share=0.2),
    saboteur=Saboteur(identities=20, places_per_day=1),
    insider=Insider(names_per_day=0.5),
    adaptive=AdaptiveEntry(candidates=2),
)
CROWD = Applicants(armed=0.2, several=0.2)


@pytest.mark.parametrize("slug", list(RULES))
def test_every_rule_plays_with_every_actor_and_the_sums_are_right(slug: str) -> None:
    scene = small(
        days=45, places=8, dated=0.7, backlog=10, agents=EVERYBODY, applicants=CROWD
    )
    world = play(scene, rule(slug), 3)
    found = measure(world)

    over = np.isin(world.place_state, (USED, WASTED))
    assert over.all(), "every place ends used or wasted"
    assert not np.isin(world.place_state, (WITH_PERSON, WITH_SELLER)).any()
    assert found["received"] == np.count_nonzero(world.place_state == USED)
    assert 0 <= found["capture_share"] <= 1
    assert found["paid_eur"] >= found["fraud_eur"] >= 0
    parts = ("unused", "no_show", "unsold")
    wasted = sum(found[f"wasted_{part}_share"] for part in parts)
    assert wasted == pytest.approx(found["wasted_share"])
    assert {metric.key for metric in METRICS} <= found.keys()


def test_each_safeguard_removed_is_ours_but_for_one_answer() -> None:
    safeguards = {
        "ours-no-identity-check": "identity_check",
        "ours-transferable": "name",
        "ours-instant-rebooking": "freed",
        "ours-unverified-dates": "dates_verified",
    }
    for slug, answer in safeguards.items():
        one = rule(slug)
        names = [
            name for name in type(one).__slots__ if name not in ("slug", "fr", "en")
        ]
        changed = [n for n in names if getattr(one, n) != getattr(OURS, n)]
        assert changed == [answer]


def test_ours_holds_the_three_conditions_together() -> None:
    """Batch, identity frozen in the booking, freed places to a later batch."""
    assert OURS.is_draw
    assert OURS.name == "frozen"
    assert OURS.freed == "later-night"
    assert not OURS.transferable
    assert FIRST_CLICK.transferable


def test_a_slow_captcha_farm_slows_programs_down() -> None:
    scene = small(days=20, places=10, agents=Agents(autobooker=Autobooker(count=2)))
    ahead = measure(play(scene, rule("captcha-ahead"), 1))
    farm = measure(play(scene, rule("captcha-farm"), 1))

    assert ahead["exhausted_p50_s"] < 2
    assert farm["exhausted_p50_s"] > 20
    assert farm["capture_share"] <= ahead["capture_share"]


def test_sellers_leave_a_market_that_does_not_pay() -> None:
    scene = small(days=120, places=10, agents=Agents(autobooker=Autobooker(count=3)))
    world = play(scene, rule("ours"), 1)

    assert world.log.active_sellers[0] == 0
    assert world.log.revenue_eur == 0
    assert world.log.spent_eur > 0
