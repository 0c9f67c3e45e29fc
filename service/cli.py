"""The command line: start the service, run a night, replay and verify a draw."""

import asyncio
import io
import json
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from service.night_commands import Day, night, transcript
from service.operator_commands import agent, prefecture
from service.settings import SettingsError
from service.terminal import reached, refuse

app = typer.Typer(
    name="tourderole",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A fair appointment queue: one registration, a public lottery each night.",
)

app.add_typer(prefecture)
app.add_typer(agent)
app.add_typer(night)
app.command()(transcript)

Json = Annotated[bool, typer.Option("--json", help="Print for a machine.")]


@app.command()
def up() -> None:
    """Start everything and stay until Ctrl-C."""
    from service.supervisor import run

    raise typer.Exit(run())


@app.command()
def migrate() -> None:
    """Bring the database to the current schema; twice is the same as once."""
    from service.supervisor.prepare import prepare

    with reached() as settings:
        prepare(settings)
    typer.echo("the schema is current")


@app.command()
def tick() -> None:
    """Do once whatever is due: plan, freeze, draw, publish, send."""
    from service.nights import tick_once

    with reached() as settings:
        done = asyncio.run(tick_once(settings))
    typer.echo(f"{done} steps done")


@app.command()
def forget(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be erased; erase nothing.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Erase personal data that has served its time; the worker does it by itself."""
    from service.nights import forget_once

    with reached() as settings:
        found = asyncio.run(forget_once(settings, is_dry_run=dry_run))
    if as_json:
        typer.echo(json.dumps(found, sort_keys=True))
        return
    verb = "would be erased" if dry_run else "erased"
    for table, count in sorted(found.items()):
        typer.echo(f"{table}: {count} {verb}")
    if not found:
        typer.echo(f"nothing {verb}")


@app.command()
def watch() -> None:
    """Say in words what a night needs somebody for, and what to do; 1 when it does."""
    from service.watching import watch as look

    with reached() as settings:
        lines, code = asyncio.run(look(settings))
    for line in lines:
        typer.echo(line, err=code != 0)
    raise typer.Exit(code)


@app.command()
def audit(
    known: Annotated[
        str | None,
        typer.Option(help="A head noted earlier (events:sha256, see /v1/audit-head)."),
    ] = None,
) -> None:
    """Redo the audit chain and every draw; 1 when an event or an offer does not hold.

    An offer comes from the draw of its night, a state from an act on record.
    """
    from service.watching import audit as redo
    from service.watching import read_head

    try:
        head = read_head(known) if known else None
    except ValueError:
        refuse(ValueError("--known is written events:sha256, as /v1/audit-head is"))
    with reached() as settings:
        lines, code = asyncio.run(redo(settings, head))
    for line in lines:
        typer.echo(line, err=code != 0)
    raise typer.Exit(code)


@app.command()
def resume(
    prefecture: Annotated[str, typer.Option(help="Code of the prefecture.")],
    date_: Day,
    found: Annotated[str, typer.Option(help="What was wrong and is mended now.")],
) -> None:
    """Let a night that a check stopped go on; the same check is made again."""
    from service.watching import resume as go_on

    with reached() as settings:
        line, code = asyncio.run(
            go_on(settings, prefecture=prefecture, held_on=date_.date(), found=found)
        )
    typer.echo(line, err=code != 0)
    raise typer.Exit(code)


@app.command()
def replay(
    file: Annotated[str, typer.Argument(help="A file, or - for stdin.")],
) -> None:
    """Redo a draw from its input, or from a full transcript; prints the result.

    1 when a transcript says another result; 'verify' checks all the rest of it.
    """
    from service.draw.canonical import RefusedInputError
    from service.draw.replay import replay_given
    from service.given import UnreadableFileError, memory_for, read_given

    try:
        text = read_given(file)
        with memory_for(len(text)):
            redone = replay_given(text)
    except (RefusedInputError, UnreadableFileError) as error:
        refuse(error)
    sys.stdout.buffer.write(redone.result)
    if redone.is_as_published is False:
        typer.echo("FAIL the transcript says another result than this one", err=True)
        raise typer.Exit(1)


@app.command()
def verify(
    files: Annotated[
        list[str],
        typer.Argument(help="A transcript, or - for stdin; several, or a folder."),
    ],
    mine: Annotated[
        str | None, typer.Option(help="Your own line of that night, to check too.")
    ] = None,
    acknowledged: Annotated[
        str | None, typer.Option(help="Your signed acknowledgement, to check too.")
    ] = None,
    kept: Annotated[
        str | None,
        typer.Option(help="Commitments that you received: a file, or a folder."),
    ] = None,
) -> None:
    """Check a published transcript; one line a check.

    Several, or a folder: each night, and that each one names the one before.
    """
    from service.checks import verify_file, verify_files
    from service.given import (
        UnreadableFileError,
        commitments,
        is_folder,
        memory_for,
        read_given,
        transcripts,
    )

    several = len(files) > 1 or is_folder(files[0])
    try:
        if several and not (mine is None and acknowledged is None):
            refuse(ValueError("--mine and --acknowledged go with one transcript"))
        if several:
            paths = transcripts(files)
            papers = [read_given(one) for one in commitments(kept)]
            with memory_for(sum(Path(path).stat().st_size for path in paths)):
                said = verify_files(
                    ((Path(p).name, read_given(p)) for p in paths),
                    kept=papers,
                    now_s=time.time(),
                )
        else:
            night = read_given(files[0])
            own = None if mine is None else read_given(mine)
            paper = None if acknowledged is None else read_given(acknowledged)
            papers = [read_given(one) for one in commitments(kept)]
            with memory_for(len(night) + len(own or b"") + len(paper or b"")):
                said = verify_file(night, mine=own, acknowledged=paper, kept=papers)
    except UnreadableFileError as error:
        refuse(error)
    lines, refusals, code = said
    for line in lines:
        typer.echo(line)
    for refusal in refusals:
        typer.echo(refusal, err=True)
    raise typer.Exit(code)


@app.command()
def paper(
    text: Annotated[
        str, typer.Argument(help="What its square says, or the whole address.")
    ],
    key: Annotated[
        list[str],
        typer.Option(help="A published key (64 hex digits, see /v1/keys); several."),
    ],
) -> None:
    """Check a scanned acknowledgement or convocation without asking anybody."""
    from service.paper_check import check_scanned

    try:
        keys = [bytes.fromhex(one) for one in key]
    except ValueError as error:
        refuse(error)
    lines, code = check_scanned(text, keys)
    for line in lines:
        typer.echo(line, err=code == 2)
    raise typer.Exit(code)


@app.command()
def openapi(
    path: Annotated[Path, typer.Argument(help="Where to write.")] = Path(
        "openapi/openapi.json"
    ),
) -> None:
    """Write the description of the HTTP interface."""
    from service.web import write_openapi

    write_openapi(path)
    typer.echo(f"written: {path}")


@app.command()
def bench(
    what: Annotated[str, typer.Argument(help="draw, night or start")] = "night",
    as_json: Json = False,
) -> None:
    """Measure, in this run and on this machine, the figures that we promise."""
    from service.bench import run

    raise typer.Exit(run(what, as_json=as_json))


def main() -> None:
    """Run the command line; a refusal is one line, never a stack of calls."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the terminal can write
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except SettingsError as error:
        refuse(error)


if __name__ == "__main__":
    main()
