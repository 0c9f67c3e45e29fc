"""Bring the database to the current schema, load the demonstration, then end.

A process of its own: the libraries that migrate stay out of the supervisor's
memory, and Ctrl-C ends a long migration like any other child. The owner's address
stays here: no child that serves ever has it.
"""

import sys
from typing import Final

from alembic.util import CommandError
from psycopg.errors import DiskFull, InsufficientPrivilege
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from service.demo import load_demonstration
from service.migrations import upgrade
from service.migrations.accounts import grant_program, standing_of
from service.settings import Profile, Settings, SettingsError, load_settings

_CANNOT_REACH: Final = (
    "PostgreSQL refuses the connection: check that it runs and that "
    "TDR_DATABASE_URL is right"
)
_REFUSES: Final = (
    "PostgreSQL refuses what the program asks: give `tourderole migrate` with the "
    "account that owns the tables"
)
DISK_FULL: Final = "PostgreSQL has no space left on its disk: free some, start again"
AHEAD: Final = (
    "the schema of the database is newer than this program: start the release that "
    "migrated it, or a newer one"
)
BEHIND: Final = (
    "the schema is not this release's, and the account of TDR_DATABASE_URL may not "
    "change it: give `tourderole migrate` with TDR_OWNER_DATABASE_URL"
)
NOT_OWNER: Final = (
    "the account of TDR_OWNER_DATABASE_URL does not own every table: "
    "REASSIGN OWNED BY the account that does (service/README.md)"
)
ONE_ACCOUNT: Final = (
    "warning: the account of TDR_DATABASE_URL owns its tables, and could rewrite what "
    "is promised never to change: give it no more than it needs (service/README.md)"
)


def prepare(settings: Settings) -> None:
    """Migrate, then load the demonstration; what is there already stays as it is.

    Raises:
        SettingsError: The database cannot be reached, is not named, is full, is newer
            than the program, or is behind and not this account's to change.
    """
    if settings.database_url is None:
        message = "no database: set TDR_DATABASE_URL, or start with tourderole up"
        raise SettingsError(message)
    try:
        _bring_up(settings, settings.database_url)
        if settings.profile is Profile.DEMONSTRATION:
            load_demonstration(settings)
    except CommandError:
        raise SettingsError(AHEAD) from None
    except DBAPIError as error:
        raise SettingsError(f"{_said_of(error)} ({_reason(error)})") from None


def _said_of(error: DBAPIError) -> str:
    """Say in one sentence what a server did, and what to do about it."""
    if isinstance(error.orig, DiskFull):
        return DISK_FULL
    return _CANNOT_REACH if isinstance(error, OperationalError) else _REFUSES


def _bring_up(settings: Settings, program_url: str) -> None:
    """Migrate as the owner of the tables, whoever that is, or see that none is needed.

    Raises:
        SettingsError: The schema is behind and the account may not change it.
    """
    owner_url = settings.owner_database_url
    if owner_url is not None:
        _migrate_as_owner(owner_url, program_url)
    standing = standing_of(program_url)
    if standing.is_owner:
        upgrade(program_url)
        if settings.profile is Profile.PRODUCTION:
            sys.stderr.write(f"{ONE_ACCOUNT}\n")
    elif not standing.is_at_head:
        raise SettingsError(BEHIND)


def _migrate_as_owner(owner_url: str, program_url: str) -> None:
    """Migrate, then leave the program's account with its rights and no others.

    Raises:
        SettingsError: This account does not own the tables.
    """
    if not standing_of(owner_url).is_owner:
        raise SettingsError(NOT_OWNER)
    try:
        upgrade(owner_url)
        grant_program(owner_url, program_url)
    except ProgrammingError as error:
        if isinstance(error.orig, InsufficientPrivilege):
            raise SettingsError(NOT_OWNER) from None
        raise


def _reason(error: DBAPIError) -> str:
    """What the server or the network said, without address or password."""
    said = str(error.orig).strip().splitlines()
    tail = said[0].rpartition("failed: ")[2] if said else ""
    return tail or type(error.orig).__name__


def main() -> int:
    """Run it; one line and exit status 1 when it cannot be done."""
    try:
        prepare(load_settings())
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
