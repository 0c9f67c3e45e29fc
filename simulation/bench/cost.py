"""How long the promised figures take to measure, said before they are."""

from dataclasses import replace
from typing import Final

from simulation.bench.figures import (
    EIGHT,
    NATION,
    NIGHTS,
    PEOPLE,
    ROUNDS,
    catalogue_pieces,
)
from simulation.estimate import here_s, usual_s
from simulation.scenarios.loader import load
from simulation.scenarios.scaling import scaled

MESA_S: Final = 23.0
"""Processor seconds of a year of Isère both ways, on 26 November 2026."""

YEARS: Final = 2
"""How often the year of Isère is played: alone, and together."""

BOTH: Final = ("first-click", "ours")


def bench_s(
    seeds: int,
    *,
    mesa: bool = True,
    growing: bool = True,
    national: bool = False,
    share: float = 1.0,
) -> float:
    """Return the seconds that ``bench`` is expected to take here.

    Args:
        seeds: Of the catalogue, which two processes play.
        mesa: Whether the year with Mesa is measured.
        growing: Whether larger and longer years are.
        national: Whether they grow up to the nation.
        share: Size; below 1 the promised year and the growth are left out.
    """
    pieces = [work[0] for _, work in catalogue_pieces(1, share)]
    found = seeds * sum(usual_s(each, EIGHT, 1) for each in pieces) / 2
    if mesa:
        found += ROUNDS * MESA_S * share
    if share == 1:
        found += YEARS * usual_s(load("S01"), BOTH, 1)
        found += _growth_s(national=national) if growing else 0.0
    return here_s(found)


def _growth_s(*, national: bool) -> float:
    isere = load("S01")
    shares = (*PEOPLE, *(NATION if national else ()))
    sizes = [scaled(isere, share) for share in shares]
    longer = [replace(scaled(isere, 0.5), days=days) for days in NIGHTS]
    return sum(usual_s(each, BOTH, 1) for each in (*sizes, *longer))


def smaller_bench(share: float) -> str:
    """Say how to measure less."""
    return (
        "leave out --full or --national, or try a smaller size, of which nothing is "
        f"promised: --scale {share:.2g}"
    )
