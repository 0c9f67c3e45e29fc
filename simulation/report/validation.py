"""The validation page, generated from the table and from nothing else."""

from simulation.report.page import style, templates
from simulation.report.words import WORDS
from simulation.validation.row import Row


def validation_page(rows: list[Row], seeds: int) -> str:
    """Return the page, in English; facts are quoted with their sources."""
    page = templates("simulation.report").get_template("validation.html.j2")
    return page.render(
        rows=rows,
        held=sum(row.holds for row in rows),
        seeds=seeds,
        style=style(),
        words=WORDS["en"],
        command=f"python -m simulation validate --seeds {seeds} --out validation.html",
    )
