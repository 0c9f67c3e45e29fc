"""Those who take places in order to sell them, by the click."""

from dataclasses import dataclass

from simulation.parameters import ASSUMPTION, SETTING, parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class Autobooker:
    """A program that books by itself, within a second, day and night.

    Source: public repositories read on 2026-11, section 2.1; facts only.
    """

    count: int = parameter(3, low=0, high=200, unit="sellers", source=ASSUMPTION)
    reaction_s: tuple[float, float] = parameter(
        (0.2, 1.0),
        low=0.0,
        high=3600.0,
        unit="s",
        is_span=True,
        source="bots poll about once a second (section 2.1)",
    )
    parallel: int = parameter(
        20, low=1, high=1000, unit="requests at once", source="threads, section 2.1"
    )
    request_s: float = parameter(
        0.3, low=0.01, high=60.0, unit="s", source="time-out 7 s, polling 1 s, 2.1"
    )
    addresses: int = parameter(
        100, low=1, high=10_000, unit="addresses", source="3 $ per 100 proxies a month"
    )
    captcha_ahead: bool = parameter(
        True, source="3 captchas solved ahead (2ooom/bot-prefecture)"
    )
    captcha_s: float = parameter(
        30.0, low=0.1, high=120.0, unit="s", source="human farms 30-60 s, section 2.3"
    )
    captcha_right: float = parameter(0.9, low=0.0, high=1.0, source="section 2.3")
    captcha_eur: float = parameter(
        0.002, low=0.0, high=0.1, unit="€", source="1-2.99 $ per 1000, section 2.3"
    )
    stock: int = parameter(
        300, low=1, high=20_000, unit="places held", source="hundreds held (Hérault)"
    )
    cost_month: float = parameter(
        50.0, low=0.0, high=5000.0, unit="€ a month", source="server, proxies 10-100 €"
    )
    price_factor: float = parameter(1.0, low=0.01, high=10.0, source=SETTING)
    sessions: int = parameter(
        60, low=1, high=100_000, unit="sessions in a waiting room", source="section 6"
    )
    blocked_from_week: int = parameter(
        0, low=0, high=520, unit="week, 0 = never", source="Val-de-Marne 2019 (004)"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """The booking page's own defence: too many requests from one address are shut out.

    Source: alumbreras/rdv_naturalisation and us-visa issues (section 7).
    """

    block_requests: int = parameter(
        15, low=1, high=100_000, unit="requests", source="15 in 15 min (alumbreras)"
    )
    block_s: float = parameter(
        900.0, low=1.0, high=86_400.0, unit="s", source="15 in 15 min (alumbreras)"
    )
    ban_s: float = parameter(
        1800.0, low=0.0, high=86_400.0, unit="s", source="bans of 30 min to 5 h"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClickFarm:
    """People paid to click.

    Source: BFM 30/7/2019, francetvinfo 7/2019, Val-de-Marne 2019 (004).
    """

    count: int = parameter(1, low=0, high=100, unit="teams", source=ASSUMPTION)
    people: int = parameter(
        5, low=1, high=200, unit="people", source="4-5 people (BFM)"
    )
    delay_s: tuple[float, float] = parameter(
        (3.0, 8.0),
        low=0.0,
        high=3600.0,
        unit="s",
        is_span=True,
        source="3-10 s, section 7",
    )
    place_s: float = parameter(
        90.0, low=5.0, high=1200.0, unit="s per place", source="form 60-300 s"
    )
    wage_eur: float = parameter(
        10.0, low=0.0, high=50.0, unit="€ per place", source="5-20 €, francetvinfo"
    )
    stock: int = parameter(100, low=1, high=5000, unit="places held", source=ASSUMPTION)
    from_week: int = parameter(0, low=0, high=520, unit="week", source=SETTING)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertService:
    """A paid alarm: a machine watches, the person clicks.

    Source: HarshRRs/THE-POWER-HOUSE- (prices), 26 notifying tools, section 2.1.
    """

    subscribers: float = parameter(
        0.05, low=0.0, high=1.0, unit="share of applicants", source=ASSUMPTION
    )
    poll_s: float = parameter(
        60.0, low=1.0, high=3600.0, unit="s", source="median of 29 tools"
    )
    human_s: tuple[float, float] = parameter(
        (20.0, 300.0),
        low=0.0,
        high=7200.0,
        unit="s",
        is_span=True,
        source="section 2.1 (ii)",
    )
    price_month: float = parameter(
        29.99, low=0.0, high=300.0, unit="€ a month", source="THE-POWER-HOUSE-"
    )
