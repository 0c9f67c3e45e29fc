"""The figures that the laboratory promises, each beside its measure."""

import gc
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from simulation.bench.ledger import Ledger
from simulation.bench.probe import Piece, Spent, spent
from simulation.comparison import play_seed
from simulation.engine.population import visits_per_year
from simulation.engine.run import play
from simulation.engine.world import RECEIVED, World, draw_inputs
from simulation.errors import LaboratoryError
from simulation.mechanisms.registry import rule
from simulation.metrics.measure import Measures
from simulation.scenarios.loader import catalogue, digest, load
from simulation.scenarios.model import Scenario
from simulation.scenarios.scaling import scaled
from simulation.sweep.code import engine_digest

if TYPE_CHECKING:
    from simulation.bench.first_click import FirstClickYear

EIGHT: Final = (
    "first-click", "captcha-ahead", "waves", "random-release", "waiting-room",
    "list-by-arrival", "plain-lottery", "ours",
)  # fmt: skip
"""The mechanisms of the promise: as it is, five half-remedies, a lottery, ours."""

SEEDS: Final = 30
ROUNDS: Final = 3
"""How often each side of the comparison with Mesa plays its year, in turn."""

PEOPLE: Final = (0.25, 0.5, 1.0, 2.0)
NIGHTS: Final = (90, 180, 365, 730)
NATION: Final = (4.0, 8.0, 16.0, 32.0)
"""Sizes of Isère on the way to the nation: 32 × 37,500 = 1.2 million visits a year."""

