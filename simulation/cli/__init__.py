"""The command line: words for people, JSON for programs, refusals that help."""

import sys

from simulation.cli import playing, publishing
from simulation.cli.base import app
from simulation.errors import LaboratoryError

COMMANDS = (playing, publishing)
"""The modules that give the application its commands."""


def main() -> None:
    """Run a command; a refusal is one line on standard error and exit code 2."""
    try:
        app()
    except LaboratoryError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(2) from None
