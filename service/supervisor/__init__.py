"""Starts everything a whole service needs, restarts what dies, stops all of it."""

import sys


def run() -> int:
    """Read the settings and run the service until it is asked to stop.

    Returns:
        The exit status; 1 when it could not start, after one line that says why.
    """
    from service.settings import SettingsError, load_settings
    from service.supervisor.up import up

    try:
        settings = load_settings()
    except SettingsError as error:
        sys.stderr.write(f"tour de rôle: {error}\n")
        return 1
    return up(settings)
