"""People and their visits, drawn once and the same for every rule."""

from dataclasses import dataclass

import numpy as np

from simulation.engine.arrays import NEVER, Bools, Floats, Ints, numbers, where
from simulation.engine.calendar import arrival_weights, in_turn
from simulation.engine.luck import Luck
from simulation.scenarios.model import Demand, Scenario

SIGMAS_AT_P90 = 1.2815515655446004


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """The n visits that people need; arrays of length n in order of arrival.

    A file needs several visits; each is one need that arrives on its own day,
    whatever the rule, so that all rules meet the same arrivals. Capacity and
    need are counted in visits, never in people.
    """

    motif: Ints
    arrival: Ints
    registers: Ints
    expiry: Ints
    declared: Ints
    tries_per_day: Floats
    click_s: Floats
    budget: Floats
    income: Floats
    willing: Bools
    excluded: Bools
    knows_release: Bools
    armed: Bools
    subscribes: Bools
    short_notice: Bools
    gives_up_after: Ints
    elsewhere_after: Ints

    def __len__(self) -> int:
        return len(self.motif)

    @property
    def dated(self) -> Bools:
        """Who holds a title with an end."""
        return self.expiry < NEVER


def visits_per_year(demand: Demand) -> float:
    """Return the visits that one year of this demand asks for."""
    return demand.people * demand.visits * demand.factor


def create(scenario: Scenario, luck: Luck) -> Needs:
    """Draw the needs of one run; equal scenario and seed give equal needs."""
    arrival, motif = _arrivals(scenario, luck)
    ids = numbers(len(arrival))
    expiry = _expiries(scenario, luck, ids, arrival, motif)
    who = scenario.applicants
    excluded = luck.uniform("excluded", ids) < who.excluded
    tries = (
        who.tries_per_week
        / 7
        * np.exp(who.tries_sigma * luck.normal("tries", ids) - who.tries_sigma**2 / 2)
    )
    click = luck.lognormal(
        "click", ids, median=who.click_median_s, sigma=who.click_sigma
    )
    budget = luck.lognormal(
        "budget", ids, median=who.budget_median, sigma=who.budget_sigma
    )
    service = scenario.agents.alert_service
    subscribers = service.subscribers if service else 0.0
    return Needs(
        motif=motif,
        arrival=arrival,
        registers=arrival + _delay(scenario, luck, ids, arrival, excluded),
        expiry=expiry,
        declared=_declared(scenario, luck, ids, arrival, expiry),
        tries_per_day=np.where(excluded, tries * who.excluded_tries, tries),
        click_s=np.where(excluded, click * who.excluded_delay, click),
        budget=budget,
        income=_ranks(budget),
        willing=luck.uniform("willing", ids) < who.willing,
        excluded=excluded,
        knows_release=luck.uniform("knows release", ids) < who.at_release,
        armed=~excluded & (luck.uniform("armed", ids) < who.armed),
        subscribes=~excluded & (luck.uniform("subscribes", ids) < subscribers),
        short_notice=luck.uniform("short notice", ids) < who.short_notice,
        gives_up_after=_patience(scenario, luck, ids),
        elsewhere_after=_elsewhere(scenario, luck, ids),
    )


def prices(scenario: Scenario, luck: Luck, needs: Needs) -> Floats:
    """Return what a seller asks each need for, before scarcity and nearness (€)."""
    motifs = scenario.demand.motifs
    median = np.array([each.price_median for each in motifs])
    p90 = np.array([each.price_p90 for each in motifs])
    sigma = np.log(np.maximum(p90, 1e-9) / np.maximum(median, 1e-9)) / SIGMAS_AT_P90
    spread = luck.normal("price", numbers(len(needs)))
    found: Floats = median[needs.motif] * np.exp(
        np.maximum(sigma[needs.motif], 0.0) * spread
    )
    return found


