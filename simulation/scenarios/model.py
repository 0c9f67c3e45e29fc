"""What a scenario file may say; each number with its range and its source.

Section numbers in the sources are those of the laboratory's README, which lists
the references in full.
"""

from dataclasses import dataclass, field
from datetime import date

from simulation.agents.applicants import Applicants
from simulation.agents.registry import Agents
from simulation.agents.scalpers import Server
from simulation.parameters import ASSUMPTION, SETTING, parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact of the scenario comes from."""

    reference: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One sentence in both languages of the report."""

    fr: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Days on which no place of one motif is published."""

    motif: str
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """Days on which more people come than usual."""

    first: date
    last: date
    factor: float = parameter(2.0, low=0.0, high=10.0, source=ASSUMPTION)
    motif: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Motif:
    """One reason for coming, with its share of the visits."""

    slug: str
    share: float = parameter(1.0, low=0.0, high=1.0, source=ASSUMPTION)
    dated: float = parameter(
        0.75, low=0.0, high=1.0, source="renewals are 72-75 % of titles in 2024"
    )
    price_median: float = parameter(
        40.0, low=0.0, high=1000.0, unit="€", source="resale prices 2019-2023, press"
    )
    price_p90: float = parameter(
        150.0, low=0.0, high=2000.0, unit="€", source="resale prices 2019-2023, press"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """Places: how many, how far ahead they are published, when they stop."""

    places_per_day: float = parameter(
        168.0,
        low=0.1,
        high=20_000.0,
        unit="places per working day",
        source="28,000 between 15 March and 31 October 2024 (Isère, 001)",
    )
    lead_days: tuple[int, int] = parameter(
        (5, 28), low=1, high=365, unit="days ahead", is_span=True, source=ASSUMPTION
    )
    horizon_shift_on: date | None = None
    horizon_shift_to: int = parameter(28, low=1, high=365, unit="days", source=SETTING)
    release_weekdays: tuple[int, ...] = parameter(
        (1, 2, 3, 4, 5), low=1, high=7, unit="(1 is Monday)", source=SETTING
    )
    pooled: bool = parameter(False, source=SETTING)
    stops: tuple[Stop, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """People and visits: how many come, when, and how close to the edge."""

    people: int = parameter(
        15_000,
        low=1,
        high=2_000_000,
        unit="people a year",
        source="15,000 nationals a year (Isère, 001)",
    )
    visits: float = parameter(
        2.5,
        low=1.0,
        high=6.0,
        unit="visits per file",
        source="3-4 visits, else 1-2 (National Assembly 2023)",
    )
    backlog_days: float = parameter(
        0.0, low=0.0, high=365.0, unit="days of demand", source=ASSUMPTION
    )
    lead_days: tuple[int, int] = parameter(
        (60, 120),
        low=0,
        high=3650,
        unit="days",
        is_span=True,
        source="asked between day -120 and day -60 (CESEDA R.431-5)",
    )
    late_share: float = parameter(0.12, low=0.0, high=1.0, source=ASSUMPTION)
    lost_share: float = parameter(0.05, low=0.0, high=1.0, source=ASSUMPTION)
    factor: float = parameter(1.0, low=0.01, high=10.0, source=SETTING)
    peaks: tuple[Peak, ...] = ()
    motifs: tuple[Motif, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """The resale market: who buys, how long places are kept, how they cheat."""

    hold_hours: float = parameter(
        24.0,
        low=0.25,
        high=336.0,
        unit="h",
        source="module rule, press (range 1 h-14 d)",
    )
    returned_unsold: float = parameter(0.3, low=0.0, high=1.0, source=ASSUMPTION)
    fraud: float = parameter(
        0.1, low=0.0, high=0.5, source="double and fake sales: Hérault 2019, Spain 2024"
    )
    patience_days: int = parameter(14, low=0, high=365, unit="days", source=ASSUMPTION)
    rebook_s: float = parameter(
        2.0, low=0.1, high=600.0, unit="s", source="cancel and rebook at once (Hérault)"
    )
    leaves_under: float = parameter(
        200.0, low=0.0, high=10_000.0, unit="€ a month", source=ASSUMPTION
    )
    adaptive: bool = parameter(True, source="AER 2021: scalpers follow the profit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What an episode names as the reason of what it expects.

    ``changes`` take it away, written as for ``--set``, in this order.
    """

    fr: str
    en: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """One number of one rule, expected above or below something else.

    That is ``number``, or the same number of another run: of ``other_rule``, of
    ``other_metric``, of the episode ``without_cause``, or of several at once. Shares
    are written as such (0.3 is 30 %).
    """

    metric: str
    rule: str
    relation: str
    number: float | None = None
    other_rule: str = ""
    other_metric: str = ""
    without_cause: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One episode: people, places, attackers, and what we expect to see."""

    id: str
    code: str
    title: Words
    expected: Words
    limits: Words
    start: date
    days: int = parameter(365, low=7, high=3650, unit="days", source=SETTING)
    sources: tuple[Source, ...]
    capacity: Capacity
    demand: Demand
    market: Market = field(default_factory=Market)
    rules: tuple[str, ...] = ("first-click", "ours")
    ruleset: str = ""
    applicants: Applicants = field(default_factory=Applicants)
    agents: Agents = field(default_factory=Agents)
    server: Server = field(default_factory=Server)
    # What is expected plays no part in a run: it stands in no digest.
    cause: Cause | None = field(default=None, repr=False)
    directions: tuple[Direction, ...] = field(default=(), repr=False)
