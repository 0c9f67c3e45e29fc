"""The resale market of one day: who wants, who pays, who gets nothing for it."""

from collections.abc import Sequence

import numpy as np

from simulation.agents.scalpers import ClickFarm
from simulation.engine.arrays import (
    NOBODY,
    Bools,
    Floats,
    Ints,
    no_numbers,
    where,
)
from simulation.engine.buyers import Buyers, buyers
from simulation.engine.sellers import Seller, works_today
from simulation.engine.world import PEOPLE_FIRST, WITH_SELLER, World

PUT_BACK_DAYS = 3
"""Days before its day on which a place that nobody buys may go back on line: the
last on which a person can still find it the next day, and come."""


def sell(world: World, sellers: list[Seller], scarcity: Sequence[float]) -> Ints:
    """Sell today's stock of each pool; return the places put back on line.

    Args:
        world: The run.
        sellers: All sellers.
        scarcity: For each pool, the share of looks that find nothing.
    """
    stocks = [(pool, each) for pool, each in _stocks(world, sellers) if len(each)]
    lowest = {pool: float(asked_share(world, each).min()) for pool, each in stocks}
    wanted = buyers(world, dict(enumerate(scarcity)), lowest)
    if not stocks:
        return no_numbers()
    everybody = np.concatenate([wanted[pool].people for pool, _ in stocks])
    luck = world.luck.uniform("fraud", everybody, world.today)
    cheated = luck < world.scenario.market.fraud
    unsold: list[Ints] = []
    for pool, stock in stocks:
        mine, cheated = np.split(cheated, [len(wanted[pool].people)])
        unsold.append(_sell(world, sellers, stock, wanted[pool], mine))
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
) -> Ints:
    """Sell one pool's stock, the nearest days first; return what stays unsold.

    Who can pay the full price is served first. What is then left near its day is
    offered, cheaper, to those who could not.
    """
    whole = wanted.price <= wanted.means
    full = wanted.those(whole)
    left = stock[_sell_at(world, sellers, stock, full, cheated[whole]) :]
    if len(left) == 0 or whole.all():
        return left
    nearly = np.argsort(wanted.price[~whole] / wanted.means[~whole], kind="stable")
    hunters, cheated = wanted.those(~whole).those(nearly), cheated[~whole][nearly]
    count = min(len(left), len(nearly))
    price = hunters.price[:count] * asked_share(world, left[:count])
    dear = where(price > hunters.means[:count])
    count = int(dear[0]) if len(dear) else count
    offers = Buyers(hunters.people[:count], price[:count], hunters.means[:count])
    return left[_sell_at(world, sellers, left, offers, cheated[:count]) :]


def asked_share(world: World, places: Ints) -> Floats:
    """Return the share of the price that is asked for each place today.

    In the last days it falls in a straight line, to its least on the day itself.
    """
    market = world.scenario.market
    ahead = world.places.day[places] - world.today
    if market.last_days == 0:
        return np.ones(len(places))
    least = market.last_price
    share: Floats = least + (1 - least) * np.minimum(1.0, ahead / market.last_days)
    return share


def _sell_at(
    world: World, sellers: list[Seller], stock: Ints, wanted: Buyers, cheated: Bools
) -> int:
    """Sell at these prices; return how many places were offered to a buyer."""
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
    world.burn(people)
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
    """Put back on line some of what has been held long enough, or is near its day."""
    market = world.scenario.market
    held = max(1, round(market.hold_hours / 24))
    due = unsold[world.today - world.held_since[unsold] == held]
    back: Ints = due[world.luck.uniform("returned", due) < market.returned_unsold]
    if market.returned_late:
        near = unsold[world.places.day[unsold] - world.today == PUT_BACK_DAYS]
        late = world.luck.uniform("returned late", near) < market.returned_late
        back = np.union1d(back, near[late])
    world.free(back)
    return back
