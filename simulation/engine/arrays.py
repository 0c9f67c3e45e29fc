"""Names for the arrays that the engine passes around, and day numbers."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Marks = NDArray[np.int8]
"""In which of a few states each stands; small, since every day looks at all."""

NEVER: Final = 1_000_000
"""A day that does not come: no date on the title, nothing planned."""

NOBODY: Final = -1
"""Neither a person nor a place."""

DAY_S: Final = 86_400.0


def numbers(count: int) -> Ints:
    """Return 0, 1, … below ``count``."""
    return np.arange(count, dtype=np.int64)


def no_numbers() -> Ints:
    """Return an empty array of whole numbers."""
    return np.empty(0, dtype=np.int64)


def where(mask: Bools) -> Ints:
    """Return the positions at which ``mask`` is true, in ascending order."""
    return np.flatnonzero(mask).astype(np.int64)
