"""What a seller is worth: a randomised experiment that the population carries.

What is estimated: P(received | would buy) - P(received | would not), among the people
who came to the point at which one asks a seller. They had waited the market's
patience or were pressed, and had the means: the very test that a sale makes, but for
being willing, noted on the first day that it holds (``engine/buyers.py``).

Why it is unbiased: whether somebody is willing is a coin with a stream of its own,
independent of budget, speed, dates and everything else, and nothing looks at it
before that day. Willing and unwilling are then the same people in all but the coin,
and those received among the unwilling say what would have become of the willing
alone. Nobody is dropped for what happens afterwards: who is received elsewhere,
gives up or is cheated stays in, as not received.

What it is not: willing people crowd out the others, so this compares two people who
stand side by side in one market, not a world with sellers and one without; and who
came to the point near the end of the run had little time for either.
"""

import numpy as np

from simulation.engine.arrays import NEVER, Bools
from simulation.engine.world import RECEIVED, World


def premium(world: World) -> dict[str, float]:
    """Return the difference, and the people it stands on; no number for nobody."""
    asked = world.asked_on < NEVER
    willing = world.needs.willing[asked]
    received = world.state[asked] == RECEIVED
    worth = _share(received[willing]) - _share(received[~willing])
    return {"broker_premium": worth, "broker_premium_people": float(len(received))}


def _share(received: Bools) -> float:
    if len(received) == 0:
        return float("nan")
    return np.count_nonzero(received) / len(received)
