"""The commands about one night: run it, give it up in public, write its transcript."""

import asyncio
import json
import os
import sys
from datetime import datetime
from pathlib import Path
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


def transcript(
    prefecture: Annotated[str, typer.Argument(help="Code of the prefecture.")],
    date_: Annotated[datetime, typer.Argument(metavar="DATE", formats=["%Y-%m-%d"])],
    full: Annotated[
        bool,
        typer.Option("--full", help="With every line, for a judge or an auditor."),
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="A new file, readable by you alone.")
    ] = None,
) -> None:
    """Write a published transcript, or with --full the whole; each time is audited."""
    from service.domain.operator_errors import OperatorError, OutputExistsError
    from service.watching import written_transcript

    try:
        if out is not None and out.exists():
            raise OutputExistsError(out.name)
        with reached() as settings:
            content = asyncio.run(
                written_transcript(
                    settings,
                    prefecture=prefecture,
                    held_on=date_.date(),
                    is_full=full,
                )
            )
    except OperatorError as error:
        refuse(error)
    if out is None:
        sys.stdout.buffer.write(content)
        return
    try:
        opened = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "wb") as file:
            file.write(content)
    except OSError as error:
        refuse_all([f"{out.name}: {error.strerror}"])
    note(f"written: {out}")