Done = Callable[[], None] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One promised number beside the measured one.

    Attributes:
        what: What was done.
        promised: The bound, in the unit; None where nothing was promised.
        measured: The number found.
        unit: Of both.
        at_least: Whether the bound is the least; else it is the most.
        note: What else was seen, and what was only extrapolated.
    """

    what: str
    promised: float | None
    measured: float
    unit: str
    at_least: bool = False
    note: str = ""

    @property
    def is_kept(self) -> bool | None:
        """Whether the promise holds; None without a promise."""
        if self.promised is None:
            return None
        if self.at_least:
            return self.measured >= self.promised
        return self.measured <= self.promised


def year_of_isere() -> Iterator[Figure]:
    """Measure one prefecture-year under the first click and under ours."""
    alone = [spent([_year(slug)]) for slug in ("first-click", "ours")]
    both = spent([_year("ours"), _year("first-click")], workers=2)
    note = "; ".join(
        f"{slug} alone {each.wall_s:.1f} s ({each.cpu_s:.1f} s of processor)"
        for slug, each in zip(("first-click", "ours"), alone, strict=True)
    )
    yield Figure(
        what="a year of Isère, first-click and ours together, two processes",
        promised=10.0,
        measured=both.wall_s,
        unit="s",
        note=f"{both.cpu_s:.1f} s of processor{_idle(both)}; {note}",
    )
    yield Figure(
        what="the most memory that one of them held",
        promised=500.0,
        measured=max(each.peak_mb for each in (*alone, both)),
        unit="MB",
    )


def _idle(found: Spent) -> str:
    """Say, where other programs took part of the machine, what it would take alone."""
    cores = min(2, os.cpu_count() or 1)
    if not hasattr(os, "getloadavg") or os.getloadavg()[0] < cores + 1:
        return ""
    return f", {found.cpu_s / cores:.1f} s on {cores} cores of its own"


def _year(slug: str) -> Piece:
    return play_seed, (load("S01"), (slug,), 1)


def sixteen_by_eight(
    seeds: int,
    on_done: Done = None,
    *,
    share: float = 1.0,
    keep: Path | None = None,
) -> Iterator[Figure]:
    """Measure the sixteen scenarios under eight mechanisms.

    Args:
        seeds: How many are played; the rest of thirty is said to be extrapolated.
        on_done: Called after each of the 16 × seeds pieces.
        share: Size of the scenarios; below 1 it is a trial, and nothing is promised.
        keep: A file of pieces; those that this very code measured are not done again.
    """
    pieces = catalogue_pieces(seeds, share)
    names = [f"{digest(scenario)[:16]}/{seed}" for _, (scenario, seed) in pieces]
    ledger = Ledger.opened(keep, engine_digest())
    found = spent(pieces, workers=2, on_done=on_done, names=names, ledger=ledger)
    whole = found.wall_s * SEEDS / seeds
    measured = f"all measured, {found.wall_s:.0f} s" if seeds == SEEDS else (
        f"measured: {seeds} of {SEEDS} seeds in {found.wall_s:.0f} s; "
        "the others extrapolated"
    )  # fmt: skip
    sittings = f"; in {found.sittings} sittings" if found.sittings > 1 else ""
    killed = f"; {found.killed} × a worker was killed" if found.killed else ""
    cost = f"{found.cpu_s:.0f} s of processor{_idle(found)}"
    size = "full size" if share == 1 else f"{share:g} of their size"
    yield Figure(
        what=f"16 scenarios × 8 mechanisms × 30 seeds, {size}, two processes",
        promised=15.0 if share == 1 else None,
        measured=whole / 60,
        unit="min",
        note=f"{measured}; {cost}{sittings}{killed}",
    )


def catalogue_pieces(seeds: int, share: float = 1.0) -> list[Piece]:
    """Return one piece for each scenario and seed, the longest first."""
    sixteen = [
        each if share == 1 else scaled(each, share)
        for each in catalogue().values()
        if each.code.startswith("S")
    ]
    sixteen.sort(key=lambda each: -visits_per_year(each.demand) * each.days)
    return [
        (_eight, (scenario, seed))
        for scenario in sixteen
        for seed in range(1, seeds + 1)
    ]


def _eight(scenario: Scenario, seed: int) -> dict[str, Measures]:
    return play_seed(scenario, EIGHT, seed)


@dataclass(frozen=True, slots=True)
class _Rounds:
    """Processor seconds of one year, round by round, both ways in turn."""

    arrays_s: tuple[float, ...]
    mesa_s: tuple[float, ...]
    is_same: bool


def against_mesa(share: float = 1.0) -> Iterator[Figure]:
    """Play the same first-click year with Mesa and with the arrays, in one process.

    Both are warm, both start from the same people and places, both have the cycle
    collector paused, and they play in turn; the medians are compared.

    Raises:
        LaboratoryError: Mesa is not installed; the text says how to get it.
    """
    if find_spec("mesa") is None:
        raise LaboratoryError("the comparison needs Mesa 3.3: pip install '.[bench]'")
    found: _Rounds = spent([(_both_ways, (share,))]).results[0]
    arrays_s, mesa_s = median(found.arrays_s), median(found.mesa_s)
    each = [m / a for a, m in zip(found.arrays_s, found.mesa_s, strict=True)]
    spread = f"{min(each):.1f} to {max(each):.1f} ×"
    yield Figure(
        what="the same first-click year with Mesa, times as long as ours",
        promised=20.0 if share == 1 else None,
        measured=mesa_s / arrays_s,
        unit="×",
        at_least=True,
        note=f"{mesa_s:.1f} s against {arrays_s:.2f} s of processor in one process, "
        f"medians of {len(each)} rounds in turn ({spread}); "
        f"{'equal results' if found.is_same else 'THE RESULTS DIFFER'}",
    )


def _both_ways(share: float) -> _Rounds:
    """Play the year both ways, ``ROUNDS`` times in turn, after one small year each."""
    from simulation.bench.first_click import FirstClickYear

    first = scaled(load("S01"), 0.02, days=30)  # both start warm
    play(first, rule("first-click"), 1)
    FirstClickYear(first, draw_inputs(first, 1)).play()
    scenario = scaled(load("S01"), share)
    inputs = draw_inputs(scenario, 1)
    arrays_s: list[float] = []
    mesa_s: list[float] = []
    is_same = True
    for _ in range(ROUNDS):
        gc.collect()
        gc.disable()  # for both: the arrays pause it anyway
        begin = time.process_time()
        world = play(scenario, rule("first-click"), 1, inputs=inputs)
        middle = time.process_time()
        year = FirstClickYear(scenario, inputs)
        year.play()
        end = time.process_time()
        gc.enable()
        arrays_s.append(middle - begin)
        mesa_s.append(end - middle)
        is_same = is_same and _same(world, year)
    return _Rounds(tuple(arrays_s), tuple(mesa_s), is_same)


def _same(world: World, year: "FirstClickYear") -> bool:
    """Say whether both received the same people on the same days."""
    received = {each.need.number: each.received_on for each in year.people}
    return all(
        received.get(number, -1) == (day if state == RECEIVED else -1)
        for number, (state, day) in enumerate(
            zip(world.state.tolist(), world.received_on.tolist(), strict=True)
        )
    )


def growth(*, national: bool, on_done: Done = None) -> Iterator[Figure]:
    """Measure how cost grows with people and with nights, both rules together.

    Args:
        national: Also four to thirty-two times Isère: 1.2 million visits a year.
        on_done: Called after each size.
    """
    isere = load("S01")
    for share in (*PEOPLE, *(NATION if national else ())):
        yield _grown(f"× {share:g} people and places", _larger(isere, share))
        if on_done:
            on_done()
    for days in NIGHTS:
        yield _grown(f"{days} nights", replace(scaled(isere, 0.5), days=days))
        if on_done:
            on_done()


def _larger(isere: Scenario, share: float) -> Scenario:
    """Return Isère times ``share``, sellers and their stock alike."""
    return isere if share == 1 else scaled(isere, share)


def _grown(what: str, scenario: Scenario) -> Figure:
    visits = visits_per_year(scenario.demand) * scenario.days / 365
    found = spent([(play_seed, (scenario, ("first-click", "ours"), 1))])
    each = 1e6 * found.cpu_s / visits
    return Figure(
        what=f"Isère {what}: {visits:,.0f} visits, first-click and ours",
        promised=None,
        measured=found.cpu_s,
        unit="s of processor",
        note=f"{each:.0f} µs a visit, {found.wall_s:.1f} s, {found.peak_mb:.0f} MB",
    )
