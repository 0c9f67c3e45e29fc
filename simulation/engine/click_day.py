"""One day of booking by the click: releases, tries, programs, a waiting room."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from simulation.agents.scalpers import ClickFarm
from simulation.engine.arrays import Bools, Floats, Ints, numbers, where
from simulation.engine.clicks import (
    Taken,
    Tries,
    empty_polls,
    exhaustion_s,
    nothing,
    resolve,
)
from simulation.engine.market import Buyers, buyers, earn
from simulation.engine.sellers import Seller, seller_tries, stock_of, works_today
from simulation.engine.world import PEOPLE_FIRST, World

RELEASE_S: Final = 9 * 3600.0
WAVES_S: Final = 12 * 3600.0
WAVE_GAP_S: Final = 600.0
OPEN_S: Final = (7 * 3600.0, 23 * 3600.0)
POLLS_S: Final[Floats] = (np.arange(9, 19) * 3600.0 + 1800.0).astype(np.float64)
ALARMS_AT_MOST: Final = 5


@dataclass(slots=True)
class Shop:
    """One pool on line: what was seen there lately."""

    scarcity: float = 0.0
    given_back: list[int] = field(default_factory=list[int])


def click_day(
    world: World,
    sellers: list[Seller],
    shops: list[Shop],
    freed: Ints,
    *,
    only_freed: bool = False,
) -> None:
    """Play one day in which places go to whoever clicks first.

    Args:
        world: The run.
        sellers: All sellers; those in the market try.
        shops: One for each pool.
        freed: Places given back today.
        only_freed: Only those are bookable, everything else waits for a draw.
    """
    if not only_freed:
        world.publish()
    for pool, shop in enumerate(shops):
        places = world.free_places(pool)
        if only_freed:
            places = places[np.isin(places, freed)]
        _one_pool(world, sellers, shop, pool, places, freed)


def _one_pool(
    world: World,
    sellers: list[Seller],
    shop: Shop,
    pool: int,
    places: Ints,
    freed: Ints,
) -> None:
    released_s = _release_times(world, places, freed, pool)
    shown = np.isfinite(released_s)
    places, released_s = places[shown], released_s[shown]
    orders = _orders(world, shop, pool)
    tries = people_tries(world, pool, released_s)
    for seller in sellers:
        if works_today(world, seller):
            wanted = _wanted(world, seller, orders, len(shops_of(world)))
            tries = tries.joined(_tries_of(world, seller, released_s, wanted, pool))
    taken, failed = resolve(places, released_s, tries, once_below=len(world.needs) + 1)
    np.add.at(world.failed_tries, failed[failed < PEOPLE_FIRST], 1)
    _watch(world, shop, places, released_s, taken, freed)
    _hand_over(world, sellers, taken, orders)


def shops_of(world: World) -> range:
    """Return the pools of places, as numbers."""
    return range(world.places.pools)


def _tries_of(
    world: World, seller: Seller, released_s: Floats, wanted: int, pool: int
) -> Tries:
    """A seller's tries: sessions in a waiting room, else requests at the release."""
    if world.rule.allocation != "waiting-room":
        ordered = np.sort(released_s)
        return seller_tries(world, seller, ordered, wanted, pool)
    if len(released_s) == 0:
        return nothing()
    skill = seller.skill
    sessions = skill.people if isinstance(skill, ClickFarm) else skill.sessions
    count = min(sessions, wanted)
    keys = np.full(count, seller.number, dtype=np.int64)
    moment = (world.today * 64 + pool) * 131_072 + numbers(count)
    place = world.luck.uniform("place in the room", keys, moment)
    who = np.full(count, PEOPLE_FIRST + seller.number, dtype=np.int64)
    return Tries(RELEASE_S + place, who)


