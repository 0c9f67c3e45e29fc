"""The resale market of one day: who wants, who pays, who gets nothing for it."""

from dataclasses import dataclass

import numpy as np

from simulation.agents.scalpers import ClickFarm
from simulation.engine.arrays import NOBODY, Bools, Floats, Ints, where
from simulation.engine.sellers import Seller, works_today
from simulation.engine.world import PEOPLE_FIRST, WITH_SELLER, World

SCARCE_FROM = 0.02
"""Share of empty polls under which nobody pays: places are found freely."""

PRESSED_DAYS = 30
"""Days before the end of the right from which one buys without waiting."""


@dataclass(frozen=True, slots=True)
class Buyers:
    """People who would buy today, with what they are asked; dearest first."""

    people: Ints
    price: Floats


def buyers(world: World, pool: int, scarcity: float) -> Buyers:
    """Find who would buy a place of this pool today, and at what price.

    The price rises with nearness to the end of the right and falls with the
    scarcity of free places: nobody pays for what is found freely.
    """
    people = _interested(world, pool)
    price, ceiling = _asked(world, people, scarcity), _ceiling(world, people)
    can = (price <= ceiling) & (scarcity > SCARCE_FROM)
    people, price = people[can], price[can]
    order = np.lexsort((people, -price))
    return Buyers(people[order], price[order])


def _interested(world: World, pool: int) -> Ints:
    """Return those who would pay and have waited or failed long enough."""
    people, needs = world.waiting(pool), world.needs
    people = people[needs.willing[people] & ~world.burnt[people]]
    waited = world.today - needs.arrival[people] >= world.scenario.market.patience_days
    pressed = needs.expiry[people] - world.today <= PRESSED_DAYS
    return people[waited | pressed]


def nearness(world: World, people: Ints) -> Floats:
    """Return 0 far from the end of the right, 1 at it, up to 2 when lost."""
    left = world.needs.expiry[people] - world.today
    return np.clip(1.0 - left / 60.0, 0.0, 2.0)


def _asked(world: World, people: Ints, scarcity: float) -> Floats:
    skill = world.scenario.agents.autobooker
    factor = skill.price_factor if skill else 1.0
    asked: Floats = (
        world.price[people]
        * factor
        * min(1.0, scarcity)
        * (1 + 0.5 * nearness(world, people))
    )
    return asked


def _ceiling(world: World, people: Ints) -> Floats:
    """What a person can pay: the budget, more when the right is in danger."""
    ceiling: Floats = world.needs.budget[people] * (1 + nearness(world, people))
    return ceiling


def sell(world: World, sellers: list[Seller], pool: int, scarcity: float) -> Ints:
    """Sell today's stock of one pool; return the places put back on line."""
    window = world.ahead(2)
    held = world.place_state[window] == WITH_SELLER
    stock = where(held & (world.places.pool[window] == pool)) + np.int64(window.start)
    if len(stock) == 0:
        return stock
    selling = np.array([each.sells for each in sellers], dtype=np.bool_)
    stock = stock[selling[world.holder[stock] - PEOPLE_FIRST]] if sellers else stock
    if len(stock) == 0:
        return stock
    wanted = buyers(world, pool, scarcity)
    cheated = _cheated(world, wanted)
    honest = ~cheated
    people, price = wanted.people[honest], wanted.price[honest]
    count = min(len(people), len(stock))
    sold = _transfer(world, sellers, people[:count], price[:count], stock[:count])
    _defraud(world, sellers, stock[:sold], wanted, cheated)
    return _returned(world, stock[count:])


def _cheated(world: World, wanted: Buyers) -> Bools:
    luck = world.luck.uniform("fraud", wanted.people, world.today)
    cheated: Bools = luck < world.scenario.market.fraud
    return cheated


