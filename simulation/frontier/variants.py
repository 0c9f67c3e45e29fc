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


VARIANTS: Final[dict[str, Ruleset]] = {
    "default": DEFAULT_RULESET,
    "no quotas": _quotas(0, 0, 0),
    "quotas 5-5-15": _quotas(5, 5, 15),
    "quotas 15-5-5": _quotas(15, 5, 5),
    "no hold": _held(0),
    "hold 10": _held(10),
    "hold 30": _held(30),
    "hold 20 for bands 0 and 1": _held(20, (BAND_VERY_SOON, BAND_SOON)),
    "bands 7/30": replace(DEFAULT_RULESET, bands=Bands(very_soon_days=7, soon_days=30)),
    "bands 25/60": replace(
        DEFAULT_RULESET, bands=Bands(very_soon_days=25, soon_days=60)
    ),
    "notice 3 for all but band 0": replace(
        DEFAULT_RULESET, notice=Notice(short_days=2, usual_days=3)
    ),
}
"""By name; each is a ruleset that production could load."""
