"""Tables for a terminal."""

from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.table import Table

from simulation.comparison import Comparison
from simulation.mechanisms.registry import rule
from simulation.mechanisms.rule import Rule
from simulation.metrics.catalogue import CAPTURE, LOST_DAYS, Metric, metrics_of, shown
from simulation.metrics.measure import Measures
from simulation.metrics.traps import GINI_TRAP, trap_of
from simulation.metrics.waits import GROUPS
from simulation.report.cited import short
from simulation.report.expected import expected
from simulation.scenarios.model import Scenario, Words
from simulation.validation.reasons import REASONS
from simulation.validation.row import Row

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


def print_traps(families: Mapping[str, Words]) -> None:
    """Print each number, or the beginning of its name, with its trap."""
    table = Table("Number", "Not to be taken for", title="Measures", box=None)
    for name, trap in families.items():
        table.add_row(name, trap.en)
    table.add_row("wait_…_gini", GINI_TRAP.en)
    Console().print(table)


def print_run(once: Comparison) -> None:
    """Print what one seed did under each rule, then waits by band."""
    console, scenario, (seed,) = Console(), once.scenario, once.seeds
    measures = {slug: each for slug, (each,) in once.measures.items()}
    console.print(f"[bold]{scenario.title.en}[/bold] ({scenario.code}, seed {seed})")
    table = Table("", *(rule(slug).en for slug in measures), box=None)
    for metric in metrics_of(scenario):
        cells = [shown(each[metric.key], metric.unit) for each in measures.values()]
        table.add_row(metric.en, *cells)
    console.print(table)
    _print_metric_traps(console, metrics_of(scenario))
    console.print(_waits(measures))
    console.print(f"[dim]Waits: {trap_of('wait_later_p50').en}[/dim]")
    _print_expected(console, once)
    console.print(f"Limits: {scenario.limits.en}")
    console.print("One seed shows one luck: use compare for intervals.")


def _waits(measures: dict[str, Measures]) -> Table:
    table = Table(
        "Wait in days, half / 9 in 10 / 19 in 20 / longest",
        *(rule(slug).en for slug in measures),
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


def print_comparison(found: Comparison) -> None:
    """Print means with 95 % intervals, and the trap beside each number."""
    console = Console()
    count = len(found.seeds)
    console.print(f"[bold]{found.scenario.title.en}[/bold] ({found.scenario.code})")
    console.print(f"95 % intervals over {count} paired seeds: luck, not assumptions.")
    if count < 30:
        console.print("Fewer than 30 seeds: provisional.")
    table = Table("", *(rule(slug).en for slug in found.measures), box=None)
    for metric in metrics_of(found.scenario):
        cells = [_ranged(found, slug, metric) for slug in found.measures]
        table.add_row(metric.en, *cells)
    console.print(table)
    _print_metric_traps(console, metrics_of(found.scenario))
    _print_expected(console, found)
    console.print(f"Limits: {found.scenario.limits.en}")


def _print_expected(console: Console, found: Comparison) -> None:
    console.print(f"Expected: {found.scenario.expected.en}")
    said = expected(found, "en")
    if not said.lines:
        return
    table = Table("Expected of this episode", "Found", "", box=None)
    for each in said.lines:
        table.add_row(each.text, each.found, each.verdict)
    console.print(table)
    console.print(said.summary)
    cause = found.scenario.cause
    if cause is not None:
        how = " --without-cause plays it without." if cause.changes else ""
        console.print(f"{said.cause}{how}")


def _print_metric_traps(console: Console, metrics: Iterable[Metric]) -> None:
    """Print what each number of a table must not be taken for."""
    for metric in metrics:
        console.print(f"[dim]{metric.en}: {metric.trap_en}[/dim]")


def _ranged(found: Comparison, slug: str, metric: Metric) -> str:
    each = found.interval(slug, metric.key)
    text = shown(each.mean, metric.unit)
    if each.seeds < 2:
        return text
    low, high = (shown(value, metric.unit) for value in (each.low, each.high))
    return f"{text}\n[dim]{low} to {high}[/dim]"


def print_sweep(parameter: str, found: Mapping[str, Comparison]) -> None:
    """Print the main numbers for each value of one parameter."""
    shown_ = (CAPTURE, LOST_DAYS)
    slugs = list(next(iter(found.values())).measures)
    heads = [f"{rule(slug).en}: {metric.en}" for metric in shown_ for slug in slugs]
    table = Table(parameter, *heads, box=None)
    for value, each in found.items():
        cells = [_ranged(each, slug, metric) for metric in shown_ for slug in slugs]
        table.add_row(value, *cells)
    console = Console()
    console.print(table)
    _print_metric_traps(console, shown_)


def print_validation(rows: list[Row]) -> None:
    """Print the table of facts; a miss is printed as a miss, with its reason."""
    heads = ("", "Fact", "Kind", "Target", "Found", "How far off", "")
    table = Table(*heads, box=None)
    for row in rows:
        verdict = "holds" if row.holds else "[bold]MISS[/bold]"
        table.add_row(
            row.number,
            _with_sources(row),
            row.kind,
            row.target.en,
            row.found.en,
            row.off.en,
            verdict,
        )
    console = Console()
    console.print(table)
    missed = [row for row in rows if not row.holds]
    held = len(rows) - len(missed)
    console.print(f"{held} of {len(rows)} hold, {len(missed)} missed.")
    console.print("Only V2, V7a and V7b were fitted; V1, V5a and V6 are inputs.")
    for row in missed:
        if row.number in REASONS:
            console.print(f"{row.number}: {REASONS[row.number].en}")


def _with_sources(row: Row) -> str:
    named = ", ".join(short(key, "en") for key in row.cites)
    return f"{row.fact.en} [dim]({named})[/dim]" if named else row.fact.en
