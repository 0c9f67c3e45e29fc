"""What changes during a run: where each need and each place stands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from simulation.engine import capacity, population
from simulation.engine.arrays import (
    NEVER,
    NOBODY,
    Bools,
    Floats,
    Ints,
    Marks,
    no_numbers,
    where,
)
from simulation.engine.capacity import Places
from simulation.engine.luck import Luck
from simulation.engine.population import Needs
from simulation.mechanisms.rule import Rule
from simulation.scenarios.model import Scenario

# A need is in one of these states.
AWAY, WAITING, HOLDS, RECEIVED, GAVE_UP, ELSEWHERE = range(6)

# A place is in one of these states.
UNPUBLISHED, FREE, WITH_PERSON, WITH_SELLER, USED, WASTED = range(6)

PEOPLE_FIRST: Final = 10_000_000
"""Actors from this number on are sellers; below they are people."""


@dataclass(slots=True)
class Log:
    """What the metrics need to know about each day."""

    exhausted_s: list[float] = field(default_factory=list[float])
    polls: list[tuple[int, int, int]] = field(
        default_factory=list[tuple[int, int, int]]
    )
    freed_life_s: list[float] = field(default_factory=list[float])
    regrabs: list[tuple[bool, float]] = field(default_factory=list[tuple[bool, float]])
    active_sellers: list[int] = field(default_factory=list[int])
    margins: list[float] = field(default_factory=list[float])
    fakes_in_pool: list[int] = field(default_factory=list[int])
    fake_wins: int = 0
    nights: int = 0
    offered: int = 0
    transferred: int = 0
    nights_delayed: float = 0.0
    people_delayed: int = 0
    insider_names: int = 0
    insider_noticed: bool = False
    insider_missing: int = 0
    first_free_lead: list[tuple[int, int]] = field(
        default_factory=list[tuple[int, int]]
    )
    through: dict[str, int] = field(default_factory=dict[str, int])
    nights_through: list[tuple[int, dict[str, int]]] = field(
        default_factory=list[tuple[int, dict[str, int]]]
    )
    drawn: int = 0
    by_lot: int = 0
    replays: bool | None = None
    fraud_eur: float = 0.0
    revenue_eur: float = 0.0
    spent_eur: float = 0.0


@dataclass(slots=True)
class World:
    """One rule playing one scenario with one seed."""

    scenario: Scenario
    rule: Rule
    luck: Luck
    needs: Needs
    places: Places
    pool_of: Ints
    state: Marks
    place_of: Ints
    obtained_on: Ints
    received_on: Ints
    first_offer_on: Ints
    appointment: Ints
    occasions: Ints
    failed_tries: Ints
    registered: Ints
    paid: Floats
    through_broker: Bools
    burnt: Bools
    may_ask: Bools
    asked_on: Ints
    cancels_on: Ints
    place_state: Marks
    holder: Ints
    captured: Bools
    handed_out: Bools
    held_since: Ints
    back: Bools
    by_publication: Ints
    lead: int
    lines: list[Ints]
    price: Floats
    tries: Ints
    tries_more: Floats
    favoured: Ints = field(default_factory=no_numbers)
    given: list[Ints] = field(default_factory=list[Ints])
    log: Log = field(default_factory=Log)
    today: int = 0

    @classmethod
    def create(
        cls, scenario: Scenario, rule: Rule, luck: Luck, needs: Needs, places: Places
    ) -> "World":
        """Set up day 0: nobody has arrived, nothing is published."""
        n, m = len(needs), len(places)
        none = np.full(n, NOBODY, dtype=np.int64)
        return cls(
            scenario=scenario,
            rule=rule,
            luck=luck,
            needs=needs,
            places=places,
            pool_of=capacity.pool_of_motifs(scenario)[needs.motif],
            state=np.zeros(n, dtype=np.int8),
            place_of=none.copy(),
            obtained_on=np.full(n, NEVER, dtype=np.int64),
            received_on=np.full(n, NEVER, dtype=np.int64),
            first_offer_on=np.full(n, NEVER, dtype=np.int64),
            appointment=np.full(n, NEVER, dtype=np.int64),
            occasions=np.zeros(n, dtype=np.int64),
            failed_tries=np.zeros(n, dtype=np.int64),
            registered=needs.registers.copy(),
            paid=np.zeros(n),
            through_broker=np.zeros(n, dtype=np.bool_),
            burnt=np.zeros(n, dtype=np.bool_),
            may_ask=np.ones(n, dtype=np.bool_),
            asked_on=np.full(n, NEVER, dtype=np.int64),
            cancels_on=np.full(n, NEVER, dtype=np.int64),
            place_state=np.zeros(m, dtype=np.int8),
            holder=np.full(m, NOBODY, dtype=np.int64),
            captured=np.zeros(m, dtype=np.bool_),
            handed_out=np.zeros(m, dtype=np.bool_),
            held_since=np.full(m, NEVER, dtype=np.int64),
            back=np.zeros(m, dtype=np.bool_),
            by_publication=np.argsort(places.publish, kind="stable"),
            lead=int((places.day - places.publish).max(initial=0)),
            tries=np.floor(needs.tries_per_day).astype(np.int64),
            tries_more=needs.tries_per_day - np.floor(needs.tries_per_day),
            price=population.prices(scenario, luck, needs),
            lines=[no_numbers() for _ in range(places.pools)],
        )

    def line_up(self) -> None:
        """Note who waits this morning: during a day nobody else joins them."""
        everybody = where(self.state[: self.arrived] == WAITING)
        pool = self.pool_of[everybody]
        self.lines = [everybody[pool == each] for each in range(self.places.pools)]

    @property
    def arrived(self) -> int:
        """How many needs have arrived; they are numbered by day of arrival."""
        return int(np.searchsorted(self.needs.arrival, self.today, side="right"))

    def waiting(self, pool: int) -> Ints:
        """Return the needs that wait for a place of one pool."""
        line = self.lines[pool]
        still: Ints = line[self.state[line] == WAITING]
        return still

    def everybody_waiting(self) -> Ints:
        """Return the needs that wait, of all pools."""
        return np.sort(
            np.concatenate([self.waiting(pool) for pool in range(self.places.pools)])
        )

    def ahead(self, notice: int) -> slice:
        """Return the numbers of the places from so many days ahead that may be shown.

        Places are numbered by day, and none is published longer ahead than ``lead``.
        """
        first, end = np.searchsorted(
            self.places.day, [self.today + notice, self.today + self.lead + 1]
        ).tolist()
        return slice(first, max(first, end))

    def free_places(self, pool: int, *, notice: int = 1) -> Ints:
        """Return the free places of a pool at least ``notice`` days ahead."""
        window = self.ahead(notice)
        free = self.place_state[window] == FREE
        found: Ints = where(free & (self.places.pool[window] == pool))
        return found + np.int64(window.start)

    def on_line(self) -> Ints:
        """Return the free places of all pools from tomorrow on."""
        window = self.ahead(1)
        return where(self.place_state[window] == FREE) + np.int64(window.start)

    def publish(self) -> None:
        """Show the places whose day has come, but for those taken before."""
        publish = self.places.publish
        first, end = np.searchsorted(
            publish, [self.today, self.today + 1], sorter=self.by_publication
        ).tolist()
        new = self.by_publication[first:end]
        self.place_state[new[self.place_state[new] == UNPUBLISHED]] = FREE

    def give(self, needs: Ints, places: Ints, *, broker: bool = False) -> None:
        """Let people hold places; arrays of equal length, each person once."""
        if len(needs) == 0:
            return
        self.state[needs] = HOLDS
        self.place_of[needs] = places
        self.obtained_on[needs] = self.today
        self.first_offer_on[needs] = np.minimum(self.first_offer_on[needs], self.today)
        self.appointment[needs] = self.places.day[places]
        self.through_broker[needs] = broker
        self.place_state[places] = WITH_PERSON
        self.holder[places] = needs
        self.handed_out[places] = True
        self.captured[places] |= broker
        self.given.append(needs)

    def note_asking(self, people: Ints) -> None:
        """Note who has come to the point of asking a seller, willing or not.

        Who would not pay is then known, and need not be looked at again.
        """
        new = people[self.asked_on[people] == NEVER]
        self.asked_on[new] = self.today
        self.may_ask[new] = self.needs.willing[new]

    def burn(self, people: Ints) -> None:
        """Let people pay for nothing: they ask no seller again."""
        self.burnt[people] = True
        self.may_ask[people] = False

    def plan_cancellations(self) -> None:
        """Decide who of today's holders will cancel, and when: within a week.

        Once a day for all: nobody is given two places on one day.
        """
        if not self.given:
            return
        needs = np.concatenate(self.given)
        self.given.clear()
        occasion = self.occasions[needs]
        room = np.minimum(self.appointment[needs] - self.today - 1, 7)
        cancels = self.luck.uniform("cancels", needs, occasion)
        will = (cancels < self.scenario.applicants.cancels) & (room > 0)
        on = np.full(len(needs), NEVER, dtype=np.int64)
        if will.any():
            wait = self.luck.uniform("cancels after", needs[will], occasion[will])
            on[will] = self.today + 1 + np.floor(wait * room[will]).astype(np.int64)
        self.cancels_on[needs] = on
        self.occasions[needs] += 1

    def take_for_seller(self, places: Ints, seller: int) -> None:
        """Let a seller hold places under names that nobody will use."""
        if len(places):
            self.take_for_sellers(places, PEOPLE_FIRST + seller)

    def take_for_sellers(self, places: Ints, sellers: "int | Ints") -> None:
        """Let sellers, by their numbers as actors, hold a place each."""
        self.place_state[places] = WITH_SELLER
        self.holder[places] = sellers
        self.captured[places] = True
        self.handed_out[places] = True
        self.held_since[places] = self.today

    def free(self, places: Ints) -> None:
        """Take places back: nobody holds them any more."""
        self.place_state[places] = FREE
        self.holder[places] = NOBODY


Inputs = tuple[Luck, Needs, Places]
Progress = Callable[[int, int], None]


def draw_inputs(scenario: Scenario, seed: int) -> Inputs:
    """Draw the arrivals and the places of one seed, shared by all rules."""
    luck = Luck(seed)
    return luck, population.create(scenario, luck), capacity.create(scenario, luck)