def _defraud(
    world: World, sellers: list[Seller], sold: Ints, wanted: Buyers, cheated: Bools
) -> None:
    """Some places are sold twice: the money goes, nothing comes."""
    most = len(sold)
    people, price = wanted.people[cheated][:most], wanted.price[cheated][:most]
    if len(people) == 0:
        return
    world.paid[people] += price
    world.burnt[people] = True
    money = float(price.sum())
    world.log.fraud_eur += money
    seller = next(each for each in sellers if each.active or each.sold)
    seller.month_revenue += money
    seller.revenue += money


def _transfer(
    world: World, sellers: list[Seller], people: Ints, price: Floats, places: Ints
) -> int:
    """Move places to the buyers, by renaming or by cancelling and rebooking.

    Returns:
        How many reached their buyer.
    """
    passes = _reaches(world, sellers, places)
    people, price, places = people[passes], price[passes], places[passes]
    holders = world.holder[places] - PEOPLE_FIRST
    for seller in sellers:
        mine = holders == seller.number
        if mine.any():
            earn(seller, int(mine.sum()), float(price[mine].sum()))
    world.paid[people] += price
    world.give(people, places, broker=True)
    return len(people)


def _reaches(world: World, sellers: list[Seller], places: Ints) -> Bools:
    """Say which places can reach a buyer under this rule."""
    if world.rule.name == "editable":
        return np.ones(len(places), dtype=np.bool_)
    if world.rule.freed != "later-night":
        return _regrabbed(world, sellers, places)
    fakes = world.scenario.agents.fake_identities
    slip = fakes.slip if fakes else 0.0
    slips: Bools = world.luck.uniform("slip", places) < slip
    return slips


def earn(seller: Seller, places: int, money: float) -> None:
    """Book what a seller earned for so many places that were free of charge."""
    seller.revenue += money
    seller.month_revenue += money
    seller.sold += places
    if isinstance(seller.skill, ClickFarm):
        seller.month_cost += places * seller.skill.wage_eur


def _regrabbed(world: World, sellers: list[Seller], places: Ints) -> Bools:
    """Cancel places and try to book them again for the buyers before others do."""
    if len(places) == 0:
        return np.zeros(0, dtype=np.bool_)
    holder = world.holder[places] - PEOPLE_FIRST
    own = np.empty(len(places))
    best = np.full(len(places), np.inf)
    rival = np.full(len(places), NOBODY, dtype=np.int64)
    for each in sellers:
        mine = holder == each.number
        own[mine] = _rebook_s(world, each, places[mine])
        if works_today(world, each):
            seen = np.where(mine, np.inf, _detects_s(world, each, places))
            rival[seen < best] = each.number
            best = np.minimum(best, seen)
    won: Bools = own <= best
    world.log.freed_life_s.extend(np.minimum(own, best).tolist())
    world.log.regrabs.extend(zip(won.tolist(), own.tolist(), strict=True))
    for each in sellers:
        world.take_for_seller(places[~won & (rival == each.number)], each.number)
    return won


def _rebook_s(world: World, seller: Seller, places: Ints) -> Floats:
    """Seconds until the seller's own program holds each place again."""
    if world.rule.freed == "random":
        return _detects_s(world, seller, places)
    luck = world.luck.uniform("rebook", places, world.today)
    return world.scenario.market.rebook_s * (0.5 + luck)


def _detects_s(world: World, seller: Seller, places: Ints) -> Floats:
    """Seconds until a program that polls each second sees each freed place."""
    luck = world.luck.uniform(f"detects/{seller.number}", places, world.today)
    if isinstance(seller.skill, ClickFarm):
        return 60.0 * luck + seller.skill.delay_s[0]
    low, high = seller.skill.reaction_s
    return luck * (1.0 + high - low) + low


def _returned(world: World, unsold: Ints) -> Ints:
    """Once a place has been held long enough, some are put back on line."""
    market = world.scenario.market
    held = max(1, round(market.hold_hours / 24))
    since = world.today - world.held_since[unsold]
    due = unsold[since == held]
    back: Ints = due[world.luck.uniform("returned", due) < market.returned_unsold]
    world.free(back)
    return back
