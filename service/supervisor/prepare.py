"""Bring the database to the current schema, load the demonstration, then end.

A process of its own: the libraries that migrate stay out of the supervisor's
memory, and Ctrl-C ends a long migration like any other child.
"""

import sys

from sqlalchemy.exc import OperationalError

from service.demo import load_demonstration
from service.migrations import upgrade
from service.settings import Profile, Settings, SettingsError, load_settings

_CANNOT_REACH = (
    "PostgreSQL refuses the connection: check that it runs and that "
    "TDR_DATABASE_URL is right"
)


def prepare(settings: Settings) -> None:
    """Migrate, then load the demonstration; what is there already stays as it is.

    Raises:
        SettingsError: The database cannot be reached, or is not named.
    """
    if settings.database_url is None:
        message = "no database: set TDR_DATABASE_URL, or start with tourderole up"
        raise SettingsError(message)
    try:
        upgrade(settings.database_url)
        if settings.profile is Profile.DEMONSTRATION:
            load_demonstration(settings)
    except OperationalError as error:
        raise SettingsError(f"{_CANNOT_REACH} ({_reason(error)})") from None


def _reason(error: OperationalError) -> str:
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
