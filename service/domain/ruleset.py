"""The published rule: every parameter of a night, versioned, none of them hidden.

The whole ruleset is hashed into each night's commitment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Self

from service.domain.errors import InvalidRulesetError
from service.domain.ruleset_json import (
    Reader,
    list_of,
    read_day,
    read_object,
    read_text,
    section,
    to_json,
)
from service.domain.ruleset_parts import (
    BAND_LATER,
    BAND_LOST,
    BAND_SOON,
    BAND_VERY_SOON,
    DEFAULT_QUOTAS,
    NUMBER_OF_BANDS,
    Bands,
    Hold,
    NightClock,
    Notice,
    OfferRules,
    QuotaRule,
)

__all__ = [
    "BAND_LATER",
    "BAND_LOST",
    "BAND_SOON",
    "BAND_VERY_SOON",
    "DEFAULT_QUOTAS",
    "DEFAULT_RULESET",
    "NUMBER_OF_BANDS",
    "Bands",
    "Hold",
    "NightClock",
    "Notice",
    "OfferRules",
    "QuotaRule",
    "Ruleset",
]

_VERSION: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,31}")
_READERS: Final[Mapping[str, Reader]] = {
    "version": read_text,
    "effective_on": read_day,
    "bands": section(Bands),
    "quotas": list_of(section(QuotaRule)),
    "hold": section(Hold),
    "notice": section(Notice),
    "offer": section(OfferRules),
    "clock": section(NightClock),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """All parameters in force from a day on.

    Raises:
        InvalidRulesetError: A value out of its range, at its place.
    """

    version: str
    effective_on: date
    bands: Bands = field(default_factory=Bands)
    quotas: tuple[QuotaRule, ...] = DEFAULT_QUOTAS
    hold: Hold = field(default_factory=Hold)
    notice: Notice = field(default_factory=Notice)
    offer: OfferRules = field(default_factory=OfferRules)
    clock: NightClock = field(default_factory=NightClock)

    def __post_init__(self) -> None:
        if not _VERSION.fullmatch(self.version):
            raise InvalidRulesetError("version")
        if len({rule.quota for rule in self.quotas}) != len(self.quotas):
            raise InvalidRulesetError("quotas")
        if sum(rule.percent for rule in self.quotas) > 100:
            raise InvalidRulesetError("quotas")

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read what ``to_json`` writes; every key must be there and none besides.

        Raises:
            InvalidRulesetError: At the place of the first thing that is wrong.
        """
        return read_object(cls, value, _READERS)

    def to_json(self) -> dict[str, object]:
        """Return objects, arrays, strings, integers and booleans only."""
        return {name: to_json(getattr(self, name)) for name in _READERS}


DEFAULT_RULESET: Final = Ruleset(version="2026-11-01", effective_on=date(2026, 11, 1))
"""Ruleset v1: the defaults of mechanism.md § 6."""
