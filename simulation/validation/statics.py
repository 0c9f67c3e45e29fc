"""V10: the comparative statics of the AER paper, and brokers who act in a batch."""

from typing import Final

from simulation.comparison import compare
from simulation.engine.run import play
from simulation.mechanisms.registry import rule
from simulation.metrics.intervals import Interval
from simulation.scenarios.model import Scenario, Words
from simulation.validation.row import Row, points_off, said
from simulation.validation.scenes import brokered_cell, market_cell, registering_cell

Seeds = tuple[int, ...]
BATCH: Final = "plain-lottery"
CLICK: Final = "first-click"
PREMIUM: Final = "broker_premium"
WORTH_NOTHING: Final = 0.02
"""Two points: about the luck of 20 seeds with 3,000 people each, four times over."""

CELLS: Final = {
    CLICK: said("first come", "premier arrivé"),
    BATCH: said("batch", "par lot"),
}
"""The two systems of the AER paper, and the rules that stand for them."""


def comparative_statics(seeds: Seeds) -> list[Row]:
    """V10: profit only at first come and high demand; a broker is worth nothing else.

    In the paper's own batch nothing that a broker holds can reach a buyer, so that its
    two cells say nothing of the laboratory; V10e and V10f let brokers act there.
    """
    cells = [_cell(slug, high, seeds) for slug in CELLS for high in (True, False)]
    return [*cells, *(_brokers(high, seeds) for high in (True, False)), _worth(seeds)]


def _profits(scenario: Scenario, slug: str, seeds: Seeds) -> list[float]:
    logs = [play(scenario, rule(slug), seed).log for seed in seeds]
    return [log.revenue_eur - log.spent_eur for log in logs]


def _level(high: bool) -> Words:
    return said("high", "forte") if high else said("low", "faible")


def _spread(profits: list[float]) -> Words:
    least, most = min(profits), max(profits)
    return said(
        f"from {least:,.0f} to {most:,.0f} € in {len(profits)} seeds",
        f"de {least:,.0f} à {most:,.0f} € en {len(profits)} graines",
    )


def _cell(slug: str, high: bool, seeds: Seeds) -> Row:
    is_batch, pays = slug == BATCH, slug == CLICK and high
    scene = market_cell(high_demand=high, broker=is_batch)
    profits = _profits(scene, slug, seeds)
    cell, level = CELLS[slug], _level(high)
    held = said("; by construction", " ; par construction") if is_batch else said("")
    word = "> 0" if pays else "≤ 0"
    return Row(
        number="V10",
        cites=("aer-2021",),
        fact=said(
            f"AER 2021: {cell.en}, {level.en} demand{held.en}",
            f"AER 2021 : {cell.fr}, demande {level.fr}{held.fr}",
        ),
        kind="input" if is_batch else "predicted",
        target=said(
            f"sellers' profit {word}, every seed",
            f"gain des revendeurs {word}, à chaque graine",
        ),
        found=_spread(profits),
        holds=min(profits) > 0 if pays else max(profits) <= 0,
    )


def _brokers(high: bool, seeds: Seeds) -> Row:
    """V10e: names pass the check and some slip in at the guichet; does it pay?"""
    profits = _profits(brokered_cell(high_demand=high, slip=0.02), BATCH, seeds)
    lax = _spread(_profits(brokered_cell(high_demand=high, slip=0.2), BATCH, seeds))
    found, level = _spread(profits), _level(high)
    return Row(
        number="V10e",
        fact=said(
            f"beyond the paper: batch, {level.en} demand, brokers who go on with "
            "rented and false names, 2 % of whose places reach a buyer",
            f"plus loin que l'article : par lot, demande {level.fr}, des revendeurs "
            "qui continuent, avec des noms loués ou faux dont 2 % des places passent",
        ),
        kind="predicted",
        target=said(
            "sellers' profit ≤ 0, every seed",
            "gain des revendeurs ≤ 0, à chaque graine",
        ),
        found=said(
            f"{found.en}; if 20 % pass, {lax.en}",
            f"{found.fr} ; si 20 % passent, {lax.fr}",
        ),
        holds=max(profits) <= 0,
    )


def _worth(seeds: Seeds) -> Row:
    """V10f: whoever goes through a broker is served as often as alone."""
    many = tuple(range(1, 4 * len(seeds) + 9))
    batch = _premium(registering_cell(), BATCH, many)
    click = _premium(market_cell(high_demand=True, broker=False), CLICK, seeds)
    return Row(
        number="V10f",
        cites=("ipp-2021",),
        fact=said(
            "batch, high demand: rented names, false names, and brokers who register "
            "real clients in their own name: the chance is that of anyone",
            "par lot, demande forte : noms loués, faux noms, et revendeurs qui "
            "inscrivent de vrais clients sous leur nom : la chance est celle de tous",
        ),
        kind="predicted",
        target=said(
            "through a broker - alone: 0 ± 2 points",
            "par un revendeur - seul : 0 ± 2 points",
        ),
        found=said(
            f"{_points(batch)} in {len(many)} seeds; at first come {_points(click)}",
            f"{_points(batch)} en {len(many)} graines ; "
            f"au premier arrivé {_points(click)}",
        ),
        holds=abs(batch.mean) <= WORTH_NOTHING,
        off=said(points_off(batch.mean, 0.0)),
    )


def _premium(scenario: Scenario, slug: str, seeds: Seeds) -> Interval:
    return compare(scenario, (slug,), seeds).interval(slug, PREMIUM)


def _points(found: Interval) -> str:
    return f"{100 * found.mean:+.1f} points"
