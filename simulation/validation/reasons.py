"""Why a prediction is missed, as far as it is known; written down, not repaired.

A miss is repaired only by a modelling error found on other grounds, never by moving
a number until it holds. Counts are those of seeds 1 to 3.
"""

from typing import Final

from simulation.scenarios.model import Words
from simulation.validation.row import said

_STAY: Final = said(
    "Here whoever finds nothing goes on trying (8 % give up after two months, Insee "
    "2021). By 1 June there are 16 % more needs than places, and 120 to 250 people "
    "wait: the sixty places of the added week are gone in a day. A month in which "
    "every poll is fine needs people who had left by another way in: the queue from "
    "4 a.m., a mailbox, another town. So either the model keeps too many people, or "
    "the 46 % of V2 were not a queue; the polls alone cannot tell. Tried: with 1.3 "
    "needs for a place and nine people in ten gone another way within two weeks, V2 "
    "(51 %), V3 (three good weeks, then back) and V4 (28 days) hold together. It is "
    "not adopted: it was found by looking at these facts, and no source counts who "
    "left.",
    "Ici, qui ne trouve rien continue d'essayer (8 % renoncent après deux mois, Insee "
    "2021). Le 1er juin, il y a 16 % de besoins de plus que de places, et 120 à 250 "
    "personnes attendent : les soixante places de la semaine ajoutée partent en un "
    "jour. Un mois où tout va bien suppose des gens partis par une autre voie : la "
    "file dès 4 heures, une boîte aux lettres, une autre ville. Ou bien le modèle "
    "garde trop de monde, ou bien les 46 % de V2 n'étaient pas une file ; les sondages "
    "seuls ne le disent pas. Essayé : avec 1.3 besoin par place et neuf personnes sur "
    "dix parties ailleurs en deux semaines, V2 (51 %), V3 (trois bonnes semaines, puis "
    "rechute) et V4 (28 jours) tiennent ensemble. Ce n'est pas adopté : trouvé en "
    "regardant ces faits, et aucune source ne compte ceux qui sont partis.",
)

REASONS: Final[dict[str, Words]] = {
    "V7c": said(
        "The backlog was fitted on the share of all tries that succeed. In the model "
        "chances differ between people: who is quick, or comes when a place is freed, "
        "often succeeds at once, and the others fail many times. One chance for "
        "everybody would need another reading of who tries when, which no source "
        "gives.",
        "L'arriéré est ajusté sur la part de tous les essais qui réussissent. Dans le "
        "modèle les chances diffèrent d'une personne à l'autre : qui est rapide, ou "
        "vient quand une place est rendue, réussit souvent du premier coup, les autres "
        "échouent longtemps. Une même chance pour tous demanderait de savoir qui "
        "essaie quand, et aucune source ne le dit.",
    ),
    "V3": _STAY,
    "V4": said(
        "The same cause as V3: no date is left to be the first free one.",
        "Même cause que V3 : il ne reste aucune date qui soit la première libre.",
    ),
    "V5b": said(
        "Mostly a miss of the model. It has 7,392 places on the 44 weekdays of the two "
        "months. Taking all sellers out, 6,460 people are received: so much of the "
        "distance (21 points of 63) is capacity that the prefecture says it raised for "
        "the student season, not by how much, and people who may have been "
        "received without an appointment. The other 41 points are our sellers: they "
        "take nearly every place and leave 4,300 unsold, more than 8,200 people "
        "received allows. What S01 shows of places lost at the first click is "
        "therefore the worst case, not an estimate of Isère; how sellers manage their "
        "stock is the first thing to find out in the field.",
        "Surtout une erreur du modèle. Il a 7,392 places sur les 44 jours ouvrés des "
        "deux mois. Sans aucun revendeur, 6,460 personnes sont reçues : cette part de "
        "l'écart (21 points sur 63) est de la capacité, que la préfecture dit avoir "
        "augmentée pour la rentrée sans dire de combien, et des gens peut-être "
        "reçus sans rendez-vous. Les 41 autres points sont nos revendeurs : ils "
        "prennent presque toutes les places et en laissent 4,300 invendues, plus que "
        "8,200 personnes reçues ne le permettent. Ce que S01 montre de places perdues "
        "au premier clic est donc le pire cas, non une estimation de l'Isère ; comment "
        "les revendeurs gèrent leur stock est la première chose à apprendre sur place.",
    ),
    "V8": said(
        "With frozen names a seller books for named buyers, and one program serves "
        "everybody who asks: capture follows willing people × needs for a place, 45 % "
        "(our default) × 1.56, and the people who already waited. Neither number was "
        "measured for Candilib: 32 % willing gives 55 % captured, 1.1 needs for a "
        "place gives 50 %. Nothing limits how many buyers one seller finds, which may "
        "be wrong too. The one half is itself what users said, not a count.",
        "Avec un nom figé, un revendeur réserve pour un acheteur nommé, et un "
        "programme sert tous ceux qui demandent : la part captée suit les gens prêts à "
        "payer × les besoins par place, 45 % (notre défaut) × 1.56, et ceux qui "
        "attendaient déjà. Aucun de ces deux nombres n'a été mesuré pour Candilib : "
        "32 % prêts à payer donnent 55 % de places captées, 1.1 besoin par place en "
        "donne 50 %. Rien ne limite le nombre d'acheteurs qu'un revendeur trouve, ce "
        "qui est peut-être faux aussi. La moitié est elle-même ce que disaient les "
        "usagers, non un comptage.",
    ),
}
