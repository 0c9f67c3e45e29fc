"""One run as a job: it can be sent to a process, repeated, and recognised."""

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context

from service.domain.ruleset import Ruleset
from simulation.engine.rulesets import ruleset_of
from simulation.engine.run import play
from simulation.errors import LaboratoryError
from simulation.mechanisms.registry import rule
from simulation.metrics.after import measure_after
from simulation.metrics.measure import Measures, measure
from simulation.scenarios.loader import digest
from simulation.scenarios.model import Scenario


@dataclass(frozen=True, slots=True)
class Job:
    """One rule, one seed, one scenario; equal jobs give equal measures.

    Attributes:
        scenario: What happens.
        rule: How places are given.
        seed: The luck.
        point: What whoever asked calls it.
        ruleset: The published parameters under test; by default the scenario's.
        after: Days of warm-up: measured is what comes after them; none by default.
    """

    scenario: Scenario
    rule: str
    seed: int
    point: str = ""
    ruleset: Ruleset | None = None
    after: int = 0

    @property
    def key(self) -> str:
        """Name the job by its inputs, so that a cut sweep knows what is done.

        A ruleset counts by what it says: a file that was edited since is another.
        """
        ruleset = self.ruleset
        if ruleset is None and self.scenario.ruleset:
            ruleset = ruleset_of(self.scenario)
        rules = "" if ruleset is None else f"/{ruleset!r}"
        rules += f"/after {self.after}" if self.after else ""
        what = hashlib.sha256(f"{digest(self.scenario)}{rules}".encode()).hexdigest()
        return f"{what[:16]}/{self.rule}/{self.seed}"


def done(job: Job) -> Measures:
    """Play one job; pure, so that any process may do it."""
    world = play(job.scenario, rule(job.rule), job.seed, ruleset=job.ruleset)
    return measure_after(world, job.after) if job.after else measure(world)


def run_jobs(jobs: Iterable[Job], workers: int) -> Iterator[tuple[Job, Measures]]:
    """Play jobs in several processes; yield each as it ends.

    Raises:
        LaboratoryError: A process was killed; what was yielded is safe.
    """
    waiting = list(jobs)
    if workers <= 1 or len(waiting) <= 1:
        for job in waiting:
            yield job, done(job)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(waiting)), mp_context=context) as pool:
        futures: dict[Future[Measures], Job] = {
            pool.submit(done, job): job for job in waiting
        }
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        except BrokenProcessPool as error:
            raise LaboratoryError(
                "a worker process was killed, perhaps for lack of memory; with --out, "
                "the same command goes on where it stopped; try fewer --workers",
                "un processus de calcul a été tué, peut-être faute de mémoire : "
                "demandez moins de répétitions, ou un scénario plus petit",
            ) from error
        finally:
            # Whoever stops listening need not wait for what has not begun.
            pool.shutdown(wait=True, cancel_futures=True)
