"""Codes of the domain in words that people understand; translated where shown."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import cast

from babel import Locale

from service.domain.bands import BandReason
from service.domain.checks import DateStanding, SeenDocument
from service.domain.countries import COUNTRIES, alpha_2
from service.domain.identity import DocumentKind
from service.domain.motifs import MOTIFS, MotifFamily
from service.domain.permits import HELD_DOCUMENTS, Basis, RightUntil
from service.domain.ruleset import BAND_LATER, BAND_LOST, BAND_SOON, BAND_VERY_SOON
from service.words.i18n import N_, Words

_NBSP = "\u00a0"
_OF_A_NUMBER = frozenset("+0123456789 ")

BAND_NAMES: Mapping[int, str] = {
    BAND_VERY_SOON: N_("échéance très proche"),
    BAND_SOON: N_("échéance proche"),
    BAND_LOST: N_("droit déjà fini"),
    BAND_LATER: N_("échéance plus lointaine, ou sans date"),
}
"""How a group is called on a page; the table of a night has its edges beside it."""

REASONS: Mapping[str, str] = {
    BandReason.ENDS_VERY_SOON: N_("Votre droit au séjour finit très bientôt."),
    BandReason.ENDS_SOON: N_("Votre droit au séjour finit bientôt."),
    BandReason.RIGHT_LOST: N_("La date de fin que vous avez donnée est passée."),
    BandReason.ENDS_LATER: N_("Votre droit au séjour finit plus tard."),
    BandReason.DISPLACED: N_(
        "La préfecture a annulé votre rendez-vous : vous passez en premier."
    ),
    BandReason.NO_DATE: N_("Votre situation n'a pas de date de fin."),
}

BASES: Mapping[str, str] = {
    Basis.PRINTED_END: N_("C'est la date de fin écrite sur votre titre."),
    Basis.PAPER_END: N_("C'est la date de fin écrite sur votre document."),
    Basis.ENTRY_AND_TWO_MONTHS: N_(
        "La demande se fait dans les deux mois après l'entrée en France."
    ),
    Basis.ONLINE_WINDOW: N_(
        "Une demande en ligne est utile jusqu'à 60 jours avant la fin du titre."
    ),
    Basis.MAJORITY_18: N_("La demande se fait dans les deux mois après vos 18 ans."),
    Basis.MAJORITY_19: N_("La demande se fait au plus tard la veille de vos 19 ans."),
    Basis.EARLIER_CARD: N_(
        "Une attestation de dépôt ne donne pas de droit. Un agent regardera la date de"
        " votre dernier titre."
    ),
    Basis.DECISION_PENDING: N_(
        "Votre droit dure jusqu'à la décision sur votre demande d'asile."
    ),
    Basis.KIND_UNKNOWN: N_(
        "Nous ne savons pas quel document vous avez. Un agent regardera avec vous."
    ),
    Basis.NO_DATE_GIVEN: N_("Vous n'avez pas donné de date de fin."),
    Basis.STATUS_OUTLIVES_CARD: N_(
        "Votre droit ne finit pas avec la carte : c'est la carte que l'on remplace."
    ),
    Basis.FAVOURABLE_DECISION: N_(
        "La décision est favorable : il reste à recevoir la carte."
    ),
    Basis.NOTHING_LOST: N_("Ce document ne fait pas finir un droit au séjour."),
    Basis.NO_DOCUMENT: N_("Vous n'avez pas de titre de séjour aujourd'hui."),
    Basis.UNDATED_MOTIF: N_("Ce motif n'a pas de date limite."),
    Basis.BIRTH_DATE_INCOMPLETE: N_(
        "Il faut le jour exact de naissance pour calculer cette date."
    ),
    Basis.PAST_MAJORITY: N_("Cette date est passée depuis longtemps."),
    Basis.COURT_ORDER: N_("C'est le jour fixé par une décision de justice."),
}

DATE_STANDINGS: Mapping[str, str] = {
    DateStanding.VERIFIED: N_("Votre date est vérifiée"),
    DateStanding.TO_VERIFY: N_("Votre date sera vérifiée au guichet"),
    DateStanding.AWAITS_AGENT: N_("Votre date compte dès qu'un agent l'a vue"),
    DateStanding.DECLARED: N_("Votre date est notée comme vous l'avez dite"),
}

SEEN: Mapping[str, str] = {
    SeenDocument.CARD: N_("la carte de séjour"),
    SeenDocument.PAPER: N_("le récépissé, l'attestation ou un autre papier"),
    SeenDocument.VISA: N_("le visa"),
    SeenDocument.PASSPORT: N_("le passeport"),
    SeenDocument.PREFECTURE_FILE: N_("le dossier de la préfecture"),
    SeenDocument.COURT_ORDER: N_("une décision de justice"),
}

RESULTS: Mapping[str, str] = {
    "served": N_("une place"),
    "places_taken": N_("participation, pas de place"),
    "no_suitable_place": N_("participation, aucun jour ne convenait"),
}

NIGHT_STATES: Mapping[str, str] = {
    "planned": N_("à venir"),
    "frozen": N_("liste fermée"),
    "committed": N_("liste fermée et signée, le nombre au hasard est attendu"),
    "revealed": N_("nombre au hasard publié"),
    "drawn": N_("tirage fait"),
    "published": N_("publiée"),
    "notified": N_("publiée, messages partis"),
}

PROOFS: Mapping[str, str] = {
    DocumentKind.PASSPORT: N_("Passeport"),
    DocumentKind.VISA: N_("Visa (numéro de la vignette)"),
    DocumentKind.ASYLUM: N_("Attestation de demande d'asile"),
    DocumentKind.OFPRA: N_("Document de l'Ofpra"),
    DocumentKind.OTHER: N_("Autre document avec un numéro"),
}

MOTIF_HINTS: Mapping[str, str] = {
    "renouvellement-titre": N_("Votre titre finit bientôt, ou il est déjà fini."),
    "renouvellement-salarie": N_("Votre carte porte la mention « salarié »."),
    "premiere-demande": N_("Vous avez un visa, ou vous n'avez jamais eu de titre."),
    "changement-statut": N_("Par exemple : d'étudiant à salarié."),
    "majeur-18-ans": N_("Vous avez bientôt 18 ans, ou vous venez de les avoir."),
    "soins": N_("Aucun certificat médical ne nous est envoyé."),
    "aes": N_("Vous vivez en France sans titre de séjour."),
    "recepisse": N_("Le papier qui prouve votre demande finit bientôt."),
    "complement": N_("La préfecture vous a demandé des documents."),
    "biometrie": N_("La préfecture vous a demandé de venir pour vos empreintes."),
    "aide-anef": N_("Une personne vous aide à faire la demande en ligne."),
    "substitution-anef": N_("Le site de demande en ligne ne fonctionne pas pour vous."),
    "naturalisation": N_("Vous avez déjà déposé une demande de nationalité."),
}

QUOTAS: Mapping[str, str] = {
    "long_wait": N_("Longue attente"),
    "right_lost": N_("Droit déjà fini"),
    "no_date": N_("Sans date"),
}

_DOCUMENT_GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    (
        N_("Cartes de séjour"),
        frozenset(
            [
                "cst",
                "csp_4y",
                "csp_short",
                "talent",
                "student",
                "job_search",
                "seasonal",
                "resident",
                "resident_permanent",
                "resident_ue",
                "retired",
                "cra_1y",
                "cra_10y",
                "eu_family",
                "brexit_5y",
                "refugee",
                "subsidiary_protection",
            ]
        ),
    ),
    (N_("Visas"), frozenset({"vls_ts", "vls"})),
    (
        N_("Récépissés, attestations, autorisations"),
        frozenset(
            [
                "asylum_attestation",
                "temporary_protection",
                "aps",
                "recepisse_first",
                "recepisse_renewal",
                "deposit_attestation",
                "api",
                "favourable_decision",
            ]
        ),
    ),
    (N_("Autres documents"), frozenset({"dcem", "tir", "travel_document"})),
)


def document_groups() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return (heading, ((slug, name), …)) of the documents one can hold."""
    return tuple(
        (
            heading,
            tuple(
                (slug, kind.name_fr)
                for slug, kind in HELD_DOCUMENTS.items()
                if slug in slugs
            ),
        )
        for heading, slugs in _DOCUMENT_GROUPS
    )


