"""The database and Redis for one command, beside a running service or without it."""

import contextlib
from collections.abc import Generator

from service.adapters.embedded.errors import EmbeddedServerError
from service.adapters.embedded.postgres import EmbeddedPostgres
from service.adapters.embedded.valkey import EmbeddedValkey
from service.settings import Settings
from service.supervisor.child import StartError
from service.supervisor.home import claimed, read_running


@contextlib.contextmanager
def reachable(settings: Settings) -> Generator[Settings]:
    """The settings with both addresses filled in, for the time of one command.

    Beside a running service its servers are used; without one, the embedded
    servers are started and stopped again.

    Raises:
        StartError: Neither is possible; one line that says what to do.
    """
    if settings.database_url is not None and settings.redis_url is not None:
        yield settings
        return
    try:
        claim = contextlib.ExitStack()
        claim.enter_context(claimed(settings.home))
    except StartError:
        running = read_running(settings.home)
        if running is None:
            raise
        yield _with(
            settings,
            running.database_url,
            running.owner_database_url or settings.owner_database_url,
            running.redis_url,
        )
        return
    with claim:
        yield _with(settings, *_start(settings, claim))


def _start(
    settings: Settings, stack: contextlib.ExitStack
) -> tuple[str, str | None, str]:
    home = settings.home
    database_url, owner_url = settings.database_url, settings.owner_database_url
    try:
        if database_url is None:
            postgres = stack.enter_context(EmbeddedPostgres(home / "postgres"))
            database_url, owner_url = postgres.program_url, postgres.url
        redis_url = (
            settings.redis_url
            or stack.enter_context(EmbeddedValkey(home / "valkey")).url
        )
    except EmbeddedServerError as error:
        raise StartError(str(error)) from error
    return database_url, owner_url, redis_url


def _with(
    settings: Settings, database_url: str, owner_url: str | None, redis_url: str
) -> Settings:
    return settings.model_copy(
        update={
            "database_url": database_url,
            "owner_database_url": owner_url,
            "redis_url": redis_url,
        }
    )
