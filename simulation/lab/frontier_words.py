"""The words of the frontier, in both languages."""

from typing import Final

from simulation.report.numbers import Language, typeset

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        "head": "Ce qu'une règle achète, et ce qu'elle coûte",
        "lead": "Protéger les échéances fait attendre les personnes sans date. "
        "Protéger celles-ci coûte des droits quand les places manquent. Une place de "
        "plus déplace toute la courbe ; aucun réglage ne le fait.",
        "for": "Pour la charge {load}, {dated} de demandes avec une date",
        "advised": "Réglage conseillé :",
        "keep": "La règle par défaut reste : aucun autre réglage mesuré n'apporte de "
        "gain établi qui vaille un changement. Droits perdus : {lost} ({lost_range}) ; "
        "attente sans date, 19 personnes sur 20 : {wait} ({wait_range}).",
        "change": "Droits perdus : {lost} ({lost_range}), soit {lost_gap} par rapport "
        "à la règle par défaut ; attente sans date, 19 personnes sur 20 : {wait} "
        "({wait_range}), soit {wait_gap}.",
        "beyond": "Aucun réglage mesuré ne tient l'attente acceptée : seules des "
        "places le peuvent.",
        "nothing": "aucun réglage",
        "overfull": "Ici, les demandes avec une date dépassent à elles seules les "
        "places. Des droits se perdent quelle que soit la règle, davantage chaque "
        "année : cette première année (défaut : {lost} perdus, {lost_range}) flatte "
        "tous les réglages. Seules des places aident.",
        "unsettled": "un écart non établi",
        "caution": "Les fourchettes disent le hasard des répétitions, pas l'erreur des "
        "hypothèses. Un réglage n'est changé que pour un gain établi, d'une "
        "semaine d'attente au moins s'il ne sauve pas de droits ; il est dit gratuit "
        "s'il coûte au plus un demi-point de droits.",
        "form": "Charge et demande",
        "load": "Charge : besoins pour une place",
        "dated": "Demandes avec une date",
        "longest": "Attente acceptée sans date, en jours (19 sur 20)",
        "show": "Afficher",
        "curves": "Droits perdus contre attente sans date, charge par charge",
        "curves_how": "Chaque courbe : une charge (le nombre écrit à côté). En bas à "
        "gauche, c'est mieux pour tous. Les points, dans l'ordre : rien de protégé, "
        "puis 5, 10, 15 et 20 % pour les personnes sans date. Losange : la règle par "
        "défaut.",
        "lost": "Droits perdus",
        "lost_axis": "droits perdus, en % de ceux qui pouvaient être sauvés",
        "wait_axis": "Attente d'une personne sans date, 19 sur 20, en jours",
        "summary": "Voir le tableau",
        "summary_caption": "Droits perdus · attente sans date (19 sur 20)",
        "load_head": "Charge",
        "best": "Clairvoyant",
        "none": "Rien de protégé",
        "usual": "Défaut : 5-5-5",
        "fifteen": "5-5-15",
        "detail": "Tous les réglages à la charge {load}",
        "detail_how": "Traits : intervalles à 95 % dans les deux sens, {seeds} "
        "répétitions appariées. Les lettres sont celles du tableau ; un "
        "réglage de moins de 5 répétitions n'est que dans le tableau.",
        "best_line": "optimum clairvoyant : {best}",
        "setting": "Réglage",
        "gap": "Écart au défaut",
        "wait": "Attente sans date",
        "most": "La plus longue",
        "days_lost": "Journées sans droit",
        "seeds": "Répétitions",
        "efficient": "non dominé",
        "cannot_1": "Le clairvoyant connaît l'avenir et ignore les personnes sans "
        "date : c'est un plancher, pas un but.",
        "cannot_2": "Au-delà d'un an : le calcul commence sans file d'attente et "
        "compte jusqu'au dernier jour simulé. Au-dessus d'une charge de 1, attentes "
        "et pertes grandissent avec les années : lire « au moins ».",
        "cannot_3": "Ici personne n'attaque et personne ne renonce.",
        "cannot_4": "Entre deux points, rien n'a été calculé.",
        "again": "Refaire",
        "made": "Calculé le {on}, {places} places par jour ouvré, {days} jours ; "
        "chaque réglage dit son nombre de répétitions, graines 1 à ce nombre.",
        "data": "Données",
    },
    "en": {
        "head": "What a rule buys, and what it costs",
        "lead": "Protecting deadlines makes people without a date wait. Protecting "
        "these costs rights when places are short. One more place moves the whole "
        "curve; no setting does.",
        "for": "For load {load}, {dated} of requests with a date",
        "advised": "Recommended:",
        "keep": "The default stays: no other measured setting brings an established "
        "gain that is worth a change. Rights lost: {lost} ({lost_range}); wait without "
        "a date, 19 people in 20: {wait} ({wait_range}).",
        "change": "Rights lost: {lost} ({lost_range}), that is {lost_gap} from the "
        "default; wait without a date, 19 people in 20: {wait} ({wait_range}), that "
        "is {wait_gap}.",
        "beyond": "No measured setting keeps to the accepted wait: only places can.",
        "nothing": "no setting",
        "overfull": "Here requests with a date alone are more than the places. Some "
        "lose their right whatever the rule, and more each year: this first year "
        "(default: {lost} lost, {lost_range}) flatters every setting. Only places "
        "help.",
        "unsettled": "a difference not established",
        "caution": "The ranges tell the luck of the repetitions, not the error of the "
        "assumptions. A setting is changed only for an established gain, of a week of "
        "waiting at least where it saves no rights; it is called free when it costs "
        "half a point of rights at most.",
        "form": "Load and demand",
        "load": "Load: needs for one place",
        "dated": "Requests with a date",
        "longest": "Accepted wait without a date, in days (19 in 20)",
        "show": "Show",
        "curves": "Rights lost against the wait without a date, load by load",
        "curves_how": "Each curve: one load (the number beside it). Lower left is "
        "better for all. The dots, in order: nothing protected, then 5, 10, 15 and "
        "20 % for people without a date. Diamond: the default.",
        "lost": "Rights lost",
        "lost_axis": "rights lost, in % of those that could be saved",
        "wait_axis": "Wait of a person without a date, 19 in 20, in days",
        "summary": "See the table",
        "summary_caption": "Rights lost · wait without a date (19 in 20)",
        "load_head": "Load",
        "best": "Clairvoyant",
        "none": "Nothing protected",
        "usual": "Default: 5-5-5",
        "fifteen": "5-5-15",
        "detail": "Every setting at load {load}",
        "detail_how": "Lines: 95 % intervals both ways, {seeds} paired repetitions. "
        "The letters are those of the table; a setting with fewer than 5 repetitions "
        "is in the table only.",
        "best_line": "clairvoyant optimum: {best}",
        "setting": "Setting",
        "gap": "From the default",
        "wait": "Wait without a date",
        "most": "The longest",
        "days_lost": "Days without the right",
        "seeds": "Repetitions",
        "efficient": "not dominated",
        "cannot_1": "The clairvoyant knows the future and ignores people without a "
        "date: a floor, not a goal.",
        "cannot_2": "Beyond a year: the run begins without a queue and counts until "
        "the last simulated day. Above a load of 1, waits and losses grow with the "
        "years: read “at least”.",
        "cannot_3": "Here nobody attacks and nobody gives up.",
        "cannot_4": "Between two dots nothing was computed.",
        "again": "Do it again",
        "made": "Computed on {on}, {places} places a working day, {days} days; each "
        "setting says its number of repetitions, seeds 1 to that number.",
        "data": "Data",
    },
}

