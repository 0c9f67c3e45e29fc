"""How long the runs that are still to be played will take."""

from collections.abc import Iterable
from pathlib import Path

from simulation.estimate import here_s, usual_s
from simulation.sweep.jobs import Job
from simulation.sweep.kept import Kept


def left_s(jobs: Iterable[Job], keep: Path | None) -> float:
    """Return the seconds on one core; runs that are kept cost nothing.

    Raises:
        LaboratoryError: ``keep`` is a file of something else.
    """
    todo = Kept(keep).missing(jobs)
    return here_s(sum(usual_s(job.scenario, (job.rule,), 1) for job in todo))
