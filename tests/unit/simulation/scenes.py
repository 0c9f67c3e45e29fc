"""Small scenes for the tests: a prefecture that fits in a tenth of a second."""

from dataclasses import replace
from datetime import date

from simulation.agents.applicants import Applicants
from simulation.agents.registry import Agents
from simulation.scenarios.model import (
    Capacity,
    Demand,
    Motif,
    Scenario,
    Source,
    Words,
)

CALM = Applicants(
    excluded=0.0,
    gives_up=0.0,
    no_show=0.0,
    cancels=0.0,
    several=0.0,
    short_notice=1.0,
    tries_sigma=0.0,
    tries_per_week=14.0,
)
"""People who all behave alike: what a sheet of paper can follow."""


def small(
    *,
    days: int = 40,
    places: float = 10,
    people: int = 3650,
    dated: float = 0.0,
    backlog: float = 0.0,
    applicants: Applicants = CALM,
    agents: Agents | None = None,
    **more: object,
) -> Scenario:
    """Return a scenario of one motif; ten people a day for ten places."""
    words = Words(fr="essai", en="trial")
    scenario = Scenario(
        id="trial",
        code="T00",
        title=words,
        expected=words,
        limits=words,
        start=date(2024, 1, 1),
        days=days,
        sources=(
            Source(reference="assumption", fr="inventé", en="invented for a test"),
        ),
        capacity=Capacity(places_per_day=places, lead_days=(5, 14)),
        demand=Demand(
            people=people,
            visits=1.0,
            backlog_days=backlog,
            motifs=(Motif(slug="renouvellement", dated=dated),),
        ),
        applicants=applicants,
        agents=agents or Agents(),
    )
    return replace(scenario, **more)  # type: ignore[arg-type]


TINY = """
id = "tiny"
code = "T01"
start = 2024-03-15
days = 21
title = { fr = "Petit", en = "Small" }
expected = { fr = "Moins de captation.", en = "Less capture." }
limits = { fr = "Un essai.", en = "A trial." }
sources = [{ reference = "none", fr = "inventé", en = "invented" }]
capacity = { places_per_day = 4 }
demand = { people = 400, motifs = [{ slug = "renouvellement" }] }
"""
"""The smallest episode that a file can hold."""
