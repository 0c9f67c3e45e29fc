"""The sections of a ruleset, with the defaults of v1 and the range of each value.

Source of the defaults and of the reasons for them: mechanism.md § 6.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Final

from service.domain.errors import InvalidRulesetError

NUMBER_OF_BANDS: Final = 4
BAND_VERY_SOON, BAND_SOON, BAND_LOST, BAND_LATER = range(NUMBER_OF_BANDS)

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")
# Wall times in this hour do not exist once a year and exist twice another time.
_NO_CLOCK_FROM: Final = time(2)
_NO_CLOCK_BEFORE: Final = time(3)


def _within(value: int, low: int, high: int, field: str) -> None:
    if not low <= value <= high:
        raise InvalidRulesetError(field)


def _check_bands(bands: tuple[int, ...]) -> None:
    is_ordered = list(bands) == sorted(set(bands))
    if not is_ordered or not set(bands) <= set(range(NUMBER_OF_BANDS)):
        raise InvalidRulesetError("bands")


def _check_clock(at: time, field: str) -> None:
    if _NO_CLOCK_FROM <= at < _NO_CLOCK_BEFORE or at != time(at.hour, at.minute):
        raise InvalidRulesetError(field)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Edges of the bands, in calendar days from the night to the end of the right.

    Attributes:
        very_soon_days: Band 0 reaches so far.
        soon_days: Band 1 reaches so far. Band 2 is for rights already lost, band 3
            for everybody else.
    """

    very_soon_days: int = 14
    soon_days: int = 45

    def __post_init__(self) -> None:
        _within(self.very_soon_days, 0, 365, "very_soon_days")
        _within(self.soon_days, self.very_soon_days, 730, "soon_days")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRule:
    """A protected share of the places of a night.

    Attributes:
        quota: Its name.
        percent: Of the night's places that are not held; the number of places is
            rounded down.
        bands: Which bands may use it.
        waited_days_min: Whole days waited from which one may use it.
        without_date_only: Only registrations without any end of a right.
    """

    quota: str
    percent: int
    bands: tuple[int, ...]
    waited_days_min: int = 0
    without_date_only: bool = False

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.quota) or self.quota == "open":
            raise InvalidRulesetError("quota")
        _within(self.percent, 0, 100, "percent")
        _within(self.waited_days_min, 0, 3650, "waited_days_min")
        _check_bands(self.bands)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Places kept for those whose right ends very soon.

    Attributes:
        percent: Of the places published for each site and day, rounded down.
        until_days_ahead: A day at most so near is held no longer.
        bands: Which bands held places suit.
    """

    percent: int = 20
    until_days_ahead: int = 2
    bands: tuple[int, ...] = (BAND_VERY_SOON,)

    def __post_init__(self) -> None:
        _within(self.percent, 0, 100, "percent")
        _within(self.until_days_ahead, 0, 365, "until_days_ahead")
        _check_bands(self.bands)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """How far ahead a slot must be, in calendar days from the night.

    Attributes:
        short_days: For the bands of ``short_bands`` and for who can come at short
            notice.
        usual_days: For everybody else.
        short_bands: Bands that are offered near slots without having asked.
    """

    short_days: int = 2
    usual_days: int = 5
    short_bands: tuple[int, ...] = (BAND_VERY_SOON,)

    def __post_init__(self) -> None:
        _within(self.short_days, 1, 60, "short_days")
        _within(self.usual_days, self.short_days, 60, "usual_days")
        _check_bands(self.short_bands)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRules:
    """What happens after an offer.

    Attributes:
        window_hours: To confirm, from the moment the message is handed over.
        latest_the_day_before: And at the latest at this wall time.
        free_declines: Declines that cost only the night of the freed place.
        sit_out_nights: Nights each later decline costs.
    """

    window_hours: int = 48
    latest_the_day_before: time = time(18)
    free_declines: int = 1
    sit_out_nights: int = 7

    def __post_init__(self) -> None:
        _within(self.window_hours, 1, 240, "window_hours")
        _within(self.free_declines, 0, 100, "free_declines")
        _within(self.sit_out_nights, 1, 60, "sit_out_nights")
        _check_clock(self.latest_the_day_before, "latest_the_day_before")


@dataclass(frozen=True, slots=True, kw_only=True)
class NightClock:
    """When the night happens.

    Attributes:
        freeze_at: Wall time, Europe/Paris, outside 02:00 to 03:00.
        beacon_delay_min: Least minutes from the commitment to the beacon round.
    """

    freeze_at: time = time(20)
    beacon_delay_min: int = 15

    def __post_init__(self) -> None:
        _check_clock(self.freeze_at, "freeze_at")
        _within(self.beacon_delay_min, 1, 720, "beacon_delay_min")


DEFAULT_QUOTAS: Final = (
    QuotaRule(
        quota="long_wait",
        percent=5,
        bands=(BAND_LOST, BAND_LATER),
        waited_days_min=90,
    ),
    QuotaRule(quota="right_lost", percent=5, bands=(BAND_LOST,)),
    QuotaRule(quota="no_date", percent=5, bands=(BAND_LATER,), without_date_only=True),
)
"""The protected shares of ruleset v1, in the order in which they are served."""
