"""Applicants: how often they try, how fast they click, what they can pay."""

from dataclasses import dataclass

from simulation.parameters import ASSUMPTION, parameter


@dataclass(frozen=True, kw_only=True)
class ArmedApplicant:
    """An applicant who defends themself with an alarm of their own.

    Source: 26 of 29 public tools only notify.
    """

    armed: float = parameter(0.0, low=0.0, high=1.0, source=("tools-2026", ASSUMPTION))
    armed_poll_s: float = parameter(
        60.0, low=1.0, high=3600.0, unit="s", source="tools-2026"
    )


@dataclass(frozen=True, kw_only=True)
class Helper:
    """Someone who registers for people whom the internet leaves out.

    Source: Bouge ta Préf 38, La Cimade, Val-de-Marne 2019; take-up of non-digital
    channels has no source.
    """

    offline: float = parameter(0.5, low=0.0, high=1.0, source=ASSUMPTION)
    helper_ceiling: int = parameter(
        100_000,
        low=1,
        high=100_000,
        unit="registrations a day",
        source=ASSUMPTION,
    )


@dataclass(frozen=True, kw_only=True)
class SeveralPrefectures:
    """An applicant who also queues elsewhere, and may be received there first.

    Source: Val-de-Marne 2019 (people shop between departments); shares are assumed.
    """

    several: float = parameter(
        0.05, low=0.0, high=1.0, source=("val-de-marne-2019", ASSUMPTION)
    )
    several_no_show: float = parameter(0.7, low=0.0, high=1.0, source=ASSUMPTION)
    several_wait_days: float = parameter(
        45.0, low=1.0, high=365.0, unit="days", source=ASSUMPTION
    )


@dataclass(frozen=True, kw_only=True)
class Applicants(ArmedApplicant, Helper, SeveralPrefectures):
    """The people who need a place, as a distribution; one table of a scenario.

    Source: see each field.
    """

    tries_per_week: float = parameter(
        10.0,
        low=0.1,
        high=70.0,
        unit="tries",
        source="barcelona-2020",
    )
    tries_sigma: float = parameter(0.6, low=0.0, high=2.0, source=ASSUMPTION)
    click_median_s: float = parameter(
        12.0, low=0.5, high=600.0, unit="s", source=ASSUMPTION
    )
    click_sigma: float = parameter(0.8, low=0.0, high=2.0, source=ASSUMPTION)
    captcha_s: float = parameter(
        15.0, low=0.0, high=120.0, unit="s", source="captcha-2023"
    )
    captcha_right: float = parameter(0.7, low=0.0, high=1.0, source="captcha-2023")
    at_release: float = parameter(0.3, low=0.0, high=1.0, source=ASSUMPTION)
    willing: float = parameter(0.45, low=0.0, high=1.0, source="barcelona-2020")
    budget_median: float = parameter(
        90.0, low=0.0, high=5000.0, unit="€", source=ASSUMPTION
    )
    budget_sigma: float = parameter(0.8, low=0.0, high=2.0, source=ASSUMPTION)
    excluded: float = parameter(0.17, low=0.0, high=0.6, source="insee-2019")
    excluded_tries: float = parameter(0.15, low=0.0, high=1.0, source=ASSUMPTION)
    excluded_delay: float = parameter(4.0, low=1.0, high=50.0, source=ASSUMPTION)
    gives_up: float = parameter(0.08, low=0.0, high=1.0, source="insee-2021")
    gives_up_days: int = parameter(
        60, low=1, high=3650, unit="days", source=("insee-2021", ASSUMPTION)
    )
    no_show: float = parameter(0.12, low=0.0, high=0.9, source=("afe-2024", "candilib"))
    cancels: float = parameter(0.05, low=0.0, high=0.9, source=ASSUMPTION)
    short_notice: float = parameter(0.2, low=0.0, high=1.0, source=ASSUMPTION)
