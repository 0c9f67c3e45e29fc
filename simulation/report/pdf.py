"""A very small PDF writer: text, lines and bars on A4, no dependency, no clock.

Only the fonts that every reader has, in the Western encoding, which holds French
and English. Equal content gives equal bytes: no date, no random identifier.

Source: ISO 32000-1, sections 7.5 (file structure) and 9.6.2 (standard fonts).
"""

import unicodedata
from dataclasses import dataclass, field
from typing import Final

WIDTH, HEIGHT = 595.0, 842.0
MARGIN: Final = 48.0

# Advance widths of Helvetica for the characters 32 to 126, in thousandths of an em.
_ADVANCES: Final = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_BOLD: Final = 1.07
_PLAIN: Final = str.maketrans(
    {"\u202f": "\u00a0", "\u2212": "-", "\u2265": ">=", "\u2264": "<="}
)

Colour = tuple[float, float, float]
INK: Final[Colour] = (0.08, 0.13, 0.12)
QUIET: Final[Colour] = (0.25, 0.31, 0.30)
OURS: Final[Colour] = (0.04, 0.32, 0.33)
OTHERS: Final[Colour] = (0.36, 0.42, 0.40)
RULE: Final[Colour] = (0.79, 0.82, 0.81)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line in points."""
    advances = (_advance(each) for each in text.translate(_PLAIN))
    return sum(advances) * size / 1000 * (_BOLD if bold else 1)


def _advance(character: str) -> int:
    base = unicodedata.normalize("NFD", character)[0]
    place = ord(base) - 32
    return _ADVANCES[place] if 0 <= place < len(_ADVANCES) else 556


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines that fit into ``room`` points."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if line and width(longer, size, bold=bold) > room:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


@dataclass(slots=True)
class Page:
    """One A4 page; y counts from the top, in points."""

    marks: list[str] = field(default_factory=list[str])

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 10,
        *,
        bold: bool = False,
        colour: Colour = INK,
    ) -> None:
        """Write one line whose base stands at ``y``."""
        red, green, blue = colour
        font = "F2" if bold else "F1"
        self.marks.append(
            f"BT {red} {green} {blue} rg /{font} {size:g} Tf "
            f"{x:.2f} {HEIGHT - y:.2f} Td ({_escaped(words)}) Tj ET"
        )

    def bar(self, x: float, y: float, wide: float, high: float, colour: Colour) -> None:
        """Draw a filled rectangle from its top left corner."""
        red, green, blue = colour
        self.marks.append(
            f"{red} {green} {blue} rg {x:.2f} {HEIGHT - y - high:.2f} "
            f"{max(wide, 0.5):.2f} {high:.2f} re f"
        )

    def line(self, x: float, y: float, to_x: float, to_y: float, thick: float) -> None:
        """Draw a line."""
        self.marks.append(
            f"{INK[0]} {INK[1]} {INK[2]} RG {thick:g} w {x:.2f} {HEIGHT - y:.2f} m "
            f"{to_x:.2f} {HEIGHT - to_y:.2f} l S"
        )


def _escaped(words: str) -> str:
    plain = words.translate(_PLAIN).encode("cp1252", "replace").decode("latin-1")
    return plain.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def document(pages: list[Page], *, title: str, language: str) -> bytes:
    """Return the file."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    title_hex = ("\ufeff" + title).encode("utf-16-be").hex()
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /Lang ({language}) "
        "/ViewerPreferences << /DisplayDocTitle true >> >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        _font("Helvetica"),
        _font("Helvetica-Bold"),
    ]
    for number, page in enumerate(pages):
        content = "\n".join(page.marks)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH:g} {HEIGHT:g}] "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> "
            f"/Contents {6 + 2 * number} 0 R >>"
        )
        size = len(content.encode("latin-1"))
        objects.append(f"<< /Length {size} >>\nstream\n{content}\nendstream")
    objects.append(f"<< /Title <{title_hex}> >>")
    return _file(objects)


def _font(name: str) -> str:
    kind = "/Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding"
    return f"<< {kind} /BaseFont /{name} >>"


def _file(objects: list[str]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places: list[int] = []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode("latin-1")
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{place:010} 00000 n \n" for place in places).encode()
    out += (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R "
        f"/Info {len(objects)} 0 R >>\nstartxref\n{table}\n%%EOF\n"
    ).encode()
    return bytes(out)
