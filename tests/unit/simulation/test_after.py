"""What is measured after a warm-up: a year that does not begin without a queue."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.ruleset import DEFAULT_RULESET
from simulation.agents.applicants import Applicants
from simulation.engine.run import play
from simulation.engine.world import World
from simulation.mechanisms.registry import rule
from simulation.metrics.after import WITHIN_DAYS, measure_after
from simulation.metrics.measure import measure
from simulation.scenarios.model import Motif, Scenario
from simulation.sweep.jobs import Job, done
from simulation.validation.scenes import prefecture

STEADY = Applicants(no_show=0.0, cancels=0.0, several=0.0, gives_up=0.0)
seeds = st.integers(1, 3)
loads = st.sampled_from([0.7, 1.0, 1.5])


def scene(load: float, days: int) -> Scenario:
    made = prefecture(
        days=days, places=6, people_per_day=load * 6 * 5 / 7, applicants=STEADY
    )
    motif = Motif(slug="titre", dated=0.5)
    return replace(made, demand=replace(made.demand, motifs=(motif,)))


@cache
def played(load: float, days: int, seed: int, name: str = "ours") -> World:
    return play(scene(load, days), rule(name), seed)


@settings(max_examples=10, deadline=None)
@given(load=loads, seed=seeds, since=st.integers(1, 80))
def test_the_queue_grows_by_who_comes_less_who_is_received(
    load: float, seed: int, since: int
) -> None:
    world = played(load, 90, seed)

    found = measure_after(world, since)

    needs, end = world.needs, 90
    came = np.count_nonzero((needs.arrival >= since) & (needs.arrival < end))
    received = np.count_nonzero(
        (world.received_on >= since) & (world.received_on < end)
    )
    grown = found["queue_grows"] * (end - since) / 365
    assert grown == pytest.approx(came - received)
    dated = np.count_nonzero(
        needs.dated & (needs.arrival >= since) & (needs.arrival < end)
    )
    by_kind = found["dated_left"] * dated + found["no_date_left"] * (came - dated)
    assert grown == pytest.approx(by_kind)


@settings(max_examples=8, deadline=None)
@given(load=loads, seed=seeds)
def test_without_a_warm_up_the_same_rights_are_lost(load: float, seed: int) -> None:
    world = played(load, 90, seed)

    assert measure_after(world, 0)["savable_lost_share"] == pytest.approx(
        measure(world)["savable_lost_share"]
    )


@settings(max_examples=8, deadline=None)
@given(load=loads, seed=seeds, since=st.integers(1, 89))
def test_what_two_periods_lose_is_what_both_lose_together(
    load: float, seed: int, since: int
) -> None:
    """No right is counted in two years, and none is forgotten between them."""
    world = played(load, 90, seed)
    whole, late = measure_after(world, 0), measure_after(world, since)

    needs = world.needs
    early = needs.dated & (needs.expiry >= needs.arrival) & (needs.expiry < since)
    lost = np.count_nonzero(early & (world.received_on > needs.expiry))
    count = np.count_nonzero(early & (needs.expiry >= 0))
    assert whole["savable"] == count + late["savable"]
    assert whole["savable_lost_share"] * whole["savable"] == pytest.approx(
        lost + late["savable_lost_share"] * late["savable"]
    )


def test_with_places_enough_the_third_period_is_as_the_second() -> None:
    """Closed form: under load 1 the queue does not grow, and nobody is left over."""
    second, third = (
        measure_after(played(0.8, periods * 200, 1), (periods - 1) * 200)
        for periods in (2, 3)
    )

    for each in (second, third):
        assert abs(each["no_date_left"]) < 0.05
        assert abs(each["dated_left"]) < 0.05
        assert abs(each["savable_lost_trend"]) < 0.06
        assert each["no_date_within"] > 0.97
        assert each["no_date_unreceived"] < 0.05
        assert each["wait_no_date_p95"] < 40
    assert third["savable_lost_share"] == pytest.approx(
        second["savable_lost_share"], abs=0.03
    )


def test_with_too_few_places_the_queue_grows_by_what_is_missing() -> None:
    """Closed form: every place is used, so who comes beyond them is left over."""
    load, days, since = 1.5, 240, 120
    world = played(load, days, 1)

    found = measure_after(world, since)

    used = np.count_nonzero((world.places.day >= since) & (world.places.day < days))
    came = np.count_nonzero(
        (world.needs.arrival >= since) & (world.needs.arrival < days)
    )
    assert found["queue_grows"] * (days - since) / 365 == pytest.approx(
        came - used, abs=3
    )


def test_who_can_still_be_waiting_counts_with_the_wait_so_far() -> None:
    """In a shortage most people without a date are not received: "at least"."""
    world = played(1.5, 240, 1, "earliest-expiry")

    found = measure_after(world, 80)

    assert found["no_date_unreceived"] > 0.5
    assert found["wait_no_date_p95"] <= 160
    assert found["wait_no_date_max"] <= 240
    assert WITHIN_DAYS < 365 / 2


def test_the_share_of_each_quota_is_of_the_places_given() -> None:
    world = played(1.5, 240, 1)
    found = measure_after(world, 0)

    given = sum(world.log.through.values())
    for quota in DEFAULT_RULESET.quotas:
        through = world.log.through.get(quota.quota, 0)
        assert found[f"through_{quota.quota}"] == pytest.approx(through / given)


def test_a_job_with_a_warm_up_is_another_job() -> None:
    job = Job(scene(1.0, 60), "ours", 1)
    after = Job(scene(1.0, 60), "ours", 1, after=30)

    assert job.key != after.key
    assert done(after) == measure_after(played(1.0, 60, 1), 30)
