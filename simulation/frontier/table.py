"""Map loads and rulesets: rights lost against the wait of those without a date."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from service.domain.ruleset import DEFAULT_RULESET
from simulation.agents.applicants import Applicants
from simulation.engine.world import draw_inputs
from simulation.frontier.clairvoyant import lost_share
from simulation.frontier.variants import VARIANTS
from simulation.metrics.intervals import Interval, interval
from simulation.metrics.measure import Measures
from simulation.scenarios.model import Motif, Scenario
from simulation.sweep.jobs import Job
from simulation.sweep.kept import Kept
from simulation.sweep.machines import HERE, Machines
from simulation.validation.scenes import prefecture

STEADY = Applicants(no_show=0.0, cancels=0.0, several=0.0, gives_up=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One ruleset at one load.

    Attributes:
        lost: Share of rights that could be saved and were lost.
        wait: Wait of people without a date, 19 in 20, in days; unserved count.
        longest: Their longest wait.
        best: The clairvoyant's share of rights lost.
        efficient: Whether no other ruleset is better on both axes at this load.
    """

    load: float
    dated: float
    ruleset: str
    lost: Interval
    wait: Interval
    longest: Interval
    best: Interval
    efficient: bool = False


def scene(load: float, dated: float, *, days: int, places: float) -> Scenario:
    """Return a prefecture at one load, counted in visits, without attackers."""
    per_day = load * places * 5 / 7
    scenario = prefecture(
        days=days, places=places, people_per_day=per_day, applicants=STEADY
    )
    motif = Motif(slug="renouvellement-titre", dated=dated)
    return replace(
        scenario,
        capacity=replace(scenario.capacity, lead_days=(5, 28)),
        demand=replace(scenario.demand, motifs=(motif,)),
    )


def frontier(
    loads: list[float],
    dated: list[float],
    seeds: tuple[int, ...],
    *,
    days: int = 365,
    places: float = 36,
    machines: Machines = HERE,
    keep: Path | None = None,
    on_done: Callable[[], None] | None = None,
) -> list[Point]:
    """Play every ruleset at every load and share of dated demand."""
    scenes = {
        (load, share): scene(load, share, days=days, places=places)
        for load in loads
        for share in dated
    }
    jobs = [
        Job(each, "ours", seed, f"{load:g}/{share:g}/{name}", ruleset)
        for (load, share), each in scenes.items()
        for name, ruleset in VARIANTS.items()
        for seed in seeds
    ]
    found: dict[str, Measures] = {}
    for job, measures in Kept(keep).run(jobs, machines):
        found[f"{job.point}/{job.seed}"] = measures
        if on_done:
            on_done()
    points: list[Point] = []
    for (load, share), each in scenes.items():
        at = f"{load:g}/{share:g}"
        best = interval([_best(each, seed) for seed in seeds])
        here = [
            _point(load, share, name, [found[f"{at}/{name}/{s}"] for s in seeds], best)
            for name in VARIANTS
        ]
        points += [replace(one, efficient=_is_efficient(one, here)) for one in here]
    return points


def _point(
    load: float, dated: float, name: str, measures: list[Measures], best: Interval
) -> Point:
    return Point(
        load=load,
        dated=dated,
        ruleset=name,
        lost=interval([m["savable_lost_share"] for m in measures]),
        wait=interval([m["wait_no_date_p95"] for m in measures]),
        longest=interval([m["wait_no_date_max"] for m in measures]),
        best=best,
    )


def _best(each: Scenario, seed: int) -> float:
    _, needs, places = draw_inputs(each, seed)
    savable = needs.dated & (needs.expiry >= needs.arrival)
    savable &= needs.expiry < each.days
    notice = DEFAULT_RULESET.notice.short_days
    return lost_share(places.day, needs.registers, needs.expiry, savable, notice)


def _is_efficient(one: Point, others: list[Point]) -> bool:
    return not any(
        other.lost.mean <= one.lost.mean
        and other.wait.mean <= one.wait.mean
        and (other.lost.mean < one.lost.mean or other.wait.mean < one.wait.mean)
        for other in others
    )


def recommended(points: list[Point], longest_wait: float) -> Point:
    """Return the ruleset that loses fewest rights within a bound on waits.

    The default stays unless another is better beyond its interval: a ruleset is
    not changed for luck.

    Args:
        points: All rulesets at one load and share of dated demand.
        longest_wait: Days that 19 in 20 people without a date may wait at most;
            when no ruleset keeps to it, the shortest wait counts.
    """
    usual = next(each for each in points if each.ruleset == "default")
    within = [each for each in points if each.wait.mean <= longest_wait]
    if not within:
        return min(points, key=lambda each: (each.wait.mean, each.ruleset))
    best = min(within, key=lambda each: (each.lost.mean, each.ruleset))
    if usual in within and not best.lost.high < usual.lost.low:
        return usual
    return best
