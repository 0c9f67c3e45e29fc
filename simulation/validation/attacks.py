"""The attacks of the matrix: who attacks, what shows it, and what was expected.

Each attacker is its record with the record's own numbers; only what the attack is
about is set (sessions for the one that multiplies sessions). Every scene is the small
prefecture of the catalogue, sixteen places a working day, a little short of places.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from simulation.agents.applicants import Applicants
from simulation.agents.flood import RegistrationFlood
from simulation.agents.identities import (
    AdaptiveEntry,
    FakeIdentities,
    FalseExpiry,
    IdentityRental,
    Insider,
    Saboteur,
)
from simulation.agents.promises import FalsePromise
from simulation.agents.registry import Agents
from simulation.agents.scalpers import Autobooker, ClickFarm
from simulation.engine.world import PEOPLE_FIRST, WASTED, World
from simulation.metrics.measure import measure
from simulation.scenarios.model import Market, Scenario, Words
from simulation.validation.attack import (
    DAYS,
    SELLERS,
    SHARE,
    Attack,
    Column,
    Level,
    Proof,
    Variant,
)
from simulation.validation.row import said
from simulation.validation.scenes import prefecture

DAYS_PLAYED: Final = 75
"""Two reviews of a month, and a flood with what follows it."""

STAYS: Final = Market(adaptive=False)
"""Attackers stay whatever they earn: leaving is an attack of its own, number 13."""


def scene(
    agents: Agents | None = None,
    *,
    applicants: Applicants | None = None,
    market: Market = STAYS,
) -> Scenario:
    """Return the prefecture of the matrix, six in ten people with a dated title."""
    found = prefecture(
        days=DAYS_PLAYED,
        places=16,
        people_per_day=14,
        waiting=100,
        agents=agents,
        applicants=applicants,
        market=market,
    )
    motif = replace(found.demand.motifs[0], dated=0.6)
    return replace(found, demand=replace(found.demand, motifs=(motif,)))


def _measured(key: str) -> Callable[[World], float]:
    return lambda world: measure(world)[key]


def _sold_of_won(world: World) -> float:
    """Paying clients for each place that a seller won."""
    won = int(np.count_nonzero(world.captured))
    return int(np.count_nonzero(world.through_broker)) / won if won else 0.0


def _left_empty(world: World) -> float:
    """Of people whom another prefecture received, those who left a place empty here."""
    elsewhere = world.needs.arrival + world.needs.elsewhere_after
    received = int(np.count_nonzero(elsewhere < world.scenario.days))
    lost = (world.place_state == WASTED) & (world.holder >= 0)
    places = np.flatnonzero(lost & (world.holder < PEOPLE_FIRST))
    double = elsewhere[world.holder[places]] <= world.places.day[places]
    return int(np.count_nonzero(double)) / received if received else 0.0


def _unseen(world: World) -> float:
    """Of the names added, those that nobody can find by redoing the draw."""
    return float(world.log.insider_names > 0 and not world.log.insider_noticed)


def _last_month(world: World) -> float:
    return float(world.log.active_sellers[-1])


def _cheated(world: World) -> float:
    """Of those who would pay, the ones who paid and got nothing for it."""
    ready = int(np.count_nonzero(world.needs.willing))
    return int(np.count_nonzero(world.burnt)) / ready if ready else 0.0


CAPTURE: Final = Proof(
    name=said("places captured", "places captées"),
    scale=SHARE,
    of=_measured("capture_share"),
)

_RESELLER: Final = Agents(
    autobooker=Autobooker(count=1), fake_identities=FakeIdentities(caught=0.5)
)
"""One seller, so that nobody but it takes a place it cancels; its names in a draw."""

_FROZEN: Final = said("name frozen", "nom figé")
_UNCHECKED: Final = said("identities unchecked", "identités non contrôlées")
_ALLOWED: Final = said("name change allowed", "nom modifiable")
_NO_NUMBER: Final = said("no national number", "sans numéro national")


def _of(
    column: Column, rule: str, when: Words, expected: Level, *, alone: bool = False
) -> Variant:
    return Variant(column=column, rule=rule, when=when, expected=expected, alone=alone)


ATTACKS: Final = (
    Attack(
        number=1,
        name=said("fast program", "robot rapide"),
        attacked=scene(Agents(autobooker=Autobooker(sessions=1))),
        calm=scene(),
        proof=CAPTURE,
        expected="++----",
        variants=(
            _of("captcha", "captcha-farm", said("solved by slow humans",
                "résolu par des humains lents"), "weak"),
        ),
    ),
    Attack(
        number=2,
        name=said("sessions, addresses", "sessions, adresses"),
        attacked=scene(
            Agents(
                autobooker=Autobooker(
                    count=1, sessions=1200, parallel=200, addresses=1000, stock=20_000
                )
            )
        ),
        calm=scene(),
        proof=CAPTURE,
        expected="+++---",
    ),
    Attack(
        number=3,
        name=said("people paid to click", "personnes payées pour cliquer"),
        attacked=scene(Agents(click_farm=ClickFarm())),
        calm=scene(),
        proof=CAPTURE,
        expected="ooo---",
    ),
    Attack(
        number=4,
        name=said("invented identities", "identités inventées"),
        attacked=scene(Agents(fake_identities=FakeIdentities(urgent=True))),
        calm=scene(),
        proof=CAPTURE,
        expected="++++-+",
        variants=(
            _of("lottery", "plain-lottery-no-identity-check", _UNCHECKED, "strong",
                alone=True),
            _of("ours", "ours-unverified-dates", said("urgency declared, number "
                "checked", "urgence déclarée, numéro contrôlé"), "strong"),
            _of("ours", "ours-nothing-checked", said("urgency declared, nothing "
                "checked", "urgence déclarée, rien de contrôlé"), "strong"),
            _of("list", "list-by-arrival-no-identity-check", _UNCHECKED, "strong",
                alone=True),
        ),
    ),
    Attack(
        number=5,
        name=said("rented identities", "identités louées"),
        attacked=scene(Agents(rented_identities=IdentityRental())),
        calm=scene(),
        proof=Proof(
            name=said("paying clients for a place won",
                      "clients payants par place gagnée"),
            scale=SHARE,
            of=_sold_of_won,
        ),
        expected="oooo-o",
        variants=(
            _of("ours", "ours-photo-ignored", said("photo ignored at the guichet",
                "photo non regardée au guichet"), "partial"),
        ),
    ),
    Attack(
        number=6,
        name=said("cancel and rebook", "annuler et reprendre"),
        attacked=scene(_RESELLER),
        calm=scene(),
        proof=Proof(
            name=said("cancelled places taken back within 60 s",
                      "places annulées reprises en 60 s"),
            scale=SHARE,
            of=_measured("regrab_share"),
        ),
        expected="+++---",
        variants=(
            _of("click", "immutable-name", _FROZEN, "strong", alone=True),
            _of("captcha", "captcha-ahead-frozen", _FROZEN, "strong", alone=True),
            _of("captcha", "captcha-farm-frozen", said(
                "name frozen, solved by slow humans",
                "nom figé, résolu par des humains lents"), "strong"),
            _of("room", "waiting-room-frozen", _FROZEN, "strong", alone=True),
            _of("ours", "ours-instant-rebooking", said("freed places bookable at once",
                "place libérée aussitôt réservable"), "strong"),
        ),
    ),
    Attack(
        number=7,
        name=said("name changed after booking", "nom changé après réservation"),
        attacked=scene(_RESELLER),
        calm=scene(),
        proof=Proof(
            name=said("places that reach the buyer they are offered to",
                      "places qui parviennent à l'acheteur"),
            scale=SHARE,
            of=_measured("transfer_share"),
        ),
        expected="++++-+",
        variants=(
            _of("lottery", "plain-lottery-transferable", _ALLOWED, "strong",
                alone=True),
            _of("list", "list-by-arrival-transferable", _ALLOWED, "strong",
                alone=True),
        ),
    ),
    Attack(
        number=8,
        name=said("several prefectures", "plusieurs préfectures"),
        attacked=scene(applicants=Applicants(several=0.2)),
        calm=scene(applicants=Applicants(several=0.0)),
        proof=Proof(
            name=said("people received elsewhere who leave a place empty here",
                      "gens reçus ailleurs qui laissent ici une place vide"),
            scale=SHARE,
            of=_left_empty,
        ),
        expected="+++o-o",
        variants=(
            _of("lottery", "plain-lottery-no-identity-check", _NO_NUMBER, "partial",
                alone=True),
            _of("ours", "ours-no-identity-check", _NO_NUMBER, "partial"),
            _of("list", "list-by-arrival-no-identity-check", _NO_NUMBER, "partial",
                alone=True),
        ),
    ),
    Attack(
        number=9,
        name=said("false deadline", "fausse échéance"),
        attacked=scene(Agents(false_expiry=FalseExpiry(share=0.4))),
        calm=scene(),
        proof=Proof(
            name=said("days more for the truly urgent, 9 in 10",
                      "jours de plus pour les vrais urgents, 9 sur 10"),
            scale=DAYS,
            of=_measured("wait_very_soon_p90"),
            is_extra=True,
        ),
        expected="------",
        variants=(
            _of("ours", "ours-unverified-dates", said("deadline only declared",
                "échéance seulement déclarée"), "strong"),
        ),
    ),
    Attack(
        number=10,
        name=said("flood of registrations", "inondation d'inscriptions"),
        attacked=scene(
            # The record's numbers are those of Isère: a tenth for a tenth.
            Agents(registration_flood=RegistrationFlood(per_day=30, checks_per_day=20))
        ),
        calm=scene(),
        proof=Proof(
            name=said(
                "nights missed before the check", "nuits manquées avant contrôle"
            ),
            scale=DAYS,
            of=_measured("nights_delayed"),
        ),
        expected="oooooo",
    ),
    Attack(
        number=11,
        name=said("places denied", "places prises pour rien"),
        attacked=scene(Agents(saboteur=Saboteur())),
        calm=scene(),
        proof=Proof(
            name=said("places wasted besides", "places perdues en plus"),
            scale=SHARE,
            of=_measured("wasted_share"),
            is_extra=True,
        ),
        expected="+++ooo",
    ),
    Attack(
        number=12,
        name=said("insider", "complice à l'intérieur"),
        attacked=scene(Agents(insider=Insider())),
        calm=scene(),
        proof=Proof(
            name=said("names added that nobody can find",
                      "noms ajoutés que personne ne peut trouver"),
            scale=SHARE,
            of=_unseen,
        ),
        expected="++++-+",
    ),
    Attack(
        number=13,
        name=said("sellers who follow the profit", "revendeurs qui suivent le gain"),
        attacked=scene(
            Agents(autobooker=Autobooker(count=1), adaptive=AdaptiveEntry()),
            market=Market(),
        ),
        calm=scene(market=Market()),
        proof=Proof(
            name=said("sellers in the last month", "revendeurs le dernier mois"),
            scale=SELLERS,
            of=_last_month,
        ),
        expected="+++---",
    ),
    Attack(
        number=14,
        name=said("false sale", "fausse vente"),
        attacked=scene(Agents(autobooker=Autobooker(), false_promise=FalsePromise())),
        calm=scene(),
        proof=Proof(
            name=said(
                "people ready to pay who were cheated", "gens prêts à payer, trompés"
            ),
            scale=SHARE,
            of=_cheated,
        ),
        expected="+++ooo",
    ),
)  # fmt: skip
"""The table's attacks; another one is one more record here."""
