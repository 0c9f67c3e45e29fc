"""Pieces of work for other processes: a module that a fresh process reads quickly."""

import os
import signal
from pathlib import Path


def doubled(number: int) -> int:
    """Return twice the number."""
    return 2 * number


def killed_once(marker: Path, number: int) -> int:
    """Return the number; the first worker that has number 1 dies over it."""
    if number == 1 and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def killed_always(_: int) -> None:
    """Kill whoever does this."""
    os.kill(os.getpid(), signal.SIGKILL)
