"""Play several rules over several seeds: same people, same places, same luck."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from service.domain.ruleset import Ruleset
from simulation.engine.run import play
from simulation.engine.world import Progress, draw_inputs
from simulation.mechanisms.registry import OWN, rule
from simulation.metrics.intervals import Interval, interval, paired
from simulation.metrics.measure import Measures, measure
from simulation.scenarios.model import Scenario
from simulation.sweep.jobs import Job
from simulation.sweep.kept import Kept
from simulation.sweep.machines import HERE, Machines


@dataclass(frozen=True, slots=True)
class Comparison:
    """Measures by rule and by seed; seeds stand in the same order for each rule.

    Attributes:
        own: The parameters that the rule ``ours-own`` was played with.
    """

    scenario: Scenario
    seeds: tuple[int, ...]
    measures: dict[str, list[Measures]]
    own: Ruleset | None = None

    def interval(self, slug: str, key: str) -> Interval:
        """Return mean and 95 % interval of one number under one rule."""
        return interval([each[key] for each in self.measures[slug]])

    def difference(self, first: str, second: str, key: str) -> Interval:
        """Return the interval of second - first over the paired seeds."""
        one, other = self.measures[first], self.measures[second]
        return paired([m[key] for m in one], [m[key] for m in other])


def play_seed(
    scenario: Scenario,
    rules: Iterable[str],
    seed: int,
    progress: Progress | None = None,
    *,
    ruleset: Ruleset | None = None,
    own: Ruleset | None = None,
) -> dict[str, Measures]:
    """Play each rule with the arrivals, the places and the luck of one seed.

    Args:
        scenario: What happens.
        rules: Slugs of the rules.
        seed: The luck.
        progress: Told of each day.
        ruleset: The published parameters; by default the scenario's.
        own: Those of the rule ``ours-own``.
    """
    inputs = draw_inputs(scenario, seed)
    return {
        slug: measure(
            play(
                scenario,
                rule(slug),
                seed,
                inputs=inputs,
                progress=progress,
                ruleset=own if slug == OWN.slug else ruleset,
            )
        )
        for slug in rules
    }


def compare(
    scenario: Scenario,
    rules: tuple[str, ...],
    seeds: tuple[int, ...],
    *,
    machines: Machines = HERE,
    keep: Path | None = None,
    on_done: Callable[[], None] | None = None,
    on_found: Callable[[str, int, Measures], None] | None = None,
    own: Ruleset | None = None,
) -> Comparison:
    """Play rules over seeds.

    Args:
        scenario: What happens.
        rules: Slugs of the rules.
        seeds: One run of each rule for each.
        machines: Who plays; the result does not depend on it.
        keep: A file of results; runs that stand in it are not played again.
        on_done: Called after each run.
        on_found: Called after each run with its rule, seed and measures.
        own: The parameters of the rule ``ours-own``.
    """
    found: dict[tuple[str, int], Measures] = {}
    jobs = jobs_of(scenario, rules, seeds, own=own)
    for job, measures in Kept(keep).run(jobs, machines):
        found[job.rule, job.seed] = measures
        if on_done:
            on_done()
        if on_found:
            on_found(job.rule, job.seed, measures)
    return assembled(scenario, rules, seeds, found, own=own)


def jobs_of(
    scenario: Scenario,
    rules: tuple[str, ...],
    seeds: tuple[int, ...],
    *,
    own: Ruleset | None = None,
) -> list[Job]:
    """Return the runs of a comparison, seed by seed."""
    return [
        Job(scenario, slug, seed, ruleset=own if slug == OWN.slug else None)
        for seed in seeds
        for slug in rules
    ]


def assembled(
    scenario: Scenario,
    rules: tuple[str, ...],
    seeds: tuple[int, ...],
    found: Mapping[tuple[str, int], Measures],
    *,
    own: Ruleset | None = None,
) -> Comparison:
    """Put the runs of a comparison side by side; only seeds that are whole."""
    whole = tuple(s for s in seeds if all((slug, s) in found for slug in rules))
    by_rule = {slug: [found[slug, seed] for seed in whole] for slug in rules}
    return Comparison(scenario, whole, by_rule, own)
