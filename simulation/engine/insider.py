"""An agent of the prefecture who serves people that pay: what the rule lets show."""

from dataclasses import dataclass

import numpy as np

from simulation.agents.identities import Insider
from simulation.engine.arrays import NEVER, Ints, no_numbers, where
from simulation.engine.ledger import Ledger
from simulation.engine.ordered import Awards
from simulation.engine.world import FREE, World


@dataclass(slots=True)
class Inside:
    """The insider of a run, and whoever looks at the transcripts from outside.

    Attributes:
        insider: What the agent can do; None when nobody does.
        ledger: Kept where the draws can be redone: elsewhere nothing is public that
            could be compared.
    """

    insider: Insider | None
    ledger: Ledger | None

    @classmethod
    def of(cls, world: World) -> "Inside":
        """Set up the insider of the scenario, if there is one."""
        insider = world.scenario.agents.insider
        can_look = insider is not None and world.rule.is_draw and world.rule.verifiable
        return cls(insider, Ledger.of(world) if can_look else None)

    def morning(self, world: World, *, at_work: bool) -> None:
        """Let somebody look at the past nights, then the insider act."""
        if self.insider is None:
            return
        self._look(world, max(1, self.insider.noticed_after_days))
        if not at_work or world.log.insider_noticed:
            return
        if self.insider.knows_early and world.rule.is_draw:
            self._bend_the_lot(world, self.insider)
        else:
            self._take_places(world, self.insider)

    def published(self, world: World, freed: Ints, awards: Awards) -> None:
        """Enter tonight's transcript in the public count, before anything is given."""
        if self.ledger is not None:
            self.ledger.read(world, freed, awards.place)

    def evening(self, world: World, awards: Awards) -> None:
        """Take the money of those who were made to win tonight."""
        if self.insider is None or len(world.favoured) == 0:
            return
        won = np.isin(awards.who, world.favoured)
        for person, place in zip(
            awards.who[won].tolist(), awards.place[won].tolist(), strict=True
        ):
            _sold(world, person, place, self.insider.price_eur)
        world.favoured = no_numbers()

    def _look(self, world: World, every: int) -> None:
        """Somebody adds up the transcripts; an insider who is found out stops."""
        if self.ledger is None or world.today == 0 or world.today % every:
            return
        world.log.insider_missing = self.ledger.missing
        world.log.insider_noticed |= self.ledger.missing > 0

    def _take_places(self, world: World, insider: Insider) -> None:
        """Take places out of the public's reach, one for each client.

        Those that are announced for today are at hand too, before anybody sees them.
        """
        names = _names_today(world, insider, "insider")
        new = world.places.publish == world.today
        at_hand = (world.place_state == FREE) | new
        places = where(at_hand & (world.places.day > world.today))
        for place in places[:names].tolist():
            clients = _clients(world, world.waiting(int(world.places.pool[place])))
            if len(clients):
                person = int(clients[0])
                world.give(np.array([person]), np.array([place]))
                _sold(world, person, place, insider.price_eur)

    def _bend_the_lot(self, world: World, insider: Insider) -> None:
        """Make clients win where the lot is a number of the agent's own.

        It is drawn again until they do, or looked at before they are entered. With a
        commitment and a public beacon nobody knows it before the entries are frozen,
        and nobody can draw it again: there is nothing to sell.
        """
        if world.rule.verifiable:
            return
        names = _names_today(world, insider, "insider knows early")
        world.favoured = _clients(world, world.everybody_waiting())[:names]
        early = np.minimum(world.registered[world.favoured], world.today)
        world.registered[world.favoured] = early


def _names_today(world: World, insider: Insider, stream: str) -> int:
    whole = int(insider.names_per_day)
    luck = world.luck.uniform(stream, np.array([0]), world.today)
    return whole + int(luck[0] < insider.names_per_day - whole)


def _clients(world: World, waiting: Ints) -> Ints:
    """Return those who ask for a place that is sold, richest first."""
    asks = world.needs.willing & (world.asked_on < NEVER) & world.may_ask
    people = waiting[asks[waiting]]
    found: Ints = people[np.argsort(-world.needs.budget[people], kind="stable")]
    return found


def _sold(world: World, person: int, place: int, price: float) -> None:
    world.paid[person] += min(price, float(world.needs.budget[person]))
    world.through_broker[person] = True
    world.captured[place] = True
    world.log.insider_names += 1
