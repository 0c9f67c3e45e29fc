"""The comparison plays the same year: same people, same places, same luck."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.agents.applicants import Applicants
from simulation.agents.identities import FakeIdentities
from simulation.agents.registry import Agents
from simulation.agents.scalpers import Autobooker, ClickFarm
from simulation.bench.coin import Coin
from simulation.bench.figures import Figure, against_mesa, catalogue_pieces
from simulation.bench.first_click import FirstClickYear
from simulation.bench.probe import peak_mb, spent
from simulation.cli.figures import figure_line
from simulation.engine.luck import Luck
from simulation.engine.run import play
from simulation.engine.world import RECEIVED, draw_inputs
from simulation.errors import LaboratoryError
from simulation.mechanisms.registry import rule
from simulation.scenarios.loader import load
from simulation.scenarios.model import Scenario
from simulation.scenarios.scaling import scaled
from tests.unit.simulation.pieces import doubled, killed_always, killed_once
from tests.unit.simulation.scenes import small

SCENES = {
    "a tenth of Isère": scaled(load("S01"), 0.1, days=100),
    "a shortage": small(
        days=90,
        places=6,
        dated=0.7,
        backlog=30,
        applicants=Applicants(several=0.3, cancels=0.2, no_show=0.2),
        agents=Agents(autobooker=Autobooker(count=2, stock=30, parallel=2)),
    ),
    "nobody resells": small(days=60, places=12, applicants=Applicants()),
}


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("seed", [1, 2])
def test_one_object_a_person_and_arrays_give_the_same_year(
    name: str, seed: int
) -> None:
    scene = SCENES[name]
    inputs = draw_inputs(scene, seed)
    world = play(scene, rule("first-click"), seed, inputs=inputs)
    year = FirstClickYear(scene, inputs)
    year.play()

    n = len(world.needs)
    received, failed = np.full(n, -1), np.zeros(n, dtype=np.int64)
    paid = np.zeros(n)
    for each in year.people:
        number = each.need.number
        received[number] = each.received_on
        failed[number], paid[number] = each.failed_tries, each.paid
    ours = np.where(world.state == RECEIVED, world.received_on, -1)
    captured = [place.was_captured for place in year.places]

    assert np.array_equal(received, ours)
    assert np.array_equal(failed, world.failed_tries)
    assert captured == world.captured.tolist()
    assert paid == pytest.approx(world.paid)
    revenue = sum(each.revenue for each in year.programs)
    assert revenue == pytest.approx(world.log.revenue_eur)
    assert np.count_nonzero(received >= 0) > 100


@given(
    number=st.integers(0, 2_000_000_000),
    occasion=st.integers(0, 2**31),
    seed=st.integers(0, 10_000),
)
def test_luck_one_at_a_time_is_the_luck_of_the_arrays(
    number: int, occasion: int, seed: int
) -> None:
    many = Luck(seed).uniform("hour", np.array([number]), occasion)

    assert Coin(seed, "hour")(number, occasion) == many[0]


@pytest.mark.parametrize(
    ("agents", "armed"),
    [
        (Agents(click_farm=ClickFarm()), 0.0),
        (Agents(fake_identities=FakeIdentities()), 0.0),
        (Agents(), 0.2),
    ],
    ids=["a farm", "names without a program", "alarms"],
)
def test_the_comparison_refuses_actors_that_it_does_not_play(
    agents: Agents, armed: float
) -> None:
    scene = small(agents=agents, applicants=Applicants(armed=armed))

    with pytest.raises(LaboratoryError, match="take out"):
        FirstClickYear(scene, draw_inputs(scene, 1))


def test_work_is_measured_in_its_own_processes_and_answers_in_order() -> None:
    found = spent([(doubled, (each,)) for each in (1, 2, 3)], workers=2)

    assert found.results == (2, 4, 6)
    assert found.wall_s > 0
    assert found.cpu_s > 0
    assert found.peak_mb > 5


def test_a_killed_worker_costs_time_and_no_answer(tmp_path: Path) -> None:
    pieces = [(killed_once, (tmp_path / "killed", each)) for each in range(3)]
    told: list[int] = []

    found = spent(pieces, workers=2, on_done=lambda: told.append(1))

    assert found.results == (0, 1, 2)
    assert found.killed == 1
    assert len(told) == 3


def test_a_piece_that_kills_every_worker_is_said_not_tried_for_ever() -> None:
    with pytest.raises(LaboratoryError, match="killed over the same pieces"):
        spent([(killed_always, (1,))])


def test_the_peak_is_that_of_the_program_and_not_of_who_began_it(
    tmp_path: Path,
) -> None:
    status = tmp_path / "status"
    status.write_text("Name:\tlab\nVmHWM:\t   20000 kB\nVmRSS:\t 10 kB\n", "ascii")

    assert peak_mb(status) == pytest.approx(20.48)
    assert peak_mb(tmp_path / "no such system") > 5
    assert peak_mb() > 5


def test_both_sides_of_the_comparison_play_in_turn_and_agree() -> None:
    found = next(iter(against_mesa(0.02)))

    assert "equal results" in found.note
    assert "3 rounds in turn" in found.note
    assert found.promised is None  # a small size is a trial
    assert found.measured > 0


def test_a_promise_that_is_not_kept_is_said_to_be_not_kept() -> None:
    slow = Figure(what="a year", promised=10, measured=12, unit="s")
    quick = Figure(what="a ratio", promised=20, measured=30, unit="×", at_least=True)

    assert slow.is_kept is False
    assert "NOT KEPT" in figure_line(slow)
    assert quick.is_kept
    assert replace(slow, promised=None).is_kept is None


def test_the_bench_plays_the_sixteen_scenarios_at_full_size() -> None:
    pieces = catalogue_pieces(2)
    scenarios: list[Scenario] = [arguments[0] for _, arguments in pieces]

    assert len(pieces) == 32
    assert {each.code for each in scenarios} == {f"S{n:02d}" for n in range(1, 17)}
    assert all(each == load(each.id) for each in scenarios)
