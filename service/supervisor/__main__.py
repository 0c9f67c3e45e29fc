"""``python -m service.supervisor``: the service without the command line tool."""

import sys

from service.settings import SettingsError, load_settings
from service.supervisor.up import up


def main() -> int:
    """Read the settings and run until stopped."""
    try:
        settings = load_settings()
    except SettingsError as error:
        sys.stderr.write(f"tour de rôle: {error}\n")
        return 1
    return up(settings)


if __name__ == "__main__":
    raise SystemExit(main())
