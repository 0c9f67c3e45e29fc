"""Sweeps on Dask, with real schedulers and workers, one of them killed."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from simulation.comparison import compare
from simulation.errors import LaboratoryError
from simulation.scenarios.model import Scenario
from simulation.sweep.cluster import code_digest, done_alike, run_on_cluster
from simulation.sweep.jobs import Job, done
from simulation.sweep.machines import Machines
from tests.unit.simulation.scenes import small

RULES = ("first-click", "ours")
SEEDS = (1, 2, 3)
DASK = {**os.environ, "PYTHONUNBUFFERED": "1"}


def started(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=DASK,
    )


@pytest.fixture
def scheduler() -> Iterator[str]:
    process = started(
        *("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    )
    try:
        yield address_said_by(process)
    finally:
        end(process)


def address_said_by(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(r"Scheduler at:\s+(tcp://\S+)", line):
            return found[1]
    raise AssertionError("the scheduler did not start")


def worker(scheduler: str) -> subprocess.Popen[str]:
    return started(
        "worker", scheduler, "--no-nanny", "--nthreads", "1", "--no-dashboard"
    )


def end(*processes: subprocess.Popen[str]) -> None:
    for process in processes:
        process.kill()
        process.communicate()


def plain_lines(file: Path) -> list[str]:
    return sorted(file.read_text("utf-8").splitlines())


def test_a_cluster_gives_what_one_process_gives_byte_for_byte(tmp_path: Path) -> None:
    scene = small(days=14)
    alone, together = tmp_path / "alone.jsonl", tmp_path / "together.jsonl"

    one = compare(scene, RULES, SEEDS, keep=alone)
    two = compare(
        scene, RULES, SEEDS, machines=Machines(2, cluster=True), keep=together
    )

    assert repr(one.measures) == repr(two.measures)
    assert plain_lines(alone) == plain_lines(together)


def long_scene() -> Scenario:
    """Runs of half a second: long enough that a worker can die in the middle."""
    return small(days=90, places=20, people=8000, dated=0.75, backlog=10)


def test_a_killed_worker_loses_nothing(scheduler: str, tmp_path: Path) -> None:
    scene, kept = long_scene(), tmp_path / "kept.jsonl"
    first, second = worker(scheduler), worker(scheduler)
    killed: list[int] = []

    def one_more() -> None:
        if not killed:
            first.send_signal(signal.SIGKILL)
            killed.append(first.wait())

    try:
        machines = Machines(2, scheduler=scheduler)
        found = compare(
            scene, RULES, SEEDS, machines=machines, keep=kept, on_done=one_more
        )
    finally:
        end(first, second)

    assert killed == [-signal.SIGKILL]
    plain = compare(scene, RULES, SEEDS)
    assert repr(found.measures) == repr(plain.measures)
    assert len(plain_lines(kept)) == len(RULES) * len(SEEDS)


def test_a_sweep_whose_every_worker_died_resumes_where_it_was(
    scheduler: str, tmp_path: Path
) -> None:
    scene, kept = small(days=14), tmp_path / "kept.jsonl"
    machines = Machines(1, scheduler=scheduler, patience_s=2)
    only = worker(scheduler)
    jobs = [Job(scene, rule, seed) for seed in SEEDS for rule in RULES]
    compare(
        scene, RULES, SEEDS[:1], machines=replace(machines, patience_s=30), keep=kept
    )
    end(only)

    with pytest.raises(LaboratoryError, match=r"has no worker.*dask worker"):
        compare(scene, RULES, SEEDS, machines=machines, keep=kept)
    again = compare(scene, RULES, SEEDS, machines=Machines(1, cluster=True), keep=kept)

    assert len(plain_lines(kept)) == len(jobs)
    assert repr(again.measures) == repr(compare(scene, RULES, SEEDS).measures)


def test_a_worker_with_other_code_is_refused_before_it_plays() -> None:
    job = Job(small(days=14), "ours", 1)

    with pytest.raises(LaboratoryError, match="another version"):
        done_alike(job, "0" * 64)
    assert repr(done_alike(job, code_digest())) == repr(done(job))
    assert re.fullmatch(r"[0-9a-f]{64}", code_digest())


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://127.0.0.1:9", "does not answer"),
        ("nonsense", r"an address such as tcp://"),
        ("http://127.0.0.1:9", r"an address such as tcp://"),
        ("tcp://127.0.0.1:port", r"an address such as tcp://"),
    ],
)
def test_a_wrong_address_is_refused_in_words(address: str, said: str) -> None:
    jobs = [Job(small(days=14), "ours", 1)]

    with pytest.raises(LaboratoryError, match=said):
        list(run_on_cluster(jobs, workers=1, scheduler=address))


@pytest.mark.parametrize(
    "module", ["service.cli", "service.web.app", "simulation.lab.app", "simulation.cli"]
)
def test_nobody_who_does_not_sweep_pays_for_dask(module: str) -> None:
    code = (
        f"import {module}, sys; "
        "print(sorted({'dask', 'distributed', 'tornado'} & set(sys.modules)))"
    )

    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert said.stdout == "[]\n"
