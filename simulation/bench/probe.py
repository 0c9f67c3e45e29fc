"""Measure one piece of work in a process of its own: seconds, memory, load."""

import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from simulation.bench.ledger import Done, Ledger
from simulation.errors import LaboratoryError

STATUS: Final = Path("/proc/self/status")

TRIES: Final = 3
"""Pools that may break one after the other without a piece done between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What some work cost.

    Attributes:
        wall_s: Seconds on the wall, processes started and imports read included.
        cpu_s: Processor seconds of the processes that worked.
        peak_mb: The most memory that one of them held.
        results: What each piece returned, in the order in which it was given.
        killed: How often a worker was killed and its pieces were done again.
        sittings: In how many it was measured; more than one where it was cut.
    """

    wall_s: float
    cpu_s: float
    peak_mb: float
    results: tuple[Any, ...] = ()
    killed: int = 0
    sittings: int = 1


Piece = tuple[Callable[..., Any], tuple[Any, ...]]


def spent(
    pieces: Iterable[Piece],
    workers: int = 1,
    on_done: Callable[[], None] | None = None,
    *,
    names: Sequence[str] = (),
    ledger: Ledger | None = None,
) -> Spent:
    """Do pieces of work in fresh processes and say what they cost together.

    A worker that is killed costs its time only: what was done stays done, and the
    rest goes to fresh processes. Nor does it lose anything when it is killed itself,
    if there is a ledger: the next sitting goes on where this one was.

    Args:
        pieces: What is to be done.
        workers: Processes.
        on_done: Called after each piece.
        names: Of the pieces, in their order, for the ledger.
        ledger: What was measured before, and where to keep what is measured now.

    Raises:
        LaboratoryError: Workers are killed again and again, over the same pieces.
    """
    work = dict(enumerate(pieces))
    done = _before(names, ledger)
    for _ in done:
        if on_done:
            on_done()
    begin = time.perf_counter()
    killed = in_vain = 0
    while len(done) < len(work):
        before = len(done)
        try:
            for at, found in _through(work, done, workers):
                done[at] = found
                if ledger:
                    ledger.keep(names[at], found, time.perf_counter() - begin)
                if on_done:
                    on_done()
        except BrokenProcessPool as error:
            killed += 1
            in_vain = 0 if len(done) > before else in_vain + 1
            if in_vain == TRIES:
                raise LaboratoryError(
                    f"{TRIES} times a worker was killed over the same pieces, perhaps "
                    "for lack of memory; nothing was measured"
                ) from error
    wall = time.perf_counter() - begin + (ledger.wall_s if ledger else 0.0)
    cpu: dict[str, float] = {}
    for each in done.values():
        cpu[each.process] = max(cpu.get(each.process, 0.0), each.cpu_s)
    return Spent(
        wall_s=wall,
        cpu_s=sum(cpu.values()),
        peak_mb=max((each.peak_mb for each in done.values()), default=0.0),
        results=tuple(done[at].result for at in work),
        killed=killed,
        sittings=ledger.sitting if ledger else 1,
    )


def _before(names: Sequence[str], ledger: Ledger | None) -> dict[int, Done]:
    """Return the pieces that an earlier sitting measured, by their place."""
    if ledger is None:
        return {}
    done = ledger.done
    return {at: done[name] for at, name in enumerate(names) if name in done}


def _through(
    work: dict[int, Piece], done: dict[int, Done], workers: int
) -> Generator[tuple[int, Done]]:
    """Yield each piece that is not done yet, as it ends."""
    todo = [at for at in work if at not in done]
    with _processes(min(workers, len(todo))) as pool:
        futures = {pool.submit(_measured, *work[at]): at for at in todo}
        for future in as_completed(futures):
            yield futures[future], future.result()


@contextmanager
def _processes(workers: int) -> Generator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield pool


def _measured(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Done:
    result = function(*arguments)
    return Done(str(os.getpid()), time.process_time(), peak_mb(), result)


def peak_mb(status: Path = STATUS) -> float:
    """Return the most memory that this process held since its program began.

    ``ru_maxrss`` also counts the pages of the process that began this one; where
    the system keeps ``VmHWM`` (Linux), that is the memory of this program alone.
    """
    if status.exists():
        for line in status.read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def machine() -> str:
    """Name what was measured on: figures without it mean nothing."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return (
        f"Python {platform.python_version()}, {os.cpu_count()} cores, "
        f"load {load:.1f} of other programs and this one"
    )
