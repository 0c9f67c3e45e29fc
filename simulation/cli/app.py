"""The commands; each one reads, plays, prints."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from simulation.cli import tables
from simulation.cli.bench import bench, machine
from simulation.cli.options import (
    AsJson,
    Changes,
    FirstSeed,
    Force,
    Name,
    Out,
    RuleNames,
    Scale,
    Seed,
    Seeds,
    Workers,
    chosen,
    chosen_rules,
    chosen_seeds,
    language_of,
    numbers_of,
)
from simulation.cli.watching import counting, estimate_s, playing, refuse_hours
from simulation.comparison import Comparison, compare, play_seed
from simulation.mechanisms.registry import RULES
from simulation.metrics.measure import Measures
from simulation.report.page import html
from simulation.scenarios.loader import catalogue, digest
from simulation.sweep.points import sweep_points
from simulation.validation.table import CHECKS, validate

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="The laboratory: real attacks replayed against rules.",
)


@app.command("list")
def list_(json_: AsJson = False) -> None:
    """List the scenarios and the rules."""
    scenarios = catalogue()
    if json_:
        _print(
            {
                "scenarios": [
                    {"id": s.id, "code": s.code, "title": asdict(s.title)}
                    for s in scenarios.values()
                ],
                "rules": [
                    {"slug": r.slug, "title": {"fr": r.fr, "en": r.en}}
                    for r in RULES.values()
                ],
            }
        )
        return
    tables.print_catalogue(scenarios)
    tables.print_rules(RULES)


@app.command()
def run(
    scenario: Name,
    seed: Seed = 1,
    rules: RuleNames = None,
    changes: Changes = None,
    scale: Scale = 1.0,
    json_: AsJson = False,
) -> None:
    """Replay one scenario with one seed through rules, and say what happened."""
    episode = chosen(scenario, changes, scale)
    slugs = chosen_rules(episode, rules)
    with playing(episode, slugs, quiet=json_) as progress:
        measures = play_seed(episode, slugs, seed, progress)
    if not json_:
        tables.print_run(episode, seed, measures)
        return
    found = {slug: _clean(each) for slug, each in measures.items()}
    _print(
        {
            "scenario": episode.id,
            "digest": digest(episode),
            "seed": seed,
            "rules": found,
        }
    )


@app.command("compare")
def compare_(
    scenario: Name,
    seeds: Seeds = 30,
    first_seed: FirstSeed = 1,
    rules: RuleNames = None,
    changes: Changes = None,
    scale: Scale = 1.0,
    workers: Workers = 2,
    out: Out = None,
    json_: AsJson = False,
    force: Force = False,
) -> None:
    """Play rules over paired seeds; print means with 95 % intervals."""
    episode = chosen(scenario, changes, scale)
    slugs = chosen_rules(episode, rules)
    refuse_hours(estimate_s(episode, slugs, seeds) / workers, force=force)
    with counting(f"{episode.id}", len(slugs) * seeds, quiet=json_) as done:
        found = compare(
            episode,
            slugs,
            chosen_seeds(first_seed, seeds),
            workers=workers,
            keep=out,
            on_done=done,
        )
    if json_:
        _print(as_data(found))
    else:
        tables.print_comparison(found)


@app.command()
def sweep(
    scenario: Name,
    parameter: Annotated[str, typer.Option(help="Its name, e.g. demand.factor.")],
    values: Annotated[str, typer.Option(help="Values to try, e.g. 0.9,1.0,1.1.")],
    seeds: Seeds = 5,
    rules: RuleNames = None,
    scale: Scale = 1.0,
    workers: Workers = 2,
    out: Out = None,
    json_: AsJson = False,
    force: Force = False,
) -> None:
    """Move one number over several values; a cut sweep resumes from --out."""
    episode = chosen(scenario, None, scale)
    slugs = chosen_rules(episode, rules)
    tries = numbers_of(values)
    total = estimate_s(episode, slugs, seeds) * len(tries) / workers
    refuse_hours(total, force=force)
    jobs = len(slugs) * seeds * len(tries)
    with counting(f"{episode.id}: {parameter}", jobs, quiet=json_) as done:
        found = sweep_points(
            episode,
            parameter,
            tries,
            slugs,
            chosen_seeds(1, seeds),
            workers=workers,
            keep=out,
            on_done=done,
        )
    if json_:
        _print({value: as_data(each) for value, each in found.items()})
    else:
        tables.print_sweep(parameter, found)


@app.command("validate")
def validate_(seeds: Seeds = 5, json_: AsJson = False) -> None:
    """Hold the laboratory against known facts; a miss is shown as a miss."""
    with counting("checks", len(CHECKS), quiet=json_) as done:
        rows = validate(chosen_seeds(1, seeds), done)
    if json_:
        _print([asdict(row) for row in rows])
    else:
        tables.print_validation(rows)


@app.command("bench")
def bench_(
    national: Annotated[bool, typer.Option(help="Also 1.2 million visits.")] = False,
    json_: AsJson = False,
) -> None:
    """Measure the laboratory on this machine."""
    lines = bench(national=national)
    if json_:
        _print({"machine": machine(), "lines": [asdict(line) for line in lines]})
        return
    for line in lines:
        spent = f"{line.seconds:8.2f} s {line.cpu_s:8.2f} s of processor"
        typer.echo(f"{spent} {line.peak_mb:6.0f} MB peak  {line.what}")
    typer.echo(machine())


@app.command()
def report(
    scenario: Name,
    out: Annotated[Path, typer.Option(help="The page to write.")],
    seeds: Annotated[int, typer.Option(min=5, max=1000)] = 30,
    rules: RuleNames = None,
    changes: Changes = None,
    scale: Scale = 1.0,
    language: Annotated[str, typer.Option(help="fr or en.")] = "fr",
    workers: Workers = 2,
    keep: Annotated[Path | None, typer.Option(help="File of results.")] = None,
    force: Force = False,
) -> None:
    """Write one self-contained HTML page about a comparison."""
    tongue = language_of(language)
    episode = chosen(scenario, changes, scale)
    slugs = chosen_rules(episode, rules)
    refuse_hours(estimate_s(episode, slugs, seeds) / workers, force=force)
    with counting(episode.id, len(slugs) * seeds, quiet=False) as done:
        found = compare(
            episode,
            slugs,
            chosen_seeds(1, seeds),
            workers=workers,
            keep=keep,
            on_done=done,
        )
    command = ["python", "-m", "simulation", "report", scenario]
    command += ["--seeds", str(seeds), "--out", out.name, "--language", tongue]
    command += [word for slug in rules or [] for word in ("--rule", slug)]
    command += [word for change in changes or [] for word in ("--set", change)]
    command += [] if scale == 1 else ["--scale", f"{scale:g}"]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(html(found, tongue, command), "utf-8")
    typer.echo(f"{out}: {seeds} paired seeds, {len(slugs)} rules")


def as_data(found: Comparison) -> dict[str, object]:
    """Return a comparison as plain data: means, intervals, every seed."""
    first = next(iter(found.measures))
    return {
        "scenario": found.scenario.id,
        "digest": digest(found.scenario),
        "seeds": list(found.seeds),
        "rules": {
            slug: {
                "intervals": {
                    key: asdict(found.interval(slug, key)) for key in measures[0]
                },
                f"difference_from_{first}": {
                    key: asdict(found.difference(first, slug, key))
                    for key in measures[0]
                },
                "by_seed": [_clean(each) for each in measures],
            }
            for slug, measures in found.measures.items()
        },
    }


def _print(found: object) -> None:
    typer.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2, sort_keys=True))


def _clean(measures: Measures) -> dict[str, float | None]:
    """JSON knows no "not a number": nothing to measure is null."""
    return {key: None if value != value else value for key, value in measures.items()}


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}  # pyright: ignore
    if isinstance(value, list):
        return [_plain(each) for each in value]  # pyright: ignore
    if isinstance(value, float) and value != value:
        return None
    return value
