"""What one line of the matrix says: an attacker, its proof, what was expected."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from simulation.engine.world import World
from simulation.scenarios.model import Scenario, Words

Level = Literal["strong", "partial", "weak"]
Column = Literal["click", "captcha", "room", "lottery", "ours", "list"]
COLUMNS: Final[tuple[Column, ...]] = (
    "click", "captcha", "room", "lottery", "ours", "list",
)  # fmt: skip
"""First click, captcha, waiting room, plain lottery, ours, list by arrival."""


@dataclass(frozen=True, slots=True)
class Scale:
    """From which size on a number counts as strong, under which as weak.

    Attributes:
        strong: At least this is strong.
        weak: Less than this is weak; between the two it is partial.
        unit: As :func:`simulation.metrics.catalogue.shown` writes it.
    """

    strong: float
    weak: float
    unit: str

    def level(self, value: float) -> Level:
        """Return where a number stands."""
        if value >= self.strong:
            return "strong"
        return "weak" if value < self.weak else "partial"


SHARE: Final = Scale(0.5, 0.1, "%")
"""Half and a tenth, whatever the share is of."""

DAYS: Final = Scale(7.0, 1.0, "d")
"""A week and a day."""

SELLERS: Final = Scale(1.0, 0.1, "")
"""One seller who stays, and none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The number that shows an attack.

    Attributes:
        name: What it is called.
        scale: When it is strong, partial or weak.
        of: Reads it off one run.
        is_extra: It has a size without the attacker too, and what counts is the rest.
    """

    name: Words
    scale: Scale
    of: Callable[[World], float]
    is_extra: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A cell played with another rule than its column's own.

    Attributes:
        column: Where it stands.
        rule: The name of the rule, or of a change that the matrix knows.
        when: What the rule lacks, as the table says it.
        expected: What was expected of it.
        alone: Whether the column's own rule is not played.
    """

    column: Column
    rule: str
    when: Words
    expected: Level
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """One line of the table.

    Attributes:
        number: As the table numbers it.
        name: What it is called.
        attacked: The scene with its attacker.
        calm: The same scene without.
        proof: What shows it.
        expected: One level a column: strong +, partial o, weak -.
        variants: Cells played with another rule.
    """

    number: int
    name: Words
    attacked: Scenario
    calm: Scenario
    proof: Proof
    expected: str
    variants: tuple[Variant, ...] = ()
