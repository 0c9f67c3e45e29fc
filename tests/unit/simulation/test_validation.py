"""Rows of the validation table that could fail, and those that cannot say so."""

from dataclasses import replace

import numpy as np

from simulation.engine.arrays import NEVER
from simulation.engine.night import exchanged
from simulation.engine.run import play
from simulation.engine.world import World
from simulation.mechanisms.registry import rule
from simulation.scenarios.model import Scenario
from simulation.validation import statics
from simulation.validation.renaming import names_do_not_matter
from simulation.validation.row import Row
from simulation.validation.scenes import (
    ALIKE,
    brokered_cell,
    prefecture,
    registering_cell,
)

BATCH = rule("plain-lottery")


def test_a_cell_in_which_no_broker_can_act_says_that_it_holds_by_construction() -> None:
    rows = statics.comparative_statics((1,))
    batch = [row for row in rows if row.number == "V10" and "batch" in row.fact.en]

    assert len(batch) == 2
    for row in batch:
        assert row.kind == "input", "says nothing about the laboratory"
        assert "by construction" in row.fact.en
        assert "par construction" in row.fact.fr
    others = [row for row in rows if row not in batch]
    assert {row.kind for row in others} == {"predicted"}
    assert all(row.holds for row in rows)


def short(scene: Scenario) -> Scenario:
    return replace(scene, days=90)


def profit(scene: Scenario, seed: int) -> float:
    log = play(short(scene), BATCH, seed).log
    return log.revenue_eur - log.spent_eur


def test_in_the_batch_brokers_act_and_would_earn_if_their_places_passed() -> None:
    """The prediction can fail: nothing but what it is about keeps the sign."""
    world = play(short(brokered_cell(high_demand=True, slip=0.02)), BATCH, 1)
    assert world.log.fake_wins > 30
    assert world.log.fakes_in_pool[0] > 20, "rented names all pass the check"

    assert profit(brokered_cell(high_demand=True, slip=0.02), 1) < 0
    assert profit(brokered_cell(high_demand=True, slip=0.9), 1) > 0


def test_brokers_register_every_client_in_the_cell_of_the_premium() -> None:
    world = play(short(registering_cell()), BATCH, 1)
    asked = (world.asked_on < NEVER) & world.needs.willing

    assert asked.sum() > 300
    rich = world.needs.budget >= 70.0
    assert world.burnt[asked & rich].mean() > 0.95
    sooner = world.registered < world.needs.registers
    assert sooner[world.burnt].any(), "some would have registered later alone"
    assert not sooner[~world.burnt].any()


def crowd() -> Scenario:
    return prefecture(days=20, places=6, people_per_day=8, waiting=60, applicants=ALIKE)


def both(seed: int) -> tuple[World, World]:
    return tuple(  # type: ignore[return-value]
        play(crowd(), rule("ours"), seed, renamed=times) for times in (0, 1)
    )


def test_exchanged_names_are_the_same_names() -> None:
    usual, _ = both(1)
    owner = exchanged(usual, usual.needs.expiry, 1)

    assert sorted(owner.tolist()) == list(range(len(owner)))
    assert np.count_nonzero(owner != np.arange(len(owner))) > 0.8 * len(owner)
    registers = usual.needs.registers
    assert np.array_equal(registers[owner], registers), "only among equals"


def test_each_place_goes_where_the_label_goes_and_to_nobody_else() -> None:
    usual, other = both(2)
    owner = exchanged(usual, usual.needs.expiry, 1)

    assert np.array_equal(other.obtained_on, usual.obtained_on[owner])
    assert np.array_equal(other.place_of, usual.place_of[owner])
    assert not np.array_equal(other.obtained_on, usual.obtained_on)


def test_the_row_of_exchanged_names_holds_and_counts_them() -> None:
    row: Row = names_do_not_matter((1,))

    assert row.holds
    assert row.found.en.split()[0] == row.found.en.split()[2], "all of all"
