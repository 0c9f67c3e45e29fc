"""The actors of the comparison, one object each, as agent-based models have them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.agents.scalpers import Autobooker
from simulation.bench.base import Actor

if TYPE_CHECKING:
    from simulation.bench.first_click import FirstClickYear


@dataclass(slots=True, eq=False)
class Place:
    """One appointment: its day, who holds it, and how it ended."""

    number: int
    day: int
    publish: int
    pool: int
    is_free: bool = False
    person: Person | None = None
    program: Program | None = None
    held_since: int = 0
    was_captured: bool = False
    was_handed_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What one person is like; the same numbers that the arrays hold."""

    number: int
    pool: int
    arrival: int
    expiry: int
    tries_per_day: float
    click_s: float
    budget: float
    price: float
    is_willing: bool
    knows_release: bool
    gives_up_after: int
    elsewhere_after: int


class Person(Actor):
    """Someone who needs a place: tries, holds, comes, or gives up."""

    def __init__(self, model: FirstClickYear, need: Need) -> None:
        super().__init__(model)
        self.year = model
        self.need = need
        self.place: Place | None = None
        self.cancels_on = -1
        self.received_on = -1
        self.occasions = 0
        self.failed_tries = 0
        self.paid = 0.0
        self.is_burnt = False
        self.is_waiting = True

    def step(self) -> None:
        """Give up, be received elsewhere, or cancel, in that order."""
        today = self.year.today
        waited = today - self.need.arrival
        if self.is_waiting:
            if waited >= min(self.need.gives_up_after, self.need.elsewhere_after):
                self.leave()
        elif self.cancels_on == today and self.place is not None:
            self.year.freed.append(self.place)
            self.place.is_free, self.place.person = True, None
            self.place, self.is_waiting = None, True

    def leave(self) -> None:
        """Leave the queue for good."""
        self.is_waiting = False
        super().leave()

    def tries(self, with_release: bool) -> list[float]:
        """Return the moments (s) at which the person looks today."""
        year, need = self.year, self.need
        count = int(need.tries_per_day)
        if year.one_more(need.number, year.today) < need.tries_per_day - count:
            count += 1
        opens, closes = year.opening_s
        moments = [
            opens + year.hour(need.number, year.today * 128 + turn) * (closes - opens)
            for turn in range(count)
        ]
        if moments and with_release and need.knows_release:
            moments[0] = year.release_s + need.click_s
        return moments

    def take(self, place: Place) -> None:
        """Hold a place, and decide whether it will be cancelled."""
        year, number = self.year, self.need.number
        self.place, self.is_waiting = place, False
        place.is_free, place.person, place.program = False, self, None
        place.was_handed_out = True
        room = min(place.day - year.today - 1, 7)
        cancels = year.cancels(number, self.occasions) < year.cancel_share
        wait = year.cancels_after(number, self.occasions)
        will = cancels and room > 0
        self.cancels_on = year.today + 1 + int(wait * room) if will else -1
        self.occasions += 1

    def comes(self) -> bool:
        """Decide whether the person comes to today's appointment."""
        year, need = self.year, self.need
        gone = year.today - need.arrival >= need.elsewhere_after
        absent = year.gone_absent if gone else year.no_show_share
        return year.no_show(need.number, self.occasions) >= absent

    def buys(self, scarcity: float) -> float | None:
        """Return what the person would pay today for a place, if anything."""
        year, need = self.year, self.need
        left = need.expiry - year.today
        waited = year.today - need.arrival >= year.patience_days
        if self.is_burnt or not (waited or left <= year.pressed_days):
            return None
        near = min(max(1.0 - left / 60.0, 0.0), 2.0)
        price = need.price * year.price_factor * min(1.0, scarcity) * (1 + 0.5 * near)
        return price if price <= need.budget * (1 + near) else None


class Program(Actor):
    """A seller's program: takes what appears, sells it, counts its money."""

    def __init__(self, model: FirstClickYear, number: int, skill: Autobooker) -> None:
        super().__init__(model)
        self.year = model
        self.number = number
        self.skill = skill
        self.is_active = True
        self.held: list[Place] = []
        self.revenue = 0.0
        self.month_revenue = 0.0
        self.spent = 0.0
        self.sold = 0

    def tries(self, released_s: list[float], pool: int, pools: int) -> list[float]:
        """Return the moments (s) of its requests at the releases of one pool."""
        year, skill = self.year, self.skill
        wanted = max(0, -(-(skill.stock - len(self.held)) // pools))
        low, high = skill.reaction_s
        moments: list[float] = []
        run, position, reaction = -1, 0, 0.0
        last = -1.0
        for released in released_s:
            if released != last:
                run, position, last = run + 1, 0, released
                moment = (year.today * 64 + pool) * 4096 + run
                reaction = low + (high - low) * year.reaction(self.number, moment)
            burst = position // skill.parallel
            moments.append(released + reaction + burst * skill.request_s)
            position += 1
        return moments[:wanted]

    def take(self, place: Place) -> None:
        """Hold a place under a name that nobody will use."""
        place.is_free, place.program = False, self
        place.held_since = self.year.today
        place.was_captured = place.was_handed_out = True
        self.held.append(place)

    def earn(self, money: float, places: int) -> None:
        """Book money, and how many places it was for."""
        self.revenue += money
        self.month_revenue += money
        self.sold += places

    def settle(self) -> float:
        """Close the month; return what it left."""
        margin = self.month_revenue - self.skill.cost_month
        self.spent += self.skill.cost_month
        self.month_revenue = 0.0
        return margin
