"""Static files under an address that names their content, so that they can be kept."""

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).parents[1] / "static"
KINDS: Final = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


@lru_cache(maxsize=32)
def address(name: str) -> str:
    """Return where a static file stands; the address changes with its content."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{digest}/{name}"


@lru_cache(maxsize=32)
def content(name: str) -> tuple[bytes, str] | None:
    """Return a static file and its type, None when there is no such file."""
    kind = KINDS.get(Path(name).suffix)
    known = {file.name for file in STATIC.iterdir()}
    if kind is None or name not in known:
        return None
    return (STATIC / name).read_bytes(), kind


@lru_cache(maxsize=32)
def packed(name: str) -> bytes:
    """Return a static file as it travels on a slow line: a third of its size.

    Styles and drawings hold no secret that the length of a packed answer could tell.
    """
    return gzip.compress((STATIC / name).read_bytes(), mtime=0)
