"""The validation page, generated from the table and from nothing else."""

from simulation.report.cited import Cited, in_full, short
from simulation.report.matrix import matrix_shown
from simulation.report.numbers import Language, read_in
from simulation.report.page import style, templates
from simulation.report.validation_words import CANNOT, KINDS, WORDS_HERE
from simulation.report.words import WORDS
from simulation.scenarios.model import Words
from simulation.validation.matrix import Cell
from simulation.validation.reasons import REASONS
from simulation.validation.row import Row


def validation_page(
    rows: list[Row], seeds: int, language: Language, cells: list[Cell] | None = None
) -> str:
    """Return the page; every fact stands with its source, its finding and its size.

    Args:
        rows: The table.
        seeds: How many seeds it was played with.
        language: Of the words and of the numbers.
        cells: The matrix of attacks, where it was played.
    """
    page = templates("simulation.report").get_template("validation.html.j2")
    missed = [row for row in rows if not row.holds]
    here = WORDS_HERE[language]
    listed = in_full((key for row in rows for key in row.cites), language)
    command = f"python -m simulation validate --seeds {seeds} --out validation.html"
    return page.render(
        language=language,
        rows=[_shown(row, language) for row in rows],
        lead=here["lead"].format(
            held=len(rows) - len(missed), all=len(rows), missed=len(missed)
        ),
        caption=here["caption"].format(seeds=seeds),
        kinds=_kinds(rows, language),
        reasons=[
            (row.number, told(REASONS[row.number], language))
            for row in missed
            if row.number in REASONS
        ],
        matrix=matrix_shown(cells, language) if cells else None,
        cannot=CANNOT[language],
        here=here,
        style=style(),
        words=WORDS[language],
        references=listed,
        listed={each.key for each in listed},
        command=f"{command} --language {language}",
    )


def told(words: Words, language: Language) -> str:
    """Return a sentence of the table, numbers as people of the language read them."""
    return read_in(words.fr if language == "fr" else words.en, language)


def _shown(row: Row, language: Language) -> dict[str, object]:
    return {
        "number": row.number,
        "holds": row.holds,
        "kind": WORDS_HERE[language][row.kind],
        "fact": told(row.fact, language),
        "cited": [Cited(key, short(key, language)) for key in row.cites],
        "target": told(row.target, language),
        "found": told(row.found, language),
        "off": told(row.off, language),
    }


def _kinds(rows: list[Row], language: Language) -> list[tuple[str, str, int]]:
    """Return each kind with rows: its meaning, how many hold of how many, misses."""
    of = WORDS_HERE[language]["of"]
    counted = [
        (meaning, [row for row in rows if row.kind == kind])
        for kind, meaning in KINDS[language].items()
    ]
    return [
        (meaning, of.format(held=len(mine) - missed, all=len(mine)), missed)
        for meaning, mine in counted
        if mine
        for missed in [sum(not row.holds for row in mine)]
    ]
