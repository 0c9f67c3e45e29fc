"""What every command shares: the servers it works on, and one line when it cannot."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import Final, NoReturn

import typer

from service.settings import Profile, Settings, SettingsError, load_settings

AWAY: Final = (
    "the database does not answer, or is full: look at it, then give the same command "
    "again"
)


@contextmanager
def reached() -> Generator[Settings]:
    """The servers of the program that runs, or our own for as long as this takes."""
    from sqlalchemy.exc import OperationalError

    from service.observability import configure_logging
    from service.supervisor.child import StartError
    from service.supervisor.prepare import prepare
    from service.supervisor.reach import reachable
    from service.usecases.errors import StorageAwayError

    try:
        with reachable(load_settings()) as settings:
            configure_logging(settings)  # to standard error: answers stay alone
            if settings.profile is Profile.DEMONSTRATION:
                prepare(settings)
            yield settings
    except (StartError, SettingsError) as error:
        refuse(error)
    except (StorageAwayError, OperationalError):
        refuse_all([AWAY])
    except ExceptionGroup as failed:
        if failed.split(StorageAwayError)[1] is not None:
            raise
        refuse_all([AWAY])


def note(sentence: str) -> None:
    """Say something beside the answer, on standard error."""
    typer.echo(sentence, err=True)


def refuse(error: Exception) -> NoReturn:
    """End with status 2 and one line."""
    refuse_all([str(error).replace("\n", " ")])


def refuse_all(lines: Iterable[str]) -> NoReturn:
    """End with status 2 and one line a fault."""
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(2)
