"""An insider: what public transcripts show, and what knowing the draw is worth."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.agents.applicants import Applicants
from simulation.agents.identities import (
    FakeIdentities,
    IdentityRental,
    Insider,
    Saboteur,
)
from simulation.agents.registry import Agents
from simulation.agents.scalpers import Autobooker
from simulation.engine.run import play
from simulation.mechanisms.registry import RULES, rule
from simulation.metrics.measure import measure
from simulation.scenarios.model import Market, Scenario
from tests.unit.simulation.scenes import CALM, small

VERIFIABLE = [slug for slug, each in RULES.items() if each.verifiable]


def scene(insider: Insider, **more: object) -> Scenario:
    return small(
        days=60,
        places=8,
        backlog=40,
        applicants=replace(CALM, willing=0.5, budget_median=900.0),
        agents=Agents(insider=insider),
        market=Market(patience_days=0),
        **more,  # type: ignore[arg-type]
    )


def test_the_check_counts_every_place_that_left_without_a_draw() -> None:
    found = measure(play(scene(Insider(names_per_day=2.0)), rule("ours"), 1))

    assert found["insider_names"] > 0
    assert found["insider_missing"] == found["insider_names"]
    assert found["insider_noticed"] == 1


@pytest.mark.parametrize("every", [1, 5, 30])
def test_the_insider_lasts_until_somebody_looks_and_no_day_longer(every: int) -> None:
    insider = Insider(names_per_day=2.0, noticed_after_days=every)
    world = play(scene(insider), rule("ours"), 1)

    inside = world.obtained_on[world.through_broker]
    assert world.log.insider_noticed
    assert inside.max() < 20 + every
    if every == 30:
        assert world.log.insider_names > 10, "a month unseen"


@pytest.mark.parametrize("slug", VERIFIABLE)
def test_honest_nights_never_miss_a_place_whatever_else_goes_on(slug: str) -> None:
    """Cancelled, unsold, sabotaged, rebooked: all of it is in the public count."""
    everybody = Agents(
        autobooker=Autobooker(count=2, stock=20),
        fake_identities=FakeIdentities(count=40, caught=0.5),
        rented_identities=IdentityRental(count=10),
        saboteur=Saboteur(identities=20, places_per_day=1),
        insider=Insider(names_per_day=0.0, noticed_after_days=1),
    )
    crowd = Applicants(several=0.2, cancels=0.2, no_show=0.2)
    busy = small(days=45, places=8, dated=0.6, backlog=20, agents=everybody)
    found = measure(play(replace(busy, applicants=crowd), rule(slug), 2))

    assert found["insider_missing"] == 0
    assert found["insider_noticed"] == 0


def test_where_the_lot_is_the_agents_own_number_clients_win_and_nothing_shows() -> None:
    knows = Insider(names_per_day=1.0, knows_early=True)
    found = measure(play(scene(knows), rule("plain-lottery"), 1))
    ours = measure(play(scene(knows), rule("ours"), 1))

    assert found["insider_names"] > 20
    assert found["insider_noticed"] == 0
    assert found["paid_share"] > 0.03
    assert ours["insider_names"] == 0, "a beacon that nobody knows beforehand"
    assert ours["paid_eur"] == 0


def test_a_bent_lot_touches_only_the_clients_and_whom_they_push_back() -> None:
    """Luck of its own: the lots of all others stay, so they move down or not at all."""
    knows = Insider(names_per_day=1.0, knows_early=True)
    bent = play(scene(knows), rule("plain-lottery"), 1)
    fair = play(scene(replace(knows, names_per_day=0.0)), rule("plain-lottery"), 1)

    first = int(bent.obtained_on[bent.through_broker].min())
    before = fair.obtained_on < first
    assert np.array_equal(before, bent.obtained_on < first)
    won_fair = set(np.flatnonzero(fair.obtained_on == first).tolist())
    won_bent = set(np.flatnonzero(bent.obtained_on == first).tolist())
    clients = set(np.flatnonzero(bent.through_broker).tolist())
    assert won_bent - won_fair <= clients
    assert len(won_bent) == len(won_fair)


def test_in_a_list_by_arrival_the_lot_is_worth_little_to_know() -> None:
    knows = Insider(names_per_day=1.0, knows_early=True)
    by_arrival, lottery = (
        play(scene(knows), rule(slug), 1).log.insider_names
        for slug in ("list-by-arrival", "plain-lottery")
    )

    assert by_arrival < lottery / 2
