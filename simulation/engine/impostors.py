"""Identities that no applicant stands behind, in a draw and at the click.

In a draw each of them is an entry of the pool. At the click an identity is a name to
book under: whoever owns names works there, see :func:`names_at_the_click`.
"""

from dataclasses import dataclass

import numpy as np

from simulation.agents.identities import FakeIdentities
from simulation.engine.arrays import Bools, Ints, no_numbers, numbers, where
from simulation.engine.flood import false_entries
from simulation.engine.world import World

ADDRESS = 1_000_000_000
"""Where the impostors' addresses begin in the streams of luck."""

CLAIMED_DAYS = 7
"""Days until the end of the right that an impostor claims, where nobody checks."""


@dataclass(slots=True, kw_only=True)
class Impostors:
    """The k identities that passed the check; arrays of length k.

    ``sabotage``: nobody sells what it wins, so that the place is lost.
    ``enters_from`` is the day on which each is registered: after it won, it waits
    until the place it took is over, then registers anew.
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
    flood, flooded = agents.registration_flood, false_entries(world)
    counts = (
        fakes.count if fakes else 0,
        rented.count if rented else 0,
        saboteur.identities if saboteur else 0,
        len(flooded),
    )
    kind = np.repeat(np.arange(4), counts)
    ids = ADDRESS + numbers(len(kind))
    usual = (fakes or FakeIdentities()).caught
    caught = np.where(kind == 3, flood.caught if flood else usual, usual)
    passes = (kind == 1) | (world.luck.uniform("check", ids) >= caught)
    if not world.rule.identity_check:
        passes[:] = True
    enters = np.zeros(len(kind), dtype=np.int64)
    enters[kind == 3] = flooded
    kind = kind[passes]
    urgent = np.zeros(len(kind), dtype=np.bool_)
    if fakes is not None and fakes.urgent:
        urgent = kind == 0
    return Impostors(
        rented=kind == 1,
        sabotage=kind >= 2,
        urgent=urgent,
        enters_from=enters[passes],
        bought=counts[0],
        cost=counts[0] * fakes.cost_eur if fakes else 0.0,
    )


@dataclass(frozen=True, slots=True)
class Names:
    """Names that one owner books under at the click.

    Attributes:
        stock: How many places they can hold at once, one a name.
        bought_eur: What they cost once, in €, those that were found out included.
        per_place_eur: What is paid to the person behind the name for each place won.
    """

    stock: int
    bought_eur: float = 0.0
    per_place_eur: float = 0.0


def names_at_the_click(world: World) -> list[Names]:
    """Return the names that somebody books under, one owner each.

    Nobody where places are drawn. Nobody either where a program or a team of people
    already takes places: its stock is the number of names that it books under.
    """
    agents = world.scenario.agents
    programs = agents.autobooker.count if agents.autobooker else 0
    teams = agents.click_farm.count if agents.click_farm else 0
    if world.rule.is_draw or programs + teams > 0:
        return []
    here = recruit(world)
    rent = agents.rented_identities
    rented = int(np.count_nonzero(here.rented))
    invented = len(here) - rented - int(np.count_nonzero(here.sabotage))
    found = [
        Names(invented, bought_eur=here.cost),
        Names(rented, per_place_eur=rent.cost_eur if rent else 0.0),
    ]
    return [each for each in found if each.stock > 0]
