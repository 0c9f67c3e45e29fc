"""Tables for a terminal."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from simulation.mechanisms.registry import RULES
from simulation.mechanisms.rule import Rule
from simulation.metrics.catalogue import METRICS, shown
from simulation.metrics.measure import Measures
from simulation.metrics.waits import GROUPS
from simulation.scenarios.model import Scenario

GROUP_WORDS = {
    "very_soon": "ends within 14 days",
    "soon": "ends within 45 days",
    "lost": "already lost",
    "later": "ends later",
    "no_date": "no date",
}


def print_catalogue(scenarios: Mapping[str, Scenario]) -> None:
    """Print the scenarios: code, name, title."""
    table = Table("Code", "Scenario", "What happened", title="Scenarios", box=None)
    for each in scenarios.values():
        table.add_row(each.code, each.id, each.title.en)
    Console().print(table)


def print_rules(rules: Mapping[str, Rule]) -> None:
    """Print the rules by name."""
    table = Table("Rule", "What it is", title="Rules", box=None)
    for each in rules.values():
        table.add_row(each.slug, each.en)
    Console().print(table)


def print_run(scenario: Scenario, seed: int, measures: dict[str, Measures]) -> None:
    """Print what one seed did under each rule, then waits by band."""
    console = Console()
    console.print(f"[bold]{scenario.title.en}[/bold] ({scenario.code}, seed {seed})")
    table = Table("", *(RULES[slug].en for slug in measures), box=None)
    for metric in METRICS:
        cells = [shown(each[metric.key], metric.unit) for each in measures.values()]
        table.add_row(metric.en, *cells)
    console.print(table)
    console.print(_waits(measures))
    console.print(f"Expected: {scenario.expected.en}")
    console.print(f"Limits: {scenario.limits.en}")
    console.print("One seed shows one luck: use compare for intervals.")


def _waits(measures: dict[str, Measures]) -> Table:
    table = Table(
        "Wait in days, half / 9 in 10 / 19 in 20 / longest",
        *(RULES[slug].en for slug in measures),
        box=None,
    )
    for group in GROUPS:
        table.add_row(
            GROUP_WORDS[group], *(_wait(each, group) for each in measures.values())
        )
    return table


def _wait(measures: Measures, group: str) -> str:
    parts = [measures[f"wait_{group}_{part}"] for part in ("p50", "p90", "p95", "max")]
    if parts[0] != parts[0]:
        return "–"
    unserved = int(measures[f"wait_{group}_unserved"])
    least = f" ({unserved} still wait)" if unserved else ""
    return " / ".join(f"{part:.0f}" for part in parts) + least
