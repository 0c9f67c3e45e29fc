"""All checks, from V1 to V12."""

from collections.abc import Callable
from typing import Final

from simulation.validation import anchors, laws, statics
from simulation.validation.row import Check, Row

CHECKS: Final[tuple[Check, ...]] = (
    anchors.exhaustion,
    anchors.cimade,
    anchors.val_de_marne,
    anchors.barcelona,
    anchors.candilib,
    laws.waiting_room,
    statics.comparative_statics,
    laws.paradox,
    laws.metamorphic,
)


def validate(seeds: tuple[int, ...], on_done: Callable[[], None]) -> list[Row]:
    """Make every check; a miss is a row like the others."""
    rows: list[Row] = []
    for check in CHECKS:
        rows.extend(check(seeds))
        on_done()
    return sorted(
        rows, key=lambda row: (int(row.number[1:].rstrip("abcdef")), row.number)
    )
