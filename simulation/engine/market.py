"""The resale market of one day: who wants, who pays, who gets nothing for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.agents.scalpers import ClickFarm
from simulation.engine.arrays import (
    NOBODY,
    Bools,
    Floats,
    Ints,
    no_numbers,
    numbers,
    where,
)
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


def buyers(world: World, scarcity: Mapping[int, float]) -> dict[int, Buyers]:
    """Find who would buy a place of each pool today, and at what price.

    The price rises with nearness to the end of the right and falls with the
    scarcity of free places: nobody pays for what is found freely.

    Args:
        world: The run.
        scarcity: For each pool asked for, the share of looks that find nothing.
    """
    found = {pool: Buyers(no_numbers(), np.empty(0)) for pool in scarcity}
    scarce = [pool for pool, share in scarcity.items() if share > SCARCE_FROM]
    if not scarce:
        return found
    lines = [world.waiting(pool) for pool in scarce]
    people, line = np.concatenate(lines), np.repeat(numbers(len(lines)), _sizes(lines))
    some = _interested(world, people)
    people, line = people[some], line[some]
    near = nearness(world, people)
    skill = world.scenario.agents.autobooker
    factor = skill.price_factor if skill else 1.0
    share = np.array([min(1.0, scarcity[pool]) for pool in scarce])
    price = world.price[people] * factor * share[line] * (1 + 0.5 * near)
    # What a person can pay: the budget, more when the right is in danger.
    can = where(price <= world.needs.budget[people] * (1 + near))
    can = can[np.lexsort((people[can], -price[can], line[can]))]
    ends = np.searchsorted(line[can], numbers(len(scarce) + 1)).tolist()
    for at, pool in enumerate(scarce):
        mine = can[ends[at] : ends[at + 1]]
        found[pool] = Buyers(people[mine], price[mine])
    return found


def _sizes(parts: Sequence[Ints]) -> list[int]:
    return [len(each) for each in parts]


def _interested(world: World, people: Ints) -> Ints:
    """Say which would pay and have waited or failed long enough."""
    needs = world.needs
    some = where(needs.willing[people] & ~world.burnt[people])
    people = people[some]
    waited = world.today - needs.arrival[people] >= world.scenario.market.patience_days
    pressed = needs.expiry[people] - world.today <= PRESSED_DAYS
    return some[waited | pressed]


def nearness(world: World, people: Ints) -> Floats:
    """Return 0 far from the end of the right, 1 at it, up to 2 when lost."""
    left = world.needs.expiry[people] - world.today
    near: Floats = np.minimum(np.maximum(1.0 - left / 60.0, 0.0), 2.0)
    return near


def sell(world: World, sellers: list[Seller], scarcity: Sequence[float]) -> Ints:
    """Sell today's stock of each pool; return the places put back on line.

    Args:
        world: The run.
        sellers: All sellers.
        scarcity: For each pool, the share of looks that find nothing.
    """
    stocks = {pool: each for pool, each in _stocks(world, sellers) if len(each)}
    if not stocks:
        return no_numbers()
    wanted = buyers(world, {pool: scarcity[pool] for pool in stocks})
    everybody = np.concatenate([each.people for each in wanted.values()])
    luck = world.luck.uniform("fraud", everybody, world.today)
    cheated = luck < world.scenario.market.fraud
    unsold: list[Ints] = []
    for pool, stock in stocks.items():
        mine, cheated = np.split(cheated, [len(wanted[pool].people)])
        sold = _sell(world, sellers, stock, wanted[pool], mine)
        unsold.append(stock[sold:])
    return _returned(world, np.concatenate(unsold))


def _stocks(world: World, sellers: list[Seller]) -> list[tuple[int, Ints]]:
    """Return, for each pool, the places that sellers hold and can still sell."""
    window = world.ahead(2)
    stock = where(world.place_state[window] == WITH_SELLER) + np.int64(window.start)
    if len(stock) == 0:
        return []
    selling = np.array([each.sells for each in sellers], dtype=np.bool_)
    stock = stock[selling[world.holder[stock] - PEOPLE_FIRST]] if sellers else stock
    pool = world.places.pool[stock]
    return [(each, stock[pool == each]) for each in range(world.places.pools)]


def _sell(
    world: World, sellers: list[Seller], stock: Ints, wanted: Buyers, cheated: Bools
) -> int:
    """Sell one pool's stock; return how many places were offered to a buyer."""
    honest = ~cheated
    people, price = wanted.people[honest], wanted.price[honest]
    count = min(len(people), len(stock))
    sold = _transfer(world, sellers, people[:count], price[:count], stock[:count])
    _defraud(world, sellers, stock[:sold], wanted, cheated)
    return count


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
    if len(places) == 0:
        return 0
    passes = _reaches(world, sellers, places)
    world.log.offered += len(places)
    world.log.transferred += int(np.count_nonzero(passes))
    people, price, places = people[passes], price[passes], places[passes]
    holders = world.holder[places] - PEOPLE_FIRST
    numbers_: list[int] = holders.tolist()
    for number in sorted(set(numbers_)):
        mine = holders == number
        earn(sellers[number], int(mine.sum()), float(price[mine].sum()))
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
        lost = places[~won & (rival == each.number)]
        world.take_for_seller(lost, each.number)
        each.won(len(lost))
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
