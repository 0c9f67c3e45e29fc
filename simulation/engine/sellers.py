"""Sellers at work: what they try to take, what they earn, when they leave."""

from dataclasses import dataclass, replace

import numpy as np

from simulation.agents.scalpers import Autobooker, ClickFarm
from simulation.engine.arrays import Bools, Floats, Ints, numbers
from simulation.engine.clicks import Tries
from simulation.engine.impostors import names_at_the_click
from simulation.engine.world import PEOPLE_FIRST, WITH_SELLER, World


@dataclass(slots=True)
class Seller:
    """One seller: a program or a team, its stock and its purse.

    ``judged_from`` is the day from which a bad month makes it leave; ``per_place`` is
    what it pays (€) to the person whose name won a place.
    """

    number: int
    skill: Autobooker | ClickFarm
    active: bool = True
    sells: bool = True
    clicks: bool = True
    judged_from: int = 0
    revenue: float = 0.0
    month_revenue: float = 0.0
    month_cost: float = 0.0
    spent: float = 0.0
    sold: int = 0
    per_place: float = 0.0

    def won(self, places: int) -> None:
        """Pay the people under whose names so many places were won."""
        self.month_cost += places * self.per_place

    def settle(self) -> float:
        """Close the month's accounts; return what it left."""
        margin = self.month_revenue - self.month_cost
        self.spent += self.month_cost
        self.month_revenue = self.month_cost = 0.0
        return margin


@dataclass(frozen=True, slots=True)
class Release:
    """What appears today in one pool, in order of time.

    Attributes:
        at_s: k instants, ascending.
        run: For each, the number of its run of equal instants.
        runs: How many runs there are.
        position: For each, its place inside its run.
    """

    at_s: Floats
    run: Ints
    runs: int
    position: Ints

    @classmethod
    def of(cls, released_s: Floats) -> "Release":
        """Put instants in order."""
        at_s = np.sort(released_s)
        new = np.ones(len(at_s), dtype=np.bool_)
        new[1:] = at_s[1:] > at_s[:-1]
        starts = np.flatnonzero(new).astype(np.int64)
        run = np.cumsum(new).astype(np.int64) - 1
        return cls(at_s, run, len(starts), numbers(len(at_s)) - starts[run])


def recruit(world: World) -> list[Seller]:
    """Return the sellers of the scenario; candidates start outside the market."""
    agents = world.scenario.agents
    sellers: list[Seller] = []
    if agents.autobooker:
        for _ in range(agents.autobooker.count):
            sellers.append(Seller(len(sellers), agents.autobooker))
    if agents.click_farm:
        for _ in range(agents.click_farm.count):
            sellers.append(Seller(len(sellers), agents.click_farm))
    if agents.saboteur and not world.rule.is_draw:
        taker = Autobooker(stock=1, cost_month=0.0)
        sellers.append(Seller(len(sellers), taker, sells=False))
    if agents.adaptive:
        skill = agents.autobooker or Autobooker()
        for _ in range(agents.adaptive.candidates):
            sellers.append(Seller(len(sellers), skill, active=False))
    return sellers + _owners_of_names(world, len(sellers))


def _owners_of_names(world: World, first: int) -> list[Seller]:
    """Return those who book under invented or rented names, by an ordinary program.

    They stand last, so that nobody else's number, and luck, depends on them. Where a
    place reaches nobody but a buyer named before, such names are of no use, and their
    owner keeps away.
    """
    skill = world.scenario.agents.autobooker or Autobooker()
    return [
        Seller(
            first + at,
            replace(skill, count=1, stock=names.stock),
            clicks=world.rule.transferable,
            month_cost=names.bought_eur,
            per_place=names.per_place_eur,
        )
        for at, names in enumerate(names_at_the_click(world))
    ]


def works_today(world: World, seller: Seller) -> bool:
    """Say whether the seller acts today: in the market, and not shut out."""
    if not seller.clicks:
        return False
    week = world.today // 7
    skill = seller.skill
    if isinstance(skill, ClickFarm):
        return seller.active and week >= skill.from_week
    shut_out = skill.blocked_from_week > 0 and week >= skill.blocked_from_week
    return seller.active and not shut_out


def _not_yet(world: World, seller: Seller) -> bool:
    """Say whether the seller has not begun: nobody is judged before."""
    skill = seller.skill
    return isinstance(skill, ClickFarm) and world.today // 7 < skill.from_week


def stocks(world: World, sellers: int) -> list[int]:
    """Count the places that each seller holds now."""
    window = world.ahead(0)
    held = world.holder[window][world.place_state[window] == WITH_SELLER]
    found: list[int] = np.bincount(held - PEOPLE_FIRST, minlength=sellers).tolist()
    return found


