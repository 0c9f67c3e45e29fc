"""An agent of the prefecture who adds names: what the rule lets show."""

import numpy as np

from simulation.engine.arrays import where
from simulation.engine.world import FREE, World


def insider_day(world: World, at_work: bool) -> None:
    """Let the insider give free places to people who pay.

    A draw that anybody can redo shows names that were never in the pool: the
    insider stops on the day somebody looks. Elsewhere nothing shows.
    """
    insider = world.scenario.agents.insider
    if insider is None or not at_work:
        return
    is_seen = world.rule.verifiable and world.log.insider_names > 0
    if is_seen and world.today >= insider.noticed_after_days:
        world.log.insider_noticed = True
        return
    whole = int(insider.names_per_day)
    luck = world.luck.uniform("insider", np.array([0]), world.today)
    names = whole + int(luck[0] < insider.names_per_day - whole)
    places = where((world.place_state == FREE) & (world.places.day > world.today))
    for place in places[:names].tolist():
        _sell_inside(world, place, insider.price_eur)


def _sell_inside(world: World, place: int, price: float) -> None:
    people = world.waiting(int(world.places.pool[place]))
    people = people[world.needs.willing[people] & ~world.burnt[people]]
    if len(people) == 0:
        return
    richest = people[np.argmax(world.needs.budget[people])]
    world.paid[richest] += min(price, float(world.needs.budget[richest]))
    world.give(np.array([richest]), np.array([place]), broker=True)
    world.log.insider_names += 1
