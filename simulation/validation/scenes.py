"""Small prefectures for checks that need nothing of an episode."""

from dataclasses import replace
from datetime import date

from simulation.agents.applicants import Applicants
from simulation.agents.identities import (
    AdaptiveEntry,
    FakeIdentities,
    IdentityRental,
)
from simulation.agents.promises import FalsePromise
from simulation.agents.registry import Agents
from simulation.agents.scalpers import Autobooker
from simulation.scenarios.model import (
    Capacity,
    Demand,
    Market,
    Motif,
    Scenario,
    Source,
    Words,
)

ALIKE = Applicants(
    tries_per_week=7.0, tries_sigma=0.0, excluded=0.0, cancels=0.0, no_show=0.0,
    several=0.0, gives_up=0.0, short_notice=1.0,
)  # fmt: skip
"""People whom a rule cannot tell apart, but for the day of their registration."""

_WORDS = Words(fr="contrôle", en="check")


def prefecture(
    *,
    days: int,
    places: float,
    people_per_day: float,
    waiting: int = 0,
    applicants: Applicants | None = None,
    agents: Agents | None = None,
    market: Market | None = None,
) -> Scenario:
    """Return a prefecture with one motif and nobody dated."""
    people = max(1, round(people_per_day * 365))
    return Scenario(
        id="check",
        code="V",
        title=_WORDS,
        expected=_WORDS,
        limits=_WORDS,
        start=date(2024, 1, 1),
        days=days,
        sources=(
            Source(
                reference="assumption",
                fr="fait pour un contrôle",
                en="built for a check",
            ),
        ),
        capacity=Capacity(places_per_day=places, lead_days=(5, 14)),
        demand=Demand(
            people=people,
            visits=1.0,
            backlog_days=min(365.0, waiting * 365 / people),
            motifs=(Motif(slug="renouvellement", dated=0.0, price_median=60.0),),
        ),
        applicants=applicants or Applicants(),
        agents=agents or Agents(),
        market=market or Market(),
    )


def market_cell(
    *, high_demand: bool, slip: float = 0.0, broker: bool = True
) -> Scenario:
    """One cell of the AER design: sellers outside, demand low or high.

    A broker with a hundred fakes is forced into the batch cells, so that a loss
    there is found and not assumed. First come is without it: there it would book under
    its names and, once inside, hoard places whatever the demand.

    In the paper a place reaches nobody but its holder: ``slip`` 0.

    Source: Hakimov, Heller, Kübler, Kurino, AER 111(7), 2021; comparative statics
    only, with our own numbers.
    """
    return prefecture(
        days=240,
        places=20,
        people_per_day=24 if high_demand else 8,
        agents=Agents(
            autobooker=Autobooker(count=0),
            adaptive=AdaptiveEntry(candidates=3),
            fake_identities=FakeIdentities(count=100, slip=slip) if broker else None,
        ),
    )


def brokered_cell(*, high_demand: bool, slip: float) -> Scenario:
    """A batch cell in which brokers go on whatever they earn.

    A hundred false names, of which few pass the check, twenty rented ones, which all
    do, at 20 € a place won; a share of the places that they win reaches a buyer.
    """
    scene = market_cell(high_demand=high_demand, slip=slip)
    names = replace(scene.agents, rented_identities=IdentityRental(count=20))
    return replace(scene, agents=names, market=Market(adaptive=False))


def registering_cell() -> Scenario:
    """The same at high demand, and everybody who seeks a broker is registered by one.

    In the client's own name, once, as anybody can alone.
    """
    scene = brokered_cell(high_demand=True, slip=0.02)
    promise = FalsePromise(reached=1.0, registers=True)
    return replace(scene, agents=replace(scene.agents, false_promise=promise))
