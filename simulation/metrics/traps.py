"""The trap of every number that a run measures, shown in a table or only in the data.

A family is a beginning of names; the longest one that fits a name speaks for it.
"""

from typing import Final

from simulation.metrics.catalogue import METRICS

FAMILIES: Final = {
    "active_sellers": "a seller leaves when it earns too little; it may return",
    "alert_service_eur": "what alarms cost people, whether or not they found a place",
    "broker_premium": "money also goes with being reachable: compare rules, not zero",
    "by_lot_share": "equal means same band and motif; lists of days still differ",
    "capture": "no source measures it in France; anchors run from 30 to 90 %",
    "captured_places": "counts places, not people: one can be captured twice",
    "defrauded": "who paid and got nothing; not part of any service figure",
    "draw_replays": "says that the draw is honest, not that the pool was complete",
    "elsewhere": "received by another prefecture: left out of waits",
    "excluded_received_share": "read beside the ratio: both can fall together",
    "exhausted": "only releases that were wholly taken the same day",
    "failed_tries": "only people's tries; programs do not mind failing",
    "fake_wins": "places denied, even where none can be sold",
    "fakes_in_pool": "those who passed the check, not those who were bought",
    "fraud_eur": "money for nothing: it buys no place and shows in no capture",
    "freed_life": "a place that is drawn again is never on line: it has no life",
    "gave_up": "a rule that makes people give up looks quicker for the others",
    "handed_out_places": "a place given back and taken again counts once",
    "honest_blocked": "people whose own alarm looked too often, not attackers",
    "hours_clicking": "one minute a try, captcha besides: assumption",
    "insider": "names added before the freeze, which no draw can see by itself",
    "long_wait_share": "zero also means that nobody had to wait so long",
    "margin": "depends on prices that nobody measured here",
    "market": "revenue of sellers; what their clients lost elsewhere is not in it",
    "nights": "nights drawn, also those with nothing to give",
    "paid_eur": "who has no money does not show in it, nor unsold places; frauds do",
    "paid_share": "by number of people received, not by money",
    "payers": "one person may pay and still get nothing",
    "polls_empty": "one robot that looks by the hour; no person waits that way",
    "polls_empty_share": "a longer horizon improves it with nobody served sooner",
    "published_places": "places offered are not people received",
    "received": "capacity and need are counted in visits, never in people",
    "regrab_share": "within 60 seconds; slower ways to keep a place are not in it",
    "rights_lost": "never alone: if the most pressed buy, resale can lower it",
    "savable": "rights already lost on arrival cannot be saved by any rule",
    "service_ratio_excluded": "1 is like the others, who may be served badly too",
    "wait": "who still waits counts with the wait so far; a mean would hide the tail",
    "wasted": "unsold, no-shows and places that nobody could use are three things",
    "wasted_polls": "the load that fear puts on a server; a fair queue removes it",
}  # fmt: skip
"""What each number must not be taken for."""

GINI_TRAP: Final = "inside one band only: across bands it flatters the list by arrival"


def trap_of(key: str) -> str:
    """Return the trap of one measured number.

    Raises:
        KeyError: The number has no trap written beside it yet.
    """
    if key.startswith("wait_") and key.endswith("_gini"):
        return GINI_TRAP
    for metric in METRICS:
        if metric.key == key:
            return metric.trap_en
    fitting = [family for family in FAMILIES if key.startswith(family)]
    if not fitting:
        raise KeyError(key)
    return FAMILIES[max(fitting, key=len)]
