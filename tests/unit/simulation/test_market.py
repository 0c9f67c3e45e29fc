"""The resale market: what a seller is worth, who leaves, what stays unsold."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from simulation.agents.identities import FakeIdentities, IdentityRental, Saboteur
from simulation.agents.registry import Agents
from simulation.agents.scalpers import Autobooker, ClickFarm
from simulation.comparison import Comparison, compare
from simulation.engine.arrays import NEVER
from simulation.engine.market import asked_share
from simulation.engine.run import play
from simulation.engine.world import RECEIVED, WITH_SELLER, World, draw_inputs
from simulation.mechanisms.registry import rule
from simulation.metrics.catalogue import shown
from simulation.metrics.measure import measure
from simulation.report.summary import sentences
from simulation.scenarios.loader import load
from simulation.scenarios.model import Market, Scenario
from simulation.scenarios.scaling import scaled
from tests.unit.simulation.scenes import CALM, small

SEEDS = (1, 2, 3, 4, 5)
HALF = replace(CALM, willing=0.5, budget_median=5_000.0, budget_sigma=0.0)
"""People alike, of whom half would buy: the two arms of the experiment."""


def of_the_paper(people_a_day: int) -> Scenario:
    """Twenty places, brokers with a program and 200 fakes (mechanism.md, section 1)."""
    brokers = Agents(
        autobooker=Autobooker(count=1, stock=2_000),
        fake_identities=FakeIdentities(count=200, caught=0.0, slip=0.0, cost_eur=0.05),
    )
    return small(
        days=45,
        places=20,
        people=365 * people_a_day,
        backlog=10,
        applicants=HALF,
        agents=brokers,
        market=Market(patience_days=0, fraud=0.0, adaptive=False),
    )


@cache
def found(people_a_day: int) -> Comparison:
    rules = ("first-click", "plain-lottery", "ours")
    more = ("ours-transferable",) if people_a_day == 15 else ()
    return compare(of_the_paper(people_a_day), rules + more, SEEDS)


def worth(people_a_day: int, slug: str) -> tuple[float, float]:
    each = found(people_a_day).interval(slug, "broker_premium")
    return each.low, each.high


@pytest.mark.parametrize("people_a_day", [15, 30])
def test_a_broker_is_worth_nearly_everything_at_the_click_and_nothing_in_a_batch(
    people_a_day: int,
) -> None:
    assert worth(people_a_day, "first-click")[0] > 0.8
    for batch in ("plain-lottery", "ours"):
        low, high = worth(people_a_day, batch)
        assert low < 0.02
        assert high > -0.02
        assert -0.1 < (low + high) / 2 < 0.1


def test_a_name_that_can_be_changed_brings_the_brokers_worth_back() -> None:
    assert worth(15, "ours-transferable")[0] > 0.15


@pytest.mark.parametrize("code", ["X09", "S11"])
def test_rented_and_invented_names_are_worth_nothing_where_names_are_frozen(
    code: str,
) -> None:
    rules = ("ours", "ours-transferable")
    both = compare(scaled(load(code), 0.15, days=100), rules, SEEDS)

    ours = both.interval("ours", "broker_premium")
    gap = both.difference("ours", "ours-transferable", "broker_premium")
    assert abs(ours.mean) < 0.08
    assert gap.mean > 0.05


def asked(world: World) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    there = world.asked_on < NEVER
    return there & world.needs.willing, there & ~world.needs.willing


def test_who_would_pay_and_who_would_not_come_to_a_seller_alike() -> None:
    """The coin is fair among them: same share, same means, same day, same speed."""
    scene = of_the_paper(30)
    scene = replace(
        scene,
        applicants=replace(HALF, budget_median=60.0, budget_sigma=0.8, click_sigma=0.8),
    )
    world = play(scene, rule("first-click"), 3)
    (with_, alone), needs = asked(world), world.needs

    count = int(with_.sum() + alone.sum())
    assert count > 400
    assert abs(with_.sum() / count - 0.5) < 3 * 0.5 / np.sqrt(count)
    for what in (np.log(needs.budget), needs.arrival, needs.click_s):
        spread = np.std(what[with_ | alone])
        spread *= np.sqrt(1 / with_.sum() + 1 / alone.sum())
        assert 0 < abs(what[with_].mean() - what[alone].mean()) < 3 * spread


def test_the_persons_own_coin_does_not_move_the_day_they_come_to_a_seller() -> None:
    """Nobody else's luck changes before: turn one coin, the day stays."""
    scene = of_the_paper(30)
    usual = play(scene, rule("first-click"), 1)
    late = np.flatnonzero((usual.asked_on < NEVER) & (usual.needs.arrival > 10))
    person = int(late[0])
    needs = replace(usual.needs, willing=usual.needs.willing.copy())
    needs.willing[person] = not needs.willing[person]

    turned = play(
        scene, rule("first-click"), 1, inputs=(usual.luck, needs, usual.places)
    )

    assert turned.asked_on[person] == usual.asked_on[person]


def test_without_any_seller_the_worth_is_luck_and_as_much_luck_as_is_counted() -> None:
    """A placebo: forty towns without sellers, each off by its own counting error."""
    scene = replace(of_the_paper(30), agents=Agents())
    errors: list[float] = []
    for seed in range(1, 41):
        world = play(scene, rule("plain-lottery"), seed)
        found, received = (
            measure(world),
            world.state[world.asked_on < NEVER] == RECEIVED,
        )
        share = received.mean()
        by_luck = 2 * np.sqrt(share * (1 - share) / len(received))
        errors.append(found["broker_premium"] / by_luck)

    assert abs(np.mean(errors)) < 3 / np.sqrt(len(errors))
    assert 0.7 < np.std(errors) < 1.3