def _arrivals(scenario: Scenario, luck: Luck) -> tuple[Ints, Ints]:
    """Spread each motif's visits over the days; the backlog arrives on day 0."""
    total = visits_per_year(scenario.demand) * scenario.days / 365
    waiting = visits_per_year(scenario.demand) * scenario.demand.backlog_days / 365
    days: list[Ints] = []
    motifs: list[Ints] = []
    for number, motif in enumerate(scenario.demand.motifs):
        ids = numbers(round(total * motif.share))
        weights = np.cumsum(arrival_weights(scenario, motif.slug))
        place = luck.uniform(f"arrival/{motif.slug}", ids) * weights[-1]
        early = np.zeros(round(waiting * motif.share), dtype=np.int64)
        day: Ints = np.asarray(
            np.searchsorted(weights, place, side="right"), dtype=np.int64
        )
        days.append(np.concatenate((early, day)))
        motifs.append(np.full(len(days[-1]), number, dtype=np.int64))
    arrival = np.concatenate(days)
    order = np.argsort(arrival, kind="stable")
    return arrival[order], np.concatenate(motifs)[order]


def _expiries(
    scenario: Scenario, luck: Luck, ids: Ints, arrival: Ints, motif: Ints
) -> Ints:
    """Return the last day of the right, or NEVER for people without a date."""
    demand = scenario.demand
    dated = np.array([each.dated for each in demand.motifs])[motif]
    kind = luck.uniform("lead kind", ids)
    place = luck.uniform("lead", ids)
    low, high = demand.lead_days
    lead = low + place * (high - low)
    late = kind < demand.late_share + demand.lost_share
    lead = np.where(late, 1 + place * 34, lead)
    lead = np.where(kind < demand.lost_share, -1 - place * 59, lead)
    has_date = luck.uniform("dated", ids) < dated
    return np.where(has_date, arrival + np.floor(lead).astype(np.int64), NEVER)


def _declared(
    scenario: Scenario, luck: Luck, ids: Ints, arrival: Ints, expiry: Ints
) -> Ints:
    """Return the end of right that people declare; a few bend it."""
    liars = scenario.agents.false_expiry
    if liars is None:
        return expiry
    lies = luck.uniform("lies", ids) < liars.share
    return np.where(
        lies & (expiry > arrival + 14), arrival + liars.claimed_days, expiry
    )


def _delay(
    scenario: Scenario, luck: Luck, ids: Ints, arrival: Ints, excluded: Bools
) -> Ints:
    """Days between the need and a registration, where a rule has registrations."""
    place = luck.uniform("registration delay", ids)
    helped = luck.uniform("offline", ids) < scenario.applicants.offline
    alone = np.floor(-np.log1p(-place) * 10 * scenario.applicants.excluded_delay)
    slow = np.where(helped, np.floor(place * 5), alone)
    delay = np.where(excluded, slow, np.floor(place * 3)).astype(np.int64)
    by_helpers = where(helped & excluded)
    delay[by_helpers] = _served_by_helpers(
        arrival[by_helpers],
        delay[by_helpers],
        scenario.applicants.helper_ceiling,
    )
    return delay


def _served_by_helpers(arrival: Ints, delay: Ints, ceiling: int) -> Ints:
    """Let helpers register so many a day, in order of arrival, the rest later."""
    found: Ints = np.maximum(delay, in_turn(arrival, ceiling) - arrival)
    return found


def _patience(scenario: Scenario, luck: Luck, ids: Ints) -> Ints:
    """Days after which a person stops trying; NEVER for most."""
    who = scenario.applicants
    quits = luck.uniform("gives up", ids) < who.gives_up
    after = who.gives_up_days * (0.75 + 0.5 * luck.uniform("gives up after", ids))
    return np.where(quits, after.astype(np.int64), NEVER)


def _elsewhere(scenario: Scenario, luck: Luck, ids: Ints) -> Ints:
    """Days after which another prefecture has received the person; NEVER mostly."""
    who = scenario.applicants
    shops = luck.uniform("several", ids) < who.several
    wait = -np.log1p(-luck.uniform("elsewhere", ids)) * who.several_wait_days
    return np.where(shops, 1 + wait.astype(np.int64), NEVER)


def _ranks(budget: Floats) -> Floats:
    """Return each person's position in [0, 1) among all incomes."""
    ranks = np.empty(len(budget))
    ranks[np.argsort(budget, kind="stable")] = numbers(len(budget))
    shares: Floats = ranks / max(len(budget), 1)
    return shares
