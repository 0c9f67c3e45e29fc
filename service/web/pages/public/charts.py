"""Where marks stand in the table charts: percentages of one honest axis from zero."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

Line = Mapping[str, object]

_STEPS: Final = (1, 2, 3, 4, 5, 6, 8)
_QUARTERS: Final = 4


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale from zero to ``top``, with a tick at each quarter or half."""

    top: int

    @classmethod
    def over(cls, values: Iterable[object]) -> "Axis":
        """Return the smallest round scale that holds every number among ``values``.

        What is not a number (a cell too small to be shown) has no mark.
        """
        highest = max((value for value in values if isinstance(value, int)), default=0)
        unit = _QUARTERS
        while True:
            for step in _STEPS:
                if step * unit >= highest:
                    return cls(step * unit)
            unit *= 10

    def at(self, value: object) -> str | None:
        """Return where a value stands, as ``37.5%``; None where there is none."""
        if not isinstance(value, int):
            return None
        return f"{round(100 * value / self.top, 2):g}%"

    @property
    def ticks(self) -> tuple[tuple[str, int, str], ...]:
        """Return (place, number, anchor) of each tick, zero and top included."""
        anchors = ("start", "middle", "middle", "middle", "end")
        return tuple(
            (f"{25 * quarter}%", self.top * quarter // _QUARTERS, anchor)
            for quarter, anchor in enumerate(anchors)
        )


@dataclass(frozen=True, slots=True)
class Chart:
    """The lines of a table and the axis that its marks share."""

    lines: Sequence[Line]
    axis: Axis

    @classmethod
    def of(cls, lines: Sequence[Line], *columns: str) -> "Chart":
        """Return the chart of these columns, one scale for all of them."""
        values = [line[column] for line in lines for column in columns]
        return cls(lines, Axis.over(values))
