"""Identities that no applicant stands behind, as they take part in a draw."""

from dataclasses import dataclass

import numpy as np

from simulation.agents.identities import FakeIdentities
from simulation.engine.arrays import Bools, Ints, no_numbers, numbers, where
from simulation.engine.world import World

ADDRESS = 1_000_000_000
"""Where the impostors' addresses begin in the streams of luck."""

CLAIMED_DAYS = 7
"""Days until the end of the right that an impostor claims, where nobody checks."""


@dataclass(slots=True, kw_only=True)
class Impostors:
    """The k identities that passed the check; arrays of length k.

    ``enters_from`` is the day from which each takes part again: after it won, it
    waits until the place it took is over.
    """

    rented: Bools
    sabotage: Bools
    urgent: Bools
    enters_from: Ints
    bought: int
    cost: float

    @classmethod
    def nobody(cls) -> "Impostors":
        """Return no impostor at all."""
        none = np.zeros(0, dtype=np.bool_)
        return cls(
            rented=none,
            sabotage=none,
            urgent=none,
            enters_from=no_numbers(),
            bought=0,
            cost=0.0,
        )

    def __len__(self) -> int:
        return len(self.rented)

    @property
    def addresses(self) -> Ints:
        """Return the impostors' own addresses in the streams of luck."""
        return ADDRESS + numbers(len(self))

    def present(self, today: int) -> Ints:
        """Return those who take part tonight."""
        return where(self.enters_from <= today)


def recruit(world: World) -> Impostors:
    """Let every identity of the scenario try to pass the rule's check."""
    agents = world.scenario.agents
    fakes, rented = agents.fake_identities, agents.rented_identities
    saboteur = agents.saboteur
    counts = (
        fakes.count if fakes else 0,
        rented.count if rented else 0,
        saboteur.identities if saboteur else 0,
    )
    kind = np.repeat(np.arange(3), counts)
    ids = ADDRESS + numbers(len(kind))
    caught = (fakes or FakeIdentities()).caught if world.rule.identity_check else 0.0
    passes = (kind == 1) | (world.luck.uniform("check", ids) >= caught)
    kind = kind[passes]
    urgent = np.zeros(len(kind), dtype=np.bool_)
    if fakes is not None and fakes.urgent:
        urgent = kind == 0
    return Impostors(
        rented=kind == 1,
        sabotage=kind == 2,
        urgent=urgent,
        enters_from=np.zeros(len(kind), dtype=np.int64),
        bought=counts[0],
        cost=counts[0] * fakes.cost_eur if fakes else 0.0,
    )
