"""Attack by mechanism: what was expected of each cell, and what is found there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from simulation.agents.identities import FakeIdentities
from simulation.engine.run import play
from simulation.engine.world import World
from simulation.mechanisms.registry import rule
from simulation.mechanisms.rule import Rule
from simulation.scenarios.model import Scenario, Words
from simulation.validation.attack import COLUMNS, Attack, Column, Level
from simulation.validation.attacks import ATTACKS
from simulation.validation.row import NOTHING, said

SIGNS: Final[dict[str, Level]] = {"+": "strong", "o": "partial", "-": "weak"}

_OWN: Final[dict[Column, tuple[tuple[str, Words], ...]]] = {
    "click": (("first-click", NOTHING),),
    "captcha": (
        ("captcha-ahead", said("solved ahead", "résolu d'avance")),
        ("captcha-farm", said("solved by slow humans", "résolu par des humains lents")),
    ),
    "room": (("waiting-room", NOTHING),),
    "lottery": (("plain-lottery", NOTHING),),
    "ours": (("ours", NOTHING),),
    "list": (("list-by-arrival", NOTHING),),
}
"""The rules that stand for a mechanism; a captcha is attacked in two ways."""

_MADE: Final[dict[str, Callable[[], Rule]]] = {
    "captcha-ahead-frozen": lambda: replace(rule("captcha-ahead"), name="frozen"),
    "captcha-farm-frozen": lambda: replace(rule("captcha-farm"), name="frozen"),
    "waiting-room-frozen": lambda: replace(rule("waiting-room"), name="frozen"),
    "ours-nothing-checked": lambda: replace(
        rule("ours-unverified-dates"), identity_check=False
    ),
    "ours-photo-ignored": lambda: rule("ours"),
}
"""Rules that only the matrix plays: a column's own with one more answer changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One attack under one rule.

    Attributes:
        attack: Its number.
        column: The mechanism.
        rule: The rule that was played.
        when: What that rule lacks or adds beside the mechanism; nothing for its own.
        expected: What was expected before anything was played.
        found: What the number amounts to.
        value: The number: what the attack adds, where it has a size without it.
        calm: The same number, read without the attacker.
    """

    attack: int
    column: Column
    rule: str
    when: Words
    expected: Level
    found: Level
    value: float
    calm: float

    @property
    def holds(self) -> bool:
        """Whether the finding is what was expected; a miss is shown as a miss."""
        return self.found == self.expected


@dataclass(frozen=True, slots=True)
class Planned:
    """A cell before it is played."""

    attack: Attack
    column: Column
    rule: str
    when: Words
    expected: Level


def planned(attack: Attack) -> list[Planned]:
    """Return the cells of one attack, column by column."""
    found: list[Planned] = []
    for column, sign in zip(COLUMNS, attack.expected, strict=True):
        mine = [each for each in attack.variants if each.column == column]
        named = {each.rule for each in mine}
        if not any(each.alone for each in mine):
            found += [
                Planned(attack, column, slug, when, SIGNS[sign])
                for slug, when in _OWN[column]
                if slug not in named
            ]
        found += [
            Planned(attack, column, each.rule, each.when, each.expected)
            for each in mine
        ]
    return found


def matrix(
    seed: int,
    attacks: tuple[Attack, ...] = ATTACKS,
    on_done: Callable[[], None] = lambda: None,
) -> list[Cell]:
    """Play every cell once; the same seed gives the same digits.

    Args:
        seed: The luck of every cell.
        attacks: The lines of the table.
        on_done: Called after each line.
    """
    calm: Calm = {}
    cells: list[Cell] = []
    for attack in attacks:
        cells += [_cell(each, seed, calm) for each in planned(attack)]
        on_done()
    return cells


Calm = dict[tuple[Scenario, str], World]
"""Runs without an attacker: most attacks are held against the same ones."""


def _cell(cell: Planned, seed: int, calm: Calm) -> Cell:
    proof, one = cell.attack.proof, played_rule(cell.rule)
    attacked = proof.of(play(_as_played(cell.attack.attacked, cell.rule), one, seed))
    scene = _as_played(cell.attack.calm, cell.rule), cell.rule
    if scene not in calm:
        calm[scene] = play(scene[0], one, seed)
    without = proof.of(calm[scene])
    value = attacked - without if proof.is_extra else attacked
    return Cell(
        attack=cell.attack.number,
        column=cell.column,
        rule=cell.rule,
        when=cell.when,
        expected=cell.expected,
        found=proof.scale.level(value),
        value=value,
        calm=without,
    )


def _as_played(scenario: Scenario, slug: str) -> Scenario:
    """Where nobody looks at the photo, a place in another name reaches its buyer."""
    if slug != "ours-photo-ignored":
        return scenario
    nobody = FakeIdentities(count=0, slip=1.0)
    return replace(scenario, agents=replace(scenario.agents, fake_identities=nobody))


def played_rule(slug: str) -> Rule:
    """Return the rule of that name, one of the registry's or of the matrix's own."""
    return replace(_MADE[slug](), slug=slug) if slug in _MADE else rule(slug)
