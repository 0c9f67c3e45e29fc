"""The registry of actors, and what each actor's own numbers do."""

import ast
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

import numpy as np
import pytest

import simulation
from simulation.agents.applicants import Applicants
from simulation.agents.identities import (
    AdaptiveEntry,
    FakeIdentities,
    IdentityRental,
)
from simulation.agents.registry import ACTORS, Agents
from simulation.agents.scalpers import AlertService, Autobooker, Server
from simulation.engine.closed_forms import break_even
from simulation.engine.run import play
from simulation.engine.world import World, draw_inputs
from simulation.mechanisms.registry import rule
from simulation.metrics.measure import measure
from simulation.parameters import provenances
from simulation.scenarios.loader import catalogue
from simulation.scenarios.model import (
    Capacity,
    Demand,
    Market,
    Motif,
    Scenario,
)
from tests.unit.simulation.scenes import CALM, small

BRIEF = {
    "applicant", "armed applicant", "helper", "several prefectures", "autobooker",
    "cancel-and-rebook reseller", "click farm", "alert service", "fake identities",
    "identity rental", "false expiry", "saboteur", "insider", "adaptive scalper",
    "server", "registration flood", "false promise",
}  # fmt: skip
FILES = Path(simulation.__file__).parent


def names_read() -> set[str]:
    """Every attribute that the engine or the measures look at."""
    found: set[str] = set()
    for folder in ("engine", "metrics"):
        for file in (FILES / folder).glob("*.py"):
            tree = ast.parse(file.read_text("utf-8"))
            found |= {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    return found


def test_the_registry_names_every_actor_of_the_brief() -> None:
    assert {actor.name for actor in ACTORS} == BRIEF


PLAYED: dict[str, Callable[[Scenario], bool]] = {
    "applicant": lambda s: s.applicants.willing > 0 and s.applicants.excluded > 0,
    "armed applicant": lambda s: s.applicants.armed > 0,
    "helper": lambda s: s.applicants.helper_ceiling < s.demand.people,
    "several prefectures": lambda s: s.applicants.several > Applicants().several,
    "autobooker": lambda s: s.agents.autobooker is not None,
    "cancel-and-rebook reseller": lambda s: (
        s.agents.autobooker is not None
        and any(
            rule(slug).name == "frozen" and rule(slug).freed != "later-night"
            for slug in s.rules
        )
    ),
    "click farm": lambda s: s.agents.click_farm is not None,
    "alert service": lambda s: s.agents.alert_service is not None,
    "fake identities": lambda s: s.agents.fake_identities is not None,
    "identity rental": lambda s: s.agents.rented_identities is not None,
    "false expiry": lambda s: s.agents.false_expiry is not None,
    "saboteur": lambda s: s.agents.saboteur is not None,
    "registration flood": lambda s: s.agents.registration_flood is not None,
    "insider": lambda s: s.agents.insider is not None,
    "adaptive scalper": lambda s: s.agents.adaptive is not None,
    "false promise": lambda s: s.agents.false_promise is not None,
    "server": lambda s: s.agents.autobooker is not None or s.applicants.armed > 0,
}
"""How a scenario shows that it plays an actor, by the actor's name."""


def test_every_actor_is_played_in_some_episode_of_the_catalogue() -> None:
    assert PLAYED.keys() == BRIEF
    for name, plays in PLAYED.items():
        assert any(plays(each) for each in catalogue().values()), f"nobody plays {name}"


def test_every_actor_a_scenario_may_have_has_its_line_in_the_registry() -> None:
    registered = {actor.record for actor in ACTORS}
    for kind in get_type_hints(Agents).values():
        record = next(each for each in get_args(kind) if each is not type(None))
        assert record in registered
    assert {Applicants, Server} <= registered


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name)
def test_every_number_of_an_actor_has_a_source_a_range_and_moves_something(
    actor: Any,
) -> None:
    read = names_read()
    for name, default, note in provenances(actor.record):
        assert note is not None, f"{name} has no source"
        assert note.source, f"{name} has no source"
        if not isinstance(default, bool):
            assert note.low is not None, f"{name} has no range"
            assert note.high is not None, f"{name} has no range"
        assert name in read, f"{name} is read by nobody"
    of_market = {each.name for each in fields(Market)}
    assert set(actor.also) <= of_market & read


@pytest.mark.parametrize("record", [Capacity, Demand, Market, Motif, Scenario])
def test_every_other_number_of_a_scenario_moves_something(record: Any) -> None:
    read = names_read()
    for name, _, note in provenances(record):
        assert note is None or name in read, f"{name} is read by nobody"


def wins_of_a_person(world: World) -> float:
    """What fakes would win if, each night, they won as often as people do."""
    needs, days = world.needs, world.scenario.days
    won_on = world.obtained_on[~world.through_broker]
    wins = 0.0
    for night in range(days):
        there = (needs.registers <= night) & (world.obtained_on >= night)
        won = int(np.count_nonzero(won_on == night))
        fakes = world.log.fakes_in_pool[night]
        wins += fakes * won / max(1, int(np.count_nonzero(there)))
    return wins


