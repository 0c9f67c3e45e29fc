"""Move one number of an episode over several values."""

from collections.abc import Callable
from pathlib import Path

from simulation.comparison import Comparison
from simulation.metrics.measure import Measures
from simulation.scenarios.changes import changed
from simulation.scenarios.model import Scenario
from simulation.sweep.jobs import Job
from simulation.sweep.kept import Kept
from simulation.sweep.machines import HERE, Machines


def sweep_points(
    scenario: Scenario,
    parameter: str,
    values: list[str],
    rules: tuple[str, ...],
    seeds: tuple[int, ...],
    *,
    machines: Machines = HERE,
    keep: Path | None = None,
    on_done: Callable[[], None] | None = None,
) -> dict[str, Comparison]:
    """Return one comparison for each value; all refused values before any run."""
    episodes = {value: changed(scenario, f"{parameter}={value}") for value in values}
    jobs = [
        Job(episode, slug, seed, point=f"{parameter}={value}")
        for value, episode in episodes.items()
        for seed in seeds
        for slug in rules
    ]
    found: dict[str, Measures] = {}
    for job, measures in Kept(keep).run(jobs, machines):
        found[job.key] = measures
        if on_done:
            on_done()
    return {
        value: _comparison(episode, rules, seeds, found)
        for value, episode in episodes.items()
    }


def _comparison(
    episode: Scenario,
    rules: tuple[str, ...],
    seeds: tuple[int, ...],
    found: dict[str, Measures],
) -> Comparison:
    return Comparison(
        episode,
        seeds,
        {
            slug: [found[Job(episode, slug, seed).key] for seed in seeds]
            for slug in rules
        },
    )
