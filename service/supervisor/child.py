"""One program to keep running, or to run once, as plain data."""

import signal
from collections.abc import Mapping
from dataclasses import dataclass, field


class StartError(Exception):
    """The service cannot start; the message is one line that says what to do."""


@dataclass(frozen=True, slots=True)
class Child:
    """A program, what it is given, and how it is asked to end.

    Args:
        name: Stands before each of its lines.
        command: Absolute program and its arguments.
        environment: Variables added to the supervisor's own.
        descriptors: Open files it inherits, under the same numbers.
        stop_signal: The polite request to end.
        patience_s: How long it may take to end before it is killed.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    descriptors: tuple[int, ...] = ()
    stop_signal: signal.Signals = signal.SIGTERM
    patience_s: float = 25.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run once, then what to keep running, in order of start.

    Everything is stopped in the opposite order.
    """

    steps: tuple[Child, ...]
    children: tuple[Child, ...]
    health_path: str
