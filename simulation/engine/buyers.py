"""Who has come to the point of asking a seller, and what it would cost them.

Whether somebody would pay is an independent coin of the population. So everybody
who comes to that point is noted, willing or not: the two are people alike, and what
becomes of them says what a seller is worth (``metrics/premium.py``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.engine.arrays import Floats, Ints, no_numbers, numbers, where
from simulation.engine.world import World

SCARCE_FROM = 0.02
"""Share of empty polls under which nobody pays: places are found freely."""

PRESSED_DAYS = 30
"""Days before the end of the right from which one buys without waiting."""


@dataclass(frozen=True, slots=True)
class Buyers:
    """People who would buy today; arrays of equal length, dearest first.

    Attributes:
        people: Who.
        price: What each is asked.
        means: The most that each can pay.
    """

    people: Ints
    price: Floats
    means: Floats

    def those(
        self, some: "Ints | np.ndarray[tuple[int], np.dtype[np.bool_]]"
    ) -> "Buyers":
        """Return some of them, in their order."""
        return Buyers(self.people[some], self.price[some], self.means[some])

    @classmethod
    def nobody(cls) -> "Buyers":
        """Return no buyer at all."""
        return cls(no_numbers(), np.empty(0), np.empty(0))


def buyers(
    world: World,
    scarcity: Mapping[int, float],
    lowest: Mapping[int, float] | None = None,
) -> dict[int, Buyers]:
    """Find who would buy a place of each pool today, and at what price.

    The price rises with nearness to the end of the right and falls with the
    scarcity of free places: nobody pays for what is found freely. Everybody who
    could pay, and has waited or failed long enough, is noted on the first such day.

    Args:
        world: The run.
        scarcity: For each pool asked for, the share of looks that find nothing.
        lowest: For each pool, the least share of the price that is asked today.
    """
    found = {pool: Buyers.nobody() for pool in scarcity}
    scarce = [pool for pool, share in scarcity.items() if share > SCARCE_FROM]
    if not scarce:
        return found
    lines = [world.waiting(pool) for pool in scarce]
    people, line = np.concatenate(lines), np.repeat(numbers(len(lines)), _sizes(lines))
    some = _at_the_point(world, people)
    people, line = people[some], line[some]
    near = nearness(world, people)
    skill = world.scenario.agents.autobooker
    factor = skill.price_factor if skill else 1.0
    share = np.array([min(1.0, scarcity[pool]) for pool in scarce])
    price = world.price[people] * factor * share[line] * (1 + 0.5 * near)
    # What a person can pay: the budget, more when the right is in danger.
    means = world.needs.budget[people] * (1 + near)
    least = np.array([(lowest or {}).get(pool, 1.0) for pool in scarce])
    can = where(price * least[line] <= means)
    world.note_asking(people[can])
    can = can[world.needs.willing[people[can]]]
    can = can[np.lexsort((people[can], -price[can], line[can]))]
    ends = np.searchsorted(line[can], numbers(len(scarce) + 1)).tolist()
    for at, pool in enumerate(scarce):
        mine = can[ends[at] : ends[at + 1]]
        found[pool] = Buyers(people[mine], price[mine], means[mine])
    return found


def _sizes(parts: Sequence[Ints]) -> list[int]:
    return [len(each) for each in parts]


def _at_the_point(world: World, people: Ints) -> Ints:
    """Say who has waited or failed long enough, of those who may still ask."""
    needs = world.needs
    some = where(world.may_ask[people])
    people = people[some]
    waited = world.today - needs.arrival[people] >= world.scenario.market.patience_days
    pressed = needs.expiry[people] - world.today <= PRESSED_DAYS
    return some[waited | pressed]


def nearness(world: World, people: Ints) -> Floats:
    """Return 0 far from the end of the right, 1 at it, up to 2 when lost."""
    left = world.needs.expiry[people] - world.today
    near: Floats = np.minimum(np.maximum(1.0 - left / 60.0, 0.0), 2.0)
    return near
