"""Play one rule through one scenario with one seed."""

import gc
from collections.abc import Generator
from contextlib import contextmanager

import numpy as np

from service.domain.ruleset import Ruleset
from simulation.agents.scalpers import Autobooker
from simulation.engine import impostors as false_people
from simulation.engine import life
from simulation.engine.arrays import NEVER, Ints, no_numbers
from simulation.engine.buyers import buyers
from simulation.engine.calendar import weekdays
from simulation.engine.click_day import Shop, click_day
from simulation.engine.flood import hold_up
from simulation.engine.impostors import Impostors
from simulation.engine.insider import Inside
from simulation.engine.market import sell
from simulation.engine.night import Desk, night, replays
from simulation.engine.ordered import Awards
from simulation.engine.promises import promise_day
from simulation.engine.rulesets import ruleset_of
from simulation.engine.sellers import Seller, month_end, recruit
from simulation.engine.world import Inputs, Progress, World, draw_inputs
from simulation.mechanisms.rule import Rule
from simulation.scenarios.model import Scenario


def play(
    scenario: Scenario,
    rule: Rule,
    seed: int,
    *,
    inputs: Inputs | None = None,
    ruleset: Ruleset | None = None,
    progress: Progress | None = None,
    everybody: bool = False,
    renamed: int = 0,
) -> World:
    """Play a rule; equal arguments give equal worlds on every machine.

    Args:
        scenario: What happens.
        rule: How places are given.
        seed: The luck; another rule with the same seed meets the same luck.
        inputs: The arrivals and places of this seed, when already drawn.
        ruleset: The published parameters under test; by default the scenario's.
        progress: Called with days done and days in all.
        everybody: Also give the draw those who can win nothing tonight; slower,
            and the same answer.
        renamed: Exchange the labels of people alike, the tickets the same; 0 is none.
    """
    luck, needs, places = inputs or draw_inputs(scenario, seed)
    world = World.create(scenario, rule, luck, needs, places)
    with _without_collector():
        desk = Desk(ruleset or ruleset_of(scenario), everybody, renamed)
        return _Play(world, desk).through(progress)


@contextmanager
def _without_collector() -> Generator[None]:
    """Pause the cycle collector: a night makes many records and no cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Play:
    """The actors of one run, and the order of their day."""

    def __init__(self, world: World, desk: Desk) -> None:
        self.world = world
        self.desk = desk
        hold_up(world)
        self.sellers = recruit(world)
        self.inside = Inside.of(world)
        self.shops = [Shop() for _ in range(world.places.pools)]
        self.impostors = (
            false_people.recruit(world) if world.rule.is_draw else Impostors.nobody()
        )
        self.broker, self.saboteur = self._hire(sells=True), self._hire(sells=False)
        self.broker.active = not self.impostors.sabotage.all()
        self.broker.month_cost += self.impostors.cost
        self.broker.judged_from = 2 * self._review_days() - 1
        self.open = weekdays(world.scenario.start, world.scenario.days)
        self.put_back = no_numbers()

    def _hire(self, *, sells: bool) -> Seller:
        """Add someone who holds places that impostors won; never clicks."""
        skill = Autobooker(count=1, cost_month=0.0, stock=1)
        seller = Seller(len(self.sellers), skill, sells=sells, clicks=False)
        self.sellers.append(seller)
        return seller

    def through(self, progress: Progress | None) -> World:
        """Play every day, then the appointments that are still to come."""
        world, days = self.world, self.world.scenario.days
        last = int(world.places.day.max(initial=0))
        for today in range(max(days, last + 1)):
            world.today = today
            if today < days:
                self._day()
                if progress:
                    progress(today + 1, days)
            world.plan_cancellations()
            life.appointments(world)
        self._close_accounts()
        if world.rule.verifiable:
            world.log.replays = replays(self.desk)
        return world

    def _close_accounts(self) -> None:
        for each in self.sellers:
            each.settle()
            self.world.log.revenue_eur += each.revenue
            self.world.log.spent_eur += each.spent

    def _day(self) -> None:
        world = self.world
        freed = np.concatenate([life.morning(world), self.put_back])
        self.inside.morning(world, at_work=bool(self.open[world.today]))
        if world.rule.is_draw:
            self._draw_day(freed)
        else:
            click_day(world, self.sellers, self.shops, freed)
        self.put_back = self._sales()
        if (world.today + 1) % self._review_days() == 0:
            month_end(world, self.sellers, self._demand_for_sellers())
            self._withdraw()

    def _review_days(self) -> int:
        reviews = self.world.scenario.agents.adaptive
        return reviews.reviews_every_days if reviews else 30

    def _withdraw(self) -> None:
        """Take a broker's names out of the draws once the broker has left.

        It is not judged on its first month, in which it bought its names and nobody
        had waited long enough to buy. A saboteur does not act for profit, and stays.
        """
        if not self.broker.active:
            self.impostors.enters_from[~self.impostors.sabotage] = NEVER

    def _draw_day(self, freed: Ints) -> None:
        world = self.world
        if world.rule.freed != "later-night":
            self._instant(freed)
        awards = night(world, self.desk, self.impostors)
        self.inside.published(world, freed, awards)
        self._award(awards)
        self.inside.evening(world, awards)

    def _instant(self, freed: Ints) -> None:
        """A draw whose freed places are bookable at once: the click is back."""
        click_day(self.world, self.sellers, self.shops, freed, only_freed=True)

    def _award(self, awards: Awards) -> None:
        world, n = self.world, len(self.world.needs)
        real = awards.who < n
        world.give(awards.who[real], awards.place[real])
        false = awards.who[~real] - n
        places = awards.place[~real]
        denied = self.impostors.sabotage[false]
        world.take_for_seller(places[~denied], self.broker.number)
        world.take_for_seller(places[denied], self.saboteur.number)
        world.log.fake_wins += len(false)
        self.impostors.enters_from[false] = world.places.day[places] + 1
        rent = world.scenario.agents.rented_identities
        if rent is not None:
            rented = int(np.count_nonzero(self.impostors.rented[false]))
            self.broker.month_cost += rented * rent.cost_eur

    def _sales(self) -> Ints:
        world = self.world
        scarcity = [self._scarcity(pool) for pool in range(world.places.pools)]
        promise_day(world, scarcity)
        return sell(world, self.sellers, scarcity)

    def _scarcity(self, pool: int) -> float:
        """What people find by themselves: on line, or in the draw."""
        if not self.world.rule.is_draw:
            return self.shops[pool].scarcity
        waiting = self.world.waiting(pool)
        old = self.world.today - self.world.needs.arrival[waiting] > 14
        return int(np.count_nonzero(old)) / max(1, len(waiting))

    def _demand_for_sellers(self) -> float:
        """Money that people would pay now, if sellers can do anything for them."""
        world = self.world
        if world.rule.is_draw and not world.rule.transferable:
            return 0.0
        pools = range(world.places.pools)
        wanted = buyers(world, {pool: self._scarcity(pool) for pool in pools})
        return sum(float(each.price.sum()) for each in wanted.values())
