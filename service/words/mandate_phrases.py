"""Mandates in words: what may be done, what was done, how it ended."""

from collections.abc import Mapping

from service.domain.anomalies import Unusual
from service.domain.mandate import EndedBy, MandateState, Scope
from service.words.i18n import N_

SCOPES: Mapping[str, str] = {
    Scope.REGISTER: N_("vous inscrire"),
    Scope.FOLLOW: N_("voir où en est votre inscription"),
    Scope.CORRECT: N_("corriger vos lieux et vos jours"),
    Scope.ANSWER: N_("répondre à une proposition de rendez-vous"),
}

ACTS: Mapping[str, str] = {
    "registered": N_("Votre inscription a été faite."),
    "viewed": N_("Votre dossier a été consulté."),
    "corrected": N_("Une information a été corrigée."),
    "confirmed": N_("Un rendez-vous a été confirmé."),
    "declined": N_("Une proposition a été déclinée."),
    "cancelled": N_("Un rendez-vous a été rendu."),
    "contact": N_("Des coordonnées ont été données."),
    "claimed": N_("Une urgence a été signalée."),
    "withdrawn": N_("L'inscription a été retirée."),
}

STATES: Mapping[str, str] = {
    MandateState.LIVE: N_("en cours"),
    MandateState.REVOKED: N_("retiré par vous"),
    MandateState.GIVEN_UP: N_("rendu par l'organisation"),
    MandateState.STOPPED: N_("arrêté au guichet"),
    MandateState.EXPIRED: N_("arrivé à sa fin"),
}

ENDED_BY: Mapping[str, str] = {
    EndedBy.PERSON: "retiré par la personne",
    EndedBy.HELPER: "rendu par votre organisation",
    EndedBy.AGENT: "arrêté au guichet",
    EndedBy.TIME: "arrivé à sa fin",
}
"""For helpers, who read French."""

STANDINGS: Mapping[str, str] = {
    "offered": "Proposition à confirmer",
    "appointment": "Rendez-vous confirmé",
    "waiting": "En attente",
    "elsewhere": "Nouvelles envoyées à la personne",
    "over": "Terminé",
}
"""For helpers, who read French."""

HELPER_SCOPES: Mapping[str, str] = {
    Scope.FOLLOW: "Suivre : voir où en est l'inscription",
    Scope.CORRECT: "Corriger : lieux, jours, nombre de personnes",
    Scope.ANSWER: "Répondre : confirmer ou décliner une place",
}
"""For helpers, who read French."""

UNUSUAL: Mapping[str, str] = {
    Unusual.BURST: "beaucoup d'inscriptions en une heure",
    Unusual.SHARED_CONTACT: "un contact pour plus de trois personnes",
    Unusual.REPEATED_NAME: "un nom sous plusieurs numéros",
    Unusual.REVOKED: "mandats retirés plus souvent qu'ailleurs",
    Unusual.TURNED_DOWN: "places rendues plus souvent qu'ailleurs",
    Unusual.UNANSWERED: "places sans réponse plus souvent qu'ailleurs",
    Unusual.GIVEN_BACK: "places rendues après un oui plus souvent que toute la liste",
    Unusual.ABSENT: "absences au guichet plus souvent que toute la liste",
}
"""For agents, who read French."""
