"""The words of the report, in both languages."""

from typing import Final

from simulation.report.numbers import Language, spaced, typeset

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        "site": "Laboratoire des règles",
        "same": "Mêmes personnes, mêmes places, même hasard pour toutes les règles.",
        "skip": "Aller au contenu",
        "seeds": "répétitions appariées",
        "provisional": "Résultat provisoire : moins de 30 répétitions.",
        "luck": "L'intervalle dit le hasard des répétitions, "
        "pas l'erreur des hypothèses.",
        "shows": "Ce que ces répétitions montrent",
        "rule": "Règle",
        "figures": "Ce que fait chaque règle",
        "waits_title": "Qui attend combien de temps, selon l'urgence à l'arrivée",
        "waits_measures": "Jours entre le besoin et le rendez-vous.",
        "waits_how": "Point : la moitié attend moins. Trait épais : 9 personnes sur "
        "10. Rond vide : l'attente la plus longue. Losange : la règle publiée.",
        "half": "La moitié",
        "nine": "9 sur 10",
        "nineteen": "19 sur 20",
        "longest": "La plus longue",
        "waits_trap": "Une moyenne cacherait tout cela ; elle n'est pas donnée. Qui "
        "attend encore compte avec son attente jusqu'ici : au moins.",
        "waits_after": "Le niveau est celui de l'arrivée, calculé après coup pour les "
        "règles qui n'en ont pas.",
        "unsettled": "Écart non établi avec la règle publiée : ",
        "rule_by_rule": "Règle par règle",
        "cannot_all": "Ce que ces graphiques ne peuvent pas dire",
        "waits_note": "En jours, selon la fin du droit à l'arrivée. Point : la moitié "
        "attend moins ; trait épais : 9 sur 10 ; rond vide : la plus longue attente. "
        "Qui attend encore compte avec son attente jusqu'ici.",
        "assumed": "{guessed} des {all} nombres de ce scénario sont des hypothèses : "
        "aucune source ne les mesure. Chacune est marquée dans le rapport complet, "
        "avec son étendue.",
        "colon": "\u00a0:",
        "value": "Moyenne",
        "interval": "Intervalle à 95 %",
        "how_to_read": "Point : moyenne ; trait : intervalle à 95 %. "
        "Losange : la règle publiée.",
        "cannot": "Ce que ce graphique ne peut pas dire",
        "all_numbers": "Tous les nombres",
        "all_caption": "Moyenne et intervalle à 95 % pour chaque règle",
        "number": "Nombre",
        "traps": "Un piège par nombre",
        "waits": "Attentes par niveau d'urgence à l'arrivée",
        "expected": "Ce que l'on attendait",
        "expected_note": "Attendu de l'épisode tel qu'il est écrit, "
        "pas d'une préfecture.",
        "expected_of": "Attendu",
        "expected_how": "Dans ces répétitions",
        "found": "Trouvé",
        "limits": "Ce que ce scénario ne peut pas dire",
        "assumptions": "Hypothèses et sources",
        "assumptions_caption": "Chaque paramètre tel qu'il a été joué",
        "parameter": "Paramètre",
        "played": "Joué",
        "range": "Étendue",
        "source": "Source",
        "assumption": "hypothèse",
        "setting": "choix",
        "sources": "Sources du scénario",
        "again": "Refaire ces chiffres",
        "digest": "Empreinte du scénario",
        "ruleset": "Règle publiée jouée",
        "ruleset_digest": "Empreinte de la règle",
        "own": "Vos paramètres, de la règle publiée aux vôtres",
        "own_digest": "Empreinte de votre règle",
        "numbers_of": "Graines",
        "none_of": "Aucun chiffre ne décrit une préfecture réelle.",
        "legal": "Un emploi perdu, un logement perdu : aucun nombre ici ne le dit.",
        "entry": "Les gens qui n'ont jamais essayé ne sont pas simulés.",
        "processing": "Les délais d'instruction ne sont pas comptés : "
        "seulement l'attente d'un rendez-vous.",
        "enlarge": "Agrandir pour une projection",
        "not_established": "écart non établi",
        "captured": "{name} : {shares} des places données sont captées.",
        "rights_lost_days": "Journées vécues sans droit",
        "wait_no_date_p90": "Attente sans date (9 sur 10)",
        "no_gap": "{subject} : écart non établi par rapport à « {other} ».",
        "less_own": "{subject} : {amount} de moins avec vos paramètres "
        "qu'avec la règle publiée.",
        "more_own": "{subject} : {amount} de plus avec vos paramètres "
        "qu'avec la règle publiée.",
        "no_gap_own": "{subject} : aucun écart établi entre vos paramètres et la règle "
        "publiée.",
        "less_under_ours": "{subject} : {amount} de moins sous la règle publiée qu'au "
        "« {other} ».",
        "more_under_ours": "{subject} : {amount} de plus sous la règle publiée qu'au "
        "« {other} ».",
        "no_buyers": "Sous la règle publiée, nul n'en vient à chercher un revendeur.",
        "no_premium": "Sous la règle publiée, aucun écart établi entre qui paierait un "
        "revendeur et les mêmes gens seuls.",
        "premium": "Sous la règle publiée, un revendeur change les chances de "
        "{points}.",
        "yes": "oui",
        "no": "non",
        "to": "à",
        "this_scenario": "ce scénario",
        "own_assumption": "hypothèse de ce scénario",
        "elsewhere": " ; ailleurs : ",
        "references": "Références",
        "references_caption": "Chaque source citée ci-dessus, en entier.",
        "dagger": "† lu en partie ou de seconde main, non vérifié.",
    },
    "en": {
        "site": "Laboratory of rules",
        "same": "Same people, same places, same luck for every rule.",
        "skip": "Skip to content",
        "seeds": "paired repetitions",
        "provisional": "Provisional: fewer than 30 repetitions.",
        "luck": "The interval tells the luck of the repetitions, "
        "not the error of the assumptions.",
        "shows": "What these repetitions show",
        "rule": "Rule",
        "figures": "What each rule does",
        "waits_title": "Who waits how long, by urgency on arrival",
        "waits_measures": "Days between the need and the appointment.",
        "waits_how": "Dot: half wait less. Thick line: 9 people in 10. Open ring: the "
        "longest wait. Diamond: the published rule.",
        "half": "Half",
        "nine": "9 in 10",
        "nineteen": "19 in 20",
        "longest": "The longest",
        "waits_trap": "A mean would hide all this; none is given. Who still waits "
        "counts with the wait so far: at least.",
        "waits_after": "The level is that of arrival, computed afterwards for rules "
        "that have none.",
        "unsettled": "Difference from the published rule not established: ",
        "rule_by_rule": "Rule by rule",
        "cannot_all": "What these charts cannot tell",
        "waits_note": "In days, by the end of the right on arrival. Dot: half wait "
        "less; thick line: 9 in 10; open ring: the longest wait. Who still waits "
        "counts with the wait so far.",
        "assumed": "{guessed} of the {all} numbers of this scenario are assumptions: "
        "no source measures them. Each is marked in the full report, with its range.",
        "colon": ":",
        "value": "Mean",
        "interval": "95 % interval",
        "how_to_read": "Dot: mean; line: 95 % interval. Diamond: the published rule.",
        "cannot": "What this chart cannot tell",
        "all_numbers": "All numbers",
        "all_caption": "Mean and 95 % interval for each rule",
        "number": "Number",
        "traps": "A trap beside each number",
        "waits": "Waits by urgency on arrival",
        "expected": "What was expected",
        "expected_note": "Expected of the episode as it is written, "
        "not of a prefecture.",
        "expected_of": "Expected",
        "expected_how": "In these repetitions",
        "found": "Found",
        "limits": "What this scenario cannot tell",
        "assumptions": "Assumptions and sources",
        "assumptions_caption": "Every parameter as it was played",
        "parameter": "Parameter",
        "played": "Played",
        "range": "Range",
        "source": "Source",
        "assumption": "assumption",
        "setting": "choice",
        "sources": "Sources of the scenario",
        "again": "Get these numbers again",
        "digest": "Digest of the scenario",
        "ruleset": "Published rule played",
        "ruleset_digest": "Digest of the rule",
        "own": "Your parameters, from the published rule to yours",
        "own_digest": "Digest of your rule",
        "numbers_of": "Seeds",
        "none_of": "No figure describes a real prefecture.",
        "legal": "A job lost, a home lost: no number here tells it.",
        "entry": "People who never tried are not simulated.",
        "processing": "Processing times are not counted: "
        "only the wait for an appointment.",
        "enlarge": "Enlarge for a projection",
        "not_established": "difference not established",
        "captured": "{name}: {shares} of the places handed out are captured.",
        "rights_lost_days": "Days lived without the right",
        "wait_no_date_p90": "Wait without a date (9 in 10)",
        "no_gap": "{subject}: difference not established against “{other}”.",
        "less_own": "{subject}: {amount} less with your parameters than with the "
        "published rule.",
        "more_own": "{subject}: {amount} more with your parameters than with the "
        "published rule.",
        "no_gap_own": "{subject}: no difference established between your parameters "
        "and the published rule.",
        "less_under_ours": "{subject}: {amount} fewer under the published rule than "
        "at “{other}”.",
        "more_under_ours": "{subject}: {amount} more under the published rule than at "
        "“{other}”.",
        "no_buyers": "Under the published rule, nobody comes to look for a seller.",
        "no_premium": "Under the published rule, no difference is established between "
        "those who would pay a seller and the same people alone.",
        "premium": "Under the published rule, a seller changes the odds by {points}.",
        "yes": "yes",
        "no": "no",
        "to": "to",
        "this_scenario": "this scenario",
        "own_assumption": "assumption of this scenario",
        "elsewhere": "; elsewhere: ",
        "references": "References",
        "references_caption": "Every source cited above, in full.",
        "dagger": "† read in part or second-hand, not verified.",
    },
}

