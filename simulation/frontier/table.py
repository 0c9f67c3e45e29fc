"""Map loads and rulesets: rights lost against the wait of those without a date."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from service.domain.ruleset import DEFAULT_RULESET
from simulation.agents.applicants import Applicants
from simulation.engine.world import draw_inputs
from simulation.frontier.clairvoyant import lost_share
from simulation.frontier.variants import VARIANTS
from simulation.metrics.intervals import Interval, interval, paired
from simulation.metrics.measure import Measures
from simulation.scenarios.model import Motif, Scenario
from simulation.sweep.jobs import Job
from simulation.sweep.kept import Kept, lines
from simulation.sweep.machines import HERE, Machines
from simulation.validation.scenes import prefecture

STEADY = Applicants(no_show=0.0, cancels=0.0, several=0.0, gives_up=0.0)


USUAL: Final = "default"
HARMLESS: Final = 0.005
"""Half a point of savable rights: what a shorter wait may cost at most, and be called
free. A gap whose interval ends under it is no loss that anybody could see."""

WORTH_DAYS: Final = 7.0
"""A week: the least by which a wait must be shorter for a published rule to change."""

FEWEST: Final = 5
"""Paired seeds under which nothing is recommended (fewer show progress only)."""

Found = dict[tuple[float, float, str], dict[int, Measures]]
"""Measures by load, share of dated demand and ruleset, then by seed."""

Best = dict[tuple[float, float, int], float]
"""The clairvoyant's share of rights lost, by load, share of dated demand and seed."""

MEASURED: Final = (
    "savable_lost_share", "wait_no_date_p95", "wait_no_date_max", "rights_lost_days",
)  # fmt: skip
"""The measures that a point is made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One ruleset at one load.

    Attributes:
        lost: Share of rights that could be saved and were lost.
        wait: Wait of people without a date, 19 in 20, in days; unserved count.
        longest: Their longest wait.
        days_lost: Days that people lived without their right.
        best: The clairvoyant's share of rights lost.
        lost_gap: ``lost`` less that of the default, seed by seed.
        wait_gap: ``wait`` less that of the default, seed by seed.
        efficient: Whether no other ruleset is better on both axes at this load.
    """

    load: float
    dated: float
    ruleset: str
    lost: Interval
    wait: Interval
    longest: Interval
    days_lost: Interval
    best: Interval
    lost_gap: Interval
    wait_gap: Interval
    efficient: bool = False


def scene(load: float, dated: float, *, days: int, places: float) -> Scenario:
    """Return a prefecture at one load, counted in visits, without attackers."""
    per_day = load * places * 5 / 7
    scenario = prefecture(
        days=days, places=float(places), people_per_day=per_day, applicants=STEADY
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
    rulesets: Sequence[str] = tuple(VARIANTS),
    machines: Machines = HERE,
    keep: Path | None = None,
    on_done: Callable[[], None] | None = None,
) -> list[Point]:
    """Play every ruleset at every load and share of dated demand."""
    found: Found = {}
    jobs = jobs_of(loads, dated, seeds, days=days, places=places, rulesets=rulesets)
    for job, measures in Kept(keep).run(jobs, machines):
        found.setdefault(_at(job.point), {})[job.seed] = measures
        if on_done:
            on_done()
    return points(found, bounds(found, days=days, places=places))


def jobs_of(
    loads: list[float],
    dated: list[float],
    seeds: tuple[int, ...],
    *,
    days: int,
    places: float,
    rulesets: Sequence[str],
) -> list[Job]:
    """Return the runs of a frontier, seed by seed."""
    return [
        Job(scene(load, share, days=days, places=places), "ours", seed,
            _name(load, share, name), VARIANTS[name])
        for seed in seeds
        for load in loads
        for share in dated
        for name in rulesets
    ]  # fmt: skip


def gathered(file: Path, *, days: int = 365, places: float = 36) -> tuple[Found, Best]:
    """Return the runs that a file of results holds, and their bounds.

    Nothing is played. Runs of another size, another rule or an older ruleset are
    left out: their key is not the one that would be asked for today.

    Raises:
        LaboratoryError: Not a file of results.
    """
    found: Found = {}
    for line in lines(file):
        if line.point.count("/") < 2 or line.point.split("/", 2)[2] not in VARIANTS:
            continue
        load, share, name = at = _at(line.point)
        here = scene(load, share, days=days, places=places)
        if Job(here, "ours", line.seed, line.point, VARIANTS[name]).key == line.key:
            found.setdefault(at, {})[line.seed] = line.measures
    return found, bounds(found, days=days, places=places)


