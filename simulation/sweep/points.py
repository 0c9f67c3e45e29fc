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
    episodes = _episodes(scenario, parameter, values)
    jobs = jobs_at(scenario, parameter, values, rules, seeds)
    found: dict[str, Measures] = {}
    for job, measures in Kept(keep).run(jobs, machines):
        found[job.key] = measures
        if on_done:
            on_done()
    return {
        value: _comparison(episode, rules, seeds, found)
        for value, episode in episodes.items()
    }


def jobs_at(
    scenario: Scenario,
    parameter: str,
    values: list[str],
    rules: tuple[str, ...],
    seeds: tuple[int, ...],
) -> list[Job]:
    """Return the runs of a sweep; all refused values before any run.

    Raises:
        ScenarioError: No such parameter, or a value out of its range.
    """
    return [
        Job(episode, slug, seed, point=f"{parameter}={value}")
        for value, episode in _episodes(scenario, parameter, values).items()
        for seed in seeds
        for slug in rules
    ]


def _episodes(
    scenario: Scenario, parameter: str, values: list[str]
) -> dict[str, Scenario]:
    return {value: changed(scenario, f"{parameter}={value}") for value in values}


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
