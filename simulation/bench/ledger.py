"""What was measured before a measurement was cut: pieces, and the time they took.

A sum of seconds can be taken in several sittings as well as in one: each piece keeps
its processor seconds, and each sitting how long it had lasted when a piece ended.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from simulation.sweep.lines import append_line, not_results, read_lines


@dataclass(frozen=True, slots=True)
class Done:
    """One piece: who did it, its processor seconds so far, its peak, its result."""

    process: str
    cpu_s: float
    peak_mb: float
    result: object = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The pieces of one file, measured by the same code.

    Attributes:
        path: The file; None keeps nothing.
        code: Digest of the code that is measured; lines of other code are passed over.
        done: Pieces by name, of earlier sittings.
        wall_s: Seconds on the wall of those sittings.
        sitting: Number of this one, from 1.
    """

    path: Path | None
    code: str
    done: dict[str, Done]
    wall_s: float
    sitting: int

    @classmethod
    def opened(cls, path: Path | None, code: str) -> Self:
        """Read what earlier sittings measured.

        Raises:
            LaboratoryError: A file of something else.
        """
        done: dict[str, Done] = {}
        walls: dict[int, float] = {}
        if path is not None and path.is_file():
            for line in read_lines(path, "code"):
                try:
                    if line["code"] != code:
                        continue
                    sitting = int(line["sitting"])
                    lasted = float(line["wall_s"])
                    cost = float(line["cpu_s"]), float(line["peak_mb"])
                    walls[sitting] = max(walls.get(sitting, 0.0), lasted)
                    done[str(line["piece"])] = Done(str(line["process"]), *cost)
                except (KeyError, TypeError, ValueError) as error:
                    raise not_results(path) from error
        return cls(path, code, done, sum(walls.values()), max(walls, default=0) + 1)

    def keep(self, piece: str, found: Done, wall_s: float) -> None:
        """Write one piece of this sitting, and how long the sitting has lasted."""
        if self.path is None:
            return
        append_line(
            self.path,
            {
                "code": self.code,
                "cpu_s": found.cpu_s,
                "peak_mb": found.peak_mb,
                "piece": piece,
                "process": f"{self.sitting}/{found.process}",
                "sitting": self.sitting,
                "wall_s": wall_s,
            },
        )
