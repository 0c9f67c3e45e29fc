"""The words of the lab, in both of its languages."""

from typing import Final

from simulation.report.numbers import Language, typeset

_LAB_WORDS: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        "head": "Des revendeurs attaquent : que fait chaque règle ?",
        "compare": "Comparer des règles",
        "frontier": "Frontière",
        "sections": "Rubriques",
        "other": "English",
        "scenario": "Scénario",
        "take": "Prendre ce scénario",
        "settings": "Demande, places et attaques",
        "own": "Votre règle",
        "own_hint": "Tant que rien ne bouge ici, la règle publiée est jouée seule. "
        "Bougez un nombre : votre règle est jouée à côté d'elle.",
        "own_moved": "Votre règle, à côté de la règle publiée",
        "more": "{count} autres réglages",
        "more_people": "Usagers et attaquants",
        "rules": "Règles à comparer",
        "seeds": "Répétitions",
        "seeds_hint": "De 5 à 100. Moins : plus vite, intervalles plus larges.",
        "estimate": "Estimation : environ {time} pour {rules} règles et "
        "{seeds} répétitions, réglées comme ci-dessus au chargement de la page.",
        "go": "Lancer la comparaison",
        "ready": "Rien n'est encore calculé",
        "ready_how": "Choisissez un scénario, bougez les réglages, cochez les règles, "
        "puis lancez. Les mêmes personnes, les mêmes places et le même hasard "
        "passent par chaque règle.",
        "running": "Calcul en cours : {done} parties sur {total}",
        "left": "Encore {time} environ. Les résultats s'affichent dès cinq "
        "répétitions entières. Cette page se recharge seule.",
        "so_far": "Résultats de {count} répétitions sur {asked}, en attendant les "
        "autres.",
        "stop": "Arrêter et garder ce qui est fait",
        "done": "Terminé : {count} répétitions sur {asked}",
        "size": "{rules} règles, {seeds} répétitions appariées, {people} rendez-vous "
        "demandés par an, {days} jours.",
        "address": "Adresse de ces résultats",
        "address_hint": "La même adresse redonne les mêmes chiffres.",
        "share": "Partager, refaire, citer",
        "data": "Données ({kind})",
        "report": "Rapport (HTML)",
        "note": "Note de deux pages (PDF)",
        "refused": "Ce n'est pas possible",
        "back": "Revenir aux réglages",
        "about": "Sources et limites",
        "expected": "Ce que l'on attend",
        "cannot": "Ce que ce laboratoire ne peut pas dire",
        "cannot_1": "Ce qui arrivera. Il compare des règles sous des hypothèses "
        "écrites.",
        "cannot_2": "Une attaque que personne n'a encore décrite.",
        "cannot_3": "Si la capacité annoncée sera tenue.",
        "cannot_4": "Ce qui est juste : il chiffre qui attend et qui perd, il ne "
        "choisit pas.",
        "command": "Commande",
    },
    "en": {
        "head": "Sellers attack: what does each rule do?",
        "compare": "Compare rules",
        "frontier": "Frontier",
        "sections": "Sections",
        "other": "Français",
        "scenario": "Scenario",
        "take": "Take this scenario",
        "settings": "Demand, places and attacks",
        "own": "Your rule",
        "own_hint": "While nothing moves here, the published rule is played alone. "
        "Move a number: your rule is played beside it.",
        "own_moved": "Your rule, beside the published one",
        "more": "{count} more settings",
        "more_people": "People and attackers",
        "rules": "Rules to compare",
        "seeds": "Repetitions",
        "seeds_hint": "From 5 to 100. Fewer: sooner, wider intervals.",
        "estimate": "Estimate: about {time} for {rules} rules and {seeds} "
        "repetitions, set as above when the page was loaded.",
        "go": "Compare",
        "ready": "Nothing is computed yet",
        "ready_how": "Pick a scenario, move the settings, tick the rules, then "
        "compare. The same people, places and luck go through every rule.",
        "running": "Computing: {done} runs of {total}",
        "left": "About {time} left. Results appear from five whole repetitions on. "
        "This page reloads by itself.",
        "so_far": "Results of {count} repetitions of {asked}, until the others end.",
        "stop": "Stop and keep what is done",
        "done": "Done: {count} repetitions of {asked}",
        "size": "{rules} rules, {seeds} paired repetitions, {people} appointments "
        "asked for a year, {days} days.",
        "address": "Address of these results",
        "address_hint": "The same address gives the same digits.",
        "share": "Share, redo, quote",
        "data": "Data ({kind})",
        "report": "Report (HTML)",
        "note": "Two-page note (PDF)",
        "refused": "That is not possible",
        "back": "Back to the settings",
        "about": "Sources and limits",
        "expected": "What is expected",
        "cannot": "What this laboratory cannot tell",
        "cannot_1": "What will happen. It compares rules under written assumptions.",
        "cannot_2": "An attack that nobody has described yet.",
        "cannot_3": "Whether the announced capacity will be kept.",
        "cannot_4": "What is just: it counts who waits and who loses, it does not "
        "choose.",
        "command": "Command",
    },
}


def lasting(seconds: float) -> str:
    """Write a duration roughly: nobody needs the seconds of an hour."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min"


LAB_WORDS: Final = typeset(_LAB_WORDS)