def bounds(found: Found, *, days: int, places: float) -> Best:
    """Compute the clairvoyant's share for every seed of the default ruleset."""
    return {
        (load, share, seed): _best(scene(load, share, days=days, places=places), seed)
        for (load, share, name), runs in found.items()
        if name == USUAL
        for seed in runs
    }


def points(found: Found, bound: Best) -> list[Point]:
    """Return every point, by load and share, rulesets in the order of their list.

    Only where the default was played too: every gap is one from it.
    """
    order = {name: at for at, name in enumerate(VARIANTS)}
    cells = sorted({(load, share) for load, share, name in found if name == USUAL})
    made: list[Point] = []
    for load, share in cells:
        usual = found[load, share, USUAL]
        best = interval([bound[load, share, seed] for seed in sorted(usual)])
        names = [n for at, s, n in found if (at, s) == (load, share)]
        here = [
            _point(load, share, name, found[load, share, name], usual, best)
            for name in sorted(names, key=order.__getitem__)
        ]
        made += [replace(one, efficient=_is_efficient(one, here)) for one in here]
    return made


def _name(load: float, share: float, ruleset: str) -> str:
    return f"{load:g}/{share:g}/{ruleset}"


def _at(point: str) -> tuple[float, float, str]:
    load, share, name = point.split("/", 2)
    return float(load), float(share), name


def _point(
    load: float,
    dated: float,
    name: str,
    mine: dict[int, Measures],
    usual: dict[int, Measures],
    best: Interval,
) -> Point:
    seeds = sorted(mine)
    both = sorted(mine.keys() & usual.keys())

    def of(key: str) -> Interval:
        return interval([mine[seed][key] for seed in seeds])

    def gap(key: str) -> Interval:
        return paired([usual[s][key] for s in both], [mine[s][key] for s in both])

    return Point(
        load=load,
        dated=dated,
        ruleset=name,
        lost=of("savable_lost_share"),
        wait=of("wait_no_date_p95"),
        longest=of("wait_no_date_max"),
        days_lost=of("rights_lost_days"),
        best=best,
        lost_gap=gap("savable_lost_share"),
        wait_gap=gap("wait_no_date_p95"),
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


def is_overfull(point: Point) -> bool:
    """Say whether dated needs alone are more than the places.

    Then some lose their right whatever the rule, more each year: a run that begins
    without a queue flatters every ruleset (``mechanism.md`` § 4).
    """
    return point.load * point.dated > 1


def recommended(here: list[Point], longest_wait: float) -> Point:
    """Return the ruleset to take at one load and share of dated demand.

    A ruleset is not changed for luck, nor for what fewer than ``FEWEST`` seeds say.
    Another than the default is taken only when it loses fewer rights beyond its
    paired interval; else when it shortens the wait of people without a date beyond
    its interval and by ``WORTH_DAYS``, and costs at most ``HARMLESS``. Where dated
    needs alone are more than the places, a year tells too little to change a rule.

    Args:
        here: All rulesets at that load and share.
        longest_wait: Days that 19 in 20 people without a date may wait at most.
            When no ruleset keeps to it, only places could: all are considered, and
            rights come first.
    """
    usual = next(each for each in here if each.ruleset == USUAL)
    if is_overfull(usual):
        return usual
    tried = [each for each in here if each is usual or each.lost_gap.seeds >= FEWEST]
    within = [each for each in tried if each.wait.mean <= longest_wait] or tried
    saves = [each for each in within if each.lost_gap.high < -HARMLESS]
    if saves:
        return min(saves, key=lambda each: (each.lost.mean, each.ruleset))
    sooner = [
        each
        for each in within
        if each.lost_gap.high <= HARMLESS
        and each.wait_gap.high < 0
        and each.wait_gap.mean <= -WORTH_DAYS
    ]
    if sooner:
        return min(sooner, key=lambda each: (each.wait.mean, each.ruleset))
    if usual in within:
        return usual
    return min(within, key=lambda each: (each.lost.mean, each.ruleset))
