"""Comparisons that run while a page waits; equal questions run once."""

import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from service.domain.ruleset import Ruleset
from simulation.comparison import (
    Comparison,
    Piece,
    assembled,
    compare,
    jobs_of,
    piece,
)
from simulation.metrics.measure import Measures
from simulation.scenarios.loader import digest
from simulation.scenarios.model import Scenario
from simulation.sweep.jobs import Job
from simulation.sweep.machines import Machines

KEPT: Final = 64
"""Comparisons kept in memory; older ones are played again, to the same digits."""

SHOWN_FROM: Final = 5
"""Whole repetitions from which an interval may be shown."""


class _StoppedError(Exception):
    """Whoever asked wants no more; what is done is kept."""


@dataclass(slots=True)
class Task:
    """One comparison on its way."""

    scenario: Scenario
    rules: tuple[str, ...]
    seeds: tuple[int, ...]
    measures: dict[Piece, Measures] = field(default_factory=dict[Piece, Measures])
    began_at: float | None = None
    found: Comparison | None = None
    failed: Exception | None = None
    stopped: bool = False
    own: Ruleset | None = None

    @property
    def total(self) -> int:
        """Return the runs in all."""
        return len(jobs_of(self.scenario, self.rules, self.seeds, causeless=True))

    @property
    def done(self) -> int:
        """Return the runs that ended."""
        return len(self.measures)

    @property
    def left_s(self) -> float | None:
        """Return how long the rest will take, if the rest is like the beginning."""
        if self.began_at is None or not self.done:
            return None
        each = (time.monotonic() - self.began_at) / self.done
        return each * (self.total - self.done)

    def so_far(self) -> Comparison | None:
        """Return what may be shown: everything, or the whole repetitions so far."""
        if self.found is not None:
            return self.found
        part = assembled(
            self.scenario, self.rules, self.seeds, dict(self.measures), own=self.own
        )
        return part if len(part.seeds) >= SHOWN_FROM else None


class Runner:
    """Plays one comparison after the other, in the background."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._tasks: OrderedDict[str, Task] = OrderedDict()
        self._lock = Lock()

    def task(
        self,
        scenario: Scenario,
        rules: tuple[str, ...],
        seeds: tuple[int, ...],
        own: Ruleset | None = None,
    ) -> Task:
        """Return the comparison of that question, begun if it is new."""
        key = _key(scenario, rules, seeds, own)
        with self._lock:
            task = self._tasks.get(key)
            if task is None or task.failed or task.stopped:
                task = self._tasks[key] = Task(scenario, rules, seeds, own=own)
                self._thread.submit(self._play, task)
            self._put(key, task)
        return task

    def stop(
        self,
        scenario: Scenario,
        rules: tuple[str, ...],
        seeds: tuple[int, ...],
        own: Ruleset | None = None,
    ) -> int:
        """Stop a comparison; return how many whole repetitions are kept.

        They are kept under their own number of repetitions, so that the address
        of what was done gives the same digits.
        """
        with self._lock:
            task = self._tasks.get(_key(scenario, rules, seeds, own))
            if task is None or task.found is not None:
                return len(seeds)
            task.stopped = True
            part = assembled(scenario, rules, seeds, dict(task.measures), own=own)
            count = len(part.seeds)
            if count >= SHOWN_FROM and part.seeds == seeds[:count]:
                kept = Task(scenario, rules, part.seeds, found=part, own=own)
                self._put(_key(scenario, rules, part.seeds, own), kept)
                return count
        return 0

    def close(self) -> None:
        """Forget what has not begun; let what runs end its run."""
        with self._lock:
            for task in self._tasks.values():
                task.stopped = True
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _put(self, key: str, task: Task) -> None:
        self._tasks[key] = task
        self._tasks.move_to_end(key)
        while len(self._tasks) > KEPT:
            self._tasks.popitem(last=False)

    def _play(self, task: Task) -> None:
        def one_more(job: Job, measures: Measures) -> None:
            task.measures[piece(job)] = measures
            if task.stopped:
                raise _StoppedError

        if task.stopped:
            return
        task.began_at = time.monotonic()
        try:
            task.found = compare(
                task.scenario,
                task.rules,
                task.seeds,
                causeless=True,
                machines=Machines(self.workers),
                on_found=one_more,
                own=task.own,
            )
        except _StoppedError:
            return
        except Exception as error:  # shown on the page of whoever asked
            task.failed = error


def _key(
    scenario: Scenario,
    rules: tuple[str, ...],
    seeds: tuple[int, ...],
    own: Ruleset | None,
) -> str:
    return f"{digest(scenario)}/{','.join(rules)}/{seeds[0]}-{seeds[-1]}/{own!r}"
