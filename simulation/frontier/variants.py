"""Rulesets to be mapped: the default, and one parameter moved at a time."""

from dataclasses import replace
from typing import Final

from service.domain.ruleset import (
    BAND_LATER,
    BAND_LOST,
    BAND_SOON,
    BAND_VERY_SOON,
    DEFAULT_RULESET,
    Bands,
    Hold,
    Notice,
    QuotaRule,
    Ruleset,
)
from simulation.errors import UnknownNameError


def _quotas(long_wait: int, right_lost: int, no_date: int) -> Ruleset:
    both = (BAND_LOST, BAND_LATER)
    return replace(
        DEFAULT_RULESET,
        quotas=(
            QuotaRule(
                quota="long_wait", percent=long_wait, bands=both, waited_days_min=90
            ),
            QuotaRule(quota="right_lost", percent=right_lost, bands=(BAND_LOST,)),
            QuotaRule(
                quota="no_date",
                percent=no_date,
                bands=(BAND_LATER,),
                without_date_only=True,
            ),
        ),
    )


def _held(percent: int, bands: tuple[int, ...] = (BAND_VERY_SOON,)) -> Ruleset:
    return replace(DEFAULT_RULESET, hold=Hold(percent=percent, bands=bands))


def _edges(very_soon: int, soon: int) -> Ruleset:
    return replace(
        DEFAULT_RULESET, bands=Bands(very_soon_days=very_soon, soon_days=soon)
    )


def _notice(usual: int) -> Ruleset:
    return replace(DEFAULT_RULESET, notice=Notice(short_days=2, usual_days=usual))


VARIANTS: Final[dict[str, Ruleset]] = {
    "default": DEFAULT_RULESET,
    "no quotas": _quotas(0, 0, 0),
    "quotas 5-5-10": _quotas(5, 5, 10),
    "quotas 5-5-15": _quotas(5, 5, 15),
    "quotas 5-5-20": _quotas(5, 5, 20),
    "quotas 10-5-10": _quotas(10, 5, 10),
    "quotas 15-5-5": _quotas(15, 5, 5),
    "quotas 5-0-5": _quotas(5, 0, 5),
    "quotas 5-15-5": _quotas(5, 15, 5),
    "lost rights first": _quotas(0, 100, 0),
    "no hold": _held(0),
    "hold 10": _held(10),
    "hold 30": _held(30),
    "hold 20 for bands 0 and 1": _held(20, (BAND_VERY_SOON, BAND_SOON)),
    "bands 7/30": _edges(7, 30),
    "bands 25/60": _edges(25, 60),
    "bands 40/90": _edges(40, 90),
    "notice 3": _notice(3),
    "notice 7": _notice(7),
}
"""By name; each is a ruleset that production could load.

Quotas are ``long_wait``-``right_lost``-``no_date`` in percent; a ``right_lost`` of
100 is the band of lost rights put before every other. Notice is that of all but
band 0 and those who asked for less.
"""


def with_default(names: list[str] | None) -> tuple[str, ...]:
    """Return the rulesets asked for, the default first: every gap is one from it.

    Raises:
        UnknownNameError: None of that name; the text lists those there are.
    """
    for name in names or ():
        if name not in VARIANTS:
            raise UnknownNameError(
                f"no ruleset is called '{name}'; known: {', '.join(VARIANTS)}"
            )
    return tuple(dict.fromkeys(("default", *(names or VARIANTS))))
