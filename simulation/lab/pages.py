"""The pages of the lab, rendered on the server."""

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from simulation.comparison import Comparison
from simulation.lab.runner import Task
from simulation.lab.sliders import changes, knobs
from simulation.mechanisms.registry import RULES
from simulation.report.numbers import Language
from simulation.report.page import context, style, templates
from simulation.report.words import WORDS
from simulation.scenarios.loader import catalogue

if TYPE_CHECKING:
    from simulation.lab.app import Question

LAB_WORDS: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        "head": "Des revendeurs attaquent : que fait chaque règle ?",
        "scenario": "Scénario",
        "take": "Prendre ce scénario",
        "settings": "Réglages",
        "rules": "Règles à comparer",
        "seeds": "Répétitions",
        "go": "Lancer la comparaison",
        "running": "Calcul en cours",
        "of": "sur",
        "self": "Cette page se recharge seule toutes les deux secondes.",
        "change": "Changer les réglages",
        "address": "Adresse à partager : elle redonne les mêmes chiffres",
        "data": "Télécharger",
        "refused": "Ce n'est pas possible",
        "back": "Revenir aux réglages",
        "source": "Source",
        "limits": "Limites",
    },
    "en": {
        "head": "Sellers attack: what does each rule do?",
        "scenario": "Scenario",
        "take": "Take this scenario",
        "settings": "Settings",
        "rules": "Rules to compare",
        "seeds": "Repetitions",
        "go": "Compare",
        "running": "Computing",
        "of": "of",
        "self": "This page reloads by itself every two seconds.",
        "change": "Change the settings",
        "address": "Address to share: it gives the same digits",
        "data": "Download",
        "refused": "That is not possible",
        "back": "Back to the settings",
        "source": "Source",
        "limits": "Limits",
    },
}


def start_page(asked: "Question") -> str:
    """Return the form: scenario, sliders, rules, repetitions."""
    return _render(
        "start.html.j2",
        asked.language,
        scenarios=list(catalogue().values()),
        asked=asked,
        knobs=knobs(asked.scenario, asked.language),
        all_rules=list(RULES.values()),
    )


def waiting_page(asked: "Question", task: Task) -> str:
    """Return how far the comparison is; the server has it reloaded."""
    return _render("waiting.html.j2", asked.language, asked=asked, task=task)


def address(asked: "Question") -> str:
    """Return the shortest address of a question: only what was moved."""
    words = [("scenario", asked.name), ("seeds", str(len(asked.seeds)))]
    words += [("rule", slug) for slug in asked.rules]
    for change in changes(asked.original, asked.asked):
        name, _, value = change.partition("=")
        words.append((name, value))
    if asked.language == "en":
        words.append(("language", "en"))
    return urlencode(words)


def result_page(asked: "Question", found: Comparison) -> str:
    """Return the report, with the address to share and the data."""
    command = ["python", "-m", "simulation", "compare", asked.name]
    command += ["--seeds", str(len(asked.seeds))]
    command += [word for slug in asked.rules for word in ("--rule", slug)]
    for change in changes(asked.original, asked.asked):
        command += ["--set", change]
    shown = context(found, asked.language, command)
    page = templates("simulation.lab", "simulation.report").get_template(
        "result.html.j2"
    )
    return page.render(shown, lab=LAB_WORDS[asked.language], query=address(asked))


def failed_page(text: str) -> str:
    """Return a refusal in words, in both languages of the lab."""
    return _render("failed.html.j2", "fr", text=text)


def _render(name: str, language: Language, **shown: object) -> str:
    page = templates("simulation.lab", "simulation.report").get_template(name)
    return page.render(
        language=language,
        lab=LAB_WORDS[language],
        words=WORDS[language],
        style=style(),
        **shown,
    )
