"""What the lab's pages refuse, in both of their languages."""

from typing import Final

from simulation.errors import LaboratoryError
from simulation.report.numbers import Language, exact, typeset, written

_REFUSALS: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        "word": "{name} : cette page ne connaît pas ce mot",
        "scenario": "aucun scénario ne s'appelle « {name} » ici",
        "seeds": "répétitions : un nombre entier de {fewest} à {most}",
        "fewer_seeds": "cela prendrait environ {hours} heures : demandez {fewer} "
        "répétitions, ou utilisez la ligne de commande, que l'on peut couper et qui "
        "reprend où elle en était",
        "fewer_rules": "cela prendrait environ {hours} heures : comparez moins de "
        "règles à la fois, ou utilisez la ligne de commande, que l'on peut couper et "
        "qui reprend où elle en était",
        "number": "{name} : un nombre est attendu",
        "between": "{name} : entre {low} et {high}",
        "whole": "{name} : un nombre entier est attendu",
        "own_rule": "ours-own : bougez au moins un paramètre de la règle, par exemple "
        "own.hold.percent=10",
        "language": "language={name} : cette page parle français (fr) et anglais (en)",
        "measured": "{name} : seules ces valeurs ont été mesurées : {known}",
        "longest": "longest : un nombre de jours de 1 à {most}",
        "not_ready": "pas encore prêt : ouvrez d'abord /compare",
    },
    "en": {
        "word": "{name}: not a word of this page",
        "scenario": "no scenario is called '{name}' here",
        "seeds": "seeds: a whole number from {fewest} to {most}",
        "fewer_seeds": "this would take about {hours} hours: ask for {fewer} "
        "repetitions, or use the command line, which can be cut and goes on where it "
        "was",
        "fewer_rules": "this would take about {hours} hours: compare fewer rules "
        "at a time, or use the command line, which can be cut and goes on where it was",
        "number": "{name}: a number is expected",
        "between": "{name}: between {low} and {high}",
        "whole": "{name}: a whole number is expected",
        "own_rule": "ours-own: move at least one parameter of the rule, for example "
        "own.hold.percent=10",
        "language": "language={name}: this page speaks French (fr) and English (en)",
        "measured": "{name}: only these were measured: {known}",
        "longest": "longest: a number of days from 1 to {most}",
        "not_ready": "not ready: open /compare first",
    },
}

REFUSALS: Final = typeset(_REFUSALS)


def refused(key: str, **values: object) -> LaboratoryError:
    """Return a refusal in both languages; numbers are written as each reads them."""
    return LaboratoryError(_said("en", key, values), _said("fr", key, values))


def _said(language: Language, key: str, values: dict[str, object]) -> str:
    shown = {name: _written(value, language) for name, value in values.items()}
    return REFUSALS[language][key].format(**shown)


def _written(value: object, language: Language) -> object:
    """Write what was rounded roughly, a count whole, and each number of a list."""
    if isinstance(value, list):
        apart = " ; " if language == "fr" else ", "
        return apart.join(exact(each, language) for each in value)  # pyright: ignore
    if isinstance(value, float):
        return written(value, "", language)
    return exact(value, language) if isinstance(value, int) else value


def in_language(error: Exception, language: Language) -> tuple[str, Language]:
    """Return the words of a refusal, and the language in which they are."""
    if language == "fr" and isinstance(error, LaboratoryError) and error.fr:
        return error.fr, "fr"
    return str(error) or type(error).__name__, "en"
