"""The commands about one night: run it by hand, or give it up in public."""

import asyncio
import json
from datetime import datetime
from typing import Annotated

import typer

from service.terminal import note, reached, refuse, refuse_all

Prefecture = Annotated[str, typer.Option(help="Code of the prefecture.")]
Day = Annotated[datetime, typer.Option("--date", formats=["%Y-%m-%d"])]

night = typer.Typer(name="night")


@night.callback(invoke_without_command=True)
def run(
    context: typer.Context,
    prefecture: Annotated[
        str | None, typer.Option(help="Code of the prefecture.")
    ] = None,
    date_: Annotated[
        datetime | None,
        typer.Option(
            "--date",
            formats=["%Y-%m-%d"],
            help="Without it: the night under way, else the next one open.",
        ),
    ] = None,
    early: Annotated[
        bool,
        typer.Option(help="Demonstration only: freeze now, not at the hour planned."),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print for a machine.")
    ] = False,
) -> None:
    """Run one due night by hand; on a night that is done, nothing changes."""
    if context.invoked_subcommand is not None:
        return
    if prefecture is None:
        refuse_all(["which night? give --prefecture"])
    from service.nights import run_by_hand

    with reached() as settings:
        outcome = asyncio.run(
            run_by_hand(
                settings,
                prefecture=prefecture,
                held_on=date_.date() if date_ else None,
                early=early,
                say=note,
            )
        )
    if as_json:
        typer.echo(json.dumps(outcome.to_json(), ensure_ascii=False, sort_keys=True))
    else:
        typer.echo(outcome.sentence, err=outcome.exit_code != 0)
    raise typer.Exit(outcome.exit_code)


@night.command()
def annul(
    prefecture: Prefecture,
    date_: Day,
    reason: Annotated[
        str, typer.Option(help="Why, in French: everybody reads it. No names.")
    ],
) -> None:
    """Give up a stopped night in public; its people and places enter the next one.

    First try to mend it and 'tourderole resume': what is annulled stays so for ever,
    and everybody can read whether its luck was known.
    """
    from service.domain.operator_errors import OperatorError
    from service.watching import annul as give_up

    try:
        with reached() as settings:
            line = asyncio.run(
                give_up(
                    settings,
                    prefecture=prefecture,
                    held_on=date_.date(),
                    reason=reason,
                )
            )
    except OperatorError as error:
        refuse(error)
    typer.echo(line)