def sellers_tries(
    world: World,
    wanted: list[tuple[Seller, int]],
    release: Release,
    pool: int,
    reactions: Floats,
) -> list[Tries]:
    """Return each seller's tries at everything that appears today in one pool.

    Args:
        world: The run.
        wanted: Sellers at work, and how many places each goes for.
        release: What appears.
        pool: Where.
        reactions: The luck of each seller at each run of places: one row a seller.
    """
    found: list[Tries] = []
    for (seller, most), mine in zip(wanted, reactions, strict=True):
        if len(release.at_s) == 0 or most <= 0:
            continue
        if isinstance(seller.skill, ClickFarm):
            at_s = _farm_times(world, seller, seller.skill, release, most, pool)
        else:
            at_s = _program_times(
                world, seller, seller.skill, release, most, pool, mine
            )
        who = np.full(len(at_s), PEOPLE_FIRST + seller.number, dtype=np.int64)
        found.append(Tries(at_s, who))
    return found


def reactions(
    world: World, sellers: list[Seller], releases: list[Release]
) -> list[Floats]:
    """Return, for each pool, the luck of each seller at each run of places.

    Args:
        world: The run.
        sellers: Those at work today, k of them.
        releases: What appears in each pool today.

    Returns:
        Arrays of k rows and as many columns as the pool has runs of places.
    """
    ends = np.cumsum([each.runs for each in releases])
    moment = np.concatenate(
        [
            (world.today * 64 + pool) * 4096 + numbers(each.runs)
            for pool, each in enumerate(releases)
        ]
    )
    keys = np.array([each.number for each in sellers], dtype=np.int64)
    luck = world.luck.uniform(
        "reaction", np.repeat(keys, len(moment)), np.tile(moment, len(keys))
    )
    return np.split(luck.reshape(len(keys), len(moment)), ends[:-1], axis=1)


def _program_times(
    world: World,
    seller: Seller,
    skill: Autobooker,
    release: Release,
    wanted: int,
    pool: int,
    luck: Floats,
) -> Floats:
    """A program fires ``parallel`` requests, then as many at each answer.

    Once all its addresses are shut out, it waits until the ban is over.
    """
    seller.month_cost += skill.captcha_eur * min(wanted, len(release.at_s))
    captcha = world.rule.captcha
    # A captcha may refuse some; else nobody makes a request more than is wanted.
    seen = slice(wanted if captcha == "none" else None)
    low, high = skill.reaction_s
    reaction, position = low + (high - low) * luck, release.position[seen]
    burst = position // skill.parallel
    at_s: Floats = release.at_s[seen] + reaction[release.run[seen]]
    at_s += burst * skill.request_s
    allowed = skill.addresses * world.scenario.server.block_requests
    if len(at_s) > allowed:
        at_s += position // allowed * world.scenario.server.ban_s
    if captcha == "none":
        return at_s
    if captcha == "farm" or not skill.captcha_ahead:
        at_s += skill.captcha_s * (1 + burst)
    return at_s[_passes_captcha(world, seller, skill, len(at_s), pool)][:wanted]


def _passes_captcha(
    world: World, seller: Seller, skill: Autobooker, count: int, pool: int
) -> Bools:
    occasion = world.today * 64 + pool
    keys = np.full(count, seller.number, dtype=np.int64)
    moment = occasion * 65_536 + numbers(count)
    passed: Bools = (
        world.luck.uniform("seller captcha", keys, moment) < skill.captcha_right
    )
    return passed


def _farm_times(
    world: World,
    seller: Seller,
    skill: ClickFarm,
    release: Release,
    wanted: int,
    pool: int,
) -> Floats:
    """People click one place each, then need the time of a form for the next."""
    count = min(wanted, len(release.at_s))
    keys = np.full(count, seller.number, dtype=np.int64)
    moment = (world.today * 64 + pool) * 4096 + numbers(count)
    low, high = skill.delay_s
    delay = low + (high - low) * world.luck.uniform("farm delay", keys, moment)
    captcha = (
        0.0 if world.rule.captcha == "none" else world.scenario.applicants.captcha_s
    )
    round_ = numbers(count) // skill.people
    at_s: Floats = release.at_s[:count] + delay + captcha + round_ * skill.place_s
    return at_s


def month_end(world: World, sellers: list[Seller], interested: float) -> None:
    """Settle the month: who earned too little leaves, who would earn enters.

    Args:
        world: The run.
        sellers: All sellers, in and out of the market.
        interested: Money (€) that people who found nothing would pay now, if a
            seller could serve them under this rule.
    """
    leaves_under = world.scenario.market.leaves_under
    active = [
        each
        for each in sellers
        if each.active and each.sells and not _not_yet(world, each)
    ]
    for each in active:
        each.month_cost += fixed_cost(each)
        margin = each.settle()
        world.log.margins.append(margin)
        judged = world.scenario.market.adaptive and world.today >= each.judged_from
        if judged and margin < leaves_under:
            each.active = False
    world.log.active_sellers.append(sum(each.active and each.sells for each in sellers))
    outside = [each for each in sellers if not each.active and each.clicks]
    if world.scenario.market.adaptive and outside:
        share = interested / (sum(each.active for each in sellers) + 1)
        if share > fixed_cost(outside[0]) + leaves_under:
            outside[0].active = True


def fixed_cost(seller: Seller) -> float:
    """Return what the seller pays each month whether or not anything is sold."""
    return 0.0 if isinstance(seller.skill, ClickFarm) else seller.skill.cost_month
