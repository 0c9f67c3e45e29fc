"""The options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from service.domain.ruleset import Ruleset
from simulation.engine.rulesets import not_played, ruleset_of, tuned
from simulation.errors import LaboratoryError
from simulation.mechanisms.registry import OWN, rule
from simulation.report.numbers import Language
from simulation.scenarios.changes import with_changes
from simulation.scenarios.expected import without_cause
from simulation.scenarios.loader import check_whole, load
from simulation.scenarios.model import Scenario
from simulation.scenarios.scaling import scaled

Name = Annotated[str, typer.Argument(help="Name in the catalogue, or a .toml file.")]
OptionalName = Annotated[
    str, typer.Argument(help="Name in the catalogue, or a .toml file.")
]
RulesetFile = Annotated[
    Path | None,
    typer.Option("--ruleset", help="A ruleset file, as production loads it."),
]
History = Annotated[
    Path | None, typer.Option("--history", help="A transcript, or a folder of them.")
]
Seed = Annotated[int, typer.Option(min=0, help="The luck of the run.")]
Seeds = Annotated[int, typer.Option(min=1, max=1000, help="Paired repetitions.")]
FirstSeed = Annotated[int, typer.Option(min=0, help="The first seed; they follow on.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
RuleNames = Annotated[
    list[str] | None, typer.Option("--rule", help="A rule to play; may be repeated.")
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--set", help="Change one number, e.g. demand.factor=1.2; repeatable."
    ),
]
Own = Annotated[
    list[str] | None,
    typer.Option(
        "--own",
        help="Change one number of the ruleset, e.g. hold.percent=10, and play it "
        "beside the others as ours-own; repeatable.",
    ),
]
Scale = Annotated[
    float, typer.Option(min=0.001, max=100, help="Size: 0.1 is a tenth of the episode.")
]
WithoutCause = Annotated[
    bool,
    typer.Option("--without-cause", help="Take away what the episode names as cause."),
]
Workers = Annotated[int, typer.Option(min=1, max=256, help="Processes.")]
Scheduler = Annotated[
    str,
    typer.Option(help="A Dask scheduler, tcp://HOST:PORT: many machines play."),
]
Out = Annotated[
    Path | None,
    typer.Option(help="File of results; the same command again goes on where it was."),
]
JsonOut = Annotated[
    Path | None, typer.Option("--out", help="Write the results here, as JSON.")
]
Force = Annotated[bool, typer.Option(help="Run even if it takes hours.")]


def chosen(
    name: str,
    changes: list[str] | None,
    scale: float,
    *,
    causeless: bool = False,
) -> Scenario:
    """Read a scenario, apply the changes asked for, and its size.

    Without its cause when ``causeless``: before the other changes, which then hold.
    """
    if not name:
        raise LaboratoryError(
            "which scenario? `python -m simulation list` names them; "
            "or give --history FILE"
        )
    scenario = load(name)
    scenario = without_cause(scenario) if causeless else scenario
    scenario = with_changes(scenario, changes or [])
    check_whole(scenario)
    tell_what_is_not_played(ruleset_of(scenario))
    return scenario if scale == 1 else scaled(scenario, scale)


def tell_what_is_not_played(ruleset: Ruleset) -> None:
    """Say on standard error which numbers of a ruleset decide nothing here."""
    for each in not_played(ruleset):
        typer.echo(
            f"the ruleset says {each}: no scenario plays it, it acts after the draw "
            "or at an hour, and the scenarios count days",
            err=True,
        )


def chosen_rules(
    scenario: Scenario, names: list[str] | None, own: Ruleset | None = None
) -> tuple[str, ...]:
    """Return the rules asked for, or those of the scenario; with ours-own at the end.

    Raises:
        LaboratoryError: No such rule, or ours-own without a parameter of its own.
    """
    slugs = tuple(rule(slug).slug for slug in names or scenario.rules)
    if own is not None:
        return (*(slug for slug in slugs if slug != OWN.slug), OWN.slug)
    if OWN.slug in slugs:
        raise LaboratoryError(
            f"--rule {OWN.slug}: say what is its own with run, compare or report "
            "--own FIELD=VALUE, e.g. --own hold.percent=10"
        )
    return slugs


def chosen_own(scenario: Scenario, changes: list[str] | None) -> Ruleset | None:
    """Return the scenario's ruleset with the changes asked for, if any."""
    return tuned(ruleset_of(scenario), changes) if changes else None


def chosen_seeds(first: int, count: int) -> tuple[int, ...]:
    """Return ``count`` seeds from ``first`` on."""
    return tuple(range(first, first + count))


def language_of(name: str) -> Language:
    """Read a language of the report.

    Raises:
        LaboratoryError: Neither French nor English.
    """
    if name == "fr":
        return "fr"
    if name == "en":
        return "en"
    raise LaboratoryError(f"--language {name}: the report speaks fr or en")


def numbers_of(text: str) -> list[str]:
    """Read ``0.9,1.0,1.1``.

    Raises:
        LaboratoryError: Nothing to try.
    """
    found = [each.strip() for each in text.split(",") if each.strip()]
    if not found:
        raise LaboratoryError("--values: give some, e.g. --values 0.9,1.0,1.1")
    return found


def shares_of(text: str, option: str, *, most: float) -> list[float]:
    """Read ``0.9,1.1`` as numbers above 0.

    Raises:
        LaboratoryError: Not a number, or none that can be played.
    """
    found: list[float] = []
    for each in numbers_of(text):
        try:
            value = float(each)
        except ValueError:
            value = float("nan")
        if not 0 < value <= most:
            raise LaboratoryError(
                f"{option} {each}: numbers above 0 and up to {most:g} are expected, "
                f"e.g. {option} 0.5,0.75"
            )
        found.append(value)
    return found