def document_name(slug: str | None) -> str:
    """Name a held document; an unknown one is said so."""
    kind = HELD_DOCUMENTS.get(slug or "unknown")
    return kind.name_fr if kind else N_("Je ne sais pas")


def has_dates(slug: str) -> bool:
    """Say whether any date of this kind of document counts."""
    kind = HELD_DOCUMENTS.get(slug)
    return kind is not None and kind.until not in {
        RightUntil.NO_DATE_IN_LAW,
        RightUntil.NOTHING_LOST,
        RightUntil.NO_DOCUMENT,
    }


def is_card(slug: str) -> bool:
    """Say whether it is a card with a start and an end, both asked."""
    kind = HELD_DOCUMENTS.get(slug)
    return kind is not None and kind.until is RightUntil.PRINTED_END


def counts_from_entry(slug: str) -> bool:
    """Say whether the day of entry into France counts."""
    kind = HELD_DOCUMENTS.get(slug)
    return kind is not None and kind.until is RightUntil.VISA_OR_ENTRY


MOTIF_GROUPS: tuple[tuple[str, frozenset[MotifFamily]], ...] = (
    (N_("Un titre de séjour"), frozenset({MotifFamily.DEPOSIT, MotifFamily.MAJORITY})),
    (
        N_("Un papier provisoire, un complément"),
        frozenset({MotifFamily.PROVISIONAL, MotifFamily.COLLECTION}),
    ),
    (N_("De l'aide pour une demande en ligne"), frozenset({MotifFamily.ANEF_HELP})),
    (N_("Une autre demande"), frozenset({MotifFamily.UNDATED})),
)


