"""The matrix of attacks in a terminal: a sign a cell, a miss with what was expected."""

from rich.console import Console
from rich.table import Table

from simulation.report.matrix_words import MATRIX_WORDS, SIGN_OF
from simulation.validation.attack import COLUMNS
from simulation.validation.attacks import ATTACKS
from simulation.validation.matrix import Cell


def print_matrix(cells: list[Cell]) -> None:
    """Print one line an attack; a sign in brackets is what was expected instead."""
    here = MATRIX_WORDS["en"]
    table = Table(here["attack"], *(here[each] for each in COLUMNS), box=None)
    for attack in ATTACKS:
        mine = [each for each in cells if each.attack == attack.number]
        signs = [
            ", ".join(_sign(each) for each in mine if each.column == column)
            for column in COLUMNS
        ]
        table.add_row(f"{attack.number} {attack.name.en}", *signs)
    console = Console()
    console.print(table)
    held = sum(each.holds for each in cells)
    said = here["lead"].format(held=held, all=len(cells), missed=len(cells) - held)
    console.print(f"{said} + strong, o partial, \u2212 weak; (expected).")


def _sign(cell: Cell) -> str:
    found = SIGN_OF[cell.found]
    return found if cell.holds else f"{found} ({SIGN_OF[cell.expected]})"
