"""A year of first-click booking as a Mesa model: one object a person, one step a day.

The same people, places and luck as the laboratory's arrays, and the same answers: a
test holds them equal at a small size. It plays what S01 needs of the first click,
programs that resell included, and refuses other actors. Written as one would for
Mesa 3: people enter when they arrive, leave when they are received, and only those
present act.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any, Final

from simulation.agents.scalpers import Autobooker
from simulation.bench.base import Year
from simulation.bench.coin import Coin
from simulation.bench.people import Need, Person, Place, Program
from simulation.engine.buyers import PRESSED_DAYS, SCARCE_FROM
from simulation.engine.capacity import pool_of_motifs
from simulation.engine.click_day import POLLS_S
from simulation.engine.people import OPEN_S, RELEASE_S
from simulation.engine.population import prices
from simulation.engine.world import PEOPLE_FIRST, Inputs
from simulation.errors import LaboratoryError
from simulation.scenarios.model import Scenario

_PLAYED: Final = frozenset({"autobooker", "fake_identities"})
"""Actors of a first-click year that the comparison knows.

Beside a program, invented names add nothing at the click: its stock counts them.
"""


class FirstClickYear(Year):
    """One year under the first click."""

    def __init__(self, scenario: Scenario, inputs: Inputs) -> None:
        super().__init__()
        _refuse_others(scenario)
        luck, _, _ = inputs
        self.scenario = scenario
        self.today = -1
        self.opening_s = OPEN_S
        self.release_s = RELEASE_S
        self._name_streams(luck.seed)
        self._copy_numbers(scenario)
        self.arriving = _needs(scenario, inputs)
        self.places = _places(inputs)
        self.pools = inputs[2].pools
        self.people: list[Person] = []
        self.lines: list[list[Person]] = []
        self.freed: list[Place] = []
        self.put_back: list[Place] = []
        self.scarcity = [0.0] * self.pools
        skill = scenario.agents.autobooker
        count = skill.count if skill else 0
        self.programs = [Program(self, n, skill or Autobooker()) for n in range(count)]
        self.on_day: dict[int, list[Place]] = defaultdict(list)
        self.appears: dict[int, list[Place]] = defaultdict(list)
        for place in self.places:
            self.on_day[place.day].append(place)
            self.appears[place.publish].append(place)
        self.shown: list[dict[int, Place]] = [{} for _ in range(self.pools)]

    def _name_streams(self, seed: int) -> None:
        self.one_more = Coin(seed, "one more try")
        self.hour = Coin(seed, "hour of a try")
        self.cancels = Coin(seed, "cancels")
        self.cancels_after = Coin(seed, "cancels after")
        self.no_show = Coin(seed, "no-show")
        self.reaction = Coin(seed, "reaction")
        self.freed_at = Coin(seed, "freed at")
        self.fraud = Coin(seed, "fraud")
        self.returned = Coin(seed, "returned")

    def _copy_numbers(self, scenario: Scenario) -> None:
        who, market = scenario.applicants, scenario.market
        self.cancel_share = who.cancels
        self.no_show_share = who.no_show
        self.gone_absent = who.several_no_show
        self.patience_days = market.patience_days
        self.pressed_days = PRESSED_DAYS
        skill = scenario.agents.autobooker
        self.price_factor = skill.price_factor if skill else 1.0

    def play(self) -> None:
        """Play every day, then the appointments that are still to come."""
        last = max((place.day for place in self.places), default=0)
        for _ in range(max(self.scenario.days, last + 1)):
            self.step()

    def step(self) -> None:
        """Play one day."""
        self.today += 1
        if self.today < self.scenario.days:
            self._morning()
            for pool in range(self.pools):
                self._release(pool)
            self.put_back = []
            for pool in range(self.pools):
                self._sell(pool)
            if (self.today + 1) % 30 == 0:
                self._month_end()
        self._appointments()

    def _morning(self) -> None:
        while self.arriving and self.arriving[-1].arrival <= self.today:
            self.people.append(Person(self, self.arriving.pop()))
        self.freed = []
        if self.people:
            self.let_act(Person)
        self.freed += self.put_back
        self.lines = [[] for _ in range(self.pools)]
        for person in self.present(Person) if self.people else []:
            if person.is_waiting:
                self.lines[person.need.pool].append(person)
        for place in self.appears[self.today]:
            place.is_free = True
            self.shown[place.pool][place.number] = place

    def waiting(self, pool: int) -> list[Person]:
        """Return the people who wait for a place of one pool."""
        return [each for each in self.lines[pool] if each.is_waiting]

    def _release(self, pool: int) -> None:
        freed = {place.number for place in self.freed}
        shelf = sorted(
            (self._appears_s(place, freed), place.number)
            for place in self.shown[pool].values()
            if place.is_free and place.day > self.today
        )
        released = [at_s for at_s, _ in shelf]
        tries = self._tries(pool, released)
        taken = self._first_come(shelf, tries)
        self._watch(pool, released, taken)

    def _appears_s(self, place: Place, freed: set[int]) -> float:
        if place.number in freed:
            opens, closes = self.opening_s
            luck = self.freed_at(place.number, self.today)
            return opens + luck * (closes - opens)
        return self.release_s if place.publish == self.today else 0.0

    def _tries(
        self, pool: int, released: list[float]
    ) -> list[tuple[float, int, Person | Program]]:
        at_release = any(at_s >= self.release_s for at_s in released)
        tries: list[tuple[float, int, Person | Program]] = [
            (at_s, person.need.number, person)
            for person in self.waiting(pool)
            for at_s in person.tries(at_release)
        ]
        tries += [
            (at_s, PEOPLE_FIRST + program.number, program)
            for program in self.programs
            if program.is_active
            for at_s in program.tries(released, pool, self.pools)
        ]
        tries.sort(key=lambda one: one[:2])
        return tries

    def _first_come(
        self,
        shelf: list[tuple[float, int]],
        tries: list[tuple[float, int, Person | Program]],
    ) -> list[float]:
        """Let each try take what is there; return the moments of success."""
        next_, taken = 0, list[float]()
        for at_s, _, actor in tries:
            is_person = isinstance(actor, Person)
            if is_person and not actor.is_waiting:
                continue
            if next_ < len(shelf) and shelf[next_][0] <= at_s:
                actor.take(self.places[shelf[next_][1]])
                taken.append(at_s)
                next_ += 1
            elif is_person:
                actor.failed_tries += 1
        return taken

    def _watch(self, pool: int, released: list[float], taken: list[float]) -> None:
        empty = 0
        for poll in POLLS_S.tolist():
            there = sum(at_s <= poll for at_s in released)
            gone = sum(at_s <= poll for at_s in taken)
            empty += there <= gone
        self.scarcity[pool] = 0.8 * self.scarcity[pool] + 0.2 * empty / len(POLLS_S)

    def _sell(self, pool: int) -> None:
        stock = sorted(
            (
                place
                for program in self.programs
                for place in program.held
                if place.pool == pool and place.day >= self.today + 2
            ),
            key=attrgetter("number"),
        )
        if not stock:
            return
        honest: list[tuple[float, int, Person]] = []
        cheated: list[tuple[float, int, Person]] = []
        for wish in self.wishes(pool):
            is_cheated = self.fraud(wish[1], self.today) < self.scenario.market.fraud
            (cheated if is_cheated else honest).append(wish)
        sold = list(zip(honest, stock, strict=False))
        for (price, _, person), place in sold:
            seller = place.program
            assert seller is not None  # noqa: S101
            seller.earn(-price, 1)
            seller.held.remove(place)
            person.paid -= price
            person.take(place)
        self._defraud(cheated[: len(sold)])
        self._return(stock[len(sold) :])

    def wishes(self, pool: int) -> list[tuple[float, int, Person]]:
        """Return who would buy today, dearest first: minus the price, number, who."""
        scarcity = self.scarcity[pool]
        if scarcity <= SCARCE_FROM:
            return []
        found: list[tuple[float, int, Person]] = []
        for person in self.waiting(pool):
            if person.need.is_willing:
                price = person.buys(scarcity)
                if price is not None:
                    found.append((-price, person.need.number, person))
        return sorted(found, key=lambda one: one[:2])

    def _defraud(self, cheated: list[tuple[float, int, Person]]) -> None:
        if not cheated:
            return
        for price, _, person in cheated:
            person.paid -= price
            person.is_burnt = True
        money = -sum(price for price, _, _ in cheated)
        next(each for each in self.programs if each.is_active or each.sold).earn(
            money, 0
        )

    def _return(self, unsold: list[Place]) -> None:
        market = self.scenario.market
        held = max(1, round(market.hold_hours / 24))
        for place in unsold:
            if self.today - place.held_since != held:
                continue
            if self.returned(place.number) < market.returned_unsold:
                assert place.program is not None  # noqa: S101
                place.program.held.remove(place)
                place.is_free, place.program = True, None
                self.put_back.append(place)

    def _month_end(self) -> None:
        market = self.scenario.market
        for each in [each for each in self.programs if each.is_active]:
            margin = each.settle()
            if market.adaptive and margin < market.leaves_under:
                each.is_active = False
        outside = [each for each in self.programs if not each.is_active]
        if not market.adaptive or not outside:
            return
        money = sum(
            -price for pool in range(self.pools) for price, _, _ in self.wishes(pool)
        )
        active = sum(each.is_active for each in self.programs)
        share = money / (active + 1)
        if share > outside[0].skill.cost_month + market.leaves_under:
            outside[0].is_active = True

    def _appointments(self) -> None:
        for place in self.on_day[self.today]:
            if place.program is not None:
                place.program.held.remove(place)
            person = place.person
            if person is not None:
                if person.comes():
                    person.received_on = self.today
                    person.leave()
                else:
                    person.place, person.is_waiting = None, True
            self.shown[place.pool].pop(place.number, None)


def _refuse_others(scenario: Scenario) -> None:
    agents = scenario.agents
    present = {name for name in agents.__slots__ if getattr(agents, name) is not None}
    who = scenario.applicants
    has_program = agents.autobooker is not None and agents.autobooker.count > 0
    known = _PLAYED if has_program else _PLAYED - {"fake_identities"}
    if present - known or who.armed:
        raise LaboratoryError(
            "the comparison plays programs and people only; take out "
            + ", ".join(sorted(present - known) or ["applicants.armed"])
        )


def _needs(scenario: Scenario, inputs: Inputs) -> list[Need]:
    """Return the needs, the last to arrive first."""
    luck, needs, _ = inputs
    columns = (
        pool_of_motifs(scenario)[needs.motif],
        needs.arrival,
        needs.expiry,
        needs.tries_per_day,
        needs.click_s,
        needs.budget,
        prices(scenario, luck, needs),
        needs.willing,
        needs.knows_release,
        needs.gives_up_after,
        needs.elsewhere_after,
    )
    names = [each.name for each in fields(Need)][1:]
    rows: Iterable[tuple[Any, ...]] = zip(
        *(column.tolist() for column in columns), strict=True
    )
    return [
        Need(number=number, **dict(zip(names, row, strict=True)))
        for number, row in enumerate(rows)
    ][::-1]


def _places(inputs: Inputs) -> list[Place]:
    places = inputs[2]
    rows = zip(
        places.day.tolist(), places.publish.tolist(), places.pool.tolist(), strict=True
    )
    return [Place(number, *row) for number, row in enumerate(rows)]
