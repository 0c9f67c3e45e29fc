"""The operator's commands: open a prefecture, and its agents' accounts."""

import asyncio
import json
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import typer

from service.terminal import note, reached, refuse, refuse_all

Json = Annotated[bool, typer.Option("--json", help="Print for a machine.")]
Login = Annotated[str, typer.Argument(help="What the agent types to sign in.")]
Stdin = Annotated[
    bool,
    typer.Option("--password-stdin", help="Read the password from standard input."),
]
LONGEST_LINE: Final = 1_000

prefecture = typer.Typer(
    name="prefecture", no_args_is_help=True, help="Open or change a prefecture."
)
agent = typer.Typer(
    name="agent", no_args_is_help=True, help="Open and close agents' accounts."
)
Done = TypeVar("Done")


@prefecture.command("set")
def set_(
    file: Annotated[Path, typer.Argument(help="See service/prefecture.example.toml.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change; change nothing.")
    ] = False,
    another: Annotated[
        bool, typer.Option("--another", help="Open a second prefecture here.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Set a prefecture, its sites and its ruleset as a file states them.

    What is new is added and what differs is changed, in one transaction; what the file
    leaves out is told and stays. Twice is the same as once.
    """
    from service.operating import said_of, set_from
    from service.prefecture_file import PrefectureFileError, load_prefecture_file

    try:
        stated = load_prefecture_file(file)
    except PrefectureFileError as error:
        refuse_all(f"{file.name}: {fault}" for fault in error.faults)
    with reached() as settings:
        found = _done(
            set_from(settings, stated, is_another=another, is_dry_run=dry_run)
        )
    if as_json:
        typer.echo(json.dumps([one.to_json() for one in found], ensure_ascii=False))
        return
    for line in said_of(stated.code, found, is_dry_run=dry_run):
        typer.echo(line)


@agent.command()
def add(
    login: Login,
    prefecture_code: Annotated[
        str, typer.Option("--prefecture", help="Code of the prefecture.")
    ],
    name: Annotated[str, typer.Option(help="The name that colleagues read.")],
    password_stdin: Stdin = False,
) -> None:
    """Open an account; the password is asked for twice, and never shown."""
    from service.operating import add_account

    password = _password(from_stdin=password_stdin)
    with reached() as settings:
        account = _done(
            add_account(
                settings,
                login=login,
                prefecture=prefecture_code,
                name=name,
                password=password,
            )
        )
    typer.echo(f"{account.login} can sign in at {settings.address}/agents")


@agent.command()
def close(login: Login) -> None:
    """Close an account: nobody signs in with it again, and its sessions end."""
    from service.operating import close_account

    with reached() as settings:
        was_open = _done(close_account(settings, login))
    typer.echo("closed; its sessions are over" if was_open else "closed already")


@agent.command()
def password(login: Login, password_stdin: Stdin = False) -> None:
    """Give an agent another password; sessions end, wrong tries are forgotten."""
    from service.operating import give_password

    given = _password(from_stdin=password_stdin)
    with reached() as settings:
        _done(give_password(settings, login, given))
    typer.echo("changed; sessions of this agent are over")


@agent.command("forget-phone")
def forget_phone(login: Login) -> None:
    """Remove a lost second factor: sessions end, the next sign-in enrols another.

    Whoever has the password enrols it: if it may be known, give another one first.
    """
    from service.operating import forget_phone_of

    with reached() as settings:
        was_enrolled = _done(forget_phone_of(settings, login))
    typer.echo(
        "forgotten; sessions are over, the next sign-in enrols another"
        if was_enrolled
        else "no second factor is enrolled"
    )


@agent.command("list")
def list_(
    prefecture_code: Annotated[
        str | None, typer.Option("--prefecture", help="Only this one's.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List accounts, closed ones included, and who has a second factor."""
    from service.operating import accounts_of

    with reached() as settings:
        found = _done(accounts_of(settings, prefecture_code))
    if as_json:
        rows = [
            {
                "login": one.login,
                "prefecture": one.prefecture,
                "name": one.name,
                "active": one.active,
                "second_factor_since": one.enrolled_at and one.enrolled_at.isoformat(),
            }
            for one in found
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    for one in found:
        state = "open" if one.active else "closed"
        factor = "two factors" if one.enrolled_at else "not enrolled"
        typer.echo(f"{one.prefecture}\t{one.login}\t{state}\t{factor}\t{one.name}")
    if not found:
        note("no account")


def _done(work: Coroutine[Any, Any, Done]) -> Done:
    """Run an act; a refusal is one line that says what to mend."""
    from service.domain.help_errors import WeakPasswordError
    from service.domain.operator_errors import OperatorError

    try:
        return asyncio.run(work)
    except (OperatorError, WeakPasswordError) as error:
        refuse(error)


def _password(*, from_stdin: bool) -> str:
    """Take a password where neither the shell's history nor a list of programs sees it.

    One line of standard input, its line end left out; a space at either end counts.
    """
    if from_stdin:
        line = sys.stdin.buffer.readline(LONGEST_LINE).rstrip(b"\r\n")
        try:
            return line.decode()
        except UnicodeDecodeError:
            refuse_all(["the password is not UTF-8"])
    if not sys.stdin.isatty():
        refuse_all(["no terminal to ask at: give the password with --password-stdin"])
    asked: str = typer.prompt(
        "Password", hide_input=True, confirmation_prompt=True, err=True
    )
    return asked