def test_a_fake_identity_earns_what_a_sheet_of_paper_says() -> None:
    """Pass × win × transfer × price - cost; a fake wins as often as a person."""
    fakes, caught = 400, 0.8
    scene = small(
        days=45,
        places=12,
        people=365,
        backlog=600,
        applicants=replace(CALM, willing=1.0, budget_median=4_000.0, budget_sigma=0.0),
        agents=Agents(
            fake_identities=FakeIdentities(count=fakes, caught=caught, cost_eur=1.0)
        ),
        market=Market(patience_days=0, fraud=0.0, adaptive=False),
    )
    motif = replace(scene.demand.motifs[0], price_median=80, price_p90=80)
    scene = replace(scene, demand=replace(scene.demand, motifs=(motif,)))
    open_lottery = replace(rule("plain-lottery"), name="editable")
    earned, expected = [], []
    for seed in range(1, 13):
        world = play(scene, open_lottery, seed)
        sold = int(np.count_nonzero(world.through_broker))
        paid = float(world.paid.sum())
        passed = world.log.fakes_in_pool[0]
        earned.append((world.log.revenue_eur - world.log.spent_eur) / fakes)
        expected.append(
            break_even(
                passes=1 - caught,
                wins=wins_of_a_person(world) / passed,
                transfers=sold / world.log.fake_wins,
                price=paid / sold,
                cost=1.0,
            )
        )
        assert sold > 0.5 * world.log.fake_wins

    assert np.mean(earned) == pytest.approx(np.mean(expected), rel=0.1)
    assert np.mean(earned) > 0


def test_a_fake_that_cannot_be_passed_on_earns_less_than_it_costs() -> None:
    agents = Agents(
        fake_identities=FakeIdentities(count=300, caught=0.5, slip=0.02, cost_eur=1.0)
    )
    scene = small(days=60, places=6, backlog=60, agents=agents)

    frozen, editable = (
        play(scene, rule(slug), 1).log for slug in ("ours", "ours-transferable")
    )

    assert frozen.revenue_eur < frozen.spent_eur
    assert editable.revenue_eur > editable.spent_eur


def test_people_who_lend_their_name_pass_the_check_and_cost_by_the_place() -> None:
    agents = Agents(rented_identities=IdentityRental(count=30, cost_eur=20.0))
    world = play(small(days=30, places=8, backlog=20, agents=agents), rule("ours"), 1)

    assert world.log.fakes_in_pool[0] == 30
    assert world.log.fake_wins > 0
    assert world.log.spent_eur == 20.0 * world.log.fake_wins
    assert world.paid.sum() == 0, "a frozen name cannot be passed on"


def test_helpers_at_their_ceiling_register_people_later() -> None:
    many = replace(CALM, excluded=0.6, offline=1.0)
    few = replace(many, helper_ceiling=1)

    free, narrow = (
        draw_inputs(small(days=60, applicants=each), 1)[1] for each in (many, few)
    )

    late = free.registers != narrow.registers
    assert late.any()
    assert (narrow.registers >= free.registers).all()
    per_day = np.bincount(narrow.registers[narrow.excluded])
    assert per_day.max() <= 1 + np.bincount(free.registers[free.excluded]).max()
    assert np.array_equal(
        free.registers[~free.excluded], narrow.registers[~narrow.excluded]
    )


def test_a_program_whose_addresses_are_shut_out_leaves_places_to_people() -> None:
    bot = Autobooker(count=1, stock=20_000, addresses=1, parallel=20)
    scene = small(days=20, places=60, backlog=30, agents=Agents(autobooker=bot))
    strict = replace(scene, server=Server(block_requests=15, ban_s=18_000.0))
    lax = replace(scene, server=Server(block_requests=100_000))

    shut_out, let_in = (
        measure(play(each, rule("first-click"), 1))["capture_share"]
        for each in (strict, lax)
    )

    assert shut_out < 0.7 * let_in


def test_alarms_cost_their_subscribers_and_a_draw_makes_them_useless() -> None:
    scene = small(
        days=60, places=6, backlog=30, agents=Agents(alert_service=AlertService())
    )
    click, ours = (
        measure(play(scene, rule(slug), 1)) for slug in ("first-click", "ours")
    )

    assert click["alert_service_eur"] > 0
    assert ours["alert_service_eur"] == 0


def test_honest_people_whose_alarm_looks_too_often_are_shut_out_and_counted() -> None:
    eager = replace(CALM, armed=0.5, armed_poll_s=5.0)
    found = measure(play(small(days=20, applicants=eager), rule("first-click"), 1))
    calm = measure(
        play(
            small(days=20, applicants=replace(eager, armed_poll_s=60.0)),
            rule("first-click"),
            1,
        )
    )

    assert found["honest_blocked"] > 0
    assert calm["honest_blocked"] == 0
    assert found["wasted_polls"] == calm["wasted_polls"] > 0


def test_a_scalper_outside_enters_only_where_money_is_left() -> None:
    agents = Agents(adaptive=AdaptiveEntry(candidates=3))
    short, plenty = (
        small(days=120, places=places, backlog=backlog, agents=agents)
        for places, backlog in ((5, 60), (40, 0))
    )

    assert max(play(short, rule("first-click"), 1).log.active_sellers) > 0
    assert max(play(plenty, rule("first-click"), 1).log.active_sellers) == 0
    assert max(play(short, rule("ours"), 1).log.active_sellers) == 0
