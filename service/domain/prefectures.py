"""Prefectures and their sites; Isère is the demonstration."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from service.domain.errors import (
    MissingSiteError,
    MotifNotAtSiteError,
    MotifNotInDrawError,
    UnknownPrefectureError,
    UnknownSiteError,
)
from service.domain.motifs import MOTIFS, motif_of


@dataclass(frozen=True, slots=True)
class Site:
    """A place that receives the public.

    Attributes:
        code: Stable name, unique in its prefecture.
        name: As written on a convocation.
        address: One line.
        phone: As printed, or None.
        motifs: Slugs of what it receives people for.
    """

    code: str
    name: str
    address: str
    phone: str | None
    motifs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Prefecture:
    """A prefecture with its sites, in the order in which they are shown."""

    code: str
    name: str
    sites: tuple[Site, ...]

    def site(self, code: str) -> Site:
        """Return the site of that code.

        Raises:
            UnknownSiteError: There is none.
        """
        for site in self.sites:
            if site.code == code:
                return site
        raise UnknownSiteError("sites")

    def sites_for(self, motif: str) -> tuple[Site, ...]:
        """Return the sites that receive people for this motif."""
        return tuple(site for site in self.sites if motif in site.motifs)

    def check_choice(self, motif: str, sites: Collection[str]) -> frozenset[str]:
        """Check that someone can register for this motif at these sites.

        Returns:
            The site codes, each once.

        Raises:
            UnknownMotifError, MotifNotInDrawError: At ``motif``.
            MissingSiteError, UnknownSiteError, MotifNotAtSiteError: At ``sites``.
        """
        if not motif_of(motif).in_draw:
            raise MotifNotInDrawError("motif")
        if not sites:
            raise MissingSiteError("sites")
        if any(motif not in self.site(code).motifs for code in sites):
            raise MotifNotAtSiteError("sites")
        return frozenset(sites)


# Assumption of the demonstration: which motifs each site took in 2026 was not found
# (permits.md § 3). Grenoble receives for everything; the sub-prefectures receive the
# ordinary files and leave the rare and long ones to Grenoble.
_SUB_PREFECTURE_MOTIFS: Final = frozenset(
    {
        "renouvellement-titre",
        "renouvellement-salarie",
        "premiere-demande",
        "changement-statut",
        "majeur-18-ans",
        "recepisse",
        "aps",
        "complement",
        "biometrie",
        "aide-anef",
        "remise-titre",
        "adresse",
        "duplicata",
        "information",
    }
)

ISERE: Final = Prefecture(
    code="isere",
    name="Préfecture de l'Isère",
    sites=(
        Site(
            code="grenoble",
            name="Préfecture, Grenoble",
            address="12 place de Verdun, 38000 Grenoble",
            phone="04 76 60 34 00",
            motifs=frozenset(MOTIFS),
        ),
        Site(
            code="la-tour-du-pin",
            name="Sous-préfecture de La Tour-du-Pin",
            address="38110 La Tour-du-Pin",
            phone=None,
            motifs=_SUB_PREFECTURE_MOTIFS,
        ),
        Site(
            code="vienne",
            name="Sous-préfecture de Vienne",
            address="38200 Vienne",
            phone=None,
            motifs=_SUB_PREFECTURE_MOTIFS,
        ),
    ),
)
"""The demonstration prefecture.

Source: permits.md § 3 (address and telephone of Grenoble: press release of 31 October
2024). The streets of the sub-prefectures were not found and are not invented.
"""

PREFECTURES: Final[Mapping[str, Prefecture]] = MappingProxyType({ISERE.code: ISERE})


def prefecture_of(code: str) -> Prefecture:
    """Return the prefecture of that code.

    Raises:
        UnknownPrefectureError: There is none.
    """
    prefecture = PREFECTURES.get(code)
    if prefecture is None:
        raise UnknownPrefectureError("prefecture")
    return prefecture
