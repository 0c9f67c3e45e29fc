"""Play the prefecture of the frontier: rulesets by loads by shares of dated demand.

A run begins without a queue. A year of warm-up, then a year that is measured.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from service.domain.ruleset import DEFAULT_RULESET
from simulation.agents.applicants import Applicants
from simulation.engine.closed_forms import least_lost
from simulation.engine.world import draw_inputs
from simulation.frontier.clairvoyant import lost_share
from simulation.frontier.table import USUAL, Best, Found, Point, points
from simulation.frontier.variants import VARIANTS
from simulation.scenarios.model import Motif, Scenario
from simulation.sweep.jobs import Job
from simulation.sweep.kept import Kept, lines
from simulation.sweep.machines import HERE, Machines
from simulation.validation.scenes import prefecture

STEADY: Final = Applicants(no_show=0.0, cancels=0.0, several=0.0, gives_up=0.0)


@dataclass(frozen=True, slots=True)
class Size:
    """How long and how large a run is.

    Attributes:
        places: Places of a working day. Thirty-six are some twenty to thirty open
            places on a usual night (Tuesday to Friday), sixty-five on a Monday: 5, 10,
            15 and 20 % of twenty are whole. What each quota really gave is measured.
        days: Days that are measured, after the warm-up.
        warm_up: Days before them.
    """

    places: float = 36
    days: int = 365
    warm_up: int = 365

    @property
    def whole(self) -> int:
        """Days of a run."""
        return self.warm_up + self.days


A_YEAR: Final = Size()


def scene(load: float, dated: float, size: Size = A_YEAR) -> Scenario:
    """Return a prefecture at one load, counted in visits, without attackers."""
    per_day = load * size.places * 5 / 7
    scenario = prefecture(
        days=size.whole,
        places=float(size.places),
        people_per_day=per_day,
        applicants=STEADY,
    )
    motif = Motif(slug="renouvellement-titre", dated=dated)
    return replace(
        scenario,
        capacity=replace(scenario.capacity, lead_days=(5, 28)),
        demand=replace(scenario.demand, motifs=(motif,)),
    )


def floor(load: float, dated: float) -> float:
    """Return what any rule loses of savable rights here, year after year."""
    return least_lost(load, dated, scene(load, dated).demand.lost_share)


def job_of(load: float, dated: float, ruleset: str, seed: int, size: Size) -> Job:
    """Return one run of the frontier."""
    return Job(
        scene(load, dated, size),
        "ours",
        seed,
        f"{load:g}/{dated:g}/{ruleset}",
        VARIANTS[ruleset],
        after=size.warm_up,
    )


def frontier(
    loads: list[float],
    dated: list[float],
    seeds: tuple[int, ...],
    *,
    size: Size = A_YEAR,
    rulesets: Sequence[str] = tuple(VARIANTS),
    machines: Machines = HERE,
    keep: Path | None = None,
    on_done: Callable[[], None] | None = None,
) -> list[Point]:
    """Play every ruleset at every load and share of dated demand, seed by seed."""
    found: Found = {}
    jobs = jobs_of(loads, dated, seeds, size=size, rulesets=rulesets)
    for job, measures in Kept(keep).run(jobs, machines):
        found.setdefault(_at(job.point), {})[job.seed] = measures
        if on_done:
            on_done()
    return points(found, bounds(found, size))


def jobs_of(
    loads: list[float],
    dated: list[float],
    seeds: tuple[int, ...],
    *,
    size: Size = A_YEAR,
    rulesets: Sequence[str] = tuple(VARIANTS),
) -> list[Job]:
    """Return the runs of a frontier, seed by seed."""
    return [
        job_of(load, share, name, seed, size)
        for seed in seeds
        for load in loads
        for share in dated
        for name in rulesets
    ]


def gathered(
    file: Path, size: Size = A_YEAR, *, any_version: bool = False
) -> tuple[Found, Best]:
    """Return the runs that a file of results holds, and their bounds.

    Nothing is played. Runs of another size, another rule or an older ruleset are
    left out: their key is not the one that would be asked for today. So are those of
    another engine.

    Args:
        file: Results of the frontier.
        size: Of the runs.
        any_version: Also take runs of another engine, by load, share, ruleset and
            seed: that they are of this size, whoever asks must know. A run of today's
            engine goes before one of another.

    Raises:
        LaboratoryError: Not a file of results.
    """
    found: Found = {}
    for line in sorted(lines(file), key=lambda line: line.is_current):
        if line.point.count("/") < 2 or line.point.split("/", 2)[2] not in VARIANTS:
            continue
        load, share, name = at = _at(line.point)
        asked = job_of(load, share, name, line.seed, size)
        is_other = any_version and not line.is_current and line.rule == asked.rule
        if is_other or (line.is_current and asked.key == line.key):
            found.setdefault(at, {})[line.seed] = line.measures
    return found, bounds(found, size)


def bounds(found: Found, size: Size = A_YEAR) -> Best:
    """Compute the clairvoyant's share for every seed of the default ruleset."""
    return {
        (load, share, seed): _best(scene(load, share, size), seed, size.warm_up)
        for (load, share, name), runs in found.items()
        if name == USUAL
        for seed in runs
    }


def _best(each: Scenario, seed: int, since: int) -> float:
    """Bound what any rule loses of the rights that end in the measured days.

    The clairvoyant may give their places in the warm-up already, and nobody else any:
    whatever queue a rule leaves behind at its end, it saves no more of them.
    """
    _, needs, places = draw_inputs(each, seed)
    savable = needs.dated & (needs.expiry >= needs.arrival)
    savable &= (needs.expiry >= since) & (needs.expiry < each.days)
    notice = DEFAULT_RULESET.notice.short_days
    return lost_share(places.day, needs.registers, needs.expiry, savable, notice)


def _at(point: str) -> tuple[float, float, str]:
    load, share, name = point.split("/", 2)
    return float(load), float(share), name
