"""How a number is called in a sentence, for every number that one may expect of."""

from dataclasses import dataclass
from typing import Final

from simulation.metrics.catalogue import METRICS, NIGHTS_DELAYED


@dataclass(frozen=True, slots=True)
class Name:
    """One measured number in both languages, with its unit."""

    fr: str
    en: str
    unit: str


_MORE: Final = {
    "alert_service_eur": Name("Payé pour des alertes", "Paid for alerts", "€"),
    "capture_share_first_half": Name(
        "Part captée, première moitié", "Captured share, first half", "%"
    ),
    "capture_share_second_half": Name(
        "Part captée, seconde moitié", "Captured share, second half", "%"
    ),
    "failed_tries_per_received": Name(
        "Essais manqués par personne reçue", "Failed tries per person received", ""
    ),
    "defrauded": Name("Personnes flouées", "People defrauded", ""),
    "fraud_eur": Name("Payé pour rien", "Paid for nothing", "€"),
    "fake_wins": Name(
        "Places gagnées par des identités fausses", "Places won by fakes", ""
    ),
    "gave_up": Name("Personnes qui renoncent", "People who give up", ""),
    "insider_names": Name("Noms ajoutés de l'intérieur", "Names added from inside", ""),
    "insider_noticed": Name(
        "Ajouts découverts (1 = oui)", "Added names found out (1 = yes)", ""
    ),
    "market_profit_eur": Name("Gain des revendeurs", "Profit of the sellers", "€"),
    "market_revenue_eur": Name(
        "Recettes des revendeurs", "Revenue of the sellers", "€"
    ),
    "paid_share": Name(
        "Personnes reçues qui ont payé", "People received who paid", "%"
    ),
    "payers": Name("Personnes qui ont payé", "People who paid", ""),
    "polls_empty_until_shift": Name(
        "Sondages sans date avant que l'horizon bouge",
        "Polls with no date before the horizon moves",
        "%",
    ),
    "polls_empty_before_shift": Name(
        "Sondages sans date, le mois d'avant",
        "Polls with no date, the month before",
        "%",
    ),
    "polls_empty_after_shift": Name(
        "Sondages sans date, le mois qui suit",
        "Polls with no date, the month that follows",
        "%",
    ),
    "polls_empty_after_that": Name(
        "Sondages sans date, le mois d'après",
        "Polls with no date, the month after that",
        "%",
    ),
    "regrab_share": Name(
        "Places libérées reprises en une minute",
        "Freed places taken again within a minute",
        "%",
    ),
    "savable_lost_share": Name(
        "Droits perdus qui pouvaient être sauvés", "Savable rights lost", "%"
    ),
    "service_ratio_excluded": Name(
        "Reçues sans numérique, par rapport aux autres",
        "Received, digitally excluded against others",
        "%",
    ),
    "wait_all_p90": Name("Attente, 9 sur 10", "Wait, 9 in 10", "d"),
    "wait_soon_p90": Name(
        "Attente, fin de droit sous 45 jours, 9 sur 10",
        "Wait, right ending within 45 days, 9 in 10",
        "d",
    ),
    "wasted_no_show_share": Name("Places perdues, absences", "Places, no-shows", "%"),
    "wasted_polls": Name("Sondages pour rien", "Polls for nothing", ""),
    "wasted_unsold_share": Name("Places perdues, invendues", "Places, unsold", "%"),
    "wasted_unused_share": Name("Places restées vides", "Places left empty", "%"),
}

NAMES: Final = {
    **{
        each.key: Name(each.fr, each.en, each.unit)
        for each in (*METRICS, NIGHTS_DELAYED)
    },
    **_MORE,
}
"""What a direction may name."""
