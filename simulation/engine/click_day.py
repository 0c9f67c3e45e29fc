"""One day of booking by the click: releases, tries, programs, a waiting room."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from simulation.agents.scalpers import ClickFarm
from simulation.engine.arrays import Bools, Floats, Ints, numbers, where
from simulation.engine.buyers import Buyers, buyers
from simulation.engine.clicks import (
    Taken,
    Tries,
    among,
    empty_polls,
    exhaustion_s,
    nothing_taken,
    resolve,
)
from simulation.engine.market import earn
from simulation.engine.people import (
    OPEN_S,
    RELEASE_S,
    WAVE_GAP_S,
    WAVES_S,
    Crowd,
    crowds,
    people_tries,
    tries_in_vain,
)
from simulation.engine.sellers import (
    Release,
    Seller,
    reactions,
    sellers_tries,
    stocks,
    works_today,
)
from simulation.engine.world import PEOPLE_FIRST, WAITING, World

POLLS_S: Final[Floats] = (np.arange(9, 19) * 3600.0 + 1800.0).astype(np.float64)


@dataclass(slots=True)
class Shop:
    """One pool on line: what was seen there lately."""

    scarcity: float = 0.0


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The places of one pool that appear today; arrays of equal length."""

    pool: int
    places: Ints
    released_s: Floats
    fresh: Bools


@dataclass(frozen=True, slots=True)
class _Race:
    """What one pool's day is about: what appears, who waits, what sellers want."""

    shelf: _Shelf
    release: Release
    crowd: Crowd
    wanted: list[tuple[Seller, int]]
    reactions: Floats


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
    world.back[freed] = True
    places = world.on_line()
    if only_freed:
        places = places[world.back[places]]
    fresh = world.places.publish[places] == world.today
    released_s = _release_times(world, places, fresh)
    pools, pool_of = len(shops), world.places.pool[places]
    at_work = [each for each in sellers if works_today(world, each)]
    held = stocks(world, len(sellers))
    shelves = [
        _Shelf(pool, places[here], released_s[here], fresh[here])
        for pool, here in enumerate(pool_of == pool for pool in range(pools))
    ]
    releases = [Release.of(each.released_s) for each in shelves]
    luck = reactions(world, at_work, releases)
    lines = [world.waiting(pool) for pool in range(pools)]
    for pool, (shop, crowd) in enumerate(zip(shops, crowds(world, lines), strict=True)):
        orders = _orders(world, shop, pool)
        wanted = [
            (each, _wanted(world, each, orders, pools, held[each.number]))
            for each in at_work
        ]
        race = _Race(shelves[pool], releases[pool], crowd, wanted, luck[pool])
        taken = _one_pool(world, shop, race)
        _hand_over(world, sellers, taken, orders)
        winners: list[int] = (
            taken.who[taken.who >= PEOPLE_FIRST] - PEOPLE_FIRST
        ).tolist()
        for number in winners:
            held[number] += 1
            sellers[number].won(1)
    world.back[freed] = False


def _one_pool(world: World, shop: Shop, race: _Race) -> Taken:
    """Let everybody try for the places of one pool; say who took what."""
    shelf, crowd = race.shelf, race.crowd
    if len(shelf.places) == 0:
        tries_in_vain(world, crowd)
        taken = nothing_taken()
    else:
        parts = [people_tries(world, crowd, shelf.released_s)]
        if world.rule.allocation == "waiting-room":
            parts += [_in_room(world, *each, shelf.pool) for each in race.wanted]
        else:
            parts += sellers_tries(
                world, race.wanted, race.release, shelf.pool, race.reactions
            )
        tries, people_below = Tries.together(parts), len(world.needs) + 1
        taken, failed = resolve(
            shelf.places, shelf.released_s, tries, once_below=people_below
        )
        np.add.at(world.failed_tries, failed[failed < PEOPLE_FIRST], 1)
    _watch(world, shop, shelf, taken)
    return taken


