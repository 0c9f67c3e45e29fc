"""False promises: no rule keeps them from being made, and none of them is kept."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.agents.promises import FalsePromise
from simulation.agents.registry import Agents
from simulation.agents.scalpers import Autobooker
from simulation.comparison import compare
from simulation.engine.run import play
from simulation.mechanisms.registry import rule
from simulation.metrics.measure import measure
from simulation.scenarios.loader import load
from simulation.scenarios.model import Scenario
from simulation.scenarios.scaling import scaled
from tests.unit.simulation.scenes import CALM, small


def scene(con: FalsePromise | None, *, sellers: int = 0) -> Scenario:
    some = Agents(
        false_promise=con,
        autobooker=Autobooker(count=sellers, stock=30) if sellers else None,
    )
    return small(
        days=90,
        places=6,
        backlog=40,
        applicants=replace(CALM, willing=0.5, budget_median=200.0),
        agents=some,
    )


CON = FalsePromise(reached=0.5, price_eur=70.0)


@pytest.mark.parametrize("slug", ["first-click", "plain-lottery", "ours"])
def test_a_promise_costs_its_price_once_and_gives_nothing(slug: str) -> None:
    world = play(scene(CON), rule(slug), 1)
    found = measure(world)

    victims = world.burnt
    assert found["defrauded"] > 20
    assert (world.paid[victims] == 70.0).all(), "burnt once"
    assert found["fraud_eur"] == 70.0 * found["defrauded"]
    assert not world.through_broker.any()
    assert found["market_revenue_eur"] == 0, "no seller of places earned it"


@pytest.mark.parametrize("slug", ["first-click", "ours"])
def test_nobody_is_served_sooner_or_later_for_a_promise(slug: str) -> None:
    with_con, without = (play(scene(each), rule(slug), 1) for each in (CON, None))

    assert np.array_equal(with_con.obtained_on, without.obtained_on)


def test_a_broker_who_registers_clients_in_their_own_name_changes_nothing() -> None:
    """Everybody is registered once already, and the lot does not know who paid."""
    registers = replace(CON, registers=True)
    with_con, without = (
        play(scene(each), rule("ours"), 1) for each in (registers, None)
    )

    assert with_con.burnt.any()
    assert np.array_equal(with_con.obtained_on, without.obtained_on)


def test_who_was_cheated_buys_from_no_seller_any_more() -> None:
    world = play(scene(CON, sellers=2), rule("first-click"), 1)

    assert world.through_broker.any()
    assert not world.through_broker[world.burnt].any()


def test_x14_no_rule_protects_from_a_false_promise() -> None:
    small_one = scaled(load("X14"), 0.3, days=120)
    rules = ("first-click", "plain-lottery", "ours")
    found = compare(small_one, rules, (1, 2, 3))

    fraud = {slug: found.interval(slug, "fraud_eur").mean for slug in rules}
    assert min(fraud.values()) > 0
    assert max(fraud.values()) < 3 * min(fraud.values())
    assert found.interval("ours", "capture_share").mean == 0
