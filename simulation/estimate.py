"""How long a question will take, said before it starts."""

import time
from collections.abc import Callable
from functools import cache
from typing import Final

from simulation.engine.population import visits_per_year
from simulation.engine.run import play
from simulation.errors import LaboratoryError
from simulation.mechanisms.registry import rule
from simulation.mechanisms.rule import Rule
from simulation.scenarios.loader import load
from simulation.scenarios.model import Scenario
from simulation.scenarios.scaling import scaled

Cost = tuple[float, float]
"""Processor seconds of a day of one pool, and of a visit."""

CLICK: Final[Cost] = (4.5e-4, 2.0e-5)
ORDER: Final[Cost] = (1.3e-4, 1.0e-5)
DRAW: Final[Cost] = (1.0e-3, 8.0e-5)
"""A click; a list or a plain lottery; a night of the published rule.

Read off 36 runs of nine scenarios (822 to 37,500 visits, 180 to 365 days) on
26 November 2026: they lie within half of it. Where queues grow, it is more.
"""

PROBE_S: Final = 0.117
"""What the probe took where the costs were read off."""

WORTH_A_PROBE_S: Final = 20.0
"""Under this nobody plans their morning by an estimate."""

TOO_LONG_S = 3600.0


Smaller = Callable[[float], str]
"""Says how to ask for at most that share of what was asked for."""


def estimate_s(scenario: Scenario, rules: tuple[str, ...], seeds: int) -> float:
    """Return the seconds that a comparison is expected to take on one core."""
    return here_s(usual_s(scenario, rules, seeds))


def usual_s(scenario: Scenario, rules: tuple[str, ...], seeds: int) -> float:
    """Return the processor seconds of a comparison where the costs were read off."""
    days = scenario.days
    visits = visits_per_year(scenario.demand) * days / 365
    pools = 1 if scenario.capacity.pooled else len(scenario.demand.motifs)
    each = [_cost(rule(slug)) for slug in rules]
    return seeds * sum(days * pools * a_day + visits * a_visit
                       for a_day, a_visit in each)  # fmt: skip


def here_s(usual: float) -> float:
    """Return the seconds of usual work on this machine, as it is now.

    Only what is long is told for this machine: a small year is played and timed.
    """
    return usual if usual < WORTH_A_PROBE_S else usual * pace()


def _cost(each: Rule) -> Cost:
    if not each.is_draw:
        return CLICK
    return DRAW if each.order == "published" else ORDER


@cache
def pace() -> float:
    """Return how many times as long as usual this machine takes, timed once.

    The best of three, in processor seconds: other programs lengthen the wait, which
    nobody can foretell, and not much else.
    """
    scene = scaled(load("S06"), 0.25, days=90)
    taken: list[float] = []
    for _ in range(3):
        begin = time.process_time()
        for slug in ("first-click", "ours"):
            play(scene, rule(slug), 1)
        taken.append(time.process_time() - begin)
    return min(taken) / PROBE_S


def spoken(seconds: float) -> str:
    """Say a length of time as people do."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} hours"


def by_scale(share: float) -> str:
    """Say how to play less of a scenario: fewer runs, or a smaller prefecture."""
    return (
        f"use fewer --seeds, fewer --rule, or a smaller size such as --scale "
        f"{share:.2g} (shares change little with size)"
    )


def by_seeds(seeds: int, otherwise: str) -> Smaller:
    """Say how many seeds would do; where one is too many, what else to ask less of."""

    def fewer(share: float) -> str:
        few = int(seeds * share)
        return f"use --seeds {few}" if few else otherwise

    return fewer


def refuse_hours(
    seconds: float, *, force: bool, smaller: Smaller = by_scale, goes_on: bool = False
) -> None:
    """Refuse what would take hours, and say how to make it smaller.

    Args:
        seconds: The estimate.
        force: Whether it was asked for in so many words.
        smaller: What to ask less of.
        goes_on: Whether a file of results was named, from which a cut run goes on.

    Raises:
        LaboratoryError: Longer than an hour and not forced.
    """
    if seconds > TOO_LONG_S and not force:
        cut = ", and can be cut: what is in the file is not played again"
        raise LaboratoryError(
            f"this would take about {seconds / 3600:.1f} hours; "
            f"{smaller(TOO_LONG_S / seconds / 3)}; "
            f"--force runs it all the same{cut if goes_on else ''}"
        )
