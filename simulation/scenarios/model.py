"""What a scenario file may say; each number with its range and its source.

A source is a key of ``simulation/references.toml``, which says it in full.
"""

from dataclasses import dataclass, field
from datetime import date

from simulation.agents.applicants import Applicants
from simulation.agents.registry import Agents
from simulation.agents.scalpers import Server
from simulation.parameters import ASSUMPTION, SETTING, parameter

PRICES = ("bobigny-2019", "bfm-2019", "senate-2021", "press-2022")
"""What the press and the Senate said of resale prices, from 2019 to 2022."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact of the scenario comes from, and what is taken from it.

    Attributes:
        reference: A key of ``references.toml``, or the words of a source of one's own.
        fr: The fact, in French.
        en: The fact, in English.
    """

    reference: str
    fr: str
    en: str


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
    dated: float = parameter(0.75, low=0.0, high=1.0, source="titles-2024")
    price_median: float = parameter(40.0, low=0.0, high=1000.0, unit="€", source=PRICES)
    price_p90: float = parameter(150.0, low=0.0, high=2000.0, unit="€", source=PRICES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """Places: how many, how far ahead they are published, when they stop."""

    places_per_day: float = parameter(
        168.0,
        low=0.1,
        high=20_000.0,
        unit="places",
        source="isere-2024",
    )
    lead_days: tuple[int, int] = parameter(
        (5, 28), low=1, high=365, unit="days", is_span=True, source=ASSUMPTION
    )
    horizon_shift_on: date | None = None
    horizon_shift_to: int = parameter(28, low=1, high=365, unit="days", source=SETTING)
    release_weekdays: tuple[int, ...] = parameter(
        (1, 2, 3, 4, 5), low=1, high=7, source=SETTING
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
        unit="people",
        source="isere-2024",
    )
    visits: float = parameter(
        2.5,
        low=1.0,
        high=6.0,
        unit="visits",
        source="assemblee-2023",
    )
    backlog_days: float = parameter(
        0.0, low=0.0, high=365.0, unit="days", source=ASSUMPTION
    )
    lead_days: tuple[int, int] = parameter(
        (60, 120),
        low=0,
        high=3650,
        unit="days",
        is_span=True,
        source="ceseda",
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
        source=("national-module", ASSUMPTION),
    )
    returned_unsold: float = parameter(0.3, low=0.0, high=1.0, source=ASSUMPTION)
    fraud: float = parameter(
        0.1, low=0.0, high=0.5, source=("herault-2019", "spain-2024", ASSUMPTION)
    )
    patience_days: int = parameter(14, low=0, high=365, unit="days", source=ASSUMPTION)
    rebook_s: float = parameter(
        2.0, low=0.1, high=600.0, unit="s", source="herault-2019"
    )
    leaves_under: float = parameter(
        200.0, low=0.0, high=10_000.0, unit="€ a month", source=ASSUMPTION
    )
    adaptive: bool = parameter(True, source="aer-2021")
    last_days: int = parameter(0, low=0, high=28, unit="days", source=ASSUMPTION)
    last_price: float = parameter(0.1, low=0.0, high=1.0, source=ASSUMPTION)
    returned_late: float = parameter(0.0, low=0.0, high=1.0, source=ASSUMPTION)


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
    # What is expected plays no part in a run: it stands in no digest. The first
    # direction is the one that goes away with its cause.
    cause: Cause | None = field(default=None, repr=False)
    directions: tuple[Direction, ...] = field(default=(), repr=False)
