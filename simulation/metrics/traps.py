"""The trap of every number that a run measures, shown in a table or only in the data.

A family is a beginning of names; the longest one that fits a name speaks for it.
"""

from typing import Final

from simulation.metrics.catalogue import METRICS, NIGHTS_DELAYED
from simulation.scenarios.model import Words

FAMILIES: Final[dict[str, Words]] = {
    "active_sellers": Words(
        fr="un revendeur part s'il gagne trop peu ; il peut revenir",
        en="a seller leaves when it earns too little; it may return",
    ),
    "alert_service_eur": Words(
        fr="ce que coûtent les alarmes, que l'on ait trouvé une place ou non",
        en="what alarms cost people, whether or not they found a place",
    ),
    "broker_premium": Words(
        fr="dans un même marché : qui paie évince les autres",
        en="in one market: who pays crowds out the others",
    ),
    "broker_premium_people": Words(
        fr="de ceux qui pourraient payer, pas de tous ; peu de gens, beaucoup de bruit",
        en="of those who could pay, not of all; few make it noisy",
    ),
    "by_lot_share": Words(
        fr="égaux : même niveau et même motif ; les jours possibles diffèrent",
        en="equal means same band and motif; lists of days still differ",
    ),
    "capture": Words(
        fr="aucune source ne la mesure en France ; repères de 30 à 90 %",
        en="no source measures it in France; anchors run from 30 to 90 %",
    ),
    "captured_places": Words(
        fr="compte des places, pas des gens : l'une peut être captée deux fois",
        en="counts places, not people: one can be captured twice",
    ),
    "defrauded": Words(
        fr="qui a payé et n'a rien eu ; dans aucun chiffre de service",
        en="who paid and got nothing; not part of any service figure",
    ),
    "draw_replays": Words(
        fr="dit que le tirage est honnête, pas que la liste était complète",
        en="says that the draw is honest, not that the pool was complete",
    ),
    "elsewhere": Words(
        fr="reçu par une autre préfecture : hors des attentes",
        en="received by another prefecture: left out of waits",
    ),
    "excluded_received_share": Words(
        fr="à lire avec le rapport : les deux peuvent baisser ensemble",
        en="read beside the ratio: both can fall together",
    ),
    "exhausted": Words(
        fr="seulement les mises en ligne entièrement prises le jour même",
        en="only releases that were wholly taken the same day",
    ),
    "failed_tries": Words(
        fr="les essais des gens seulement ; échouer ne gêne pas un programme",
        en="only people's tries; programs do not mind failing",
    ),
    "fake_wins": Words(
        fr="des places refusées aux autres, même quand rien ne se vend",
        en="places denied, even where none can be sold",
    ),
    "fakes_in_pool": Words(
        fr="ceux qui ont passé le contrôle, pas ceux qui ont été achetés",
        en="those who passed the check, not those who were bought",
    ),
    "fraud_eur": Words(
        fr="de l'argent pour rien : aucune place, rien dans la part captée",
        en="money for nothing: it buys no place and shows in no capture",
    ),
    "freed_life": Words(
        fr="une place remise au tirage n'est jamais en ligne : pas de durée",
        en="a place that is drawn again is never on line: it has no life",
    ),
    "gave_up": Words(
        fr="une règle qui fait renoncer paraît plus rapide pour les autres",
        en="a rule that makes people give up looks quicker for the others",
    ),
    "handed_out_places": Words(
        fr="une place rendue puis reprise compte une fois",
        en="a place given back and taken again counts once",
    ),
    "honest_blocked": Words(
        fr="des gens dont l'alarme regarde trop souvent, pas des attaquants",
        en="people whose own alarm looked too often, not attackers",
    ),
    "hours_clicking": Words(
        fr="une minute par essai, captcha en plus : hypothèse",
        en="one minute a try, captcha besides: assumption",
    ),
    "insider": Words(
        fr="des noms ajoutés avant le gel, qu'aucun tirage ne voit seul",
        en="names added before the freeze, which no draw can see by itself",
    ),
    "insider_missing": Words(
        fr="places parties sans tirage, jusqu'au dernier contrôle",
        en="places that left without a draw, up to the last look",
    ),
    "long_wait_share": Words(
        fr="zéro dit aussi que personne n'a dû attendre autant",
        en="zero also means that nobody had to wait so long",
    ),
    "margin": Words(
        fr="dépend de prix que personne n'a mesurés ici",
        en="depends on prices that nobody measured here",
    ),
    "market": Words(
        fr="recette des revendeurs, sans ce que leurs clients ont perdu ailleurs",
        en="revenue of sellers; what their clients lost elsewhere is not in it",
    ),
    "nights": Words(
        fr="les nuits tirées, même celles qui n'avaient rien à donner",
        en="nights drawn, also those with nothing to give",
    ),
    "people_delayed": Words(
        fr="les vraies inscriptions seulement, même celles d'après le flot",
        en="true registrations only, also those made after the flood",
    ),
    "paid_eur": Words(
        fr="qui n'a pas d'argent n'y est pas, ni les invendues ; les fraudes y sont",
        en="who has no money does not show in it, nor unsold places; frauds do",
    ),
    "paid_share": Words(
        fr="en nombre de personnes reçues, pas en argent",
        en="by number of people received, not by money",
    ),
    "payers": Words(
        fr="une personne peut payer et ne rien avoir",
        en="one person may pay and still get nothing",
    ),
    "polls_empty": Words(
        fr="un robot qui regarde chaque heure ; personne n'attend ainsi",
        en="one robot that looks by the hour; no person waits that way",
    ),
    "polls_empty_share": Words(
        fr="un horizon plus long l'améliore sans servir personne plus tôt",
        en="a longer horizon improves it with nobody served sooner",
    ),
    "published_places": Words(
        fr="des places offertes ne sont pas des personnes reçues",
        en="places offered are not people received",
    ),
    "received": Words(
        fr="capacité et besoin se comptent en visites, jamais en personnes",
        en="capacity and need are counted in visits, never in people",
    ),
    "regrab_share": Words(
        fr="dans les 60 secondes ; garder une place plus lentement n'y est pas",
        en="within 60 seconds; slower ways to keep a place are not in it",
    ),
    "rights_lost": Words(
        fr="jamais seul : si les plus pressés achètent, la revente le fait baisser",
        en="never alone: if the most pressed buy, resale can lower it",
    ),
    "savable": Words(
        fr="un droit déjà perdu à l'arrivée, aucune règle ne peut le sauver",
        en="rights already lost on arrival cannot be saved by any rule",
    ),
    "service_ratio_excluded": Words(
        fr="1 = comme les autres, qui sont peut-être mal servis aussi",
        en="1 is like the others, who may be served badly too",
    ),
    "transfer_share": Words(
        fr="des places proposées à qui paie ; le stock invendu n'y est pas",
        en="of places offered to a payer; unsold stock is not in it",
    ),
    "wait": Words(
        fr="qui attend encore compte avec son attente ; une moyenne cacherait la queue",
        en="who still waits counts with the wait so far; a mean would hide the tail",
    ),
    "wasted": Words(
        fr="invendues, absences et places inutilisables sont trois choses",
        en="unsold, no-shows and places that nobody could use are three things",
    ),
    "wasted_polls": Words(
        fr="la charge que la peur met sur un serveur ; une file juste l'enlève",
        en="the load that fear puts on a server; a fair queue removes it",
    ),
}
"""What each number must not be taken for."""

GINI_TRAP: Final = Words(
    fr="dans un niveau d'urgence seulement : entre eux il flatte la liste d'arrivée",
    en="inside one band only: across bands it flatters the list by arrival",
)


def trap_of(key: str) -> Words:
    """Return the trap of one measured number.

    Raises:
        KeyError: The number has no trap written beside it yet.
    """
    if key.startswith("wait_") and key.endswith("_gini"):
        return GINI_TRAP
    for metric in (*METRICS, NIGHTS_DELAYED):
        if metric.key == key:
            return Words(fr=metric.trap_fr, en=metric.trap_en)
    fitting = [family for family in FAMILIES if key.startswith(family)]
    if not fitting:
        raise KeyError(key)
    return FAMILIES[max(fitting, key=len)]
