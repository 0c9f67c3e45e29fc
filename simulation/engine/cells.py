"""Places by pool and day: the slots of a simulated night.

Places are numbered by day, then pool, so that a cell is a run of numbers; what is
free and what was published tonight is then two counts over one window.
"""

from dataclasses import dataclass, field
from datetime import datetime, time

import numpy as np

from service.domain.slots import OpenSlot
from simulation.engine.arrays import Ints, where
from simulation.engine.calendar import day_of
from simulation.engine.capacity import Places
from simulation.engine.world import FREE, UNPUBLISHED, World

SITE = "grenoble"


@dataclass(frozen=True, slots=True)
class Tonight:
    """The cells that have a published place to come; arrays of length k."""

    cell: Ints
    pool: Ints
    day: Ints
    free: Ints
    slots: list[OpenSlot]


@dataclass(slots=True)
class Cells:
    """All cells of a run: arrays of length c, and each place's cell.

    ``written`` keeps the last slot written for each cell, with the counts it says.
    """

    pool: Ints
    day: Ints
    first: Ints
    of_place: Ints
    motifs: list[frozenset[str]]
    sites: list[frozenset[str]]
    number: dict[str, int]
    written: dict[int, tuple[int, int, OpenSlot]] = field(
        default_factory=dict[int, tuple[int, int, OpenSlot]]
    )

    @classmethod
    def of(cls, world: World) -> "Cells":
        """Number the cells of a run, in the order of its places."""
        places = world.places
        edges = where(_new_cell(places))
        pool, day = places.pool[edges], places.day[edges]
        names = [_name(p, d) for p, d in zip(pool.tolist(), day.tolist(), strict=True)]
        return cls(
            pool=pool,
            day=day,
            first=np.append(edges, len(places)).astype(np.int64),
            of_place=np.cumsum(_new_cell(places)).astype(np.int64) - 1,
            motifs=[_motifs_of(world, each) for each in range(places.pools)],
            sites=[frozenset({f"{SITE}-{each}"}) for each in range(places.pools)],
            number={name: at for at, name in enumerate(names)},
        )

    def tonight(self, world: World) -> Tonight:
        """Return what can be given, full cells included.

        The held share of a day is counted on all the places published for it.
        """
        first = int(np.searchsorted(world.places.day, world.today + 1))
        state, cell = world.place_state[first:], self.of_place[first:]
        base = int(cell[0]) if len(cell) else 0
        count = len(self.pool) - base
        shown = np.bincount(cell[state != UNPUBLISHED] - base, minlength=count)
        free = np.bincount(cell[state == FREE] - base, minlength=count)
        some = where(shown > 0)
        found = some + base
        return Tonight(
            cell=found,
            pool=self.pool[found],
            day=self.day[found],
            free=free[some].astype(np.int64),
            slots=[
                self._slot(world, *numbers)
                for numbers in zip(
                    found.tolist(), free[some].tolist(), shown[some].tolist(),
                    strict=True,
                )
            ],
        )  # fmt: skip

    def free_of(self, world: World, cell: int) -> Ints:
        """Return the free places of one cell, in ascending order."""
        first, end = int(self.first[cell]), int(self.first[cell + 1])
        return first + where(world.place_state[first:end] == FREE)

    def _slot(self, world: World, cell: int, free: int, published: int) -> OpenSlot:
        known = self.written.get(cell)
        if known is not None and known[:2] == (free, published):
            return known[2]
        pool, day = int(self.pool[cell]), int(self.day[cell])
        slot = OpenSlot(
            slot=_name(pool, day),
            site=f"{SITE}-{pool}",
            starts_at=datetime.combine(day_of(world.scenario.start, day), time(9)),
            minutes=20,
            motifs=self.motifs[pool],
            places=free,
            published=published,
        )
        self.written[cell] = (free, published, slot)
        return slot


def _new_cell(places: Places) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Say for each place whether it begins a cell."""
    begins = np.ones(len(places), dtype=np.bool_)
    begins[1:] = (np.diff(places.day) != 0) | (np.diff(places.pool) != 0)
    return begins


def _name(pool: int, day: int) -> str:
    return f"p{pool}-{day}"


def _motifs_of(world: World, pool: int) -> frozenset[str]:
    motifs = world.scenario.demand.motifs
    if world.scenario.capacity.pooled:
        return frozenset(each.slug for each in motifs)
    return frozenset({motifs[pool].slug})
