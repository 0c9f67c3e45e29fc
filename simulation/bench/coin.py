"""One number of luck at a time: the laboratory's own streams, without arrays.

Whole numbers of any size wrap at 64 bits by hand here, so that a person of the
comparison meets the very luck that the arrays give them; a test holds it.
"""

from typing import Final

from simulation.engine.luck import FIRST, GOLDEN, OCCASION, SECOND, TO_UNIT, stream_key

_WORD: Final = 2**64 - 1


class Coin:
    """The stream of one purpose under one seed."""

    __slots__ = ("_key",)

    def __init__(self, seed: int, purpose: str, again: int = 0) -> None:
        self._key = stream_key(seed, f"{purpose}/{again}")

    def __call__(self, number: int, occasion: int = 0) -> float:
        """Return the number in [0, 1) of one person or place, on one occasion."""
        word = (number * GOLDEN + self._key) & _WORD
        word = ((word ^ word >> 30) * FIRST) & _WORD
        word = ((word ^ word >> 27) * SECOND) & _WORD
        word = word ^ word >> 31 ^ (occasion * OCCASION & _WORD)
        word = ((word ^ word >> 30) * FIRST) & _WORD
        word = ((word ^ word >> 27) * SECOND) & _WORD
        return ((word ^ word >> 31) >> 11) * TO_UNIT
