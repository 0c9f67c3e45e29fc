"""The permits and papers someone can hold, and how long each lets them stay.

A lay reading of CESEDA as consolidated on 3 April 2026, to be reviewed by a lawyer
before any real use. Bare articles are CESEDA's. Source: permits.md § 1.3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from service.domain.errors import UnknownHeldDocumentError


class Confidence(StrEnum):
    """How sure a rule is. C never moves a band before an agent has looked."""

    ARTICLE_READ = "A"
    OFFICIAL_PAGE = "B"
    UNSURE = "C"


class RightUntil(StrEnum):
    """What the end of the right hangs on."""

    PRINTED_END = "printed-end"
    PAPER_END = "paper-end"
    VISA_OR_ENTRY = "visa-or-entry"
    STATUS = "status"
    DECISION = "decision"
    EARLIER_CARD = "earlier-card"
    NO_DATE_IN_LAW = "no-date-in-law"
    NOTHING_LOST = "nothing-lost"
    NO_DOCUMENT = "no-document"
    NOT_KNOWN = "not-known"


class Grace(StrEnum):
    """Who keeps rights three months after the end once renewal is requested (R5)."""

    NEVER = "never"
    ALWAYS = "always"
    IF_FOUR_YEARS = "if-four-years"


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A kind of permit or paper.

    Attributes:
        slug: Stable name in forms and files.
        name_fr: French name as printed or spoken.
        until: What the end of the right hangs on.
        grace: Whether three months more may follow (R5).
        has_cliff: Whether six months after the end entry conditions must be met
            again (R6).
        articles: Where it is written.
        confidence: How sure we are.
    """

    slug: str
    name_fr: str
    until: RightUntil
    grace: Grace
    has_cliff: bool
    articles: str
    confidence: Confidence


_A, _B, _C = Confidence
_NEVER, _ALWAYS, _IF_4 = Grace
_U = RightUntil

