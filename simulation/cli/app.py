"""The commands; each one reads, plays, prints."""

import json
from typing import Annotated

import typer

from simulation.cli.tables import print_catalogue, print_rules, print_run
from simulation.cli.watching import playing
from simulation.comparison import play_seed
from simulation.mechanisms.registry import RULES, rule
from simulation.scenarios.loader import catalogue, digest, load

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="The laboratory: real attacks replayed against rules.",
)

Name = Annotated[str, typer.Argument(help="Name in the catalogue, or a .toml file.")]
Seed = Annotated[int, typer.Option(min=0, help="The luck of the run.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
RuleNames = Annotated[
    list[str] | None, typer.Option("--rule", help="A rule to play; may be repeated.")
]


@app.command("list")
def list_(json_: AsJson = False) -> None:
    """List the scenarios and the rules."""
    scenarios = catalogue()
    if json_:
        found = {
            "scenarios": [
                {"id": s.id, "code": s.code, "title": s.title.en}
                for s in scenarios.values()
            ],
            "rules": [{"slug": r.slug, "title": r.en} for r in RULES.values()],
        }
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    print_catalogue(scenarios)
    print_rules(RULES)


@app.command()
def run(
    scenario: Name,
    seed: Seed = 1,
    rules: RuleNames = None,
    json_: AsJson = False,
) -> None:
    """Replay one scenario with one seed through rules, and say what happened."""
    chosen = load(scenario)
    slugs = tuple(rule(slug).slug for slug in rules or chosen.rules)
    with playing(chosen, slugs, 1, quiet=json_) as progress:
        measures = play_seed(chosen, slugs, seed, progress)
    if json_:
        found = {
            "scenario": chosen.id,
            "digest": digest(chosen),
            "seed": seed,
            "rules": {slug: _clean(each) for slug, each in measures.items()},
        }
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True))
        return
    print_run(chosen, seed, measures)


def _clean(measures: dict[str, float]) -> dict[str, float | None]:
    """JSON knows no "not a number": nothing to measure is null."""
    return {key: None if value != value else value for key, value in measures.items()}
