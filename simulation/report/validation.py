"""The validation page, generated from the table and from nothing else."""

from typing import Final

from simulation.report.page import style, templates
from simulation.report.words import WORDS
from simulation.validation.reasons import REASONS
from simulation.validation.row import Row

KINDS: Final = {
    "fitted": "Fitted: a number was set so that it holds",
    "input": "Fed in: says nothing about the laboratory",
    "predicted": "Predicted, never tuned",
    "formula": "A closed form",
    "law": "A law for any numbers",
}


def validation_page(rows: list[Row], seeds: int) -> str:
    """Return the page, in English; facts are quoted with their sources."""
    page = templates("simulation.report").get_template("validation.html.j2")
    missed = [row for row in rows if not row.holds]
    return page.render(
        language="en",
        rows=rows,
        held=len(rows) - len(missed),
        kinds=_kinds(rows),
        reasons=[(r.number, REASONS[r.number]) for r in missed if r.number in REASONS],
        seeds=seeds,
        style=style(),
        words=WORDS["en"],
        command=f"python -m simulation validate --seeds {seeds} --out validation.html",
    )


def _kinds(rows: list[Row]) -> list[tuple[str, str, int, int]]:
    counted = [
        (kind, meaning, [row for row in rows if row.kind == kind])
        for kind, meaning in KINDS.items()
    ]
    return [
        (kind, meaning, len(mine), sum(not row.holds for row in mine))
        for kind, meaning, mine in counted
        if mine
    ]
