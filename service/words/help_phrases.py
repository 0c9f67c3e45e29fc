"""Who helps, and with what, in words that people understand."""

from collections.abc import Mapping

from service.domain.help_places import Help, HelpKind
from service.words.i18n import N_

HELP_KINDS: Mapping[str, str] = {
    HelpKind.PREFECTURE: N_("Préfecture ou sous-préfecture"),
    HelpKind.FRANCE_SERVICES: N_("France Services"),
    HelpKind.DIGITAL_POINT: N_("Point d'accueil numérique"),
    HelpKind.ASSOCIATION: N_("Association"),
    HelpKind.TOWN_HALL: N_("Mairie, action sociale"),
    HelpKind.UNIVERSITY: N_("Université, école"),
    HelpKind.UNION: N_("Syndicat"),
    HelpKind.OTHER: N_("Autre lieu"),
}

HELPS: Mapping[str, str] = {
    Help.REGISTER: N_("S'inscrire ici, avec vous"),
    Help.FOLLOW: N_("Lire et répondre aux messages"),
    Help.FILE: N_("Préparer le dossier"),
    Help.PRINT: N_("Imprimer, scanner"),
    Help.LAW: N_("Expliquer les droits"),
    Help.TRANSLATE: N_("Traduire"),
}

LANGUAGE_NAMES: Mapping[str, str] = {
    "fr": N_("français"),
    "en": N_("anglais"),
    "ar": N_("arabe"),
    "es": N_("espagnol"),
    "pt": N_("portugais"),
    "tr": N_("turc"),
    "uk": N_("ukrainien"),
    "zh": N_("chinois"),
    "fa": N_("persan, dari"),
    "bn": N_("bengali"),
}
