"""The registration on one sheet of paper: the questions of the pages, no more.

Whoever prints it, PDF or page, follows this list; an agent types it in with the same
inputs. ``answers`` names the inputs of the pages that a field stands for, so that a
test can say when a question exists in one place only.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from service.words.i18n import N_


class Kind(StrEnum):
    """How a field is filled in by hand."""

    LINE = "line"
    COMB = "comb"
    DATE = "date"
    TICKS = "ticks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing to fill in.

    Attributes:
        label: What is asked, in French, to be translated where shown.
        kind: How it is filled in.
        span: Width in twelfths of the sheet.
        boxes: Of a comb: how many signs.
        ticks: Of ticks: the answers; empty where the prefecture's own list stands.
        own_list: ``motifs`` or ``sites``: the prefecture's list of answers.
        answers: Inputs of the pages that it stands for.
    """

    label: str
    kind: Kind
    answers: tuple[str, ...]
    span: int = 12
    boxes: int = 0
    ticks: tuple[str, ...] = ()
    own_list: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A group of fields under one title."""

    title: str
    fields: tuple[Field, ...]


def _date(label: str, name: str, span: int = 4) -> Field:
    return Field(label=label, kind=Kind.DATE, answers=(name,), span=span)


def _line(label: str, name: str, span: int) -> Field:
    return Field(label=label, kind=Kind.LINE, answers=(name,), span=span)


def _ticks(*answers: str, span: int, names: tuple[str, ...]) -> Field:
    return Field(label="", kind=Kind.TICKS, ticks=answers, span=span, answers=names)


def _own_list(which: str, name: str, label: str = "") -> Field:
    return Field(label=label, kind=Kind.TICKS, own_list=which, answers=(name,))


WEEKDAYS: Final = "weekdays"
MOTIFS: Final = "motifs"
SITES: Final = "sites"
TWO_COLUMNS: Final = frozenset({MOTIFS, SITES})

SECTIONS: Final[tuple[Section, ...]] = (
    Section(
        title=N_("1. Votre motif : une seule case"),
        fields=(_own_list(MOTIFS, "motif"),),
    ),
    Section(
        title=N_("2. Où venir : une case ou plusieurs"),
        fields=(_own_list(SITES, "sites"),),
    ),
    Section(
        title=N_("3. Qui vous êtes, comme sur votre titre ou votre passeport"),
        fields=(
            _line(N_("Nom de famille"), "nom", 6),
            _line(N_("Prénoms"), "prenoms", 6),
            _date(N_("Date de naissance"), "naissance"),
            Field(
                label=N_("Numéro étranger (10 chiffres)"),
                kind=Kind.COMB,
                boxes=10,
                span=8,
                answers=("numero",),
            ),
            Field(
                label=N_("Sans numéro étranger : nom, numéro et pays d'un document"),
                kind=Kind.LINE,
                answers=("piece", "piece-numero", "piece-pays"),
            ),
        ),
    ),
    Section(
        title=N_("4. Votre document de séjour d'aujourd'hui"),
        fields=(
            _line(N_("Son nom, écrit dessus"), "document", 7),
            _ticks(
                N_("Aucun document"),
                N_("Je ne sais pas"),
                span=5,
                names=("document", "fin-inconnue"),
            ),
            _date(N_("Date de fin de validité"), "fin"),
            _date(N_("Date de début de validité"), "debut"),
            _date(N_("Visa : entrée en France le"), "entree"),
            _date(
                N_("Renouvellement déjà demandé : le jour de la demande"), "demande", 12
            ),
        ),
    ),
    Section(
        title=N_("5. Vous joindre : un moyen suffit, aucun n'est exigé"),
        fields=(
            _line(N_("Téléphone portable"), "telephone", 4),
            _line(N_("Adresse électronique"), "courriel", 5),
            _line(N_("Langue des messages"), "langue", 3),
        ),
    ),
    Section(
        title=N_("6. Vos jours et vos proches"),
        fields=(
            _own_list(WEEKDAYS, "jours", N_("Jours impossibles")),
            _date(N_("Date impossible"), "absence-0"),
            _date(N_("Date impossible"), "absence-1"),
            _date(N_("Date impossible"), "absence-2"),
            _ticks(
                N_("Je peux venir dès le surlendemain du tirage"),
                span=6,
                names=("bref",),
            ),
            Field(
                label=N_("Personnes reçues ensemble"),
                kind=Kind.COMB,
                boxes=1,
                span=6,
                answers=("personnes",),
            ),
            Field(
                label=N_("Chaque autre personne : nom, prénoms et date de naissance"),
                kind=Kind.LINE,
                answers=("proche-nom", "proche-prenoms", "proche-naissance"),
            ),
        ),
    ),
)
"""The sheet, from top to bottom; more dates and more people go on the back."""

AFTERWARDS: Final[tuple[str, ...]] = (
    N_(
        "Remettez cette feuille à l'accueil d'un lieu du point 2, ou envoyez-la par"
        " courrier. Un agent la recopie et vous remet ou vous envoie un accusé"
        " d'inscription, avec un code personnel."
    ),
    N_(
        "Papier, téléphone, guichet et internet entrent dans le même tirage, chaque"
        " soir, avec la même chance. Le jour et l'heure du dépôt ne changent rien au"
        " sort. C'est gratuit : personne ne peut vous vendre un rendez-vous."
    ),
    N_(
        "Vos réponses servent à votre rendez-vous seulement. Vous pouvez les voir, les"
        " corriger ou vous opposer : demandez à l'accueil. Réclamation : CNIL, 3 place"
        " de Fontenoy, TSA 80715, 75334 Paris cedex 07."
    ),
)
"""What happens next, in the order in which it matters; no promise of a delay."""

TITLE: Final = N_("Demander un rendez-vous, sur papier")
INTRO: Final = N_("En capitales, au stylo. Ce que vous ne savez pas reste vide.")
DAY_PARTS: Final = (N_("Jour"), N_("Mois"), N_("Année"))
SIGNED: Final = N_("Date et signature")
HELPED_BY: Final = N_("Aidé par (facultatif)")
NEXT_TITLE: Final = N_("Et ensuite")
OFFICE_TITLE: Final = N_("Cadre de la préfecture")

OFFICE: Final[tuple[str, ...]] = (
    N_("Reçue le"),
    N_("Référence"),
    N_("Saisie par"),
)
"""Filled in by the prefecture."""
