"""One line of the validation table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from simulation.scenarios.model import Words

Kind = Literal["fitted", "predicted", "input", "formula", "law"]


NOTHING: Final = Words(fr="", en="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A fact, what was found, and whether it is within the tolerance.

    Attributes:
        number: V1 to V12, with a letter when one fact has several parts.
        fact: What is known, with its source.
        kind: Fitted on this fact, predicted, fed in, a closed form, or a law.
        target: The fact in figures.
        found: What the laboratory gives.
        holds: Whether it is within the tolerance; a miss is shown as a miss.
        off: How far the finding is from the fact, in the fact's own unit; nothing
            where the fact is a sign or an equality.
        cites: Keys of the references that the fact is from; none for a law.
    """

    number: str
    fact: Words
    kind: Kind
    target: Words
    found: Words
    holds: bool
    off: Words = NOTHING
    cites: tuple[str, ...] = ()


Check = Callable[[tuple[int, ...]], list[Row]]
"""A check plays what it needs for the given seeds."""


def said(en: str, fr: str | None = None) -> Words:
    """Return a sentence in both languages; by default the same, a mere number.

    Numbers are written as in English: whoever shows French writes them anew.
    """
    return Words(fr=en if fr is None else fr, en=en)


def percent(share: float) -> str:
    """Write a share in percent, one decimal under ten."""
    return f"{100 * share:.1f} %" if abs(share) < 0.1 else f"{100 * share:.0f} %"


def points_off(found: float, target: float) -> str:
    """Write how far a share is from its target, in points."""
    return f"{100 * (found - target):+.1f} points"


def percent_off(found: float, target: float) -> str:
    """Write how far a count is from its target, in percent of the target."""
    return f"{100 * (found / target - 1):+.1f} %"
