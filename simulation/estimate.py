"""How long a question will take, said before it starts."""

from simulation.engine.population import visits_per_year
from simulation.errors import LaboratoryError
from simulation.mechanisms.registry import rule
from simulation.scenarios.model import Scenario

CLICK_DAY_S, DRAW_DAY_S = 0.0008, 0.002
CLICK_S, DRAW_S = 1.2e-7, 2.5e-7
"""Per day and pool; per visit and day of the run. Measured by ``bench``."""

TOO_LONG_S = 3600.0


def estimate_s(scenario: Scenario, rules: tuple[str, ...], seeds: int) -> float:
    """Return the seconds that a comparison is expected to take on one core.

    Rough: queues, and with them the nights, grow with the load.
    """
    days = scenario.days
    visits = visits_per_year(scenario.demand) * days / 365
    pools = 1 if scenario.capacity.pooled else len(scenario.demand.motifs)
    each = [
        (DRAW_S, DRAW_DAY_S) if rule(slug).is_draw else (CLICK_S, CLICK_DAY_S)
        for slug in rules
    ]
    return seeds * sum(
        visits * days * per_visit + days * pools * per_day
        for per_visit, per_day in each
    )


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
