"""For each motif: who must not come, where to go instead, and which date counts.

A lay reading of `permits.md` § 1.2 and § 2, to be checked by each prefecture: lists of
what is asked for online change by arrêté.
"""

from collections.abc import Mapping
from typing import Final

from service.domain.motifs import MotifFamily, motif_of
from service.words.i18n import N_

_FAMILY_ONLINE = N_(
    "Famille d'un Français ou d'un citoyen de l'Union européenne : la demande se fait"
    " en ligne."
)
_STUDENTS_ONLINE = N_("Études, talent, visiteur : la demande se fait en ligne.")
_TEN_YEARS_ONLINE = N_(
    "Carte de résident ou certificat algérien de dix ans à renouveler : la demande se"
    " fait en ligne."
)
_SEASONAL_ONLINE = N_("Travail saisonnier : la demande se fait en ligne.")
_PROTECTED_ONLINE = N_(
    "Statut de réfugié ou protection subsidiaire : la demande se fait en ligne."
)
_CARD_READY = N_(
    "Votre carte est prête : elle se retire sans rendez-vous, sans passer par ici."
)

NOT_HERE: Final[Mapping[str, tuple[str, ...]]] = {
    "renouvellement-titre": (
        _STUDENTS_ONLINE,
        _FAMILY_ONLINE,
        _SEASONAL_ONLINE,
        _TEN_YEARS_ONLINE,
        _PROTECTED_ONLINE,
        _CARD_READY,
    ),
    "renouvellement-salarie": (
        N_("Carte « talent » : la demande se fait en ligne."),
        _SEASONAL_ONLINE,
        _CARD_READY,
    ),
    "premiere-demande": (
        N_(
            "Visa de long séjour valant titre de séjour : il se valide en ligne, dans"
            " les trois mois après l'arrivée."
        ),
        _STUDENTS_ONLINE,
        _FAMILY_ONLINE,
        _PROTECTED_ONLINE,
    ),
    "changement-statut": (
        N_("Vers une carte « études » ou « talent » : la demande se fait en ligne."),
        N_(
            "Votre employeur demande une autorisation de travail : elle se demande en"
            " ligne, par lui."
        ),
    ),
    "majeur-18-ans": (_FAMILY_ONLINE,),
    "soins": (
        N_("Le certificat médical va à l'OFII, jamais à la préfecture, jamais ici."),
    ),
    "aes": (
        N_("Vous avez un titre en cours : choisissez le motif du renouvellement."),
    ),
    "recepisse": (
        N_(
            "Votre demande est en ligne : l'attestation de prolongation arrive dans"
            " votre compte."
        ),
        _CARD_READY,
    ),
    "aide-anef": (
        N_(
            "La demande en ligne refuse d'avancer malgré l'aide : choisissez le dépôt"
            " de substitution."
        ),
    ),
    "naturalisation": (
        N_("Pour déposer une demande de nationalité : elle se fait en ligne (NATALI)."),
    ),
    "remise-titre": (
        N_(
            "Personne n'a besoin d'un rendez-vous : la carte se retire aux heures"
            " d'ouverture, avec le message reçu."
        ),
    ),
    "adresse": (N_("Tout le monde : un changement d'adresse se déclare en ligne."),),
    "duplicata": (N_("Tout le monde : un duplicata se demande en ligne."),),
    "dcem": (N_("Tout le monde : ce document se demande en ligne."),),
    "titre-voyage": (N_("Tout le monde : ce document se demande en ligne."),),
}
"""Who must not come, by motif; one without any entry receives all whom it names."""

_DATES: Final[Mapping[MotifFamily, str]] = {
    MotifFamily.DEPOSIT: N_("La fin du document de séjour que vous avez aujourd'hui."),
    MotifFamily.PROVISIONAL: N_("La fin du papier provisoire que vous avez."),
    MotifFamily.ANEF_HELP: N_(
        "Soixante jours avant la fin du titre, tant que c'est possible : après, la"
        " demande en ligne ne protège plus. Ensuite, la fin du titre."
    ),
    MotifFamily.COLLECTION: N_("La fin du papier qui vous couvre aujourd'hui."),
    MotifFamily.MAJORITY: N_("Vos 18 ans, ou vos 19 ans selon le titre."),
    MotifFamily.UNDATED: N_(
        "Aucune : ce motif n'a pas de date limite. L'ancienneté compte dans la part"
        " réservée aux cas sans date."
    ),
}

_ONLINE_WORDS: Final = ("en ligne",)


def not_here(slug: str) -> tuple[str, ...]:
    """Return who must not come for a motif, as sentences."""
    return NOT_HERE.get(slug, ())


def date_that_counts(slug: str) -> str:
    """Say which date decides how urgent a registration for this motif is."""
    return _DATES[motif_of(slug).family]


def goes_online(slug: str) -> bool:
    """Say whether some people of this motif have to ask online instead."""
    return any(word in one for one in not_here(slug) for word in _ONLINE_WORDS)
