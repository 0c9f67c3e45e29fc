"""Play several rules over several seeds: same people, same places, same luck."""

from collections.abc import Iterable
from dataclasses import dataclass

from simulation.engine.run import play
from simulation.engine.world import Progress, draw_inputs
from simulation.mechanisms.registry import rule
from simulation.metrics.intervals import Interval, interval, paired
from simulation.metrics.measure import Measures, measure
from simulation.scenarios.model import Scenario


@dataclass(frozen=True, slots=True)
class Comparison:
    """Measures by rule and by seed; seeds stand in the same order for each rule."""

    scenario: Scenario
    seeds: tuple[int, ...]
    measures: dict[str, list[Measures]]

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
) -> dict[str, Measures]:
    """Play each rule with the arrivals, the places and the luck of one seed."""
    inputs = draw_inputs(scenario, seed)
    return {
        slug: measure(
            play(scenario, rule(slug), seed, inputs=inputs, progress=progress)
        )
        for slug in rules
    }


def compare(
    scenario: Scenario, rules: tuple[str, ...], seeds: tuple[int, ...]
) -> Comparison:
    """Play rules over seeds in this process, without a word."""
    by_seed = [play_seed(scenario, rules, seed) for seed in seeds]
    measures = {slug: [each[slug] for each in by_seed] for slug in rules}
    return Comparison(scenario, seeds, measures)
