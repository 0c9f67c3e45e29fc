"""How long the table of facts takes, said before it is made."""

from typing import Final

from simulation.estimate import Cost, here_s
from simulation.validation.table import CHECKS

COSTS: Final[dict[str, Cost]] = {
    "exhaustion": (1.35, 0.0),
    "cimade": (6.0, 0.2),
    "val_de_marne": (0.0, 0.0),
    "barcelona": (0.0, 0.2),
    "candilib": (0.0, 0.2),
    "waiting_room": (0.25, 0.05),
    "comparative_statics": (1.0, 1.55),
    "paradox": (0.0, 0.4),
    "metamorphic": (1.45, 0.9),
}
"""Processor seconds of a check, however many seeds, and of each seed.

Read off one and three seeds on 26 November 2026, where the probe took 0.105 s.
"""

MATRIX_S: Final = 9.0
"""Every cell of the matrix of attacks, once, whatever the seeds."""

PACE: Final = 0.89
"""What :func:`simulation.estimate.pace` said at that moment."""

DEAREST: Final = (1.45, 0.9)
"""For a check that nobody has timed yet."""


def validate_s(seeds: int) -> float:
    """Return the seconds that every check is expected to take, in one process."""
    each = [COSTS.get(check.__name__, DEAREST) for check in CHECKS]
    facts = sum(once + seeds * a_seed for once, a_seed in each)
    return here_s((facts + MATRIX_S) / PACE)
