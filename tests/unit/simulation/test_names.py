"""Invented and rented names at the click, and what each rule makes of them."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.agents.applicants import Applicants
from simulation.agents.identities import FakeIdentities, IdentityRental
from simulation.agents.registry import Agents
from simulation.agents.scalpers import Autobooker, ClickFarm
from simulation.engine.run import play
from simulation.engine.sellers import recruit
from simulation.engine.world import WITH_SELLER, World, draw_inputs
from simulation.mechanisms.registry import RULES, rule
from simulation.mechanisms.rule import Rule
from simulation.metrics.measure import measure
from simulation.scenarios.loader import catalogue
from simulation.scenarios.model import Market, Scenario
from simulation.scenarios.scaling import scaled
from simulation.validation.anchors import without_bots
from tests.unit.simulation.scenes import CALM, small

CLICKS = [slug for slug, each in RULES.items() if not each.is_draw]
INVENTED = Agents(fake_identities=FakeIdentities(count=60, cost_eur=2.0))
RENTED = Agents(rented_identities=IdentityRental(count=60, cost_eur=20.0))
STAYS = Market(adaptive=False, fraud=0.0)


def scene(agents: Agents, applicants: Applicants = CALM) -> Scenario:
    return small(
        days=30,
        places=10,
        backlog=20,
        agents=agents,
        applicants=applicants,
        market=STAYS,
    )


def most_held(world: World) -> int:
    """The most places that sellers held on one day, by day of taking and of end."""
    mine = world.captured & (world.held_since < world.scenario.days)
    since, until = world.held_since[mine], world.places.day[mine]
    return max(
        int(np.count_nonzero((since <= day) & (until >= day)))
        for day in range(world.scenario.days)
    )


@pytest.mark.parametrize("agents", [INVENTED, RENTED], ids=["invented", "rented"])
@pytest.mark.parametrize("slug", CLICKS)
def test_names_take_places_at_every_click_that_lets_a_place_change_hands(
    slug: str, agents: Agents
) -> None:
    found = measure(play(scene(agents), rule(slug), 1))
    alone = measure(play(scene(Agents()), rule(slug), 1))

    assert alone["capture_share"] == 0
    if rule(slug).transferable:
        assert found["capture_share"] > 0.1
        assert found["paid_eur"] > 0
    else:
        assert found["capture_share"] == 0, "only named buyers could be served"
        assert found["paid_eur"] == 0


def test_each_name_holds_one_place_until_it_is_sold_returned_or_over() -> None:
    nobody_buys = replace(CALM, willing=0.0)
    few = Agents(fake_identities=FakeIdentities(count=12))

    kept = replace(STAYS, returned_unsold=0.0)
    held = replace(scene(few, applicants=nobody_buys), market=kept)
    world = play(held, rule("first-click"), 1)

    assert most_held(world) == 12
    assert not np.any(world.place_state == WITH_SELLER)


def test_more_invented_names_hold_more_places_at_the_click() -> None:
    captured = [
        measure(
            play(
                scene(Agents(fake_identities=FakeIdentities(count=count))),
                rule("first-click"),
                1,
            )
        )["capture_share"]
        for count in (0, 10, 40, 160)
    ]

    assert captured == sorted(captured)
    assert captured[0] == 0 < captured[1] < captured[-1]


@pytest.mark.parametrize(
    "worker",
    [{"autobooker": Autobooker(count=1, stock=20)}, {"click_farm": ClickFarm()}],
    ids=["program", "team"],
)
def test_names_add_nobody_where_a_seller_already_has_names_to_book_under(
    worker: dict[str, Autobooker],
) -> None:
    alone, joined = Agents(**worker), replace(INVENTED, **worker)  # type: ignore[arg-type]
    rented = replace(RENTED, **worker)  # type: ignore[arg-type]
    for slug in ("first-click", "immutable-name", "waiting-room"):
        one, *others = (
            repr(measure(play(scene(each), rule(slug), 1)))
            for each in (alone, joined, rented)
        )
        assert others == [one, one]


def test_invented_names_are_bought_once_and_rented_ones_paid_by_the_place() -> None:
    nobody_buys = replace(CALM, willing=0.0)
    program = Autobooker(count=0, captcha_eur=0.0)

    invented, rented = (
        play(
            scene(replace(each, autobooker=program), applicants=nobody_buys),
            rule("first-click"),
            1,
        )
        for each in (INVENTED, RENTED)
    )
    running = program.cost_month

    assert invented.log.spent_eur == pytest.approx(60 * 2.0 + running)
    won = (rented.log.spent_eur - running) / 20.0
    # A place put back on line and won again is paid for again.
    assert won == pytest.approx(round(won))
    assert round(won) >= np.count_nonzero(rented.captured) > 0


def test_a_click_that_checks_identities_leaves_only_the_names_that_pass() -> None:
    checked = replace(rule("first-click"), slug="checked", identity_check=True)
    caught = Agents(fake_identities=FakeIdentities(count=60, caught=1.0))
    lent = replace(caught, rented_identities=IdentityRental(count=60))

    assert measure(play(scene(caught), checked, 1))["capture_share"] == 0
    assert measure(play(scene(lent), checked, 1))["capture_share"] > 0.1


def test_a_rented_name_that_finds_no_buyer_leaves_an_empty_chair() -> None:
    nobody_buys = replace(CALM, willing=0.0)
    keeps = replace(STAYS, returned_unsold=0.0)
    world = play(
        replace(scene(RENTED, applicants=nobody_buys), market=keeps),
        rule("first-click"),
        1,
    )
    found = measure(world)

    assert found["capture_share"] > 0.1
    assert found["wasted_unsold_share"] > 0.1
    assert found["paid_eur"] == 0


def test_with_the_name_frozen_names_are_moved_by_cancelling_and_rebooking() -> None:
    renamed, rebooked, ordered = (
        play(scene(INVENTED), rule(slug), 1)
        for slug in ("first-click", "immutable-name", "waves")
    )

    assert renamed.log.regrabs == []
    assert any(won for won, _ in rebooked.log.regrabs)
    assert ordered.log.regrabs == []


def test_an_episode_without_its_sellers_has_nobody_who_sells() -> None:
    """Names left behind would book by themselves: they are taken out too."""
    for each in catalogue().values():
        calm = without_bots(scaled(each, 0.05, days=7))
        world = World.create(calm, rule("first-click"), *draw_inputs(calm, 1))

        assert [one for one in recruit(world) if one.sells] == []


@pytest.mark.parametrize("parent", ["plain-lottery", "list-by-arrival"])
def test_a_half_remedy_without_a_safeguard_is_its_parent_but_for_one_answer(
    parent: str,
) -> None:
    answers = [name for name in Rule.__slots__ if name not in ("slug", "fr", "en")]
    for slug, answer in (
        (f"{parent}-no-identity-check", "identity_check"),
        (f"{parent}-transferable", "name"),
    ):
        one, other = rule(slug), rule(parent)
        changed = [n for n in answers if getattr(one, n) != getattr(other, n)]
        assert changed == [answer]
        assert one.fr.startswith(rule(parent).fr)
        assert one.en.startswith(rule(parent).en)


@pytest.mark.parametrize("parent", ["plain-lottery", "list-by-arrival"])
def test_a_safeguard_taken_from_a_half_remedy_is_what_held_the_sellers_off(
    parent: str,
) -> None:
    agents = Agents(fake_identities=FakeIdentities(count=200, caught=0.9))
    held, unchecked, editable = (
        measure(play(scene(agents), rule(slug), 1))
        for slug in (
            parent, f"{parent}-no-identity-check", f"{parent}-transferable",
        )
    )  # fmt: skip

    assert unchecked["capture_share"] > held["capture_share"]
    assert editable["capture_share"] >= held["capture_share"]
    assert editable["paid_eur"] > held["paid_eur"]


def test_an_identity_that_won_is_registered_anew_and_has_waited_no_day() -> None:
    """Else invented people would stand first in a list by arrival for ever."""
    agents = Agents(rented_identities=IdentityRental(count=15))
    crowded = small(days=60, places=4, people=3650, backlog=30, agents=agents)

    world = play(crowded, rule("list-by-arrival"), 1)

    wins = int(np.count_nonzero(world.captured))
    assert 0 < wins <= 15, "hundreds who came on the first days stand before them"
