"""The list of sentences to translate, taken from templates and code.

``python -m service.words.catalogue`` writes it anew; a test says when it is out of
date. What only agents and accompanying organisations read is not in it: it stays
French.
"""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from service.words.i18n import LOCALES

SOURCES = Path(__file__).parents[1]
STAFF = ("agent", "helper", "auditor", "demonstration")
"""Folders of pages and templates whose readers work in French."""

TEMPLATE = LOCALES / "messages.pot"
_METHODS = [
    ("web/templates/**.html", "jinja2"),
    ("adapters/**.txt", "jinja2"),
    ("web/**.py", "python"),
    ("words/**.py", "python"),
    ("adapters/**.py", "python"),
]
_TRIMMED = {"trimmed": "true", "silent": "false"}
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}


def sentences() -> Catalog:
    """Collect every sentence once, whatever the order of the files."""
    found = Catalog(charset="utf-8")
    for file, _line, message, _comments, _context in extract_from_dir(
        SOURCES,
        method_map=_METHODS,
        options_map={pattern: _TRIMMED for pattern, how in _METHODS if how == "jinja2"},
        keywords=_KEYWORDS,
    ):
        if not is_for_staff(Path(file)):
            found.add(message, None)
    return found


def is_for_staff(file: Path) -> bool:
    """Say whether what ``file`` says is read by staff and helpers alone."""
    return any(part in STAFF for part in file.with_suffix("").parts)


def template() -> str:
    """Return the template of the catalogues, sorted and without places or dates."""
    written = io.BytesIO()
    write_po(
        written,
        sentences(),
        no_location=True,
        omit_header=True,
        sort_output=True,
        width=0,
    )
    return written.getvalue().decode()


if __name__ == "__main__":
    TEMPLATE.write_text(template(), encoding="utf-8")
