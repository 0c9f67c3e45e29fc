"""Measure the laboratory itself: seconds, memory, how it grows."""

import os
import platform
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from simulation.comparison import compare
from simulation.scenarios.loader import load
from simulation.scenarios.scaling import scaled
from simulation.sweep.jobs import Job, run_jobs

GROWTH = (0.1, 0.2, 0.4)


@dataclass(frozen=True, slots=True)
class Timing:
    """One measured line: what, how long, and the most memory so far."""

    what: str
    seconds: float
    cpu_s: float
    peak_mb: float


def bench(*, national: bool) -> list[Timing]:
    """Measure the year of Isère, its growth, and the cost of the catalogue.

    Args:
        national: Also play 1.2 million visits a year (some minutes).
    """
    isere = load("S01")
    rules = ("first-click", "ours")
    lines = [_timed(f"S01, {slug}, one process", partial(_one, slug)) for slug in rules]
    jobs = [Job(isere, slug, 1) for slug in reversed(rules)]
    lines.append(_timed("S01, both rules, two processes", partial(_both, jobs)))
    for share in GROWTH:
        small = scaled(isere, share)
        lines.append(
            _timed(
                f"S01 × {share:g}, both rules, one process",
                partial(compare, small, rules, (1,)),
            )
        )
    if national:
        lines.append(_timed("1.2 million visits a year, ours", _national))
    return lines


def _one(slug: str) -> None:
    compare(load("S01"), (slug,), (1,))


def _both(jobs: list[Job]) -> None:
    for _ in run_jobs(jobs, 2):
        pass


def _national() -> None:
    """A hundred prefectures' worth of visits in one pool, calm: no attackers."""
    isere = load("S01")
    whole = scaled(isere, 1_200_000 / 37_500)
    compare(replace(whole, agents=type(whole.agents)()), ("ours",), (1,))


def _timed(what: str, action: Callable[[], object]) -> Timing:
    start, cpu = time.perf_counter(), _cpu_s()
    action()
    return Timing(what, time.perf_counter() - start, _cpu_s() - cpu, _peak_mb())


def _cpu_s() -> float:
    """Return the processor seconds of this process and of its children."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _peak_mb() -> float:
    """Return the peak of this process and of its largest child, in MB."""
    unit = 1e6 if sys.platform == "darwin" else 1e3
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(each).ru_maxrss for each in who) / unit


def machine() -> str:
    """Name what was measured on: figures without it mean nothing."""
    load_now = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return (
        f"Python {platform.python_version()}, {os.cpu_count()} cores, "
        f"load {load_now:.1f} when done"
    )
