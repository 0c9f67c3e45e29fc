"""Measure one piece of work in a process of its own: seconds, memory, load."""

import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What some work cost.

    Attributes:
        wall_s: Seconds on the wall, processes started and imports read included.
        cpu_s: Processor seconds of the processes that worked.
        peak_mb: The most memory that one of them held.
        results: What each piece returned, in the order in which it was given.
    """

    wall_s: float
    cpu_s: float
    peak_mb: float
    results: tuple[Any, ...] = ()


Piece = tuple[Callable[..., Any], tuple[Any, ...]]


def spent(
    pieces: Iterable[Piece],
    workers: int = 1,
    on_done: Callable[[], None] | None = None,
) -> Spent:
    """Do pieces of work in fresh processes and say what they cost together."""
    work = list(pieces)
    begin = time.perf_counter()
    with _processes(min(workers, len(work))) as pool:
        futures = {pool.submit(_measured, *each): at for at, each in enumerate(work)}
        results: dict[int, Any] = {}
        cpu: dict[int, float] = {}
        peak = 0.0
        for future in as_completed(futures):
            process, used, memory, result = future.result()
            results[futures[future]] = result
            cpu[process] = max(cpu.get(process, 0.0), used)
            peak = max(peak, memory)
            if on_done:
                on_done()
    wall = time.perf_counter() - begin
    ordered = tuple(results[at] for at in range(len(work)))
    return Spent(wall_s=wall, cpu_s=sum(cpu.values()), peak_mb=peak, results=ordered)


@contextmanager
def _processes(workers: int) -> Generator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield pool


def _measured(
    function: Callable[..., Any], arguments: tuple[Any, ...]
) -> tuple[int, float, float, Any]:
    """Return process, its processor seconds so far, its peak (MB) and the result."""
    result = function(*arguments)
    used = time.process_time()
    unit = 1e6 if sys.platform == "darwin" else 1e3
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return os.getpid(), used, peak, result


def machine() -> str:
    """Name what was measured on: figures without it mean nothing."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return (
        f"Python {platform.python_version()}, {os.cpu_count()} cores, "
        f"load {load:.1f} of other programs and this one"
    )
