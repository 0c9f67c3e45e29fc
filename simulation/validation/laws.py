"""V9, V11 and V12: a formula, a paradox, and what holds for any numbers."""

from dataclasses import replace

import numpy as np

from simulation.agents.identities import FakeIdentities
from simulation.agents.registry import Agents
from simulation.agents.scalpers import Autobooker
from simulation.comparison import compare
from simulation.engine.closed_forms import capture_bound, waiting_room_share
from simulation.engine.run import play
from simulation.mechanisms.registry import rule
from simulation.metrics.measure import measure
from simulation.scenarios.loader import load
from simulation.scenarios.model import Demand
from simulation.validation.anchors import without_bots
from simulation.validation.renaming import names_do_not_matter
from simulation.validation.row import Row, percent, points_off, said
from simulation.validation.scenes import ALIKE, prefecture

Seeds = tuple[int, ...]


def waiting_room(seeds: Seeds) -> list[Row]:
    """V9: s sessions among h people."""
    rows: list[Row] = []
    for sessions in (60, 300, 1200, 6000):
        bot = Autobooker(count=1, sessions=sessions, stock=20_000)
        scene = prefecture(
            days=7,
            places=12,
            people_per_day=1,
            waiting=600,
            applicants=ALIKE,
            agents=Agents(autobooker=bot),
        )
        scene = replace(scene, days=1, demand=_crowd(scene.demand, 600))
        shares = [
            measure(play(scene, rule("waiting-room"), seed))["capture_share"]
            for seed in range(1, 4 * len(seeds) + 20)
        ]
        found, expected = float(np.mean(shares)), waiting_room_share(sessions, 600)
        rows.append(
            Row(
                number="V9",
                cites=("waiting-room",),
                fact=said(
                    f"random waiting room, {sessions:,} sessions among 600 people",
                    f"salle d'attente tirée, {sessions:,} sessions parmi 600 gens",
                ),
                kind="formula",
                target=said(f"{percent(expected)} ± 2 points"),
                found=said(percent(found)),
                holds=abs(found - expected) <= 0.02,
                off=said(points_off(found, expected)),
            )
        )
    return rows


def _crowd(demand: Demand, waiting: int) -> Demand:
    return replace(demand, backlog_days=waiting * 365 / demand.people)


def paradox(seeds: Seeds) -> list[Row]:
    """V11: a quarter more places than needs, with and without bots."""
    scenario = load("S03")
    calm = without_bots(scenario)
    key = "polls_empty_share"
    bots = compare(scenario, ("first-click",), seeds).interval("first-click", key)
    none = compare(calm, ("first-click",), seeds).interval("first-click", key)
    return [
        Row(
            number="V11",
            cites=("isere-2024", "herault-2019"),
            fact=said(
                "supply 1.25 × need, pages empty all the same",
                "offre 1.25 × besoin, pages vides quand même",
            ),
            kind="predicted",
            target=said(
                "with bots ≥ 40 % of polls empty, without clearly fewer",
                "avec robots ≥ 40 % de consultations vides, sans nettement moins",
            ),
            found=said(
                f"{percent(bots.mean)} with bots, {percent(none.mean)} without",
                f"{percent(bots.mean)} avec robots, {percent(none.mean)} sans",
            ),
            holds=bots.mean >= 0.4 and none.mean < bots.mean - 0.1,
            off=said(
                f"{points_off(bots.mean, 0.4)} from the bound",
                f"{points_off(bots.mean, 0.4)} de la borne",
            ),
        )
    ]


def metamorphic(seeds: Seeds) -> list[Row]:
    """V12: laws that hold for any numbers; the test suite holds more of them."""
    return [
        _as_many(seeds),
        _more_fakes(seeds),
        _bounded(seeds),
        _never_grabbed(seeds),
        names_do_not_matter(seeds),
        _same_luck(seeds),
    ]