def _in_room(world: World, seller: Seller, wanted: int, pool: int) -> Tries:
    """A seller's sessions in a waiting room."""
    skill = seller.skill
    sessions = skill.people if isinstance(skill, ClickFarm) else skill.sessions
    count = max(0, min(sessions, wanted))
    keys = np.full(count, seller.number, dtype=np.int64)
    moment = (world.today * 64 + pool) * 131_072 + numbers(count)
    place = world.luck.uniform("place in the room", keys, moment)
    who = np.full(count, PEOPLE_FIRST + seller.number, dtype=np.int64)
    return Tries(RELEASE_S + place, who)


def _wanted(
    world: World, seller: Seller, orders: Buyers | None, pools: int, held: int
) -> int:
    """How many places of one pool the seller goes for today."""
    if orders is not None and seller.sells:
        return len(orders.people)
    if not seller.sells:
        return _denied_today(world, pools)
    return max(0, -(-(seller.skill.stock - held) // pools))


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
        return buyers(world, {pool: shop.scarcity})[pool]
    return None


def _release_times(world: World, places: Ints, fresh: Bools) -> Floats:
    """Return when each free place appears today; what stood there before, at 0 h."""
    if world.rule.allocation == "waiting-room":
        return np.full(len(places), RELEASE_S)
    at_s, back = np.zeros(len(places)), world.back[places]
    at_s[fresh] = _opening(world, places[fresh])
    if world.rule.freed == "later-night":
        at_s[back] = _opening(world, places[back])
    else:
        luck = world.luck.uniform("freed at", places[back], world.today)
        at_s[back] = OPEN_S[0] + luck * (OPEN_S[1] - OPEN_S[0])
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


def _watch(world: World, shop: Shop, shelf: _Shelf, taken: Taken) -> None:
    """Note what a robot and a journalist would have seen."""
    log, places, released_s = world.log, shelf.places, shelf.released_s
    empty = empty_polls(released_s, taken.at_s, POLLS_S)
    log.polls.append((world.today, empty, len(POLLS_S)))
    shop.scarcity = 0.8 * shop.scarcity + 0.2 * empty / len(POLLS_S)
    if len(places) == 0:
        return
    fresh = released_s[shelf.fresh]
    gone = taken.at_s[world.places.publish[taken.place] == world.today]
    seconds = exhaustion_s(fresh, gone)
    if seconds is not None:
        log.exhausted_s.append(seconds)
    _lives(world, shelf, taken)
    if len(taken.place) < len(places):
        left = places[~among(places, np.sort(taken.place))]
        lead = int(world.places.day[left].min()) - world.today
        log.first_free_lead.append((world.today, lead))


def _lives(world: World, shelf: _Shelf, taken: Taken) -> None:
    """Note how many seconds each freed place lived before someone took it."""
    back = world.back[taken.place]
    if back.any():
        at = np.searchsorted(shelf.places, taken.place[back])
        lives = taken.at_s[back] - shelf.released_s[at]
        world.log.freed_life_s.extend(lives.tolist())


def _hand_over(
    world: World, sellers: list[Seller], taken: Taken, orders: Buyers | None
) -> None:
    people = taken.who < PEOPLE_FIRST
    world.give(taken.who[people], taken.place[people])
    if orders is None:
        world.take_for_sellers(taken.place[~people], taken.who[~people])
        return
    for seller in sellers:
        mine = taken.place[taken.who == PEOPLE_FIRST + seller.number]
        if seller.sells:
            _serve_orders(world, seller, mine, orders)
        else:
            world.take_for_seller(mine, seller.number)


def _serve_orders(world: World, seller: Seller, places: Ints, orders: Buyers) -> None:
    """Give places to the named buyers who have not found one themselves."""
    open_ = where(world.state[orders.people] == WAITING)
    count = min(len(open_), len(places))
    people, price = orders.people[open_[:count]], orders.price[open_[:count]]
    world.give(people, places[:count], broker=True)
    world.paid[people] += price
    earn(seller, count, float(price.sum()))
    world.free(places[count:])
