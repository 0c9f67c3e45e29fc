"""The list of sentences to translate, taken from templates and code.

``python -m service.web.catalogue`` writes it anew; a test says when it is out of
date.
"""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from service.web.i18n import LOCALES

SOURCES = Path(__file__).parent
TEMPLATE = LOCALES / "messages.pot"
_METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}


def sentences() -> Catalog:
    """Collect every sentence once, whatever the order of the files."""
    found = Catalog(charset="utf-8")
    for _file, _line, message, _comments, _context in extract_from_dir(
        SOURCES,
        method_map=_METHODS,
        options_map={"templates/**.html": {"trimmed": "true", "silent": "false"}},
        keywords=_KEYWORDS,
    ):
        found.add(message, None)
    return found


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
