"""The fonts that travel with us, and which letters they hold.

PDF/UA refuses a letter that no font can show, and we refuse boxes: what cannot be
printed is known before, and said.
"""

import importlib.util
import struct
from functools import lru_cache
from pathlib import Path
from typing import Final

FAMILIES: Final = ("Noto Sans", "Noto Sans Arabic")
_PACKAGES: Final = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic")
_INVISIBLE: Final = frozenset({" ", "\n", "\u00a0", "\u200b", "\u200c", "\u200d"})


class FontsMissingError(Exception):
    """The packages that carry the fonts are not installed."""


@lru_cache(maxsize=1)
def folders() -> tuple[Path, ...]:
    """Return where the fonts lie.

    Raises:
        FontsMissingError: They were not installed with the program.
    """
    found: list[Path] = []
    for package in _PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            raise FontsMissingError(package)
        found.append(Path(spec.origin).parent / "files")
    return tuple(found)


@lru_cache(maxsize=1)
def letters() -> frozenset[int]:
    """Return every code point that an upright font of ours can show."""
    upright = (
        file
        for folder in folders()
        for file in sorted(folder.glob("*.ttf"))
        if "Italic" not in file.name
    )
    return frozenset(c for file in upright for c in _mapped(file.read_bytes()))


def can_print(text: str) -> bool:
    """Say whether every letter of ``text`` can be shown."""
    known = letters()
    return all(c in _INVISIBLE or ord(c) in known for c in text)


def _mapped(font: bytes) -> set[int]:
    """Read the character map of a TrueType font.

    Source:
        OpenType specification, table "cmap", formats 4 and 12.
    """
    (count,) = struct.unpack_from(">H", font, 4)
    for at in range(12, 12 + 16 * count, 16):
        if font[at : at + 4] == b"cmap":
            (start,) = struct.unpack_from(">L", font, at + 8)
            return _characters(font, start)
    return set()


def _characters(font: bytes, cmap: int) -> set[int]:
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    found: set[int] = set()
    for at in range(cmap + 4, cmap + 4 + 8 * count, 8):
        (offset,) = struct.unpack_from(">L", font, at + 4)
        (form,) = struct.unpack_from(">H", font, cmap + offset)
        if form == 12:
            found |= _segmented_coverage(font, cmap + offset)
        elif form == 4:
            found |= _segment_mapping(font, cmap + offset)
    return found


def _segmented_coverage(font: bytes, at: int) -> set[int]:
    (groups,) = struct.unpack_from(">L", font, at + 12)
    found: set[int] = set()
    for group in range(groups):
        first, last, glyph = struct.unpack_from(">LLL", font, at + 16 + 12 * group)
        found.update(range(first + (glyph == 0), last + 1))
    return found


def _segment_mapping(font: bytes, at: int) -> set[int]:
    (double,) = struct.unpack_from(">H", font, at + 6)
    segments = double // 2
    ends = struct.unpack_from(f">{segments}H", font, at + 14)
    starts = struct.unpack_from(f">{segments}H", font, at + 16 + double)
    spans = zip(starts, ends, strict=True)
    return {
        c for first, last in spans if first != 0xFFFF for c in range(first, last + 1)
    }
