"""Results on disk, one line a run: a killed sweep resumes and loses nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from simulation.metrics.measure import Measures
from simulation.sweep.code import engine_digest
from simulation.sweep.jobs import Job
from simulation.sweep.lines import append_line, not_results, read_lines
from simulation.sweep.machines import Machines


class Kept:
    """A file of JSON lines, each one job's key, engine and measures.

    A run of another engine stays in the file and is not taken for one of this: its
    digits could differ.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._known: dict[str, Measures] = {}
        if path is not None and path.is_file():
            self._known = {
                each.key: each.measures for each in lines(path) if each.is_current
            }

    def missing(self, jobs: Iterable[Job]) -> list[Job]:
        """Return the jobs whose measures are not kept."""
        if not self._known:
            return list(jobs)
        return [job for job in jobs if job.key not in self._known]

    def run(
        self, jobs: Iterable[Job], machines: Machines
    ) -> Iterator[tuple[Job, Measures]]:
        """Yield every job's measures, playing only those that are not kept."""
        todo: list[Job] = []
        for job in jobs:
            if job.key in self._known:
                yield job, self._known[job.key]
            else:
                todo.append(job)
        for job, measures in machines.run(todo):
            self._keep(job, measures)
            yield job, measures

    def _keep(self, job: Job, measures: Measures) -> None:
        self._known[job.key] = measures
        if self._path is None:
            return
        line: dict[str, object] = {
            "code": engine_digest(),
            "key": job.key,
            "scenario": job.scenario.id,
            "point": job.point,
            "rule": job.rule,
            "seed": job.seed,
            "measures": {k: None if v != v else v for k, v in measures.items()},
        }
        append_line(self._path, line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One run of a file of results.

    Attributes:
        code: Digest of the engine that played it; nothing in files older than it.
    """

    code: str
    key: str
    point: str
    rule: str
    seed: int
    measures: Measures

    @property
    def is_current(self) -> bool:
        """Whether the engine of today played it."""
        return self.code == engine_digest()


def of_other_engines(path: Path | None) -> int:
    """Count the runs of a file that another engine played.

    Raises:
        LaboratoryError: Not a file of results.
    """
    if path is None or not path.is_file():
        return 0
    return sum(not line.is_current for line in lines(path))


def lines(path: Path) -> Iterator[Line]:
    """Read what is whole; a last line cut in the middle is played again.

    Raises:
        LaboratoryError: Not a file of results.
    """
    for number, found in enumerate(read_lines(path, "code", "key"), start=1):
        try:
            measures = {
                key: float("nan") if value is None else float(value)
                for key, value in found["measures"].items()
            }
            yield Line(
                code=str(found.get("code", "")),
                key=str(found["key"]),
                point=str(found["point"]),
                rule=str(found["rule"]),
                seed=int(found["seed"]),
                measures=measures,
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            if number == 1:
                raise not_results(path) from error
