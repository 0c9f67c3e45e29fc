"""Places that help, invented for the demonstration: no such door exists."""

from datetime import date, timedelta
from uuid import UUID, uuid5

from service.domain.help_places import HelpPlace
from service.usecases.ports.help_places import HelpPlaceRecord

_NAMESPACE = UUID("5d0c9d3a-0c63-4b5e-8f0f-5f8b2f1d7c44")

_PLACES = (
    (
        "france-services", "France Services, Grenoble", "1 rue Inventée",
        "38000", "Grenoble", "lundi au vendredi, 9 h – 12 h\nmardi, 14 h – 18 h",
        ("inscription", "suivi", "impression"), ("en", "ar"), True, 12,
    ),
    (
        "association", "Maison des Passages", "12 place Imaginaire",
        "38000", "Grenoble", "mercredi, 14 h – 17 h\nsamedi, 10 h – 12 h",
        ("inscription", "suivi", "dossier", "droit", "traduction"),
        ("en", "ar", "pt", "tr"), False, 30,
    ),
    (
        "prefecture", "Point d'accueil numérique de la préfecture",
        "12 place de Verdun", "38000", "Grenoble",
        "lundi au jeudi, 9 h – 11 h 30", ("inscription", "suivi", "impression"),
        ("en",), True, 3,
    ),
    (
        "universite", "Guichet des étudiants étrangers, campus", "3 allée Fictive",
        "38400", "Saint-Martin-d'Hères", "mardi et jeudi, 12 h – 14 h",
        ("inscription", "dossier"), ("en", "es", "zh"), True, 200,
    ),
    (
        "france-services", "France Services, Vienne", "8 quai Supposé",
        "38200", "Vienne", "lundi au vendredi, 8 h 30 – 12 h",
        ("inscription", "suivi", "impression"), ("ar",), True, 21,
    ),
    (
        "mairie", "Centre communal d'action sociale", "2 rue du Modèle",
        "38110", "La Tour-du-Pin", "mardi, 9 h – 12 h\nvendredi, 14 h – 16 h",
        ("suivi", "impression"), (), None, 45,
    ),
)  # fmt: skip


def help_places(prefecture: str, today: date) -> tuple[HelpPlaceRecord, ...]:
    """Return invented places, one of them checked too long ago."""
    return tuple(
        HelpPlaceRecord(
            id=uuid5(_NAMESPACE, name),
            prefecture=prefecture,
            place=HelpPlace.parse(
                kind=kind,
                texts={
                    "name": name,
                    "address": address,
                    "postcode": postcode,
                    "town": town,
                    "hours": hours,
                },
                helps_with=helps_with,
                languages=languages,
                is_step_free=step_free,
            ),
            checked_on=today - timedelta(days=days_ago),
        )
        for (
            kind, name, address, postcode, town, hours, helps_with, languages,
            step_free, days_ago,
        ) in _PLACES
    )  # fmt: skip
