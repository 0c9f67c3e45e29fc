"""The numbers a table shows: their names, their units, and the trap of each."""

from dataclasses import dataclass
from typing import Final

from simulation.scenarios.model import Scenario


@dataclass(frozen=True, slots=True)
class Metric:
    """One shown number; the trap stands beside it wherever it is printed."""

    key: str
    fr: str
    en: str
    unit: str
    trap_fr: str
    trap_en: str


CAPTURE: Final = Metric(
    "capture_share",
    "Part captée",
    "Captured share",
    "%",
    "Aucune source ne mesure la part captée en France ; repères de 30 à 90 %.",
    "No source measures the captured share in France; anchors run from 30 to 90 %.",
)
LOST_DAYS: Final = Metric(
    "rights_lost_days",
    "Journées sans droit",
    "Days without the right",
    "d",
    "Jamais seul : si les plus pressés achètent, la revente peut le faire baisser.",
    "Never alone: if the most pressed buy, resale can lower this number.",
)

NIGHTS_DELAYED: Final = Metric(
    "nights_delayed",
    "Nuits manquées avant le contrôle d'une inscription",
    "Nights missed before a registration is checked",
    "",
    "Sans contrôle, personne n'attend, et tous les faux sont du tirage.",
    "Where nobody checks nobody waits, and every false one is in the draw.",
)

METRICS: Final = (
    CAPTURE,
    Metric(
        "paid_eur",
        "Payé pour un droit gratuit",
        "Paid for a free right",
        "€",
        "Fraudes comprises ; sans les places invendues ni qui n'a pas d'argent.",
        "Who has no money does not show in it, nor unsold places; frauds included.",
    ),
    Metric(
        "broker_premium",
        "Ce que vaut un revendeur",
        "What a seller is worth",
        "pts",
        "Dans un même marché : qui paie évince les autres. Tiret : nul n'en vient là.",
        "In one market: who pays crowds out the others. A dash: nobody came to that.",
    ),
    LOST_DAYS,
    Metric(
        "rights_lost_people",
        "Personnes ayant perdu leur droit au moins un jour",
        "People who lost their right for a day or more",
        "",
        "Compter avec les journées : un jour et un an pèsent ici autant.",
        "Read with the days: one day and one year weigh the same here.",
    ),
    Metric(
        "wait_no_date_p90",
        "Attente sans date, 9 sur 10",
        "Wait without a date, 9 in 10",
        "d",
        "Qui attend encore compte avec son attente jusqu'ici : au moins.",
        "Who still waits counts with the wait so far: at least.",
    ),
    Metric(
        "wait_very_soon_p90",
        "Attente, fin de droit sous 14 jours, 9 sur 10",
        "Wait, right ending within 14 days, 9 in 10",
        "d",
        "Une moyenne cacherait la queue.",
        "A mean would hide the tail.",
    ),
    Metric(
        "received_share",
        "Personnes reçues",
        "People received",
        "%",
        "Capacité et besoin se comptent en visites.",
        "Capacity and need are counted in visits.",
    ),
    Metric(
        "service_ratio_excluded",
        "Reçues sans numérique / autres",
        "Received, digitally excluded / others",
        "",
        "1 = traitées comme les autres.",
        "1 = treated like the others.",
    ),
    Metric(
        "wasted_share",
        "Places perdues",
        "Places wasted",
        "%",
        "Invendues, absences, places dont personne ne pouvait se servir.",
        "Unsold, no-shows, places that nobody could use.",
    ),
    Metric(
        "hours_clicking",
        "Heures passées à cliquer en vain",
        "Hours clicking in vain",
        "h",
        "Une minute par essai, captcha en plus : hypothèse.",
        "One minute a try, captcha besides: assumption.",
    ),
    Metric(
        "polls_empty_share",
        "Sondages sans aucune date",
        "Polls with no date",
        "%",
        "Un horizon plus long l'améliore sans servir personne plus tôt (juin 2017).",
        "A longer horizon improves it with nobody served sooner (June 2017).",
    ),
    Metric(
        "exhausted_p95_s",
        "Durée de vie d'une mise en ligne (95 %)",
        "Life of a release (95 %)",
        "s",
        "Seulement les mises en ligne entièrement prises le jour même.",
        "Only releases that were wholly taken the same day.",
    ),
    Metric(
        "freed_life_p50_s",
        "Durée de vie d'une place libérée (la moitié)",
        "Life of a freed place (half)",
        "s",
        "Une place remise au tirage n'est jamais en ligne : elle n'a pas de durée.",
        "A place that is drawn again is never on line: it has no life.",
    ),
    Metric(
        "wait_no_date_gini",
        "Inégalité des attentes sans date (Gini)",
        "Inequality of waits without a date (Gini)",
        "",
        "Entre niveaux d'urgence, il flatterait la liste par ordre d'arrivée.",
        "Across bands it would flatter the list by arrival.",
    ),
    Metric(
        "active_sellers",
        "Revendeurs actifs",
        "Active sellers",
        "",
        "Un revendeur part s'il gagne trop peu ; il peut revenir.",
        "A seller leaves when it earns too little; it may return.",
    ),
    Metric(
        "margin_per_month",
        "Marge par revendeur et par mois",
        "Margin per seller, month",
        "€",
        "Dépend des prix, que personne n'a mesurés ici.",
        "Depends on prices that nobody measured here.",
    ),
)
"""What ``run``, ``compare`` and the report show, in that order."""


def metrics_of(scenario: Scenario) -> tuple[Metric, ...]:
    """Return what a table shows of one scenario: nights missed where some can be."""
    if scenario.agents.registration_flood is None:
        return METRICS
    return (*METRICS, NIGHTS_DELAYED)


def shown(value: float, unit: str) -> str:
    """Write a number as people read it, with its unit; a dash when there is none."""
    if value != value:
        return "–"
    if unit == "%":
        return f"{100 * value:.1f} %" if value < 0.1 else f"{100 * value:.0f} %"
    if unit == "pts":
        return f"{100 * value:+.1f} pts"
    text = (
        f"{value:,.0f}".replace(",", "\u202f") if abs(value) >= 100 else f"{value:.3g}"
    )
    return f"{text} {unit}".rstrip()
