"""Motifs: the reasons for coming, each a row of configuration.

Official titles vary by prefecture. Minutes at the guichet are assumptions, to be
measured (permits.md § 2.1: no public figure was found). Arabic titles are to be
read by a native speaker before any real use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
        titles: Title by language, ``fr``, ``en`` and ``ar``.
    """

    slug: str
    family: MotifFamily
    minutes: int
    in_draw: bool
    titles: Mapping[str, str] = field(hash=False)


_LANGUAGES: Final[tuple[str, ...]] = ("fr", "en", "ar")
_D = MotifFamily.DEPOSIT
_P = MotifFamily.PROVISIONAL
_H = MotifFamily.ANEF_HELP
_U = MotifFamily.UNDATED

_ROWS: Final[tuple[tuple[str, MotifFamily, int, bool, str, str, str], ...]] = (
    (
        "renouvellement-titre", _D, 20, True,
        "Renouvellement de titre de séjour (hors ANEF)",
        "Permit renewal",
        "تجديد تصريح الإقامة",
    ),
    (
        "renouvellement-salarie", _D, 20, True,
        "Renouvellement « salarié »",
        "Employee renewal",
        "تجديد إقامة عامل أجير",
    ),
    (
        "premiere-demande", _D, 30, True,
        "Première demande de titre de séjour",
        "First request",
        "أول طلب تصريح إقامة",
    ),
    (
        "changement-statut", _D, 30, True,
        "Changement de statut",
        "Change of status",
        "تغيير نوع الإقامة",
    ),
    (
        "majeur-18-ans", MotifFamily.MAJORITY, 25, True,
        "Demande à la majorité",
        "Turning 18",
        "طلب عند بلوغ 18 سنة",
    ),
    (
        "soins", _D, 25, True,
        "Étranger malade, parent d'enfant malade",
        "Health grounds",
        "الإقامة للعلاج",
    ),
    (
        "brexit", _D, 20, True,
        "Accord de retrait : renouvellement",
        "UK agreement",
        "تجديد بطاقة اتفاق البريكست",
    ),
    (
        "aes", _U, 40, True,
        "Admission exceptionnelle au séjour",
        "Exceptional admission",
        "تسوية استثنائية للإقامة",
    ),
    (
        "recepisse", _P, 10, True,
        "Renouvellement de récépissé",
        "Récépissé renewal",
        "تجديد وصل الطلب",
    ),
    (
        "aps", _P, 15, True,
        "Autorisation provisoire de séjour",
        "Provisional permit",
        "ترخيص إقامة مؤقت",
    ),
    (
        "attestation-asile", _P, 10, True,
        "Renouvellement d'attestation de demande d'asile",
        "Asylum attestation",
        "تجديد شهادة طلب اللجوء",
    ),
    (
        "protection-temporaire", _P, 15, True,
        "Protection temporaire",
        "Temporary protection",
        "الحماية المؤقتة",
    ),
    (
        "complement", _P, 10, True,
        "Complément de dossier",
        "Missing papers",
        "استكمال الملف",
    ),
    (
        "biometrie", _P, 10, True,
        "Prise d'empreintes",
        "Fingerprints",
        "أخذ البصمات",
    ),
    (
        "aide-anef", _H, 45, True,
        "Point d'accueil numérique",
        "Help with online file",
        "المساعدة في الطلب الإلكتروني",
    ),
    (
        "substitution-anef", _H, 40, True,
        "Dépôt de substitution (ANEF bloquée)",
        "Filing when ANEF fails",
        "إيداع بديل عند تعطل الموقع",
    ),
    (
        "remise-titre", MotifFamily.COLLECTION, 10, False,
        "Remise du titre",
        "Card collection",
        "استلام بطاقة الإقامة",
    ),
    (
        "adresse", _U, 10, False,
        "Changement d'adresse",
        "Change of address",
        "تغيير العنوان",
    ),
    (
        "duplicata", _U, 15, False,
        "Duplicata (perte, vol)",
        "Duplicate",
        "نسخة بدل ضائع",
    ),
    (
        "dcem", _U, 10, False,
        "Remise de DCEM",
        "Minor's travel paper",
        "وثيقة تنقّل قاصر أجنبي",
    ),
    (
        "titre-voyage", _U, 10, False,
        "Titre de voyage",
        "Travel document",
        "وثيقة سفر",
    ),
    (
        "naturalisation", _U, 45, True,
        "Entretien d'assimilation",
        "Nationality interview",
        "مقابلة التجنيس",
    ),
    (
        "information", _U, 10, False,
        "Renseignements",
        "Information",
        "استعلامات",
    ),
)  # fmt: skip


def _motif(
    slug: str, family: MotifFamily, minutes: int, in_draw: bool, *titles: str
) -> Motif:
    by_language: dict[str, str] = dict(zip(_LANGUAGES, titles, strict=True))
    return Motif(slug, family, minutes, in_draw, MappingProxyType(by_language))


MOTIFS: Final[Mapping[str, Motif]] = MappingProxyType(
    {row[0]: _motif(*row) for row in _ROWS}
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
