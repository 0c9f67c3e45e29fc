"""The columns of a file of people: one list for template, reader and single form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from service.adapters.sheets.template import TemplateColumn, TemplateWords
from service.domain.help_places import fold
from service.domain.motifs import MOTIFS
from service.domain.permits import HELD_DOCUMENTS
from service.usecases.public.describe_prefecture import PrefectureView
from service.web.pages.motifs import offered_motifs
from service.words import phrases
from service.words.help_phrases import LANGUAGE_NAMES
from service.words.i18n import words_in

FRENCH: Final = words_in("fr")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in a form, its heading, and what it says."""

    key: str
    heading: str
    explanation: str
    example: str
    is_needed: bool = False
    is_wide: bool = False


COLUMNS: Final = (
    Column("nom", "Nom de famille", "Comme sur le titre ou le passeport.", "DIALLO",
           is_needed=True),
    Column("prenoms", "Prénoms", "Vide si la personne n'a qu'un seul nom.", "Awa"),
    Column("naissance", "Date de naissance",
           "Jour/mois/année. Mois et année, ou année seule, si le reste est inconnu.",
           "04/05/1990", is_needed=True),
    Column("numero", "Numéro étranger",
           "10 chiffres, écrit sur le titre. Ce n'est pas le numéro de la carte, en"
           " haut à droite. Vide si la personne donne une autre pièce.", "9900000001"),
    Column("piece", "Autre pièce", "Si la personne n'a pas de numéro étranger.",
           "Passeport"),
    Column("piece-numero", "Numéro de la pièce",
           "Avec les zéros et les lettres.", "12AB34567"),
    Column("piece-pays", "Pays de la pièce", "Le pays qui l'a délivrée.", "Tunisie"),
    Column("motif", "Motif", "Pour quoi la personne vient.",
           "Renouvellement « salarié »", is_needed=True, is_wide=True),
    Column("lieux", "Lieux", "Un ou plusieurs, séparés par une virgule.",
           "Grenoble", is_needed=True, is_wide=True),
    Column("document", "Document actuel",
           "Ce que la personne détient aujourd'hui.",
           "Carte de séjour temporaire (un an au plus)", is_wide=True),
    Column("fin", "Fin de validité", "Celle du document actuel.", "12/12/2026"),
    Column("debut", "Début de validité", "Celui du document actuel.", "13/12/2025"),
    Column("entree", "Entrée en France",
           "Pour un visa de long séjour à échanger contre une carte.", ""),
    Column("demande", "Date de la demande",
           "Si un renouvellement est déjà demandé.", ""),
    Column("courriel", "Courriel de la personne",
           "Le sien, jamais celui de l'organisation. Vide si elle n'en a pas.",
           "awa@exemple.fr"),
    Column("telephone", "Téléphone de la personne",
           "Le sien, ou celui de son foyer. Vide si elle n'en a pas.",
           "06 39 98 00 01"),
    Column("langue", "Langue des messages", "Le français si la case est vide.",
           "français"),
    Column("jours", "Jours impossibles",
           "Jours de la semaine, séparés par une virgule. Ne change jamais le rang.",
           "mardi, jeudi"),
    Column("bref", "Peut venir au dernier moment", "oui ou non.", "oui"),
    Column("personnes", "Personnes reçues ensemble", "De 1 à 8.", "1"),
)  # fmt: skip
"""In the order of the template."""

BY_KEY: Final[Mapping[str, Column]] = {column.key: column for column in COLUMNS}
BY_HEADING: Final[Mapping[str, Column]] = {
    fold(column.heading): column for column in COLUMNS
}

WEEKDAYS: Final = (
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
)

Choices = Mapping[str, Mapping[str, str]]
"""By column: folded text that may be typed → value of the domain."""


def names_of(prefecture: PrefectureView) -> Mapping[str, Mapping[str, str]]:
    """Return, by column with a list, name shown → value of the domain, in order."""
    return {
        "piece": {name: slug for slug, name in phrases.PROOFS.items()},
        "piece-pays": {name: code for code, name in phrases.countries("fr")},
        "motif": {MOTIFS[slug].title: slug for slug in offered_motifs(prefecture)},
        "lieux": {site.name: site.code for site in prefecture.sites},
        "document": {kind.name_fr: slug for slug, kind in HELD_DOCUMENTS.items()},
        "langue": {name: code for code, name in LANGUAGE_NAMES.items()},
        "jours": {name: str(at) for at, name in enumerate(WEEKDAYS, start=1)},
        "bref": {"oui": "oui", "non": "non"},
        "personnes": {str(count): str(count) for count in range(1, 9)},
    }


def choices_of(prefecture: PrefectureView) -> Choices:
    """Return what may be typed in each column with a list: names and codes, folded."""
    return {
        key: {
            **{fold(value): value for value in named.values()},
            **{fold(name): value for name, value in named.items()},
        }
        for key, named in names_of(prefecture).items()
    }


def template_columns(prefecture: PrefectureView) -> list[TemplateColumn]:
    """Return the columns as the template shows them."""
    names = names_of(prefecture)
    return [
        TemplateColumn(
            heading=column.heading,
            explanation=FRENCH.set(column.explanation),
            example=column.example,
            is_needed=column.is_needed,
            choices=tuple(names.get(column.key, {})),
        )
        for column in COLUMNS
    ]


TEMPLATE_WORDS: Final = TemplateWords(
    people="Personnes",
    explanations="Explications",
    lists="Listes",
    column="Colonne",
    explanation="Ce qu'on y écrit",
    needed="Nécessaire",
    example="Exemple",
    yes="oui",
    no="non",
)
