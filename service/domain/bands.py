"""Bands: how near the end of a right is on a given night. Nothing else counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from service.domain.ruleset import (
    BAND_LATER,
    BAND_LOST,
    BAND_SOON,
    BAND_VERY_SOON,
    Ruleset,
)


class BandReason(StrEnum):
    """Why a registration is in its band; pages have a sentence for each."""

    ENDS_VERY_SOON = "ends_very_soon"
    ENDS_SOON = "ends_soon"
    RIGHT_LOST = "right_lost"
    ENDS_LATER = "ends_later"
    NO_DATE = "no_date"
    DISPLACED = "displaced"


@dataclass(frozen=True, slots=True)
class Band:
    """A band, 0 to 3, 0 the most urgent, and the code of its reason."""

    number: int
    reason_code: BandReason


def band_of(
    end_of_right_on: date | None,
    night: date,
    ruleset: Ruleset,
    *,
    is_displaced: bool = False,
) -> Band:
    """Return the band of a right on a night.

    Total, and depends on nothing but whole days between two dates, and on whether the
    prefecture itself took a place back: such a person is in the first band until the
    next offer.

    Args:
        end_of_right_on: Last day of the right, included; None without any.
        night: Europe/Paris date of the draw.
        ruleset: The edges in force.
        is_displaced: The prefecture cancelled their appointment.

    Source:
        mechanism.md § 5, readings 1 and 2: proximity does almost all the work, and a
        right already lost is third, because first makes everybody late.
    """
    if is_displaced:
        return Band(BAND_VERY_SOON, BandReason.DISPLACED)
    if end_of_right_on is None:
        return Band(BAND_LATER, BandReason.NO_DATE)
    days_left = (end_of_right_on - night).days
    if days_left < 0:
        return Band(BAND_LOST, BandReason.RIGHT_LOST)
    if days_left <= ruleset.bands.very_soon_days:
        return Band(BAND_VERY_SOON, BandReason.ENDS_VERY_SOON)
    if days_left <= ruleset.bands.soon_days:
        return Band(BAND_SOON, BandReason.ENDS_SOON)
    return Band(BAND_LATER, BandReason.ENDS_LATER)
