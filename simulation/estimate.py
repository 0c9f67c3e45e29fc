"""How long a question will take, said before it starts."""

import time
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


def estimate_s(scenario: Scenario, rules: tuple[str, ...], seeds: int) -> float:
    """Return the seconds that a comparison is expected to take on one core.

    Long ones are told for this machine as it is now: a small year is played and timed.
    """
    days = scenario.days
    visits = visits_per_year(scenario.demand) * days / 365
    pools = 1 if scenario.capacity.pooled else len(scenario.demand.motifs)
    each = [_cost(rule(slug)) for slug in rules]
    usual = seeds * sum(days * pools * a_day + visits * a_visit
                        for a_day, a_visit in each)  # fmt: skip
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


def refuse_hours(seconds: float, *, force: bool) -> None:
    """Refuse what would take hours, and say how to make it smaller.

    Raises:
        LaboratoryError: Longer than an hour and not asked for in so many words.
    """
    if seconds > TOO_LONG_S and not force:
        share = TOO_LONG_S / seconds / 3
        raise LaboratoryError(
            f"this would take about {seconds / 3600:.1f} hours; use fewer --seeds, "
            f"fewer --rule, or a smaller size such as --scale {share:.2g} "
            "(shares change little with size); --force runs it all the same"
        )