def motif_groups(slugs: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Sort the motifs under headings; a heading without any is left out."""
    grouped_slugs = (
        (heading, tuple(s for s in slugs if MOTIFS[s].family in families))
        for heading, families in MOTIF_GROUPS
    )
    return tuple((heading, found) for heading, found in grouped_slugs if found)


def motif_title(slug: str, words: Words) -> str:
    """Name a motif in the reader's language; a slug of no motif stays as it is."""
    motif = MOTIFS.get(slug)
    return words.gettext(motif.title) if motif else slug


@lru_cache(maxsize=16)
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """Return (code, name) of every country, in the order of their names."""
    names = cast("Mapping[str, str]", Locale.parse(language).territories)
    named = [
        (code, names.get(alpha_2(code) or "", code))
        for code in COUNTRIES
        if alpha_2(code)
    ]
    return tuple(sorted(named, key=lambda pair: _plain(pair[1])))


def country_name(code: str, language: str) -> str:
    """Name one country."""
    return dict(countries(language)).get(code, code)


def spelled_reference(reference: str) -> str:
    """Write a reference in groups: ``7ZK4-M2QD-X``."""
    return f"{reference[:4]}-{reference[4:8]}-{reference[8:]}".rstrip("-")


def grouped(text: str, size: int = 4) -> str:
    """Write a code or a digest in groups that the eye can follow."""
    return " ".join(text[at : at + size] for at in range(0, len(text), size))


def spaced_phone(phone: str) -> str:
    """Write a French number in pairs, as people read it; any other as it is.

    The pairs are held together: beside Arabic letters, plain spaces would let a reader
    see the last pair first, and dial another number (UAX 9: a no-break space between
    digits is part of the number, a space is not).
    """
    digits = phone.replace(" ", "")
    if len(digits) == 10 and digits.isdigit():
        return grouped(digits, 2).replace(" ", _NBSP)
    is_number = set(phone) <= _OF_A_NUMBER
    return phone.replace(" ", _NBSP) if is_number else phone


def opening(text: str) -> str:
    """Begin a text with a capital and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def _plain(name: str) -> str:
    accents = str.maketrans(
        "ÀÂÇÉÈÊËÎÏÔÖÙÛÜÅàâçéèêëîïôöùûüå", "AACEEEEIIOOUUUAaaceeeeiioouuua"
    )
    return name.translate(accents).casefold()
