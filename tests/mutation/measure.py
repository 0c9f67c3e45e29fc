"""How many deliberate mistakes in the draw do the tests notice? A measured share.

    .venv/bin/python -m tests.mutation.measure --sample 600 --seed 1

mutmut writes the mutants and notes which test reaches which function; this script
draws some of them by lot, under a fixed seed, and runs the tests that reach each one,
the quickest first, until one fails. It prints the share killed with its 95 % interval,
by file, and names every survivor (look at one with ``mutmut show NAME``). By hand or at
night, never in the ordinary run: see README.md beside it.
"""

import argparse
import json
import math
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MUTANTS = ROOT / "mutants"
FIRST = "service.draw.tickets.x_extract__mutmut_1"
# Loaded once, before a child is forked for each mutant; none of it is ours.
LIBRARIES = (
    "alembic",
    "cryptography.hazmat.primitives.asymmetric.ed25519",
    "hypothesis",
    "psycopg",
    "pytest",
    "redis",
    "sqlalchemy.ext.asyncio",
)
LEAST_CPU_S = 10
TIMES_ITS_TESTS = 6


@dataclass(frozen=True)
class Result:
    """What became of one mutant: killed (by a failing test, or by the time limit)."""

    name: str
    killed: bool
    how: str
    seconds: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and say by the exit code whether the floor is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=600, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="a part of the names to draw from")
    parser.add_argument("--names", type=Path, help="measure these instead, one a line")
    parser.add_argument("--floor", type=float, default=0.9, metavar="SHARE")
    parser.add_argument("--minutes", type=float, default=math.inf, metavar="M")
    parser.add_argument("--fresh", action="store_true", help="write the mutants anew")
    asked = parser.parse_args(arguments)
    prepare(fresh=asked.fresh)
    everything = [name for name in names() if asked.only in name]
    chosen = (
        asked.names.read_text("utf-8").split()
        if asked.names
        else drawn(everything, asked.sample, asked.seed)
    )
    excused = set(equivalents())
    for library in LIBRARIES:
        __import__(library)
    control()
    results: list[Result] = []
    until = time.monotonic() + 60 * asked.minutes
    for result in measured([name for name in chosen if name not in excused]):
        results.append(result)
        if not result.killed:
            print(f"survived: {result.name} ({result.how})", flush=True)
        if len(results) % 20 == 0:
            so_far = sum(one.killed for one in results)
            print(f"{so_far} of {len(results)}", file=sys.stderr, flush=True)
        if time.monotonic() > until:
            break  # drawn by lot, in the order of the lot: a smaller sample is one too
    print(table(results))
    killed = sum(result.killed for result in results)
    low, high = interval(killed, len(results))
    print(
        f"{killed} of {len(results)} killed: {killed / len(results):.1%}, "
        f"95 % interval {low:.1%} to {high:.1%}; drawn from {len(everything)} "
        f"mutants, {len(set(chosen) & excused)} equivalent ones left out"
    )
    return int(killed < asked.floor * len(results))


def prepare(*, fresh: bool) -> None:
    """Have mutmut write the mutants and learn which test reaches which function."""
    if fresh or not (MUTANTS / "mutmut-stats.json").is_file():
        command = [sys.executable, "-m", "mutmut", "run", "--max-children", "1", FIRST]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def names() -> list[str]:
    """Every mutant there is, by name."""
    found: list[str] = []
    for path in MUTANTS.glob("service/draw/**/*.meta"):
        found += json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    return sorted(name.replace("__init__.", "") for name in found)


def drawn(everything: Sequence[str], count: int, seed: int) -> list[str]:
    """Draw some by lot; the same ones for the same seed and the same source."""
    return random.Random(seed).sample(everything, min(count, len(everything)))


def equivalents() -> Mapping[str, str]:
    """Mutants that change nothing anybody could see, each with its reason."""
    text = (Path(__file__).with_name("equivalent.txt")).read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return dict(line.split(": ", 1) for line in lines)


