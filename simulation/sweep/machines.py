"""Where runs are played: in this process, in a few, or on a Dask cluster."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulation.metrics.measure import Measures
from simulation.sweep.jobs import Job, run_jobs


@dataclass(frozen=True, slots=True)
class Machines:
    """Who plays; the numbers do not depend on it.

    Attributes:
        workers: Processes of this machine.
        cluster: Whether they are a Dask cluster, whose workers may be killed.
        scheduler: Address of a cluster of many machines; none by default.
        patience_s: How long a scheduler or a first worker may take to answer.
    """

    workers: int = 1
    cluster: bool = False
    scheduler: str = ""
    patience_s: float = 30

    def run(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, Measures]]:
        """Yield each job with its measures, as it ends."""
        alone = self.workers <= 1 or len(jobs) <= 1
        if self.scheduler or (self.cluster and not alone):
            # Here and not above: Dask costs a second and 60 MB to whoever imports it.
            from simulation.sweep.cluster import run_on_cluster

            return run_on_cluster(
                jobs,
                workers=self.workers,
                scheduler=self.scheduler,
                patience_s=self.patience_s,
            )
        return run_jobs(jobs, self.workers)


HERE = Machines()
"""This process."""
