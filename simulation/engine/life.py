"""Days of a life: arriving, giving up, cancelling, coming or not."""

import numpy as np

from simulation.engine.arrays import NEVER, NOBODY, Bools, Ints, no_numbers, where
from simulation.engine.world import (
    AWAY,
    ELSEWHERE,
    GAVE_UP,
    HOLDS,
    RECEIVED,
    UNPUBLISHED,
    USED,
    WAITING,
    WASTED,
    WITH_PERSON,
    WITH_SELLER,
    World,
)


def morning(world: World) -> Ints:
    """Let people arrive and leave; return the places that are given back today."""
    today, needs, here = world.today, world.needs, world.arrived
    state = world.state[:here]
    state[state == AWAY] = WAITING
    waited = today - needs.arrival[:here]
    state[(state == WAITING) & (waited >= needs.gives_up_after[:here])] = GAVE_UP
    gone = waited >= needs.elsewhere_after[:here]
    state[gone & (state == WAITING)] = ELSEWHERE
    freed = np.concatenate(
        [_cancelled(world, here), _left_for_elsewhere(world, where(gone))]
    )
    world.line_up()
    return freed


def _cancelled(world: World, here: int) -> Ints:
    """Cancelling is moving: the person takes part again."""
    people = where(world.cancels_on[:here] == world.today)
    people = people[world.state[people] == HOLDS]
    places: Ints = world.place_of[people]
    _drop(world, people)
    world.state[people] = WAITING
    return places


def _left_for_elsewhere(world: World, gone: Ints) -> Ints:
    """People received elsewhere: a rule that checks identities knows it."""
    holders = gone[world.state[gone] == HOLDS]
    if not world.rule.identity_check or not world.rule.is_draw:
        return no_numbers()
    places: Ints = world.place_of[holders]
    _drop(world, holders)
    world.state[holders] = ELSEWHERE
    return places


def _drop(world: World, people: Ints) -> None:
    world.free(world.place_of[people])
    world.place_of[people] = NOBODY
    world.appointment[people] = NEVER
    world.obtained_on[people] = NEVER
    world.cancels_on[people] = NEVER


def appointments(world: World) -> None:
    """Hold today's appointments; what nobody came for is wasted."""
    today = np.searchsorted(world.places.day, [world.today, world.today + 1])
    places = np.arange(today[0], today[1], dtype=np.int64)
    state = world.place_state[places]
    world.place_state[places[state == WITH_SELLER]] = WASTED
    held = places[state == WITH_PERSON]
    people = world.holder[held]
    came = _comes(world, people)
    world.state[people[came]] = RECEIVED
    world.received_on[people[came]] = world.today
    world.place_state[held[came]] = USED
    world.place_state[held[~came]] = WASTED
    absent = people[~came]
    world.state[absent] = WAITING
    world.registered[absent] = world.today + 1
    world.place_of[absent] = NOBODY
    world.appointment[absent] = NEVER
    left = (world.place_state[places] != USED) & (
        world.place_state[places] != UNPUBLISHED
    )
    world.place_state[places[left]] = WASTED


def _comes(world: World, people: Ints) -> Bools:
    """Decide who comes; someone already received elsewhere mostly does not."""
    occasion = world.occasions[people]
    luck = world.luck.uniform("no-show", people, occasion)
    gone = (
        world.today - world.needs.arrival[people] >= world.needs.elsewhere_after[people]
    )
    who = world.scenario.applicants
    absent = np.where(gone, who.several_no_show, who.no_show)
    came: Bools = luck >= absent
    return came
