"""A flood of false registrations: who is held up, by how many nights, and where."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.agents.flood import RegistrationFlood
from simulation.agents.registry import Agents
from simulation.engine.calendar import in_turn
from simulation.engine.run import play
from simulation.engine.world import World
from simulation.mechanisms.registry import RULES, rule
from simulation.metrics.catalogue import METRICS, NIGHTS_DELAYED, metrics_of
from simulation.metrics.measure import measure
from simulation.metrics.traps import trap_of
from simulation.scenarios.model import Scenario
from simulation.scenarios.scaling import scaled
from tests.unit.simulation.scenes import small

FLOOD = RegistrationFlood(
    per_day=40, from_day=10, days=5, checks_per_day=20, caught=1.0
)


def flooded(flood: RegistrationFlood | None = FLOOD) -> Scenario:
    return small(days=50, agents=Agents(registration_flood=flood))


def entry(world: World) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """How many nights each registration missed, before any missed appointment."""
    return world.registered - world.needs.registers


def test_so_many_a_day_are_dealt_with_in_order_of_arrival() -> None:
    day = np.array([0, 0, 0, 0, 0, 1, 4, 4, 4])

    assert in_turn(day, 2).tolist() == [0, 0, 1, 1, 2, 2, 4, 4, 5]


def test_true_registrations_wait_behind_the_false_ones_then_all_is_as_before() -> None:
    world = play(flooded(), rule("ours"), 1)
    late, day = entry(world), world.needs.registers

    # Ten true and forty false a day, twenty looked at: 30 more each day of the flood.
    assert (late >= 0).all()
    assert late[day < 10].max() <= 1
    assert late[day == 14].mean() == pytest.approx(5 * 30 / 20, abs=2.0)
    assert late[day > 35].max() <= 1
    meant = (day >= 10) & (day < 15)
    assert world.log.nights_delayed == late[meant].mean() > 2
    assert world.log.people_delayed == np.count_nonzero(late)


def test_people_who_waited_before_the_run_were_checked_before() -> None:
    crowd = replace(FLOOD, from_day=1, per_day=500)
    world = play(
        small(days=30, backlog=20, agents=Agents(registration_flood=crowd)),
        rule("ours"),
        1,
    )

    assert (entry(world)[world.needs.arrival == 0] == 0).all()
    assert entry(world)[world.needs.arrival == 3].min() > 5


@pytest.mark.parametrize(
    "slug", ["first-click", "waiting-room", "plain-lottery-no-identity-check"]
)
def test_where_nobody_checks_nobody_is_held_up(slug: str) -> None:
    world = play(flooded(), rule(slug), 1)

    assert measure(world)["nights_delayed"] == 0
    assert (entry(world) == 0).all()


def test_at_the_click_there_is_no_registration_to_flood() -> None:
    calm, full = (
        repr(measure(play(each, rule("first-click"), 1)))
        for each in (flooded(None), flooded())
    )

    assert calm == full


def test_false_registrations_that_pass_dilute_the_draw_and_cost_places() -> None:
    harmless, some, all_ = (
        measure(play(flooded(replace(FLOOD, caught=caught)), rule("ours"), 1))
        for caught in (1.0, 0.9, 0.0)
    )

    assert harmless["capture_share"] == 0
    assert 0 < some["capture_share"] < all_["capture_share"]
    assert some["wasted_unsold_share"] > 0
    assert all_["paid_eur"] == 0, "nobody sells what a flood wins"
    assert harmless["nights_delayed"] == all_["nights_delayed"]


@pytest.mark.parametrize("slug", [s for s, each in RULES.items() if each.is_draw])
def test_without_the_flood_a_draw_is_what_it_was(slug: str) -> None:
    none = flooded(replace(FLOOD, per_day=0, checks_per_day=1000))

    one, other = (
        repr(measure(play(each, rule(slug), 1))) for each in (flooded(None), none)
    )

    assert one == other


def test_a_flood_is_scaled_with_its_prefecture() -> None:
    tenth = scaled(flooded(), 0.1).agents.registration_flood

    assert tenth is not None
    assert (tenth.per_day, tenth.checks_per_day) == (4, 2)
    assert (tenth.from_day, tenth.days) == (FLOOD.from_day, FLOOD.days)


def test_nights_missed_stand_in_the_table_of_a_flood_with_their_trap() -> None:
    assert metrics_of(flooded(None)) == METRICS
    assert metrics_of(flooded())[-1] == NIGHTS_DELAYED
    assert trap_of("nights_delayed").en == NIGHTS_DELAYED.trap_en
    assert trap_of("nights_delayed").fr == NIGHTS_DELAYED.trap_fr
    assert trap_of("people_delayed") != trap_of("nights_delayed")
