"""Make an episode smaller in proportion: fewer people, places and attackers."""

from dataclasses import replace

from simulation.agents.flood import RegistrationFlood
from simulation.agents.identities import (
    FakeIdentities,
    IdentityRental,
    Insider,
    Saboteur,
)
from simulation.agents.registry import Agents
from simulation.agents.scalpers import Autobooker, ClickFarm
from simulation.scenarios.model import Scenario


def scaled(scenario: Scenario, share: float, *, days: int | None = None) -> Scenario:
    """Return the episode with ``share`` of its people, places and attackers.

    Shares change little with size; seconds, queues and rounding (a held fifth of
    four places is none) change a little.

    Args:
        scenario: The episode.
        share: 0.1 for a tenth.
        days: Another length, if given.
    """
    return replace(
        scenario,
        days=days or scenario.days,
        capacity=replace(
            scenario.capacity,
            places_per_day=scenario.capacity.places_per_day * share,
        ),
        demand=replace(
            scenario.demand, people=max(1, round(scenario.demand.people * share))
        ),
        agents=_agents(scenario.agents, share),
        applicants=replace(
            scenario.applicants,
            helper_ceiling=_some(scenario.applicants.helper_ceiling, share),
        ),
    )


def _agents(agents: Agents, share: float) -> Agents:
    return replace(
        agents,
        autobooker=_autobooker(agents.autobooker, share),
        click_farm=_farm(agents.click_farm, share),
        fake_identities=_fakes(agents.fake_identities, share),
        rented_identities=_rented(agents.rented_identities, share),
        saboteur=_saboteur(agents.saboteur, share),
        registration_flood=_flood(agents.registration_flood, share),
        insider=_insider(agents.insider, share),
    )


def _some(count: int, share: float) -> int:
    return max(1, round(count * share)) if count else 0


def _autobooker(one: Autobooker | None, share: float) -> Autobooker | None:
    if one is None:
        return None
    sessions = _some(one.sessions, share)
    return replace(one, stock=_some(one.stock, share), sessions=sessions)


def _farm(one: ClickFarm | None, share: float) -> ClickFarm | None:
    if one is None:
        return None
    people = _some(one.people, share)
    return replace(one, stock=_some(one.stock, share), people=people)


def _fakes(one: FakeIdentities | None, share: float) -> FakeIdentities | None:
    return None if one is None else replace(one, count=_some(one.count, share))


def _rented(one: IdentityRental | None, share: float) -> IdentityRental | None:
    return None if one is None else replace(one, count=_some(one.count, share))


def _saboteur(one: Saboteur | None, share: float) -> Saboteur | None:
    if one is None:
        return None
    return replace(
        one,
        identities=_some(one.identities, share),
        places_per_day=one.places_per_day * share,
    )


def _flood(one: RegistrationFlood | None, share: float) -> RegistrationFlood | None:
    if one is None:
        return None
    return replace(
        one,
        per_day=_some(one.per_day, share),
        checks_per_day=_some(one.checks_per_day, share),
    )


def _insider(one: Insider | None, share: float) -> Insider | None:
    return (
        None if one is None else replace(one, names_per_day=one.names_per_day * share)
    )
