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
        "gain établi qui vaille un changement. Droits perdus : {lost} ({lost_range}). "
        "Sans date, restent en attente : {left} de celles qui arrivent "
        "({left_range}) ; attente de 19 sur 20 : {wait}.",
        "change": "Droits perdus : {lost} ({lost_range}), soit {lost_gap} par rapport "
        "à la règle par défaut. Sans date, restent en attente : {left} de celles qui "
        "arrivent ({left_range}), soit {left_gap} ; attente de 19 sur 20 : {wait}.",
        "beyond": "Aucun réglage mesuré ne tient l'attente acceptée : seules des "
        "places le peuvent.",
        "nothing": "aucun réglage",
        "few": "Il y a ici moins de {fewest} répétitions : c'est trop peu pour "
        "conseiller. Règle par défaut : {lost} des droits perdus ; sans date, restent "
        "en attente {left} de celles qui arrivent ; attente de 19 sur 20 : {wait}.",
        "rising": "Ici les pertes montent encore pendant l'année mesurée : c'est un "
        "moment, pas un état. L'année suivante peut en perdre plus ; seules des places "
        "aident.",
        "unsettled": "un écart non établi",
        "caution": "Les fourchettes disent le hasard des répétitions, pas l'erreur des "
        "hypothèses. Un réglage n'est changé que pour un gain établi : des "
        "droits sauvés ; sinon, sur cent personnes sans date, cinq de moins qui "
        "restent en attente, ou une semaine d'attente de moins, si cela coûte au plus "
        "un demi-point de droits et un quart de journées sans droit en plus, et que "
        "les pertes ne montent pas. Une règle qui ne reçoit presque plus personne sans "
        "date n'est jamais conseillée.",
        "form": "Charge et demande",
        "load": "Charge : besoins pour une place",
        "dated": "Demandes avec une date",
        "longest": "Attente acceptée sans date, en jours (19 sur 20)",
        "show": "Afficher",
        "curves": "Droits perdus contre personnes sans date qui restent en attente",
        "curves_how": "Chaque courbe : une charge (le nombre écrit à côté). En bas à "
        "gauche, c'est mieux pour tous. Les points, dans l'ordre : rien de protégé, "
        "puis 5, 10, 15 et 20 % pour les personnes sans date. Losange : la règle par "
        "défaut.",
        "lost": "Droits perdus",
        "lost_axis": "droits perdus, en % de ceux qui pouvaient être sauvés",
        "left_axis": "Sans date : combien de plus attendent à la fin de l'année, en % "
        "de celles qui sont arrivées",
        "summary": "Voir le tableau",
        "summary_caption": "Droits perdus · sans date, restent en attente · leur "
        "attente (19 sur 20)",
        "load_head": "Charge",
        "best": "Clairvoyant",
        "none": "Rien de protégé",
        "usual": "Défaut : 5-5-5",
        "fifteen": "5-5-15",
        "detail": "Tous les réglages à la charge {load}",
        "detail_how": "Traits : intervalles à 95 % dans les deux sens, {seeds} "
        "répétitions appariées. Les lettres sont celles du tableau ; un "
        "réglage de moins de 5 répétitions n'est que dans le tableau. Attentes, et "
        "personnes qui restent en attente : de celles qui n'ont pas de date.",
        "best_line": "optimum clairvoyant : {best}",
        "setting": "Réglage",
        "gap": "Écart au défaut",
        "left": "Restent en attente",
        "wait": "19 sur 20, et la plus longue",
        "through": "Parts données",
        "through_how": "Parts : longue attente + droits perdus + sans date, en % des "
        "places données. Arrondies chaque nuit vers le bas, elles sont plus petites "
        "que leur nom : une nuit ordinaire compte ici 20 à 30 places libres. Quand "
        "les places manquent trop, presque tout est gardé pour les fins proches, et "
        "les parts ne donnent presque plus rien.",
        "floor": "À la longue, toute règle perd au moins {floor} de ces droits.",
        "queue": "La file gagne {grows} personnes par an sous la règle par défaut.",
        "rises": "monte",
        "days_lost": "Journées sans droit",
        "seeds": "Répétitions",
        "efficient": "non dominé",
        "cannot_1": "Le clairvoyant connaît l'avenir et ignore les personnes sans "
        "date : c'est un plancher, pas un but.",
        "cannot_2": "Au-delà de l'année mesurée, qui suit une année de mise en route : "
        "sous une charge de 1, les années se ressemblent ; au-dessus, la file grandit "
        "chaque année et les attentes avec elle : lire « au moins ». Où la perte "
        "« monte », l'année suivante peut être pire.",
        "cannot_3": "Ici personne n'attaque et personne ne renonce.",
        "cannot_4": "Entre deux points, rien n'a été calculé.",
        "again": "Refaire",
        "made": "Calculé le {on}, {places} places par jour ouvré, {warm_up} jours de "
        "mise en route puis {days} jours mesurés ; chaque réglage dit son nombre de "
        "répétitions, graines 1 à ce nombre.",
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
        "gain that is worth a change. Rights lost: {lost} ({lost_range}). Without a "
        "date, left over: {left} of those who come ({left_range}); wait of 19 in 20: "
        "{wait}.",
        "change": "Rights lost: {lost} ({lost_range}), that is {lost_gap} from the "
        "default. Without a date, left over: {left} of those who come "
        "({left_range}), that is {left_gap}; wait of 19 in 20: {wait}.",
        "beyond": "No measured setting keeps to the accepted wait: only places can.",
        "nothing": "no setting",
        "few": "There are fewer than {fewest} repetitions here: too few to recommend "
        "anything. Default: {lost} of the rights lost; without a date, left over: "
        "{left} of those who come; wait of 19 in 20: {wait}.",
        "rising": "Here losses still rise within the measured year: a moment, not a "
        "state. The next year may lose more; only places help.",
        "unsettled": "a difference not established",
        "caution": "The ranges tell the luck of the repetitions, not the error of the "
        "assumptions. A setting is changed only for an established gain: rights "
        "saved; else, of a hundred people without a date, five fewer left over, or a "
        "week of waiting less, if it costs half a point of rights and a quarter more "
        "days without one at most, and losses do not rise. A setting that receives "
        "hardly anybody without a date is never recommended.",
        "form": "Load and demand",
        "load": "Load: needs for one place",
        "dated": "Requests with a date",
        "longest": "Accepted wait without a date, in days (19 in 20)",
        "show": "Show",
        "curves": "Rights lost against people without a date left over",
        "curves_how": "Each curve: one load (the number beside it). Lower left is "
        "better for all. The dots, in order: nothing protected, then 5, 10, 15 and "
        "20 % for people without a date. Diamond: the default.",
        "lost": "Rights lost",
        "lost_axis": "rights lost, in % of those that could be saved",
        "left_axis": "Without a date: how many more wait at the end of the year, in % "
        "of those who came",
        "summary": "See the table",
        "summary_caption": "Rights lost · without a date, left over · their wait "
        "(19 in 20)",
        "load_head": "Load",
        "best": "Clairvoyant",
        "none": "Nothing protected",
        "usual": "Default: 5-5-5",
        "fifteen": "5-5-15",
        "detail": "Every setting at load {load}",
        "detail_how": "Lines: 95 % intervals both ways, {seeds} paired repetitions. "
        "The letters are those of the table; a setting with fewer than 5 repetitions "
        "is in the table only. Waits and people left over: of those without a date.",
        "best_line": "clairvoyant optimum: {best}",
        "setting": "Setting",
        "gap": "From the default",
        "left": "Left over",
        "wait": "19 in 20, and the longest",
        "through": "Shares given",
        "through_how": "Shares: long wait + lost right + no date, in % of the places "
        "given. Rounded down each night, they are smaller than their names: a usual "
        "night has 20 to 30 open places here. Where places are too short, nearly all "
        "of them are held for ends that are near, and the shares give almost nothing.",
        "floor": "In the long run every rule loses {floor} of these rights at least.",
        "queue": "The queue gains {grows} people a year under the default.",
        "rises": "rises",
        "days_lost": "Days without the right",
        "seeds": "Repetitions",
        "efficient": "not dominated",
        "cannot_1": "The clairvoyant knows the future and ignores people without a "
        "date: a floor, not a goal.",
        "cannot_2": "Beyond the measured year, which follows a year of warm-up: under "
        "a load of 1 the years are alike; above it the queue grows each year and waits "
        "with it: read “at least”. Where a loss “rises”, the next year may be worse.",
        "cannot_3": "Here nobody attacks and nobody gives up.",
        "cannot_4": "Between two dots nothing was computed.",
        "again": "Do it again",
        "made": "Computed on {on}, {places} places a working day, {warm_up} days of "
        "warm-up and {days} measured; each "
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
        "bands 40/90": "Niveaux à 40 et 90 jours",
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
        "bands 40/90": "Bands at 40 and 90 days",
        "notice 3": "Notice of 3 days",
        "notice 7": "Notice of 7 days",
    },
}

WORDS: Final = typeset(_WORDS)
