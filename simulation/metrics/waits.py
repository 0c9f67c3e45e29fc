"""Waits by group: the bands of the published rule, as people arrive.

A band moves as days pass, so groups are those of the day of arrival; band 3 is
split, because people without a date are the ones whom urgency makes wait.
"""

from typing import Final

import numpy as np

from service.domain.ruleset import DEFAULT_RULESET
from simulation.engine.arrays import NEVER, Bools, Floats, Ints
from simulation.engine.population import Needs

GROUPS: Final = ("very_soon", "soon", "lost", "later", "no_date")
"""Band 0, 1, 2, then band 3 with a date and without."""


def group_of(needs: Needs) -> Ints:
    """Return each need's group on arrival, by the edges of the default ruleset."""
    left = needs.expiry - needs.arrival
    bands = DEFAULT_RULESET.bands
    group = np.where(left <= bands.soon_days, 1, 3)
    group = np.where(left <= bands.very_soon_days, 0, group)
    group = np.where(left < 0, 2, group)
    found: Ints = np.where(needs.expiry >= NEVER, 4, group).astype(np.int64)
    return found


def gini(waits: Floats) -> float:
    """Return the Gini coefficient of non-negative waits; 0 when all are equal."""
    if len(waits) == 0 or waits.sum() == 0:
        return 0.0
    ordered = np.sort(waits)
    rank = np.arange(1, len(ordered) + 1)
    return float(
        (2 * rank - len(ordered) - 1).dot(ordered) / (len(ordered) * ordered.sum())
    )


def wait_measures(name: str, waits: Floats, received: Bools) -> dict[str, float]:
    """Describe the waits of one group, in days; the unserved with theirs so far.

    Args:
        name: The group, a part of each key.
        waits: n waits in days.
        received: Which of them are over.
    """
    nothing = float("nan")
    empty = len(waits) == 0
    p50, p90, p95 = (
        (nothing,) * 3 if empty else np.quantile(waits, [0.5, 0.9, 0.95]).tolist()
    )
    return {
        f"wait_{name}_n": float(len(waits)),
        f"wait_{name}_p50": p50,
        f"wait_{name}_p90": p90,
        f"wait_{name}_p95": p95,
        f"wait_{name}_max": nothing if empty else float(waits.max()),
        f"wait_{name}_gini": gini(waits),
        f"wait_{name}_unserved": float(np.count_nonzero(~received)),
    }
