"""A file of the frontier's runs, gathered: by this engine, or knowingly by any."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simulation.cli.base import app
from simulation.frontier.playing import Size, gathered, job_of
from simulation.sweep.code import engine_digest

SMALL = Size(places=5, days=14, warm_up=7)
AT = (1.1, 0.75, "default")


def written(file: Path, *runs: tuple[str, float]) -> Path:
    """Lines as an engine of that digest would have kept them; nothing is played."""
    job = job_of(*AT, 1, SMALL)
    lines = [
        {
            "code": code,
            "key": job.key if code == engine_digest() else f"older/{number}",
            "measures": {"received": received},
            "point": job.point,
            "rule": job.rule,
            "scenario": job.scenario.id,
            "seed": 1,
        }
        for number, (code, received) in enumerate(runs)
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return file


def test_a_run_of_another_engine_is_gathered_only_when_asked(tmp_path: Path) -> None:
    file = written(tmp_path / "frontier.jsonl", ("older", 1.0))

    assert gathered(file, SMALL) == ({}, {})
    found, bound = gathered(file, SMALL, any_version=True)
    assert found[AT][1] == {"received": 1.0}
    assert bound.keys() == {(1.1, 0.75, 1)}


@pytest.mark.parametrize("is_first", [True, False])
def test_a_run_of_this_engine_goes_before_one_of_another(
    tmp_path: Path, is_first: bool
) -> None:
    runs = [(engine_digest(), 2.0), ("older", 1.0)]
    file = written(tmp_path / "f.jsonl", *(runs if is_first else runs[::-1]))

    for any_version in (True, False):
        found, _ = gathered(file, SMALL, any_version=any_version)
        assert found[AT][1] == {"received": 2.0}


def test_a_gathering_says_how_many_runs_another_engine_played(tmp_path: Path) -> None:
    file = written(tmp_path / "frontier.jsonl", ("older", 1.0), ("", 2.0))

    said = CliRunner().invoke(app, ["frontier", "--gather", "--out", str(file)])

    assert "2 runs of another version" in " ".join(said.stderr.split())
    assert "--any-version takes them too" in " ".join(said.stderr.split())