def _as_many(seeds: Seeds) -> Row:
    scene = prefecture(
        days=60, places=8, people_per_day=15, waiting=200, applicants=ALIKE
    )
    slugs = ("first-click", "plain-lottery", "list-by-arrival", "earliest-expiry")
    found = compare(scene, slugs, seeds)
    means = [found.interval(slug, "received").mean for slug in slugs]
    gap = (max(means) - min(means)) / max(means)
    return Row(
        number="V12a",
        fact=said(
            "no bots, nobody gives up, capacity binds: as many served by each rule",
            "ni robot ni abandon, places rares : autant de servis partout",
        ),
        kind="law",
        target=said(
            "equal but for the notice of the first days (5 %)",
            "égal, au préavis des premiers jours près (5 %)",
        ),
        found=said(f"largest gap {percent(gap)}", f"plus grand écart {percent(gap)}"),
        holds=gap <= 0.05,
        off=said(points_off(gap, 0.0)),
    )


def _more_fakes(seeds: Seeds) -> Row:
    shares: list[float] = []
    for count in (0, 50, 200):
        agents = Agents(fake_identities=FakeIdentities(count=count, caught=0.5))
        scene = prefecture(
            days=30, places=8, people_per_day=10, waiting=100, agents=agents
        )
        found = compare(scene, ("ours",), seeds).interval("ours", "capture_share")
        shares.append(found.mean)
    return Row(
        number="V12b",
        fact=said("more fakes never win less", "plus de faux ne gagnent jamais moins"),
        kind="law",
        target=said("0 ≤ 50 ≤ 200 fakes", "0 ≤ 50 ≤ 200 faux"),
        found=said(" ≤ ".join(percent(share) for share in shares)),
        holds=shares == sorted(shares),
    )


def _bounded(seeds: Seeds) -> Row:
    agents = Agents(fake_identities=FakeIdentities(count=40, caught=0.0))
    scene = prefecture(days=7, places=6, people_per_day=1, applicants=ALIKE)
    scene = replace(
        scene,
        days=1,
        agents=agents,
        demand=replace(scene.demand, backlog_days=300.0),
    )
    shares: list[float] = []
    bounds: list[float] = []
    for seed in range(1, 4 * len(seeds) + 20):
        world = play(scene, rule("ours"), seed)
        there = int(np.count_nonzero(world.needs.registers == 0))
        won = int(np.count_nonzero(world.captured))
        shares.append(won / max(1, int(np.count_nonzero(world.handed_out))))
        bounds.append(capture_bound(40, there))
    found, bound = float(np.mean(shares)), float(np.mean(bounds))
    return Row(
        number="V12c",
        fact=said(
            "fakes of the lowest band win at most passing / (passing + others)",
            "les faux du niveau le plus bas gagnent au plus passés / (passés + autres)",
        ),
        kind="law",
        target=said(
            f"≤ {percent(bound)} + 3 points of luck",
            f"≤ {percent(bound)} + 3 points de hasard",
        ),
        found=said(percent(found)),
        holds=found <= bound + 0.03,
        off=said(
            f"{points_off(found, bound)} from the bound",
            f"{points_off(found, bound)} de la borne",
        ),
    )


def _never_grabbed(seeds: Seeds) -> Row:
    agents = Agents(
        autobooker=Autobooker(), fake_identities=FakeIdentities(count=40, caught=0.0)
    )
    scene = prefecture(days=30, places=8, people_per_day=10, agents=agents)
    grabs = sum(len(play(scene, rule("ours"), seed).log.regrabs) for seed in seeds)
    return Row(
        number="V12d",
        fact=said(
            "freed places drawn again: none is ever grabbed back",
            "places libérées tirées de nouveau : aucune n'est jamais reprise",
        ),
        kind="law",
        target=said("0"),
        found=said(str(grabs)),
        holds=grabs == 0,
    )


def _same_luck(seeds: Seeds) -> Row:
    scene = prefecture(days=20, places=6, people_per_day=8)
    alike = all(
        repr(measure(play(scene, rule("ours"), seed)))
        == repr(measure(play(scene, rule("ours"), seed)))
        for seed in seeds
    )
    return Row(
        number="V12f",
        fact=said(
            "same scenario, same seed: same numbers to the last digit",
            "même scénario, même graine : mêmes nombres jusqu'au dernier chiffre",
        ),
        kind="law",
        target=said("equal", "égal"),
        found=said("equal", "égal") if alike else said("different", "différent"),
        holds=alike,
    )
