"""Play several rules over several seeds: same people, same places, same luck."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from service.domain.ruleset import Ruleset
from simulation.engine.run import play
from simulation.engine.world import Progress, draw_inputs
from simulation.estimate import here_s, usual_s
from simulation.mechanisms.registry import OWN, rule
from simulation.metrics.directions import Judged, judge
from simulation.metrics.intervals import Interval, interval, paired
from simulation.metrics.measure import Measures, measure
from simulation.scenarios.expected import causeless_rules, without_cause
from simulation.scenarios.model import Scenario
from simulation.sweep.jobs import Job
from simulation.sweep.kept import Kept
from simulation.sweep.machines import HERE, Machines

CAUSELESS: Final = "without-cause"
"""The point of a run that is played for a direction, not for the table."""

Piece = tuple[str, bool, int]
"""One run of a comparison: its rule, whether its cause is taken away, its seed."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Measures by rule and by seed; seeds stand in the same order for each rule.

    Attributes:
        own: The parameters that the rule ``ours-own`` was played with.
        causeless: The same for the episode without its cause, for the rules that its
            directions ask for.
    """

    scenario: Scenario
    seeds: tuple[int, ...]
    measures: dict[str, list[Measures]]
    own: Ruleset | None = None
    causeless: dict[str, list[Measures]] = field(
        default_factory=dict[str, list[Measures]]
    )

    def interval(self, slug: str, key: str) -> Interval:
        """Return mean and 95 % interval of one number under one rule."""
        return interval([each[key] for each in self.measures[slug]])

    def difference(self, first: str, second: str, key: str) -> Interval:
        """Return the interval of second - first over the paired seeds."""
        one, other = self.measures[first], self.measures[second]
        return paired([m[key] for m in one], [m[key] for m in other])

    def judged(self) -> list[Judged]:
        """Judge what the episode expects; "not played" where a run is missing."""
        found: list[Judged] = []
        cause = self.scenario.cause
        calm = self.causeless if cause and cause.changes else self.measures
        for each in self.scenario.directions:
            runs = calm if each.without_cause else self.measures
            against = runs.get(each.other_rule or each.rule, [])
            found.append(judge(each, self.measures.get(each.rule, []), against))
        return found


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


def play_once(
    scenario: Scenario,
    rules: tuple[str, ...],
    seed: int,
    progress: Progress | None = None,
    *,
    ruleset: Ruleset | None = None,
    own: Ruleset | None = None,
) -> Comparison:
    """Play one seed, and the same without its cause where a direction asks for it."""
    played = play_seed(scenario, rules, seed, progress, ruleset=ruleset, own=own)
    beside: dict[str, Measures] = {}
    if slugs := causeless_rules(scenario, rules):
        calm = without_cause(scenario)
        beside = play_seed(calm, slugs, seed, progress, ruleset=ruleset)
    usual, calm_ = ({k: [v] for k, v in each.items()} for each in (played, beside))
    return Comparison(scenario, (seed,), usual, own, calm_)


def jobs_of(
    scenario: Scenario,
    rules: tuple[str, ...],
    seeds: tuple[int, ...],
    *,
    own: Ruleset | None = None,
    causeless: bool = False,
) -> list[Job]:
    """Return the runs of a comparison, seed by seed.

    Without their cause too, when ``causeless``, those that its directions ask for.
    """
    beside = causeless_rules(scenario, rules) if causeless else ()
    calm = without_cause(scenario) if beside else scenario
    return [
        job
        for seed in seeds
        for job in (
            *(
                Job(scenario, slug, seed, ruleset=own if slug == OWN.slug else None)
                for slug in rules
            ),
            *(Job(calm, slug, seed, point=CAUSELESS) for slug in beside),
        )
    ]


def comparison_s(scenario: Scenario, rules: tuple[str, ...], seeds: int) -> float:
    """Return the seconds on one core, causeless runs included."""
    beside = causeless_rules(scenario, rules)
    calm = without_cause(scenario) if beside else scenario
    return here_s(usual_s(scenario, rules, seeds) + usual_s(calm, beside, seeds))


def compare(
    scenario: Scenario,
    rules: tuple[str, ...],
    seeds: tuple[int, ...],
    *,
    causeless: bool = False,
    machines: Machines = HERE,
    keep: Path | None = None,
    on_done: Callable[[], None] | None = None,
    on_found: Callable[[Job, Measures], None] | None = None,
    own: Ruleset | None = None,
) -> Comparison:
    """Play rules over seeds.

    Args:
        scenario: What happens.
        rules: Slugs of the rules.
        seeds: One run of each rule for each.
        causeless: Whether to play without its cause too what directions ask for.
        machines: Who plays; the result does not depend on it.
        keep: A file of results; runs that stand in it are not played again.
        on_done: Called after each run.
        on_found: Called after each run with its job and measures.
        own: The parameters of the rule ``ours-own``.
    """
    jobs = jobs_of(scenario, rules, seeds, own=own, causeless=causeless)
    found: dict[Piece, Measures] = {}
    for job, measures in Kept(keep).run(jobs, machines):
        found[piece(job)] = measures
        if on_done:
            on_done()
        if on_found:
            on_found(job, measures)
    return assembled(scenario, rules, seeds, found, own=own, causeless=causeless)


def piece(job: Job) -> Piece:
    """Return which run of a comparison that is."""
    return job.rule, job.point == CAUSELESS, job.seed


def assembled(
    scenario: Scenario,
    rules: tuple[str, ...],
    seeds: tuple[int, ...],
    found: Mapping[Piece, Measures],
    *,
    own: Ruleset | None = None,
    causeless: bool = True,
) -> Comparison:
    """Put the runs of a comparison side by side; only seeds that are whole."""
    beside = causeless_rules(scenario, rules) if causeless else ()
    wanted = [(slug, False) for slug in rules] + [(slug, True) for slug in beside]
    whole = tuple(s for s in seeds if all((*each, s) in found for each in wanted))
    usual, calm = (
        {slug: [found[slug, kind, seed] for seed in whole] for slug in slugs}
        for slugs, kind in ((rules, False), (beside, True))
    )
    return Comparison(scenario, whole, usual, own, calm)
