"""The commands; each one reads, plays, prints."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from service.domain.ruleset import DEFAULT_RULESET
from simulation.cli import tables
from simulation.cli.base import app
from simulation.cli.data import print_json, write_json
from simulation.cli.history_table import replay_history
from simulation.cli.matrix_table import print_matrix
from simulation.cli.options import (
    AsJson,
    Changes,
    FirstSeed,
    Force,
    History,
    JsonOut,
    Name,
    OptionalName,
    Out,
    Own,
    RuleNames,
    RulesetFile,
    Scale,
    Scheduler,
    Seed,
    Seeds,
    WithoutCause,
    Workers,
    chosen,
    chosen_own,
    chosen_rules,
    chosen_seeds,
    language_of,
    numbers_of,
    tell_what_is_not_played,
)
from simulation.cli.watching import begin, counting, playing
from simulation.comparison import compare, comparison_s, jobs_of, play_once
from simulation.engine.rulesets import read_ruleset
from simulation.estimate import by_seeds
from simulation.mechanisms.registry import RULES
from simulation.metrics.traps import FAMILIES
from simulation.plain import as_data, clean, expected_data, traps_of
from simulation.references import as_markdown
from simulation.report.validation import validation_page
from simulation.scenarios.loader import catalogue, digest
from simulation.sweep.asked import left_s
from simulation.sweep.machines import Machines
from simulation.sweep.points import jobs_at, sweep_points
from simulation.validation.attacks import ATTACKS
from simulation.validation.cost import validate_s
from simulation.validation.matrix import matrix
from simulation.validation.table import CHECKS, validate


@app.command("references")
def references_() -> None:
    """Print every source in full, in both languages, as Markdown."""
    typer.echo(as_markdown(), nl=False)


@app.command("list")
def list_(
    metrics: Annotated[
        bool, typer.Option(help="List the numbers instead, each with its trap.")
    ] = False,
    json_: AsJson = False,
) -> None:
    """List the scenarios and the rules."""
    scenarios = catalogue()
    if metrics:
        if json_:
            print_json({name: asdict(trap) for name, trap in FAMILIES.items()})
        else:
            tables.print_traps(FAMILIES)
        return
    if json_:
        print_json(
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
    scenario: OptionalName = "",
    *,
    seed: Seed = 1,
    rules: RuleNames = None,
    changes: Changes = None,
    scale: Scale = 1.0,
    causeless: WithoutCause = False,
    own: Own = None,
    ruleset: RulesetFile = None,
    history: History = None,
    out: JsonOut = None,
    json_: AsJson = False,
    force: Force = False,
) -> None:
    """Replay one scenario with one seed through rules, and say what happened.

    With --history, replay a prefecture's published nights instead, as they were
    and under --ruleset (the default one if none is given).
    """
    published = DEFAULT_RULESET if ruleset is None else read_ruleset(ruleset)
    if history is not None:
        replay_history(history, published, json_=json_, out=out, force=force)
        return
    episode = chosen(scenario, changes, scale, causeless=causeless)
    mine = chosen_own(episode, own)
    slugs = chosen_rules(episode, rules, mine)
    asked = None if ruleset is None else published
    tell_what_is_not_played(published)
    begin(comparison_s(episode, slugs, 1), force=force)
    with playing(episode, slugs, quiet=json_) as progress:
        once = play_once(episode, slugs, seed, progress, ruleset=asked, own=mine)
    found: dict[str, object] = {
        "scenario": episode.id,
        "digest": digest(episode),
        "seed": seed,
        "rules": {slug: clean(each) for slug, (each,) in once.measures.items()},
        "traps": traps_of(next(iter(once.measures.values()))[0]),
        **expected_data(once),
    }
    if out is not None:
        write_json(out, found)
    if json_:
        print_json(found)
    else:
        tables.print_run(once)


@app.command("compare")
def compare_(
    scenario: Name,
    *,
    seeds: Seeds = 30,
    first_seed: FirstSeed = 1,
    rules: RuleNames = None,
    changes: Changes = None,
    own: Own = None,
    scale: Scale = 1.0,
    causeless: WithoutCause = False,
    workers: Workers = 2,
    scheduler: Scheduler = "",
    out: Out = None,
    json_: AsJson = False,
    force: Force = False,
) -> None:
    """Play rules over paired seeds; print means with 95 % intervals."""
    episode = chosen(scenario, changes, scale, causeless=causeless)
    mine = chosen_own(episode, own)
    slugs = chosen_rules(episode, rules, mine)
    luck = chosen_seeds(first_seed, seeds)
    jobs = jobs_of(episode, slugs, luck, own=mine, causeless=True)
    begin(left_s(jobs, out) / workers, force=force, keep=out)
    with counting(f"{episode.id}", len(jobs), quiet=json_) as done:
        found = compare(
            episode,
            slugs,
            luck,
            causeless=True,
            machines=Machines(workers, scheduler=scheduler),
            keep=out,
            on_done=done,
            own=mine,
        )
    if json_:
        print_json(as_data(found))
    else:
        tables.print_comparison(found)


@app.command()
def sweep(
    scenario: Name,
    *,
    parameter: Annotated[str, typer.Option(help="Its name, e.g. demand.factor.")],
    values: Annotated[str, typer.Option(help="Values to try, e.g. 0.9,1.0,1.1.")],
    seeds: Seeds = 5,
    rules: RuleNames = None,
    scale: Scale = 1.0,
    workers: Workers = 2,
    scheduler: Scheduler = "",
    out: Out = None,
    json_: AsJson = False,
    force: Force = False,
) -> None:
    """Move one number over several values; a cut sweep resumes from --out.

    Played on a Dask cluster of this machine, or of many with --scheduler; a worker
    that is killed loses nothing.
    """
    episode = chosen(scenario, None, scale)
    slugs = chosen_rules(episode, rules)
    tries = numbers_of(values)
    luck = chosen_seeds(1, seeds)
    jobs = jobs_at(episode, parameter, tries, slugs, luck)
    begin(left_s(jobs, out) / workers, force=force, keep=out)
    with counting(f"{episode.id}: {parameter}", len(jobs), quiet=json_) as done:
        found = sweep_points(
            episode,
            parameter,
            tries,
            slugs,
            luck,
            machines=Machines(workers, cluster=True, scheduler=scheduler),
            keep=out,
            on_done=done,
        )
    if json_:
        print_json({value: as_data(each) for value, each in found.items()})
    else:
        tables.print_sweep(parameter, found)


@app.command("validate")
def validate_(
    seeds: Seeds = 5,
    *,
    out: Annotated[Path | None, typer.Option(help="Write the page here.")] = None,
    language: Annotated[str, typer.Option(help="fr or en.")] = "fr",
    json_: AsJson = False,
    force: Force = False,
) -> None:
    """Hold the laboratory against known facts; a miss is shown as a miss."""
    tongue = language_of(language)
    begin(validate_s(seeds), force=force, smaller=by_seeds(seeds, "use --seeds 1"))
    with counting("checks", len(CHECKS) + len(ATTACKS), quiet=json_) as done:
        rows = validate(chosen_seeds(1, seeds), done)
        cells = matrix(1, on_done=done)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(validation_page(rows, seeds, tongue, cells), "utf-8")
    if json_:
        print_json(
            {
                "facts": [asdict(row) for row in rows],
                "matrix": [asdict(cell) | {"holds": cell.holds} for cell in cells],
            }
        )
    else:
        tables.print_validation(rows)
        print_matrix(cells)
