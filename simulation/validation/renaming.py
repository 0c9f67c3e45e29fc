"""V12e: exchange names, with the same tickets; each place follows its label."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from simulation.engine.arrays import NEVER, Ints, where
from simulation.engine.night import exchanged
from simulation.engine.run import play
from simulation.engine.world import World, draw_inputs
from simulation.mechanisms.registry import rule
from simulation.scenarios.model import Scenario
from simulation.validation.row import Row, said
from simulation.validation.scenes import ALIKE, prefecture

Seeds = tuple[int, ...]
HALF_A_DAY: Final = 0.5
"""Ahead by luck: of some twenty seeds with four hundred people each."""


@dataclass(frozen=True, slots=True)
class _Renamed:
    """One seed, played with the names as they are and with some exchanged.

    Attributes:
        moved: Places that go to people who carry another's label.
        followed: Those that are the label's: same place, given on the same day.
        ahead: Days by which those who stand first in the list are served sooner,
            of people registered on the same day.
        ahead_renamed: The same, with the names exchanged.
    """

    moved: int
    followed: int
    ahead: float
    ahead_renamed: float


def names_do_not_matter(seeds: Seeds) -> Row:
    """Exchange the labels of people whom the rule cannot tell apart.

    The set of labels, so of tickets, is the same each night. Then the very draw gives
    each label what it gave it before, and over seeds it is worth nothing to stand
    first in the list, under either naming.
    """
    scene = prefecture(
        days=40, places=8, people_per_day=10, waiting=60, applicants=ALIKE
    )
    some = range(1, 4 * len(seeds) + 12)
    found = [_renamed(scene, seed) for seed in some]
    moved, followed = (
        sum(getattr(each, name) for each in found) for name in ("moved", "followed")
    )
    before = float(np.mean([each.ahead for each in found]))
    after = float(np.mean([each.ahead_renamed for each in found]))
    return Row(
        number="V12e",
        fact=said(
            "names exchanged, the tickets the same: each place goes with its label, "
            "and nobody gains by standing first",
            "noms échangés, mêmes tickets : chaque place suit son pseudonyme, et nul "
            "ne gagne à être premier de la liste",
        ),
        kind="law",
        target=said(
            "all places follow; ahead by 0 ± 0.5 days under either naming",
            "toutes suivent ; avance de 0 ± 0.5 jour, avant comme après l'échange",
        ),
        found=said(
            f"{followed:,} of {moved:,} follow; {before:+.2f} and {after:+.2f} days",
            f"{followed:,} sur {moved:,} suivent ; {before:+.2f} et {after:+.2f} jour",
        ),
        holds=followed == moved and max(abs(before), abs(after)) <= HALF_A_DAY,
    )


def _renamed(scenario: Scenario, seed: int) -> _Renamed:
    inputs = draw_inputs(scenario, seed)
    usual = play(scenario, rule("ours"), seed, inputs=inputs)
    other = play(scenario, rule("ours"), seed, inputs=inputs, renamed=1)
    owner = exchanged(usual, usual.needs.expiry, 1)
    moved = (owner != np.arange(len(owner))) & (other.obtained_on < NEVER)
    same = (other.obtained_on == usual.obtained_on[owner]) & (
        other.place_of == usual.place_of[owner]
    )
    return _Renamed(
        moved=int(np.count_nonzero(moved)),
        followed=int(np.count_nonzero(moved & same)),
        ahead=_ahead(usual),
        ahead_renamed=_ahead(other),
    )


def _ahead(world: World) -> float:
    """Return how much sooner the first half of each day's registrations is served."""
    days = world.scenario.days
    served = np.minimum(world.obtained_on, days)
    gaps: list[float] = []
    for day in np.unique(world.needs.registers):
        group: Ints = where(world.needs.registers == day)
        half = len(group) // 2
        if half:
            first, last = served[group[:half]], served[group[half:]]
            gaps.append(float(last.mean() - first.mean()))
    return float(np.mean(gaps))
