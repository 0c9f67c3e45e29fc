"""What anybody can add up from public transcripts: places that left without a draw."""

from dataclasses import dataclass

import numpy as np

from simulation.engine.arrays import Ints, where
from simulation.engine.cells import Cells
from simulation.engine.world import FREE, World


@dataclass(slots=True)
class Ledger:
    """A count kept from outside, slot by slot.

    A night's transcript says how many places of each slot are free, and who, by
    label, is given one. A place free last night that no draw gave away, and every
    place published or given back since, must be free tonight.

    Attributes:
        of_place: The slot of each place.
        due: For each slot, how many places must be free, by the transcripts.
        missing: Places that were not there, so far.
    """

    of_place: Ints
    due: Ints
    missing: int = 0

    @classmethod
    def of(cls, world: World) -> "Ledger":
        """Open the ledger of a run: nothing is published yet."""
        cells = Cells.of(world)
        return cls(cells.of_place, np.zeros(len(cells.day), dtype=np.int64))

    def read(self, world: World, freed: Ints, given: Ints) -> None:
        """Compare tonight's transcript with the count, then carry the count on.

        Where a freed place is bookable at once it may leave by the click, and only
        the others must be there: an insider can hide behind those.

        Args:
            world: The run, after tonight's places were shown and before any is given.
            freed: Places given back today, a published number a slot.
            given: Places that tonight's draw gives.
        """
        shown = where(world.places.publish == world.today)
        due = self.due + self._count(shown)
        if world.rule.freed == "later-night":
            due += self._count(freed[world.places.day[freed] > world.today])
        ahead = world.places.day > world.today
        free = self._count(where(ahead & (world.place_state == FREE)))
        to_come = self._count(where(ahead)) > 0
        self.missing += int(np.maximum(due - free, 0)[to_come].sum())
        self.due = free - self._count(given)

    def _count(self, places: Ints) -> Ints:
        found: Ints = np.bincount(
            self.of_place[places], minlength=len(self.due)
        ).astype(np.int64)
        return found
