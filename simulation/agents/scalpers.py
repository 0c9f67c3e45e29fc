"""Those who take places in order to sell them, by the click."""

from dataclasses import dataclass

from simulation.parameters import ASSUMPTION, SETTING, parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class Autobooker:
    """A program that books by itself, within a second, day and night.

    Source: 29 public tools read in November 2026; facts only.
    """

    count: int = parameter(3, low=0, high=200, unit="sellers", source=ASSUMPTION)
    reaction_s: tuple[float, float] = parameter(
        (0.2, 1.0),
        low=0.0,
        high=3600.0,
        unit="s",
        is_span=True,
        source="bot-prefecture",
    )
    parallel: int = parameter(
        20, low=1, high=1000, unit="requests", source="bot-prefecture"
    )
    request_s: float = parameter(
        0.3, low=0.01, high=60.0, unit="s", source=("bot-prefecture", ASSUMPTION)
    )
    addresses: int = parameter(
        100, low=1, high=10_000, unit="addresses", source="bot-prefecture"
    )
    captcha_ahead: bool = parameter(True, source="bot-prefecture")
    captcha_s: float = parameter(
        30.0, low=0.1, high=120.0, unit="s", source="captcha-prices"
    )
    captcha_right: float = parameter(0.9, low=0.0, high=1.0, source="captcha-2023")
    captcha_eur: float = parameter(
        0.002, low=0.0, high=0.1, unit="€", source="captcha-prices"
    )
    stock: int = parameter(
        300, low=1, high=20_000, unit="places", source="herault-2019"
    )
    cost_month: float = parameter(
        50.0,
        low=0.0,
        high=5000.0,
        unit="€ a month",
        source=("bot-prefecture", ASSUMPTION),
    )
    price_factor: float = parameter(1.0, low=0.01, high=10.0, source=SETTING)
    sessions: int = parameter(
        60, low=1, high=100_000, unit="sessions", source="waiting-room"
    )
    blocked_from_week: int = parameter(
        0, low=0, high=520, unit="weeks", source="val-de-marne-2019"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """The booking page's own defence: too many requests from one address are shut out.

    Source: alumbreras/rdv_naturalisation and the threads of US visa bots.
    """

    block_requests: int = parameter(
        15, low=1, high=100_000, unit="requests", source="alumbreras"
    )
    block_s: float = parameter(
        900.0, low=1.0, high=86_400.0, unit="s", source="alumbreras"
    )
    ban_s: float = parameter(
        1800.0, low=0.0, high=86_400.0, unit="s", source="us-visa-bots"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClickFarm:
    """People paid to click.

    Source: BFM 30/7/2019, francetvinfo 7/2019, Val-de-Marne 2019.
    """

    count: int = parameter(1, low=0, high=100, unit="teams", source=ASSUMPTION)
    people: int = parameter(5, low=1, high=200, unit="people", source="bfm-2019")
    delay_s: tuple[float, float] = parameter(
        (3.0, 8.0),
        low=0.0,
        high=3600.0,
        unit="s",
        is_span=True,
        source=("francetvinfo-2019", ASSUMPTION),
    )
    place_s: float = parameter(
        90.0, low=5.0, high=1200.0, unit="s", source="legal-press"
    )
    wage_eur: float = parameter(
        10.0, low=0.0, high=50.0, unit="€", source="francetvinfo-2019"
    )
    stock: int = parameter(100, low=1, high=5000, unit="places", source=ASSUMPTION)
    from_week: int = parameter(0, low=0, high=520, unit="weeks", source=SETTING)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertService:
    """A paid alarm: a machine watches, the person clicks.

    Source: HarshRRs/THE-POWER-HOUSE- (prices), 26 notifying tools.
    """

    subscribers: float = parameter(0.05, low=0.0, high=1.0, source=ASSUMPTION)
    poll_s: float = parameter(60.0, low=1.0, high=3600.0, unit="s", source="tools-2026")
    human_s: tuple[float, float] = parameter(
        (20.0, 300.0),
        low=0.0,
        high=7200.0,
        unit="s",
        is_span=True,
        source="tools-2026",
    )
    price_month: float = parameter(
        29.99, low=0.0, high=300.0, unit="€ a month", source="the-power-house"
    )
