"""The matrix of attacks as a page shows it: words, signs and numbers of each cell."""

from collections.abc import Iterable

from simulation.report.matrix_words import MATRIX_WORDS, SIGN_OF
from simulation.report.numbers import Language, read_in, written
from simulation.scenarios.model import Words
from simulation.validation.attack import COLUMNS, Attack
from simulation.validation.attacks import ATTACKS
from simulation.validation.matrix import Cell
from simulation.validation.misses import MISSES


def matrix_shown(cells: list[Cell], language: Language) -> dict[str, object]:
    """Return what the page says of the matrix, as plain data.

    Args:
        cells: Every cell that was played, in the order of the table.
        language: Of the words and of the numbers.
    """
    here = MATRIX_WORDS[language]
    missed = sum(not each.holds for each in cells)
    lead = here["lead"].format(held=len(cells) - missed, all=len(cells), missed=missed)
    return {
        "words": here,
        "lead": lead,
        "columns": [here[each] for each in COLUMNS],
        "lines": [_line(each, cells, language) for each in ATTACKS],
        "reasons": _reasons(cells, language),
    }


def _line(attack: Attack, cells: list[Cell], language: Language) -> dict[str, object]:
    mine = [each for each in cells if each.attack == attack.number]
    return {
        "number": attack.number,
        "name": _in(attack.name, language),
        "proof": _in(attack.proof.name, language),
        "columns": [
            [_cell(attack, each, language) for each in mine if each.column == column]
            for column in COLUMNS
        ],
    }


def _cell(attack: Attack, cell: Cell, language: Language) -> dict[str, object]:
    here = MATRIX_WORDS[language]
    return {
        "sign": SIGN_OF[cell.found],
        "level": here[cell.found],
        "value": written(cell.value, attack.proof.scale.unit, language),
        "when": _in(cell.when, language),
        "holds": cell.holds,
        "expected": here["expected"].format(level=here[cell.expected]),
    }


def _reasons(cells: list[Cell], language: Language) -> list[tuple[str, str]]:
    """Return each reason once, with all the cells it is given for."""
    given: dict[tuple[int, Words, str, str], list[Cell]] = {}
    for cell in cells:
        known = MISSES.get((cell.attack, cell.rule))
        if not cell.holds and known is not None:
            key = (cell.attack, known.why, cell.expected, cell.found)
            given.setdefault(key, []).append(cell)
    here = MATRIX_WORDS[language]
    return [
        (
            here["under"].format(
                number=number,
                columns=", ".join(_names(mine, language)),
                expected=here[expected],
                found=here[found],
            ),
            _in(why, language),
        )
        for (number, why, expected, found), mine in given.items()
    ]


def _names(cells: Iterable[Cell], language: Language) -> list[str]:
    """Return the columns of some cells, each once, with what the rule lacks."""
    here = MATRIX_WORDS[language]
    found: dict[str, None] = {}
    for cell in cells:
        when = _in(cell.when, language) if cell.column != "captcha" else ""
        name = here[cell.column].lower() if cell.column != "ours" else here["ours"]
        found[f"{name} ({when})" if when else name] = None
    return list(found)


def _in(words: Words, language: Language) -> str:
    return read_in(words.fr if language == "fr" else words.en, language)