def control() -> None:
    """Without a mutant the quickest tests must pass here, as all did under mutmut."""
    stats = json.loads((MUTANTS / "mutmut-stats.json").read_text("utf-8"))
    took = stats["duration_by_test"]
    quickest = sorted(took, key=took.__getitem__)[: len(took) // 2]
    if in_a_child("none", quickest, took):
        raise SystemExit("the tests fail without any mutant: mend them first")


def measured(chosen: Iterable[str]) -> Iterable[Result]:
    """Run, for each mutant, the tests that reach it: the quickest first."""
    stats = json.loads((MUTANTS / "mutmut-stats.json").read_text("utf-8"))
    reached, took = stats["tests_by_mangled_function_name"], stats["duration_by_test"]
    for name in chosen:
        tests = sorted(
            reached.get(name.rpartition("__mutmut_")[0], ()), key=took.__getitem__
        )
        if len(tests) == 1:  # called while modules are imported: any test may notice
            tests = sorted(took, key=took.__getitem__)
        if not tests:
            yield Result(name, killed=False, how="no test reaches it", seconds=0)
            continue
        began_at = time.monotonic()
        code = in_a_child(name, tests, took)
        # Not 1 where a test file cannot even be imported with the mutant awake.
        how = {0: "every test passed", 1: "a test failed"}.get(code, f"exit {code}")
        yield Result(name, code != 0, how, time.monotonic() - began_at)


def in_a_child(name: str, tests: Sequence[str], took: Mapping[str, float]) -> int:
    """Return the exit code of these tests with one mutant awake."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    # For the programs that tests start: they inherit this limit, and no timer.
    limit = LEAST_CPU_S + math.ceil(TIMES_ITS_TESTS * sum(took[test] for test in tests))
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.chdir(MUTANTS)
    sys.path[:] = [str(MUTANTS), *(p for p in sys.path if Path(p or ".") != ROOT)]
    for module in [m for m in sys.modules if m.split(".")[0] in ("service", "tests")]:
        del sys.modules[module]
    os.environ["MUTANT_UNDER_TEST"] = name
    import pytest

    plugins = ["-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov"]
    quiet = ["-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning"]
    options = ["-x", "-q", "--rootdir=.", "--tb=no", "--timeout=0", *quiet, *plugins]
    os._exit(int(pytest.main([*options, *tests], plugins=[EachItsTime(took)])))


class EachItsTime:
    """Ends the process when one test, or importing them all, never ends.

    In time of its own core: beside other work a clock on the wall would end tests that
    only wait their turn, and call that a kill. And it ends the process, not the test:
    hypothesis would make one more failure smaller, calling again what never ends.
    """

    def __init__(self, took: Mapping[str, float]) -> None:
        """Begin with what importing may take."""
        self.took = took
        signal.setitimer(signal.ITIMER_PROF, LEAST_CPU_S)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Give the next test what it took without a mutant, several times over."""
        limit = LEAST_CPU_S + TIMES_ITS_TESTS * self.took.get(nodeid, 0)
        signal.setitimer(signal.ITIMER_PROF, limit)


def interval(killed: int, count: int) -> tuple[float, float]:
    """Return the 95 % interval of a share.

    Source: E. B. Wilson, JASA 22 (1927), 209-212.
    """
    z, share = 1.96, killed / count
    middle = share + z * z / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    scale = 1 + z * z / count
    return (middle - spread) / scale, (middle + spread) / scale


def table(results: Sequence[Result]) -> str:
    """Return the counts by file."""
    module = [result.name.rpartition(".")[0] for result in results]
    of, killed = Counter(module), Counter[str]()
    for name, result in zip(module, results, strict=True):
        killed[name] += result.killed
    return "\n".join(f"{killed[name]:4} of {of[name]:4}  {name}" for name in sorted(of))


if __name__ == "__main__":
    sys.exit(main())
