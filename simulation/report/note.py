"""The two-page note: what a minister's adviser reads between two meetings."""

from dataclasses import dataclass, field
from typing import cast

from simulation.comparison import Comparison
from simulation.report.figures import Figure
from simulation.report.numbers import Language
from simulation.report.page import context
from simulation.report.pdf import (
    HEIGHT,
    MARGIN,
    OTHERS,
    OURS,
    QUIET,
    RULE,
    WIDTH,
    Page,
    document,
    wrapped,
)
from simulation.report.words import WORDS

ROOM = WIDTH - 2 * MARGIN
NAME_W, PLOT_W, SIZE = 175.0, 190.0, 9.0
SHOWN = ("capture_share", "rights_lost_days", "wait_no_date_p90", "paid_eur")


@dataclass(slots=True)
class Pen:
    """Where the next line goes."""

    page: Page = field(default_factory=Page)
    y: float = MARGIN + 14

    def paragraph(
        self, words: str, size: float = 10, *, bold: bool = False, quiet: bool = False
    ) -> None:
        """Write lines of text and move down."""
        for line in wrapped(words, size, ROOM, bold=bold):
            colour = QUIET if quiet else (0.08, 0.13, 0.12)
            self.page.text(MARGIN, self.y, line, size, bold=bold, colour=colour)
            self.y += size * 1.38

    def gap(self, points: float) -> None:
        """Leave white."""
        self.y += points

    @property
    def left(self) -> float:
        """Return the points that are left on the page."""
        return HEIGHT - MARGIN - self.y


def note(found: Comparison, language: Language, command: list[str]) -> bytes:
    """Return the PDF of a comparison, two pages of A4.

    Args:
        found: At least five paired seeds.
        language: ``fr`` or ``en``.
        command: The words that give these numbers again.
    """
    shown = context(found, language, command)
    words = WORDS[language]
    title = str(shown["title"])
    first, second = Pen(), Pen()
    _head(first, found, title, language)
    _said(first, shown)
    for figure in _figures(shown):
        _chart(first, figure)
    _waits(second, shown, words)
    _limits(second, shown, words)
    return document([first.page, second.page], title=title, language=language)


def _head(pen: Pen, found: Comparison, title: str, language: Language) -> None:
    words = WORDS[language]
    pen.paragraph(f"Tour de rôle · {words['site']}", 9, quiet=True)
    pen.gap(6)
    pen.paragraph(title, 18, bold=True)
    pen.paragraph(f"{words['same']} {len(found.seeds)} {words['seeds']}.")
    warning = f" {words['provisional']}" if len(found.seeds) < 30 else ""
    pen.paragraph(f"{words['luck']}{warning} {words['none_of']}", 9, quiet=True)
    pen.gap(6)


def _said(pen: Pen, shown: dict[str, object]) -> None:
    for sentence in _texts(shown["sentences"]):
        pen.paragraph(f"• {sentence}")
    pen.gap(4)


def _items(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [str(each) for each in _items(value)]


def _figures(shown: dict[str, object]) -> list[Figure]:
    every = (each for each in _items(shown["figures"]) if isinstance(each, Figure))
    return [figure for figure in every if figure.key in SHOWN]


def _chart(pen: Pen, figure: Figure) -> None:
    row = 15.0
    if pen.left < 60 + row * len(figure.marks):
        return
    pen.gap(8)
    pen.paragraph(figure.title, 11, bold=True)
    pen.paragraph(figure.measures, 9, quiet=True)
    for mark in figure.marks:
        colour = OURS if mark.is_ours else OTHERS
        name = wrapped(mark.name, SIZE, NAME_W, bold=mark.is_ours)[0]
        pen.page.text(MARGIN, pen.y, name, SIZE, bold=mark.is_ours, colour=colour)
        start = MARGIN + NAME_W + 10
        pen.page.bar(start, pen.y - 9, PLOT_W, 11, (0.93, 0.95, 0.94))
        if not mark.unknown:
            pen.page.bar(start, pen.y - 7, PLOT_W * mark.at / 100, 7, colour)
            ends = [start + PLOT_W * end / 100 for end in (mark.low, mark.high)]
            pen.page.line(ends[0], pen.y - 3.5, ends[1], pen.y - 3.5, 1.2)
        beside = f"{mark.value} ({mark.interval})"
        pen.page.text(start + PLOT_W + 8, pen.y, beside, 8, bold=mark.is_ours)
        pen.y += row
    pen.paragraph(figure.trap, 8, quiet=True)


def _waits(pen: Pen, shown: dict[str, object], words: dict[str, str]) -> None:
    pen.paragraph(words["waits"], 12, bold=True)
    pen.paragraph(words["waits_caption"], 9, quiet=True)
    pen.gap(4)
    rules = _texts(shown["rules"])[:4]
    column = (ROOM - 90) / max(1, len(rules))
    heads = [wrapped(rule, 8, column - 8, bold=True)[:3] for rule in rules]
    for number, lines in enumerate(heads):
        for down, line in enumerate(lines):
            x = MARGIN + 90 + number * column
            pen.page.text(x, pen.y + down * 10, line, 8, bold=True)
    pen.y += 10 * max(len(lines) for lines in heads) + 6
    for row in _items(shown["waits"]):
        name, cells = cast("tuple[str, list[str]]", row)
        pen.page.bar(MARGIN, pen.y - 11, ROOM, 0.5, RULE)
        pen.page.text(MARGIN, pen.y, name, 9)
        for number, cell in enumerate(cells[:4]):
            pen.page.text(MARGIN + 90 + number * column, pen.y, cell, 9)
        pen.y += 15
    pen.gap(10)


def _limits(pen: Pen, shown: dict[str, object], words: dict[str, str]) -> None:
    pen.paragraph(words["expected"], 12, bold=True)
    pen.paragraph(str(shown["expected"]))
    pen.gap(8)
    pen.paragraph(words["limits"], 12, bold=True)
    for text in (
        str(shown["limits"]),
        words["processing"],
        words["entry"],
        words["legal"],
    ):
        pen.paragraph(f"• {text}")
    pen.gap(8)
    pen.paragraph(words["again"], 12, bold=True)
    pen.paragraph(str(shown["command"]), 9)
    pen.paragraph(f"{words['digest']}: {shown['digest']}", 8, quiet=True)
    pen.paragraph(f"{words['ruleset']}: {shown['ruleset']}", 8, quiet=True)
    pen.paragraph(
        f"{words['ruleset_digest']}: {shown['ruleset_digest']}", 8, quiet=True
    )