# One row a kind, in the order of a form. Where permits.md marks a cell with a
# question, the row takes the reading that promises the person nothing: no grace.
_ROWS: Final = (
    HeldDocument(
        "cst", "Carte de séjour temporaire (un an au plus)",
        _U.PRINTED_END, _NEVER, True, "L.411-3, L.433-1-1, R.431-15", _A,
    ),
    HeldDocument(
        "csp_4y", "Carte de séjour pluriannuelle de quatre ans",
        _U.PRINTED_END, _IF_4, True, "L.411-4, L.433-3", _A,
    ),
    HeldDocument(
        "csp_short", "Carte de séjour pluriannuelle de moins de quatre ans",
        _U.PRINTED_END, _NEVER, True, "L.411-4", _A,
    ),
    HeldDocument(
        "talent", "Carte « talent », « talent-famille », carte bleue européenne",
        _U.PRINTED_END, _IF_4, True, "L.421-9", _A,
    ),
    HeldDocument(
        "student", "Carte « étudiant »",
        _U.PRINTED_END, _NEVER, True, "L.422-1", _A,
    ),
    HeldDocument(
        "job_search", "Carte « recherche d'emploi ou création d'entreprise »",
        _U.PRINTED_END, _NEVER, True, "L.422-10, L.433-1", _A,
    ),
    HeldDocument(
        "seasonal", "Carte « travailleur saisonnier »",
        _U.PRINTED_END, _NEVER, True, "L.421-34", _A,
    ),
    HeldDocument(
        "resident", "Carte de résident (dix ans)",
        _U.PRINTED_END, _ALWAYS, True, "L.433-3, L.411-5", _A,
    ),
    HeldDocument(
        "resident_permanent", "Carte de résident permanent",
        _U.STATUS, _NEVER, False, "L.426-4", _B,
    ),
    HeldDocument(
        "resident_ue", "Carte de résident de longue durée-UE",
        _U.STATUS, _NEVER, False, "R.431-5, R.431-8, L.411-5", _B,
    ),
    HeldDocument(
        "retired", "Carte « retraité »",
        _U.PRINTED_END, _NEVER, True, "L.426-8", _B,
    ),
    HeldDocument(
        "cra_1y", "Certificat de résidence algérien d'un an",
        _U.PRINTED_END, _NEVER, True, "accord du 27/12/1968, art. 7", _B,
    ),
    HeldDocument(
        "cra_10y", "Certificat de résidence algérien de dix ans",
        _U.PRINTED_END, _ALWAYS, True,
        "accord du 27/12/1968, art. 7 bis ; L.433-3", _A,
    ),
    HeldDocument(
        "vls_ts", "Visa de long séjour valant titre de séjour, validé",
        _U.PRINTED_END, _NEVER, True, "R.431-16 à R.431-18", _A,
    ),
    HeldDocument(
        "vls", "Visa de long séjour « carte de séjour à solliciter »",
        _U.VISA_OR_ENTRY, _NEVER, False, "L.411-1, R.431-4", _A,
    ),
    HeldDocument(
        "eu_family", "Carte de membre de famille d'un citoyen de l'Union",
        _U.STATUS, _NEVER, False, "R.233-15 à R.233-18", _A,
    ),
    HeldDocument(
        "brexit_5y", "Carte « accord de retrait » (Royaume-Uni), cinq ans",
        _U.PRINTED_END, _NEVER, False, "décret 2020-1417, art. 21", _B,
    ),
    HeldDocument(
        "refugee", "Carte de résident « réfugié »",
        _U.STATUS, _NEVER, False, "L.424-1, L.424-2, R.431-15-3", _A,
    ),
    HeldDocument(
        "subsidiary_protection", "Carte « protection subsidiaire » ou « apatride »",
        _U.PRINTED_END, _IF_4, True, "L.424-9, R.431-15-4", _A,
    ),
    HeldDocument(
        "asylum_attestation", "Attestation de demande d'asile",
        _U.DECISION, _NEVER, False, "L.541-1, L.541-2, L.542-1", _B,
    ),
    HeldDocument(
        "temporary_protection", "Autorisation de séjour « protection temporaire »",
        _U.PAPER_END, _NEVER, False, "L.581-3, R.581-4", _A,
    ),
    HeldDocument(
        "aps", "Autorisation provisoire de séjour",
        _U.PAPER_END, _NEVER, False, "L.425-4, L.425-10, L.426-21", _A,
    ),
    HeldDocument(
        "recepisse_first", "Récépissé de première demande",
        _U.PAPER_END, _NEVER, False, "R.431-12 à R.431-14", _A,
    ),
    HeldDocument(
        "recepisse_renewal", "Récépissé de renouvellement",
        _U.PAPER_END, _NEVER, False, "R.431-15", _A,
    ),
    HeldDocument(
        "deposit_attestation", "Attestation de dépôt (ANEF)",
        _U.EARLIER_CARD, _NEVER, False, "R.431-15-1, al. 1", _A,
    ),
    HeldDocument(
        "api", "Attestation de prolongation d'instruction",
        _U.PAPER_END, _NEVER, False, "R.431-15-1, R.431-15-2", _A,
    ),
    HeldDocument(
        "favourable_decision", "Attestation de décision favorable",
        _U.NO_DATE_IN_LAW, _NEVER, False, "R.431-15-1, al. 4", _A,
    ),
    HeldDocument(
        "dcem", "Document de circulation pour étranger mineur",
        _U.NOTHING_LOST, _NEVER, False, "L.414-4 à L.414-7, D.414-4", _A,
    ),
    HeldDocument(
        "tir", "Titre d'identité républicain",
        _U.NOTHING_LOST, _NEVER, False, "service-public.fr F297", _B,
    ),
    HeldDocument(
        "travel_document", "Titre de voyage",
        _U.NOTHING_LOST, _NEVER, False, "L.561-9, L.561-10", _A,
    ),
    HeldDocument(
        "none", "Aucun titre ni document de séjour",
        _U.NO_DOCUMENT, _NEVER, False, "R.431-4", _A,
    ),
    HeldDocument(
        "unknown", "Je ne sais pas",
        _U.NOT_KNOWN, _NEVER, False, "L.414-1, L.411-2", _C,
    ),
)  # fmt: skip

HELD_DOCUMENTS: Final[Mapping[str, HeldDocument]] = MappingProxyType(
    {document.slug: document for document in _ROWS}
)
"""Every kind by slug, in the order of a form."""

UNKNOWN: Final = "unknown"
"""The slug of "I do not know"; a date without any kind is read as this one's."""


def held_document(slug: str) -> HeldDocument:
    """Return the kind of that slug.

    Raises:
        UnknownHeldDocumentError: There is none.
    """
    document = HELD_DOCUMENTS.get(slug)
    if document is None:
        raise UnknownHeldDocumentError("held_document")
    return document