def _wanted(world: World, seller: Seller, orders: Buyers | None, pools: int) -> int:
    """How many places of one pool the seller goes for today."""
    if orders is not None and seller.sells:
        return len(orders.people)
    if not seller.sells:
        return _denied_today(world, pools)
    room = seller.skill.stock - stock_of(world, seller)
    return max(0, -(-room // pools))


def _denied_today(world: World, pools: int) -> int:
    """How many places of one pool a saboteur takes today."""
    saboteur = world.scenario.agents.saboteur
    each = saboteur.places_per_day / pools if saboteur else 0.0
    luck = world.luck.uniform("sabotage", numbers(1), world.today)
    return int(each + float(luck[0]))


def _orders(world: World, shop: Shop, pool: int) -> Buyers | None:
    """With names frozen and nothing rebookable, sellers book for named buyers."""
    rule = world.rule
    if rule.name == "frozen" and rule.freed == "later-night":
        return buyers(world, pool, shop.scarcity)
    return None


def _release_times(world: World, places: Ints, freed: Ints, pool: int) -> Floats:
    """Return when each free place appears today; infinite when not today."""
    fresh = world.places.publish[places] == world.today
    back = np.isin(places, freed)
    at_s = np.zeros(len(places))
    at_s[fresh] = _opening(world, places[fresh])
    if world.rule.freed == "later-night" or world.rule.allocation == "waiting-room":
        at_s[back] = _opening(world, places[back])
    else:
        luck = world.luck.uniform("freed at", places[back], world.today)
        at_s[back] = OPEN_S[0] + luck * (OPEN_S[1] - OPEN_S[0])
    if world.rule.allocation == "waiting-room":
        at_s[:] = RELEASE_S
    return at_s


def _opening(world: World, places: Ints) -> Floats:
    """Return the hour at which new places appear: fixed, in waves or at random."""
    if not world.rule.release_known:
        luck = world.luck.uniform("release hour", places)
        return OPEN_S[0] + luck * (OPEN_S[1] - OPEN_S[0])
    if world.rule.waves > 1:
        wave = np.floor(
            world.luck.uniform("wave of a place", places) * world.rule.waves
        )
        return WAVES_S + wave * WAVE_GAP_S
    return np.full(len(places), RELEASE_S)


def people_tries(world: World, pool: int, released_s: Floats) -> Tries:
    """Return today's tries of the people who wait for this pool."""
    people = world.waiting(pool)
    if len(people) == 0:
        return nothing()
    count = _how_often(world, people)
    who = np.repeat(people, count)
    turn = numbers(len(who)) - np.repeat(np.cumsum(count) - count, count)
    luck = world.luck.uniform("hour of a try", who, world.today * 128 + turn)
    at_s = OPEN_S[0] + luck * (OPEN_S[1] - OPEN_S[0])
    if world.rule.allocation == "waiting-room":
        return Tries(RELEASE_S + luck[turn == 0], who[turn == 0])
    at_s = _at_release(world, who, turn, at_s, released_s)
    tries = _human_captcha(world, Tries(at_s, who), turn)
    return tries.joined(_alarmed(world, people, released_s))


def _how_often(world: World, people: Ints) -> Ints:
    mean = world.needs.tries_per_day[people]
    whole = np.floor(mean)
    more = world.luck.uniform("one more try", people, world.today) < mean - whole
    count: Ints = (whole + more).astype(np.int64)
    return count


def _at_release(
    world: World, who: Ints, turn: Ints, at_s: Floats, released_s: Floats
) -> Floats:
    """Those who know the hour put their first try of the day there."""
    knows = world.needs.knows_release[who] & (turn == 0) & world.rule.release_known
    if not knows.any() or not (released_s >= RELEASE_S).any():
        return at_s
    first = WAVES_S if world.rule.waves > 1 else RELEASE_S
    wave = who % world.rule.waves
    planned = first + wave * WAVE_GAP_S + world.needs.click_s[who]
    return np.where(knows, planned, at_s)


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
        wait = poll * world.scenario.applicants.armed_poll_s
        own = Tries(event + wait + world.needs.click_s[armed], armed)
        tries = tries.joined(own).joined(_warned(world, served, event, moment))
    return tries


def _warned(world: World, served: Ints, event: float, moment: int) -> Tries:
    service = world.scenario.agents.alert_service
    if service is None:
        return nothing()
    low, high = service.human_s
    poll = world.luck.uniform("service polls", served, moment) * service.poll_s
    human = low + world.luck.uniform("human delay", served, moment) * (high - low)
    return Tries(event + poll + human, served)


def _watch(
    world: World,
    shop: Shop,
    places: Ints,
    released_s: Floats,
    taken: Taken,
    freed: Ints,
) -> None:
    """Note what a robot and a journalist would have seen."""
    log = world.log
    empty = empty_polls(released_s, taken.at_s, POLLS_S)
    log.polls.append((world.today, empty, len(POLLS_S)))
    shop.scarcity = 0.8 * shop.scarcity + 0.2 * empty / len(POLLS_S)
    fresh = world.places.publish[places] == world.today
    seconds = exhaustion_s(places[fresh], released_s[fresh], taken)
    if seconds is not None:
        log.exhausted_s.append(seconds)
    _lives(world, places, released_s, taken, freed)
    left = places[~np.isin(places, taken.place)]
    if len(left):
        lead = int(world.places.day[left].min()) - world.today
        log.first_free_lead.append((world.today, lead))


def _lives(
    world: World, places: Ints, released_s: Floats, taken: Taken, freed: Ints
) -> None:
    """Note how many seconds each freed place lived before someone took it."""
    back: Bools = np.isin(taken.place, freed)
    if back.any():
        order = np.argsort(places, kind="stable")
        where_ = order[np.searchsorted(places[order], taken.place[back])]
        lives = taken.at_s[back] - released_s[where_]
        world.log.freed_life_s.extend(lives.tolist())


def _hand_over(
    world: World, sellers: list[Seller], taken: Taken, orders: Buyers | None
) -> None:
    people = taken.who < PEOPLE_FIRST
    world.give(taken.who[people], taken.place[people])
    for seller in sellers:
        mine = taken.place[taken.who == PEOPLE_FIRST + seller.number]
        if orders is None or not seller.sells:
            world.take_for_seller(mine, seller.number)
        else:
            _serve_orders(world, seller, mine, orders)


def _serve_orders(world: World, seller: Seller, places: Ints, orders: Buyers) -> None:
    """Give places to the named buyers who have not found one themselves."""
    open_ = where(np.isin(orders.people, world.waiting()))
    count = min(len(open_), len(places))
    people, price = orders.people[open_[:count]], orders.price[open_[:count]]
    world.give(people, places[:count], broker=True)
    world.paid[people] += price
    earn(seller, count, float(price.sum()))
    world.free(places[count:])
