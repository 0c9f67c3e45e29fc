"""The press: a template of ours and plain data become a tagged PDF.

Data reaches the template as JSON through one input and is never part of its source.
The fonts travel with the laboratory, so that a page looks alike everywhere.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from simulation.errors import LaboratoryError

TEMPLATES: Final = Path(__file__).parent / "templates"
FONTS: Final = "fontpkg_noto_sans"


def printed(template: str, content: Mapping[str, Any], day: date) -> bytes:
    """Return a PDF that assistive technology can read (PDF/UA-1).

    Args:
        template: Name of a file in ``templates``, without its ending.
        content: Text, numbers, lists and mappings only.
        day: Written into the file as its date, so that equal content gives equal
            bytes on whatever day it is printed.

    Raises:
        LaboratoryError: The fonts were not installed with the program.
    """
    # Here and not above: a command that prints nothing starts sooner without it.
    import typst

    return typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        format="pdf",
        font_paths=[str(_fonts())],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(day, time(), UTC),
        sys_inputs={"note": json.dumps(content, ensure_ascii=False, sort_keys=True)},
    )


def _fonts() -> Path:
    found = find_spec(FONTS)
    if found is None or found.origin is None:
        raise LaboratoryError(f"the fonts are missing: install {FONTS}")
    return Path(found.origin).parent / "files"
