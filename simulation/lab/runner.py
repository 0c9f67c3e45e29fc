"""Comparisons that run while a page waits; equal questions run once."""

from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

from simulation.comparison import Comparison, compare
from simulation.scenarios.loader import digest
from simulation.scenarios.model import Scenario
from simulation.sweep.machines import Machines

KEPT = 64
"""Comparisons kept in memory; older ones are played again, to the same digits."""


@dataclass(slots=True)
class Task:
    """One comparison on its way."""

    scenario: Scenario
    rules: tuple[str, ...]
    seeds: tuple[int, ...]
    done: int = 0
    found: Comparison | None = None
    failed: str = ""

    @property
    def total(self) -> int:
        """Return the runs in all."""
        return len(self.rules) * len(self.seeds)


class Runner:
    """Plays one comparison after the other, in the background."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._tasks: OrderedDict[str, Task] = OrderedDict()
        self._lock = Lock()

    def task(
        self, scenario: Scenario, rules: tuple[str, ...], seeds: tuple[int, ...]
    ) -> Task:
        """Return the comparison of that question, begun if it is new."""
        key = f"{digest(scenario)}/{','.join(rules)}/{seeds[0]}-{seeds[-1]}"
        with self._lock:
            task = self._tasks.get(key)
            if task is None or task.failed:
                task = self._tasks[key] = Task(scenario, rules, seeds)
                self._thread.submit(self._play, task)
            self._tasks.move_to_end(key)
            while len(self._tasks) > KEPT:
                self._tasks.popitem(last=False)
        return task

    def close(self) -> None:
        """Forget what has not begun; let what runs end."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _play(self, task: Task) -> None:
        def one_more() -> None:
            task.done += 1

        try:
            task.found = compare(
                task.scenario,
                task.rules,
                task.seeds,
                machines=Machines(self._workers),
                on_done=one_more,
            )
        except Exception as error:  # shown on the page of whoever asked
            task.failed = str(error) or type(error).__name__
