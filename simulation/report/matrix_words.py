"""The words of the matrix of attacks, in both languages."""

from typing import Final

from simulation.report.numbers import Language, typeset

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        "head": "Attaques et règles",
        "lead": "{held} cases sur {all} sont comme attendu, {missed} ne le sont pas.",
        "how": "Chaque case joue une petite préfecture (seize places par jour, "
        "75 jours, une graine) avec une attaque, et la même sans elle. Fort (+) : la "
        "moitié au moins, ou une semaine, ou un revendeur qui reste. Faible (\u2212) : "
        "moins d'un dixième, ou d'un jour, ou personne. Entre les deux : partiel (o).",
        "region": "Attaques et règles",
        "caption": "Ce que chaque attaque obtient sous chaque règle. Sous le nom de "
        "l'attaque, le nombre qui le montre.",
        "attack": "Attaque",
        "click": "Premier clic",
        "captcha": "Avec captcha",
        "room": "Salle d'attente au hasard",
        "lottery": "Loterie simple",
        "ours": "Tour de rôle",
        "list": "Liste par ordre d'arrivée",
        "strong": "fort",
        "partial": "partiel",
        "weak": "faible",
        "expected": "attendu : {level}",
        "why": "Pourquoi ces cases ne sont pas comme attendu",
        "under": "Attaque {number}, {columns} : attendu {expected}, trouvé {found}.",
    },
    "en": {
        "head": "Attacks and rules",
        "lead": "{held} of {all} cells are as expected, {missed} are not.",
        "how": "Each cell plays a small prefecture (sixteen places a day, 75 days, one "
        "seed) with an attack, and the same without. Strong (+): half or more, or a "
        "week, or a seller who stays. Weak (\u2212): less than a tenth, or than a day, "
        "or nobody. Between the two: partial (o).",
        "region": "Attacks and rules",
        "caption": "What each attack gets under each rule. Under the name of the "
        "attack, the number that shows it.",
        "attack": "Attack",
        "click": "First click",
        "captcha": "With captcha",
        "room": "Random waiting room",
        "lottery": "Plain lottery",
        "ours": "Tour de rôle",
        "list": "List by arrival",
        "strong": "strong",
        "partial": "partial",
        "weak": "weak",
        "expected": "expected: {level}",
        "why": "Why these cells are not as expected",
        "under": "Attack {number}, {columns}: expected {expected}, found {found}.",
    },
}

MATRIX_WORDS: Final = typeset(_WORDS)

SIGN_OF: Final = {"strong": "+", "partial": "o", "weak": "\u2212"}
