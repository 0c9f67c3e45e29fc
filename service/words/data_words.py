"""The words of public figures: channels, tables, and what each column means."""

from collections.abc import Mapping
from typing import Final

from service.words.i18n import N_

CHANNELS: Final[Mapping[str, str]] = {
    "web": N_("Internet"),
    "api": N_("Logiciel d'un accompagnant"),
    "phone": N_("Téléphone"),
    "desk": N_("Guichet"),
    "paper": N_("Papier"),
    "mail": N_("Courrier électronique"),
    "helper": N_("Accompagnant"),
    "called": N_("Liste de la préfecture"),
    "demonstration": N_("Inventé pour la démonstration"),
}

TABLES: Final[Mapping[str, str]] = {
    "weeks": N_("Semaine par semaine"),
    "bands": N_("Par groupe d'urgence"),
    "motifs": N_("Par motif"),
    "channels": N_("Par moyen d'inscription"),
    "cancellations": N_("Créneaux annulés par la préfecture, jour par jour"),
    "sites": N_("Places à venir, par lieu"),
    "monitor": N_("Par motif et par lieu, pour les observateurs"),
}
"""By the name that each has in the file."""

COLUMNS: Final[Mapping[str, str]] = {
    "day": "le matin où les chiffres ont été pris, heure de Paris",
    "first": (
        "premier jour de la période ; pour un groupe d'urgence, son numéro, 0 le plus"
        " urgent"
    ),
    "last": "dernier jour de la période ; pour un groupe, le dernier numéro réuni",
    "motifs": "motif, ou motifs réunis parce que peu nombreux",
    "channels": "moyen d'inscription, ou moyens réunis parce que peu nombreux",
    "motif": "code du motif",
    "site": "code du lieu",
    "cancelled_slots": "créneaux annulés par la préfecture dans la période",
    "displaced": (
        "personnes qui y ont perdu leur place ; les jours de moins de 11 personnes sont"
        " réunis, vide si moins de 11 en tout"
    ),
    "first_band": (
        "parmi elles, celles pour qui un second agent a confirmé l'annulation : elles"
        " passent dans le groupe servi en premier"
    ),
    "registrations": (
        "inscriptions nouvelles sur douze semaines, une par personne ou famille et par"
        " motif"
    ),
    "served": "inscriptions dont la place proposée a été confirmée sur la période",
    "expired_before_served": (
        "droits au séjour finis sur la période, date déclarée ou vérifiée, alors que"
        " la personne attendait encore d'être reçue"
    ),
    "waiting": (
        "inscriptions qui participent aux tirages ce matin ; vide si moins de 11"
        " inscriptions sont concernées"
    ),
    "half_received_in_less_than_days": (
        "la moitié des personnes reçues ont attendu moins de ce nombre de jours, de"
        " l'inscription au rendez-vous ; vide si moins de 11 personnes"
    ),
    "nine_tenths_received_in_less_than_days": (
        "90 % des personnes reçues ont attendu moins de ce nombre de jours ; vide si"
        " moins de 11 personnes"
    ),
    "half_waiting_for_days_or_more": (
        "la moitié des inscriptions en attente attendent depuis ce nombre de jours ou"
        " plus ; vide si moins de 11"
    ),
    "places_to_come": "places publiées à partir d'aujourd'hui",
    "held": "parmi elles, celles qui sont proposées ou confirmées",
    "free_places_to_come": "parmi elles, celles que les prochains tirages donnent",
    "served_in_28_days": (
        "inscriptions servies dans ce lieu en 28 jours ; vide si moins de 11"
        " inscriptions sont concernées"
    ),
}
"""What each column of the open data means, by its name; French, as the files are."""


def channel(code: str) -> str:
    """Name a channel; one without words keeps its code."""
    return CHANNELS.get(code, code)
