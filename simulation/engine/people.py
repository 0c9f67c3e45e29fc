"""When people try: at any hour, at the release, or after an alarm."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from simulation.engine.arrays import Floats, Ints, numbers, where
from simulation.engine.clicks import Tries, nothing
from simulation.engine.world import World
from simulation.scenarios.model import Scenario

RELEASE_S: Final = 9 * 3600.0
WAVES_S: Final = 12 * 3600.0
WAVE_GAP_S: Final = 600.0
OPEN_S: Final = (7 * 3600.0, 23 * 3600.0)
ALARMS_AT_MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who waits for the places of one pool today, and how often each tries.

    Attributes:
        people: n people, ascending.
        count: How often each of them tries.
        first: Where the first try of each stands among all.
        who: k people, one for each try.
        turn: For each try, how many the same person made before.
        luck: For each try, the luck of its hour.
    """

    people: Ints
    count: Ints
    first: Ints
    who: Ints
    turn: Ints
    luck: Floats


def crowds(world: World, lines: list[Ints]) -> list[Crowd]:
    """Return one crowd for each line, their luck drawn in one go."""
    people = np.concatenate(lines)
    count = _how_often(world, people)
    who, after = np.repeat(people, count), np.cumsum(count)
    first = after - count
    turn = numbers(len(who)) - np.repeat(first, count)
    luck = world.luck.uniform("hour of a try", who, world.today * 128 + turn)
    found: list[Crowd] = []
    end = begin_try = 0
    for line in lines:
        begin, end = end, end + len(line)
        end_try = int(after[end - 1]) if end else 0
        here, tries = slice(begin, end), slice(begin_try, end_try)
        crowd = Crowd(
            line, count[here], first[here] - begin_try,
            who[tries], turn[tries], luck[tries],
        )  # fmt: skip
        found.append(crowd)
        begin_try = end_try
    return found


def tries_in_vain(world: World, crowd: Crowd) -> None:
    """Count the tries of a day on which no place is there: each of them fails."""
    count = crowd.count
    if world.rule.allocation == "waiting-room":
        count = np.minimum(count, 1)
    world.failed_tries[crowd.people] += count


def people_tries(world: World, crowd: Crowd, released_s: Floats) -> Tries:
    """Return today's tries of the people who wait for the places of one pool."""
    if len(crowd.people) == 0:
        return nothing()
    if world.rule.allocation == "waiting-room":
        once = crowd.turn == 0
        return Tries(RELEASE_S + crowd.luck[once], crowd.who[once])
    at_s = OPEN_S[0] + crowd.luck * (OPEN_S[1] - OPEN_S[0])
    if world.rule.release_known and np.any(released_s >= RELEASE_S):
        _at_release(world, crowd, at_s)
    tries = _human_captcha(world, Tries(at_s, crowd.who), crowd.turn)
    alarmed = _alarmed(world, crowd.people, released_s)
    return tries.joined(alarmed) if len(alarmed.who) else tries


def _how_often(world: World, people: Ints) -> Ints:
    more = world.luck.uniform("one more try", people, world.today)
    count: Ints = world.tries[people] + (more < world.tries_more[people])
    return count


def _at_release(world: World, crowd: Crowd, at_s: Floats) -> None:
    """Those who know the hour put their first try of the day there."""
    knows = where(world.needs.knows_release[crowd.people] & (crowd.count > 0))
    who, waves = crowd.people[knows], world.rule.waves
    opens = WAVES_S if waves > 1 else RELEASE_S
    wave = who % waves if waves > 1 else 0
    at_s[crowd.first[knows]] = opens + wave * WAVE_GAP_S + world.needs.click_s[who]


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
