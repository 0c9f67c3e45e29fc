"""Whatever would take hours is refused before it starts, with a size that would not."""

import inspect
import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simulation.bench.cost import bench_s, smaller_bench
from simulation.cli import COMMANDS, history_table
from simulation.cli.base import app
from simulation.comparison import compare, jobs_of
from simulation.errors import LaboratoryError
from simulation.estimate import TOO_LONG_S, by_seeds, estimate_s, refuse_hours
from simulation.frontier.playing import jobs_of as frontier_jobs
from simulation.scenarios.loader import load
from simulation.sweep.asked import left_s
from simulation.sweep.points import jobs_at
from simulation.validation.cost import COSTS, validate_s
from simulation.validation.table import CHECKS
from tests.unit.simulation.scenes import small

PLAYS_NOTHING = {"list", "lab", "references"}
"""``lab`` refuses each question as it is asked."""


@pytest.mark.parametrize(
    "words",
    [
        "run S01 --scale 100 --set days=3650 --set demand.factor=9",
        "compare S01 --seeds 1000 --scale 30",
        "sweep S01 --parameter demand.factor --values 1,2 --seeds 1000",
        "report S01 --seeds 1000 --scale 30 --out never.html",
        "frontier --seeds 100 --places 500",
    ],
)
def test_a_command_that_would_take_hours_says_so_and_how_to_ask_for_less(
    words: str,
) -> None:
    said = CliRunner().invoke(app, words.split())

    assert isinstance(said.exception, LaboratoryError)
    assert re.search(r"about \d+\.\d hours; use ", str(said.exception))
    assert re.search(r"--(scale|seeds|loads)", str(said.exception))
    assert "--force runs it all the same" in str(said.exception)


def test_every_command_that_plays_can_be_forced_and_so_estimates_first() -> None:
    """A new command must say how long it takes, or be named above."""
    found = {
        each.name or each.callback.__name__: inspect.signature(each.callback)
        for each in app.registered_commands
        if each.callback is not None
    }

    assert len(COMMANDS) == 2
    for name in found.keys() - PLAYS_NOTHING:
        assert "force" in found[name].parameters, name
    assert found.keys() > PLAYS_NOTHING


def test_fewer_seeds_of_the_facts_take_less_than_an_hour() -> None:
    asked = 30_000
    with pytest.raises(LaboratoryError, match=r"use --seeds \d+") as refusal:
        refuse_hours(
            validate_s(asked), force=False, smaller=by_seeds(asked, "never this")
        )

    few = int(re.findall(r"--seeds (\d+)", str(refusal.value))[0])
    assert 0 < few < asked
    assert validate_s(few) < TOO_LONG_S


def test_most_facts_were_timed_and_none_is_free_for_being_new() -> None:
    names = {check.__name__ for check in CHECKS}

    assert len(names & COSTS.keys()) >= 9
    assert validate_s(200) > 0.1 * 200 * len(names - COSTS.keys())


def test_the_smaller_size_of_the_frontier_takes_less_than_an_hour() -> None:
    seeds = 100
    loads = [0.9, 1.1, 1.3, 1.6]

    def seconds(count: int) -> float:
        luck = tuple(range(count))
        jobs = frontier_jobs(loads, [0.75], luck)
        return left_s(jobs, None)

    with pytest.raises(LaboratoryError) as refusal:
        refuse_hours(seconds(seeds), force=False, smaller=by_seeds(seeds, "loads"))
    few = int(re.findall(r"--seeds (\d+)", str(refusal.value))[0])
    assert seconds(few) < TOO_LONG_S
    assert by_seeds(2, "use fewer --loads")(0.1) == "use fewer --loads"


def test_the_promised_figures_are_told_to_take_longer_the_more_is_measured() -> None:
    one, full, nation = (
        bench_s(1),
        bench_s(30),
        bench_s(30, national=True),
    )

    assert bench_s(1, share=0.1) < one < full < nation
    assert "--scale 0.25" in smaller_bench(0.25)


def test_nights_that_would_take_hours_to_draw_again_are_refused(
    tmp_path: Path,
) -> None:
    """Files of sixty gigabytes, of which no byte is written."""
    for number in range(60):
        with (tmp_path / f"{number:02}.json").open("wb") as file:
            file.truncate(2_000_000_000)

    said = CliRunner().invoke(app, ["run", "--history", str(tmp_path)])

    assert history_table.A_MEGABYTE_S > 0
    assert re.search(r"a folder with \d+ of these 60 files", str(said.exception))


def test_what_is_kept_costs_nothing_and_is_not_refused(tmp_path: Path) -> None:
    kept, scene = tmp_path / "kept.jsonl", small(days=14)
    jobs = jobs_of(scene, ("first-click",), (1, 2))
    before = left_s(jobs, kept)
    compare(scene, ("first-click",), (1,), keep=kept)

    assert left_s(jobs, kept) == pytest.approx(before / 2)
    compare(scene, ("first-click",), (2,), keep=kept)
    assert left_s(jobs, kept) == 0


def test_each_value_of_a_sweep_is_counted_for_what_it_costs() -> None:
    scene = replace(load("S06"), days=60)
    short = jobs_at(scene, "days", ["60"], ("ours",), (1,))
    both = jobs_at(scene, "days", ["60", "3600"], ("ours",), (1,))

    assert left_s(short, None) == pytest.approx(estimate_s(scene, ("ours",), 1))
    assert left_s(both, None) > 30 * left_s(short, None)
