"""Motifs: the reasons for coming, each a row of configuration.

Official titles vary by prefecture. Minutes at the guichet are assumptions, to be
measured (permits.md § 2.1: no public figure was found).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from service.domain.errors import UnknownMotifError


class MotifFamily(StrEnum):
    """Which date counts as the deadline of a motif (permits.md § 1.2)."""

    DEPOSIT = "deposit"
    PROVISIONAL = "provisional"
    ANEF_HELP = "anef_help"
    COLLECTION = "collection"
    MAJORITY = "majority"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Motif:
    """One reason for coming.

    Attributes:
        slug: Stable name in addresses and files.
        family: Which deadline is used.
        minutes: Assumed time at the guichet.
        in_draw: False for what is received without an appointment, or online.
        title: What it is called, in French; the catalogues know the other languages.
    """

    slug: str
    family: MotifFamily
    minutes: int
    in_draw: bool
    title: str


_D = MotifFamily.DEPOSIT
_P = MotifFamily.PROVISIONAL
_H = MotifFamily.ANEF_HELP
_U = MotifFamily.UNDATED

_ROWS: Final = (
    Motif(
        "renouvellement-titre", _D, 20, True,
        "Renouvellement de titre de séjour (hors ANEF)",
    ),
    Motif("renouvellement-salarie", _D, 20, True, "Renouvellement « salarié »"),
    Motif("premiere-demande", _D, 30, True, "Première demande de titre de séjour"),
    Motif("changement-statut", _D, 30, True, "Changement de statut"),
    Motif("majeur-18-ans", MotifFamily.MAJORITY, 25, True, "Demande à la majorité"),
    Motif("soins", _D, 25, True, "Étranger malade, parent d'enfant malade"),
    Motif("brexit", _D, 20, True, "Accord de retrait : renouvellement"),
    Motif("aes", _U, 40, True, "Admission exceptionnelle au séjour"),
    Motif("recepisse", _P, 10, True, "Renouvellement de récépissé"),
    Motif("aps", _P, 15, True, "Autorisation provisoire de séjour"),
    Motif(
        "attestation-asile", _P, 10, True,
        "Renouvellement d'attestation de demande d'asile",
    ),
    Motif("protection-temporaire", _P, 15, True, "Protection temporaire"),
    Motif("complement", _P, 10, True, "Complément de dossier"),
    Motif("biometrie", _P, 10, True, "Prise d'empreintes"),
    Motif("aide-anef", _H, 45, True, "Point d'accueil numérique"),
    Motif("substitution-anef", _H, 40, True, "Dépôt de substitution (ANEF bloquée)"),
    Motif("remise-titre", MotifFamily.COLLECTION, 10, False, "Remise du titre"),
    Motif("adresse", _U, 10, False, "Changement d'adresse"),
    Motif("duplicata", _U, 15, False, "Duplicata (perte, vol)"),
    Motif("dcem", _U, 10, False, "Remise de DCEM"),
    Motif("titre-voyage", _U, 10, False, "Titre de voyage"),
    Motif("naturalisation", _U, 45, True, "Entretien d'assimilation"),
    Motif("information", _U, 10, False, "Renseignements"),
)  # fmt: skip

MOTIFS: Final[Mapping[str, Motif]] = MappingProxyType(
    {motif.slug: motif for motif in _ROWS}
)
"""Every motif by slug, in the order in which a form shows them.

Source: permits.md § 2.2.
"""

ISERE_2024_MOTIFS: Final[tuple[tuple[str, ...], ...]] = (
    ("renouvellement-titre",),
    ("premiere-demande",),
    ("recepisse",),
    ("changement-statut", "aps"),
    ("renouvellement-salarie",),
)
"""The five dedicated calendars that Isère had in spring 2024.

One of them was shared by two motifs. Source: founding document 000 (BougetaPref38,
17 June 2024), in the order in which it names them.
"""


def motif_of(slug: str) -> Motif:
    """Return the motif of that slug.

    Raises:
        UnknownMotifError: There is none.
    """
    motif = MOTIFS.get(slug)
    if motif is None:
        raise UnknownMotifError("motif")
    return motif
