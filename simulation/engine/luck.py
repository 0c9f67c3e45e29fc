"""Luck that two rules share: every decision has its own stream.

A sequential generator would give a person other luck as soon as somebody else
asks one number more. Here a number depends on nothing but the seed, the purpose,
the person and the occasion, so that first-click and the draw meet the same
person with the same luck, whoever else is simulated and in whatever order.
"""

import hashlib
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulation.engine.arrays import Floats, Ints

GOLDEN: Final = 0x9E3779B97F4A7C15
OCCASION: Final = 0xD1B54A32D192ED03
FIRST: Final = 0xBF58476D1CE4E5B9
SECOND: Final = 0x94D049BB133111EB
TO_UNIT: Final = 2.0**-53
_GOLDEN, _OCCASION = np.uint64(GOLDEN), np.uint64(OCCASION)
_FIRST, _SECOND = np.uint64(FIRST), np.uint64(SECOND)
_THIRTY, _TWENTY_SEVEN, _THIRTY_ONE = np.uint64(30), np.uint64(27), np.uint64(31)
_ELEVEN: Final = np.uint64(11)
_WORD: Final = 2**64 - 1


def _occasions(occasion: "int | Ints") -> "np.uint64 | NDArray[np.uint64]":
    if isinstance(occasion, int):
        return np.uint64(occasion * OCCASION & _WORD)
    words = occasion.astype(np.uint64)
    words *= _OCCASION
    return words


@lru_cache(maxsize=4096)
def stream_key(seed: int, purpose: str) -> int:
    """Return the word that tells one stream from all others."""
    digest = hashlib.sha256(f"tour-de-role/lab/{seed}/{purpose}".encode()).digest()
    return int.from_bytes(digest[:8], "big")


def _mix(words: NDArray[np.uint64]) -> None:
    """Finalise 64-bit words in place so that neighbours share nothing visible.

    Source:
        Steele, Lea, Flood, "Fast splittable pseudorandom number generators",
        OOPSLA 2014 (the finaliser of SplitMix64).
    """
    shifted = words >> _THIRTY
    words ^= shifted
    words *= _FIRST
    np.right_shift(words, _TWENTY_SEVEN, out=shifted)
    words ^= shifted
    words *= _SECOND
    np.right_shift(words, _THIRTY_ONE, out=shifted)
    words ^= shifted


class Luck:
    """All the luck of one seed, addressed by purpose, person and occasion."""

    __slots__ = ("seed",)

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def uniform(
        self, purpose: str, ids: Ints, occasion: "int | Ints" = 0, again: int = 0
    ) -> Floats:
        """Return one number in [0, 1) for each id.

        Args:
            purpose: What the number decides; another purpose is another stream.
            ids: The n people, places or actors that decide.
            occasion: The day or the count of the decision; one, or n of them.
            again: A second number for the same occasion, a third…

        Returns:
            n numbers, equal for equal arguments on every machine.
        """
        if len(ids) == 0:
            return np.empty(0)
        words = ids.astype(np.uint64)
        words *= _GOLDEN
        words += np.uint64(stream_key(self.seed, f"{purpose}/{again}"))
        _mix(words)
        occasions = _occasions(occasion)
        if np.shape(occasions) in ((), words.shape):
            words ^= occasions
        else:
            words = words ^ occasions
        _mix(words)
        words >>= _ELEVEN
        found = words.astype(np.float64)
        found *= TO_UNIT
        return found

    def normal(self, purpose: str, ids: Ints, occasion: "int | Ints" = 0) -> Floats:
        """Return one standard normal number for each id (Box and Muller, 1958)."""
        radius = np.sqrt(-2.0 * np.log1p(-self.uniform(purpose, ids, occasion, 0)))
        angle = 2.0 * np.pi * self.uniform(purpose, ids, occasion, 1)
        return radius * np.cos(angle)

    def lognormal(
        self,
        purpose: str,
        ids: Ints,
        occasion: "int | Ints" = 0,
        *,
        median: float,
        sigma: float,
    ) -> Floats:
        """Return log-normal numbers with that median and that sigma of the log."""
        return median * np.exp(sigma * self.normal(purpose, ids, occasion))

    def bytes32(self, purpose: str, occasion: int) -> bytes:
        """Return 32 bytes for one occasion: the beacon of a simulated night."""
        text = f"tour-de-role/lab/{self.seed}/{purpose}/{occasion}"
        return hashlib.sha256(text.encode()).digest()
