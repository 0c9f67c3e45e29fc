"""When people try: at any hour, at the release, or after an alarm."""

from typing import Final

import numpy as np

from simulation.engine.arrays import Floats, Ints, numbers
from simulation.engine.clicks import Tries, nothing
from simulation.engine.world import World
from simulation.scenarios.model import Scenario

RELEASE_S: Final = 9 * 3600.0
WAVES_S: Final = 12 * 3600.0
WAVE_GAP_S: Final = 600.0
OPEN_S: Final = (7 * 3600.0, 23 * 3600.0)
ALARMS_AT_MOST: Final = 5


def tries_in_vain(world: World, people: Ints) -> None:
    """Count the tries of a day on which no place is there: each of them fails."""
    count = _how_often(world, people)
    if world.rule.allocation == "waiting-room":
        count = np.minimum(count, 1)
    world.failed_tries[people] += count


def people_tries(world: World, people: Ints, released_s: Floats) -> Tries:
    """Return today's tries of the people who wait for the places of one pool."""
    if len(people) == 0:
        return nothing()
    count = _how_often(world, people)
    who = np.repeat(people, count)
    turn = numbers(len(who)) - np.repeat(np.cumsum(count) - count, count)
    luck = world.luck.uniform("hour of a try", who, world.today * 128 + turn)
    if world.rule.allocation == "waiting-room":
        once = turn == 0
        return Tries(RELEASE_S + luck[once], who[once])
    at_s = OPEN_S[0] + luck * (OPEN_S[1] - OPEN_S[0])
    if world.rule.release_known and np.any(released_s >= RELEASE_S):
        _at_release(world, people, count, at_s)
    tries = _human_captcha(world, Tries(at_s, who), turn)
    return tries.joined(_alarmed(world, people, released_s))


def _how_often(world: World, people: Ints) -> Ints:
    more = world.luck.uniform("one more try", people, world.today)
    count: Ints = world.tries[people] + (more < world.tries_more[people])
    return count


def _at_release(world: World, people: Ints, count: Ints, at_s: Floats) -> None:
    """Those who know the hour put their first try of the day there."""
    knows = world.needs.knows_release[people] & (count > 0)
    who, waves = people[knows], world.rule.waves
    first = WAVES_S if waves > 1 else RELEASE_S
    mine = (np.cumsum(count) - count)[knows]
    wave = who % waves if waves > 1 else 0
    at_s[mine] = first + wave * WAVE_GAP_S + world.needs.click_s[who]


def _human_captcha(world: World, tries: Tries, turn: Ints) -> Tries:
    """A captcha delays people, and refuses some of them."""
    if world.rule.captcha == "none":
        return tries
    who = world.scenario.applicants
    luck = world.luck.uniform("captcha", tries.who, world.today * 128 + turn)
    right = luck < who.captcha_right
    wrong = tries.who[~right]
    np.add.at(world.failed_tries, wrong, 1)
    return Tries(tries.at_s[right] + who.captcha_s, tries.who[right])


def _alarmed(world: World, people: Ints, released_s: Floats) -> Tries:
    """People warned by their own program or by a paid service come after it."""
    armed = people[world.needs.armed[people]]
    served = people[world.needs.subscribes[people] & ~world.needs.armed[people]]
    tries = nothing()
    if len(armed) + len(served) == 0:
        return tries
    events = np.unique(released_s[released_s > 0])[:ALARMS_AT_MOST]
    for number, event in enumerate(events.tolist()):
        moment = world.today * 8 + number
        poll = world.luck.uniform("alarm", armed, moment)
        wait = poll * allowed_poll_s(world.scenario)
        own = Tries(event + wait + world.needs.click_s[armed], armed)
        tries = tries.joined(own).joined(_warned(world, served, event, moment))
    return tries


def allowed_poll_s(scenario: Scenario) -> float:
    """Return how often an own alarm may look: the server shuts out who looks more."""
    server = scenario.server
    return max(scenario.applicants.armed_poll_s, server.block_s / server.block_requests)


def _warned(world: World, served: Ints, event: float, moment: int) -> Tries:
    service = world.scenario.agents.alert_service
    if service is None:
        return nothing()
    low, high = service.human_s
    poll = world.luck.uniform("service polls", served, moment) * service.poll_s
    human = low + world.luck.uniform("human delay", served, moment) * (high - low)
    return Tries(event + poll + human, served)
