import json
from dataclasses import replace
from pathlib import Path

import pytest

from service.domain.ruleset import DEFAULT_RULESET
from simulation.cli.watching import begin
from simulation.comparison import compare, jobs_of
from simulation.errors import LaboratoryError, ScenarioError
from simulation.metrics.intervals import interval, paired
from simulation.scenarios.changes import changed
from simulation.scenarios.scaling import scaled
from simulation.sweep.asked import left_s
from simulation.sweep.jobs import Job
from simulation.sweep.kept import of_other_engines
from simulation.sweep.machines import Machines
from simulation.sweep.points import sweep_points
from tests.unit.simulation.scenes import small


def test_a_killed_sweep_resumes_and_loses_nothing(tmp_path: Path) -> None:
    kept, scene = tmp_path / "kept.jsonl", small(days=14)
    whole = compare(scene, ("first-click",), (1, 2, 3), keep=kept)
    lines = kept.read_text("utf-8").splitlines()
    kept.write_text(f"{lines[0]}\n{lines[1][:40]}", "utf-8")
    played: list[int] = []

    again = compare(
        scene, ("first-click",), (1, 2, 3), keep=kept, on_done=lambda: played.append(1)
    )

    assert repr(again.measures) == repr(whole.measures)
    assert len(played) == 3
    assert len(kept.read_text("utf-8").splitlines()) == 3


def test_a_first_result_cut_in_the_middle_is_played_again(tmp_path: Path) -> None:
    kept, scene = tmp_path / "kept.jsonl", small(days=14)
    compare(scene, ("first-click",), (1,), keep=kept)
    whole = kept.read_text("utf-8")
    kept.write_text(whole[:30], "utf-8")

    compare(scene, ("first-click",), (1,), keep=kept)

    assert kept.read_text("utf-8") == whole


def played_by_another_engine(kept: Path, code: str | None) -> None:
    """Rewrite the file as another engine, or a version that named none, wrote it."""
    lines = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
    for line in lines:
        del line["code"]
        line.update({} if code is None else {"code": code})
        line["measures"]["received"] = -1.0
    text = [json.dumps(line, sort_keys=True) + "\n" for line in lines]
    kept.write_text("".join(text), "utf-8")


@pytest.mark.parametrize("code", ["0" * 64, None])
def test_a_run_of_another_engine_is_kept_and_told_and_never_reused(
    tmp_path: Path, code: str | None
) -> None:
    kept, scene = tmp_path / "kept.jsonl", small(days=14)
    jobs = jobs_of(scene, ("first-click",), (1,))
    first = compare(scene, ("first-click",), (1,), keep=kept)
    played_by_another_engine(kept, code)
    older = kept.read_text("utf-8")

    assert of_other_engines(kept) == 1
    assert left_s(jobs, kept) > 0
    again = compare(scene, ("first-click",), (1,), keep=kept)

    assert repr(again.measures) == repr(first.measures)
    assert kept.read_text("utf-8").startswith(older)
    assert len(kept.read_text("utf-8").splitlines()) == 2
    assert left_s(jobs, kept) == 0


def test_whoever_names_a_file_of_another_engine_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.jsonl"
    compare(small(days=14), ("first-click",), (1, 2), keep=kept)
    played_by_another_engine(kept, "0" * 64)

    begin(1.0, force=False, keep=kept)

    said = " ".join(capfd.readouterr().err.split())
    assert "2 runs of another version of the engine stay in the file" in said


def test_a_ruleset_edited_since_is_played_anew(tmp_path: Path) -> None:
    file = tmp_path / "rules.json"
    scene = replace(small(days=14), ruleset=str(file))
    shares = (5, 40)
    jobs: list[str] = []
    for percent in shares:
        quotas = [
            replace(each, percent=percent) if each.quota == "no_date" else each
            for each in DEFAULT_RULESET.quotas
        ]
        ruleset = replace(DEFAULT_RULESET, quotas=tuple(quotas))
        file.write_text(json.dumps(ruleset.to_json()), "utf-8")
        jobs.append(Job(scene, "ours", 1).key)

    assert len(set(jobs)) == len(shares)


def test_another_scenario_is_not_taken_for_the_kept_one(tmp_path: Path) -> None:
    kept = tmp_path / "kept.jsonl"
    compare(small(days=14), ("first-click",), (1,), keep=kept)
    other = compare(small(days=15), ("first-click",), (1,), keep=kept)

    assert other.scenario.days == 15
    assert len(kept.read_text("utf-8").splitlines()) == 2


def test_a_file_that_holds_no_results_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("my notes\n", "utf-8")

    with pytest.raises(LaboratoryError, match="give --out another name"):
        compare(small(days=14), ("first-click",), (1,), keep=file)


def test_two_processes_give_what_one_gives() -> None:
    scene, rules = small(days=14), ("first-click", "ours")

    alone, together = (
        compare(scene, rules, (1, 2), machines=Machines(workers)) for workers in (1, 2)
    )

    assert repr(alone.measures) == repr(together.measures)


def test_a_sweep_moves_one_number() -> None:
    found = sweep_points(
        small(days=14, backlog=30), "demand.factor", ["0.5", "2"], ("ours",), (1, 2)
    )

    shares = [each.interval("ours", "received_share").mean for each in found.values()]
    assert shares[0] > shares[1]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("demand.factor", "write NAME=VALUE"),
        ("demand.speed=2", "no 'speed'"),
        ("demand.factor=lots", "a number is expected"),
        ("demand.factor=99", "outside the range"),
        ("agents.robot.count=1", "no 'robot'"),
        ("days.more=1", "has no parts"),
    ],
)
def test_a_wrong_change_is_refused_with_what_is_known(change: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        changed(small(), change)


def test_a_change_brings_in_an_actor_who_was_not_there() -> None:
    scene = changed(small(), "agents.insider.names_per_day=2")

    assert scene.agents.insider is not None
    assert scene.agents.insider.names_per_day == 2
    assert changed(scene, "days=50").days == 50


def test_a_tenth_of_an_episode_has_a_tenth_of_everything() -> None:
    scene = changed(small(people=10_000, places=100), "agents.saboteur.identities=50")
    tenth = scaled(scene, 0.1)

    assert tenth.demand.people == 1000
    assert tenth.capacity.places_per_day == 10
    assert tenth.agents.saboteur is not None
    assert tenth.agents.saboteur.identities == 5
    assert replace(tenth, days=scene.days).days == scene.days


def test_an_interval_is_students_and_pairs_cancel_common_luck() -> None:
    found = interval([1.0, 2.0, 3.0, 4.0, 5.0])

    assert found.mean == 3
    assert found.high == pytest.approx(3 + 2.776 * (2.5**0.5) / 5**0.5, abs=0.001)
    assert paired([1, 5, 9], [2, 6, 10]).low == 1
    assert interval([float("nan"), 1.0]).seeds == 1
    assert interval([]).seeds == 0
