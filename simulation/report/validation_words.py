"""The words of the validation page, in both languages."""

from typing import Final

from simulation.report.numbers import Language, spaced, typeset

KINDS: Final = typeset(
    {
        "fr": {
            "fitted": "Ajusté : un nombre a été choisi pour que cela tienne",
            "input": "Donné : ne dit rien du laboratoire",
            "predicted": "Prédit, jamais réglé",
            "formula": "Une formule exacte",
            "law": "Une loi pour tous les nombres",
        },
        "en": {
            "fitted": "Fitted: a number was set so that it holds",
            "input": "Fed in: says nothing about the laboratory",
            "predicted": "Predicted, never tuned",
            "formula": "A closed form",
            "law": "A law for any numbers",
        },
    }
)

WORDS_HERE: Final = typeset(
    {
        "fr": {
            "title": "Validation",
            "head": "Ce que le laboratoire retrouve, et ce qu'il manque",
            "lead": "{held} lignes sur {all} tiennent, {missed} sont manquées. "
            "Un manqué est montré comme un manqué.",
            "of": "{held} sur {all}",
            "region": "Faits et résultats",
            "caption": "Chaque fait avec sa source, ce qu'il demande, ce que donne le "
            "laboratoire, et l'écart. {seeds} graines.",
            "fact": "Fait",
            "kind": "Nature",
            "target": "Cible",
            "found": "Trouvé",
            "off": "Écart",
            "verdict": "Verdict",
            "holds": "tient",
            "missed": "manqué",
            "why": "Pourquoi ceux-ci sont manqués",
            "cannot": "Ce que cette table ne peut pas dire",
            "fitted": "ajusté",
            "input": "donné",
            "predicted": "prédit",
            "formula": "formule",
            "law": "loi",
        },
        "en": {
            "title": "Validation",
            "head": "What the laboratory gets right, and what it misses",
            "lead": "{held} of {all} lines hold, {missed} are missed. "
            "A miss is shown as a miss.",
            "of": "{held} of {all}",
            "region": "Facts and findings",
            "caption": "Each fact with its source, what it asks for, what the "
            "laboratory gives, and how far off that is. {seeds} seeds.",
            "fact": "Fact",
            "kind": "Kind",
            "target": "Target",
            "found": "Found",
            "off": "How far off",
            "verdict": "Verdict",
            "holds": "holds",
            "missed": "missed",
            "why": "Why these are missed",
            "cannot": "What this table cannot tell",
            "fitted": "fitted",
            "input": "input",
            "predicted": "predicted",
            "formula": "formula",
            "law": "law",
        },
    }
)

_CANNOT: Final[dict[Language, tuple[str, ...]]] = {
    "fr": (
        "Aucune source ne mesure la part captée dans une préfecture française ; les "
        "repères vont de 30 à 90 %.",
        "Les nombres de laboratoire de l'article AER n'ont pas été lus : seul le sens "
        "de ses comparaisons est vérifié.",
        "Une prédiction qui tient peut tenir pour une autre raison que celle qui est "
        "modélisée.",
    ),
    "en": (
        "No source measures the captured share in a French prefecture; anchors run "
        "from 30 to 90 %.",
        "The laboratory numbers of the AER paper were not read: only its comparative "
        "statics are checked.",
        "A prediction that holds may hold for another reason than the one that is "
        "modelled.",
    ),
}

CANNOT: Final = {
    language: [spaced(each, language) for each in lines]
    for language, lines in _CANNOT.items()
}