_GROUP_WORDS: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        "very_soon": "sous 14 jours",
        "soon": "sous 45 jours",
        "lost": "déjà fini",
        "later": "plus tard",
        "no_date": "sans date",
    },
    "en": {
        "very_soon": "within 14 days",
        "soon": "within 45 days",
        "lost": "already over",
        "later": "later",
        "no_date": "no date",
    },
}

_LEVELS: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        "very_soon": "Le droit finit dans 14 jours ou moins",
        "soon": "Le droit finit dans 15 à 45 jours",
        "lost": "Le droit est déjà fini",
        "later": "Le droit finit plus tard",
        "no_date": "Pas de date : première demande, naturalisation",
    },
    "en": {
        "very_soon": "The right ends within 14 days",
        "soon": "The right ends in 15 to 45 days",
        "lost": "The right is already over",
        "later": "The right ends later",
        "no_date": "No date: first request, naturalisation",
    },
}

_FIGURES: Final[dict[Language, dict[str, tuple[str, str]]]] = {
    "fr": {
        "capture_share": (
            "Places prises d'abord par un attaquant",
            "Part captée, sur toutes les places données ; une place prise pour un "
            "acheteur déjà nommé compte aussi.",
        ),
        "rights_lost_days": (
            "Journées vécues sans droit, faute de rendez-vous",
            "De la fin du droit au rendez-vous, sans récépissé.",
        ),
        "broker_premium": (
            "Ce que vaut un revendeur",
            "Parmi ceux qui en viennent à chercher un revendeur et en ont les moyens : "
            "chance d'être reçu de qui paierait, moins celle des mêmes gens seuls.",
        ),
        "paid_eur": (
            "Payé pour un droit gratuit",
            "Euros versés à des revendeurs, fraudes comprises.",
        ),
        "wasted_share": (
            "Places perdues",
            "Invendues, absences, places dont personne ne pouvait se servir.",
        ),
    },
    "en": {
        "capture_share": (
            "Places first taken by an attacker",
            "Captured share of all places handed out; a place taken for a buyer who "
            "is already named counts too.",
        ),
        "rights_lost_days": (
            "Days lived without the right, for want of an appointment",
            "From the end of the right to the appointment, without récépissé.",
        ),
        "broker_premium": (
            "What a seller is worth",
            "Among those who came to look for a seller and have the means: chance to "
            "be received of who would pay, less that of the same people alone.",
        ),
        "paid_eur": (
            "Paid for a free right",
            "Euros given to sellers, frauds included.",
        ),
        "wasted_share": (
            "Places wasted",
            "Unsold, no-shows, places that nobody could use.",
        ),
    },
}

WORDS: Final = typeset(_WORDS)

GROUP_WORDS: Final = typeset(_GROUP_WORDS)

LEVELS: Final = typeset(_LEVELS)

FIGURES: Final[dict[Language, dict[str, tuple[str, str]]]] = {
    language: {
        key: (spaced(title, language), spaced(measures, language))
        for key, (title, measures) in figures.items()
    }
    for language, figures in _FIGURES.items()
}