def test_where_nobody_comes_to_a_seller_the_worth_is_a_dash_not_a_zero() -> None:
    plenty = compare(small(days=20, places=40), ("first-click", "ours"), (1, 2))
    numbers = plenty.measures["ours"][0]

    assert numbers["broker_premium_people"] == 0
    assert shown(numbers["broker_premium"], "pts") == "–"
    assert "nobody comes to look for a seller" in sentences(plenty, "en")[-1]
    assert "nul n'en vient" in sentences(plenty, "fr")[-1]


def with_rented_names(market: Market | None = None) -> Scenario:
    agents = Agents(
        rented_identities=IdentityRental(count=40, cost_eur=2.0),
        saboteur=Saboteur(identities=200, places_per_day=1.0),
    )
    return small(
        days=100,
        places=8,
        backlog=60,
        applicants=replace(CALM, willing=1.0),
        agents=agents,
        market=market or Market(),
    )


def test_a_broker_who_earns_nothing_takes_its_names_out_of_the_draw() -> None:
    log = play(with_rented_names(), rule("ours"), 1).log

    assert log.fakes_in_pool[0] > 40
    assert max(log.fakes_in_pool[60:]) < 20, "only the saboteur's names stay"
    assert max(log.fakes_in_pool[60:]) > 0, "a saboteur does not act for profit"
    assert log.active_sellers == [1, 0, 0]
    assert log.revenue_eur < log.spent_eur


def test_a_broker_whose_names_can_be_changed_stays_and_earns() -> None:
    log = play(with_rented_names(), rule("ours-transferable"), 1).log

    assert max(log.fakes_in_pool[60:]) > 20
    assert log.active_sellers == [1, 1, 1]
    assert log.revenue_eur > log.spent_eur


def test_a_broker_who_goes_on_at_a_loss_does_more_harm_than_one_who_leaves() -> None:
    stubborn = with_rented_names(Market(adaptive=False))
    goes_on, leaves = (
        measure(play(scene, rule("ours"), 1))
        for scene in (stubborn, with_rented_names())
    )

    assert goes_on["wasted_unsold_share"] > 1.3 * leaves["wasted_unsold_share"]
    assert goes_on["market_profit_eur"] < leaves["market_profit_eur"] < 0


def hoarding(market: Market) -> Scenario:
    """One program that takes all, and few who can pay the full price."""
    modest = replace(CALM, willing=1.0, budget_median=30.0, budget_sigma=0.5)
    return small(
        days=60,
        places=8,
        applicants=modest,
        agents=Agents(autobooker=Autobooker(count=1, stock=2_000)),
        market=replace(market, patience_days=2, fraud=0.0, adaptive=False),
    )


KEEPS = Market(returned_unsold=0.0)
"""A seller who holds what it has until it is wasted: how all episodes are played."""


def test_a_price_that_falls_in_the_last_days_sells_more_and_wastes_fewer() -> None:
    firm, falls = (
        play(hoarding(each), rule("first-click"), 1)
        for each in (KEEPS, replace(KEEPS, last_days=10, last_price=0.0))
    )

    sold_firm = np.count_nonzero(firm.through_broker)
    sold_falls = np.count_nonzero(falls.through_broker)
    assert sold_falls > 1.2 * sold_firm
    assert measure(falls)["wasted_unsold_share"] < measure(firm)["wasted_unsold_share"]


def test_the_price_falls_in_a_straight_line_to_its_least_on_the_day() -> None:
    scene = hoarding(replace(KEEPS, last_days=10, last_price=0.2))
    world = World.create(scene, rule("first-click"), *draw_inputs(scene, 1))
    world.today = 5
    ahead = np.array([0, 5, 10, 12])
    places = np.searchsorted(world.places.day, world.today + ahead)
    ahead = world.places.day[places] - world.today

    expected = 0.2 + 0.8 * np.minimum(ahead, 10) / 10
    assert asked_share(world, places) == pytest.approx(expected)
    world.scenario = hoarding(KEEPS)
    assert (asked_share(world, places) == 1.0).all()


def test_nobody_pays_more_than_their_means_when_the_price_falls() -> None:
    scene = hoarding(replace(KEEPS, last_days=10, last_price=0.0))
    world = play(scene, rule("first-click"), 2)

    assert (world.paid <= world.needs.budget * 3.0).all(), "three times when it is lost"
    never = world.needs.expiry >= NEVER
    assert (world.paid[never] <= world.needs.budget[never] + 1e-9).all()
    assert (world.asked_on[world.through_broker] < NEVER).all()


def test_places_put_back_before_their_day_reach_people_who_do_not_pay() -> None:
    farm = Agents(click_farm=ClickFarm(people=20, stock=60, wage_eur=0.0))
    back = replace(KEEPS, returned_late=1.0)
    keeps, gives = (
        play(replace(hoarding(each), agents=farm), rule("first-click"), 1)
        for each in (KEEPS, back)
    )

    for world in (keeps, gives):
        assert (world.place_state != WITH_SELLER).all()
    found, kept = measure(gives), measure(keeps)
    assert found["wasted_unsold_share"] < kept["wasted_unsold_share"]
    assert found["received"] > kept["received"]