NAMES: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        "default": "Règle par défaut (parts 5-5-5, 20 % gardées, niveaux 14/45)",
        "no quotas": "Aucune part protégée",
        "quotas 5-5-10": "10 % pour les sans date",
        "quotas 5-5-15": "15 % pour les sans date",
        "quotas 5-5-20": "20 % pour les sans date",
        "quotas 10-5-10": "10 % longue attente, 10 % sans date",
        "quotas 15-5-5": "15 % pour la longue attente",
        "quotas 5-0-5": "Rien pour les droits perdus",
        "quotas 5-15-5": "15 % pour les droits perdus",
        "lost rights first": "Droits perdus avant tous",
        "no hold": "Rien de gardé",
        "hold 10": "10 % gardées",
        "hold 30": "30 % gardées",
        "hold 20 for bands 0 and 1": "20 % gardées pour les niveaux 0 et 1",
        "bands 7/30": "Niveaux à 7 et 30 jours",
        "bands 25/60": "Niveaux à 25 et 60 jours",
        "notice 3": "Préavis de 3 jours",
        "notice 7": "Préavis de 7 jours",
    },
    "en": {
        "default": "Default (shares 5-5-5, 20 % held, bands 14/45)",
        "no quotas": "No protected share",
        "quotas 5-5-10": "10 % for no date",
        "quotas 5-5-15": "15 % for no date",
        "quotas 5-5-20": "20 % for no date",
        "quotas 10-5-10": "10 % long wait, 10 % no date",
        "quotas 15-5-5": "15 % for the long wait",
        "quotas 5-0-5": "Nothing for lost rights",
        "quotas 5-15-5": "15 % for lost rights",
        "lost rights first": "Lost rights before all",
        "no hold": "Nothing held",
        "hold 10": "10 % held",
        "hold 30": "30 % held",
        "hold 20 for bands 0 and 1": "20 % held for bands 0 and 1",
        "bands 7/30": "Bands at 7 and 30 days",
        "bands 25/60": "Bands at 25 and 60 days",
        "notice 3": "Notice of 3 days",
        "notice 7": "Notice of 7 days",
    },
}

WORDS: Final = typeset(_WORDS)
