"""The trade in promises, day by day: it needs no place, and gives none."""

from collections.abc import Sequence

import numpy as np

from simulation.engine.buyers import buyers
from simulation.engine.world import World

MONTH_DAYS = 30


def promise_day(world: World, scarcity: Sequence[float]) -> None:
    """Let con artists reach some of those who look for a seller today.

    Under every rule alike: whoever would pay, and was not cheated before, may meet one
    on the first day of looking, before any seller who has something, and again each
    month. The money is lost, and nothing else changes for them.

    Args:
        world: The run, before today's sales.
        scarcity: For each pool, the share of looks that find nothing.
    """
    con = world.scenario.agents.false_promise
    if con is None:
        return
    looking = buyers(world, dict(enumerate(scarcity))).values()
    people = np.concatenate([each.people for each in looking])
    means = np.concatenate([each.means for each in looking])
    since = world.today - world.asked_on[people]
    people = people[(means >= con.price_eur) & (since % MONTH_DAYS == 0)]
    luck = world.luck.uniform("false promise", people, world.today)
    victims = people[luck < con.reached]
    world.paid[victims] += con.price_eur
    world.burn(victims)
    world.log.fraud_eur += con.price_eur * len(victims)
    if con.registers:
        early = np.minimum(world.registered[victims], world.today)
        world.registered[victims] = early
