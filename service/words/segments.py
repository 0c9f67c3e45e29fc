"""How many messages a telephone bill counts for one text, by its encoding.

A text whose every character is in the GSM alphabet takes 160 characters alone, or 153
a segment when it is cut; one single other character turns the whole text into UCS-2:
70 alone, 67 a segment. A two-unit character is never cut in two.

Source: 3GPP TS 23.038 § 6.2.1 (default alphabet and extension table) and 23.040
§ 9.2.3.24.1 (six octets of header in each part of a concatenated message).
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION: Final = frozenset("\f^{}\\[~]|€")
"""These take two units each: an escape, then the character."""

_WITHOUT_LOSS: Final = frozenset({"fr", "en", "es", "pt"})
"""Languages that stay readable when an accent is left out, as people text anyway."""

_SIGNS: Final = str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        "\u201c": '"',
        "\u201d": '"',
        "«": '"',
        "»": '"',
        "\u00a0": " ",
        "\u202f": " ",
        "\u2013": "-",
        "\u2014": "-",
        "\u2011": "-",
        "…": "...",
        "œ": "oe",
        "Œ": "OE",
        "º": "o",
        "ª": "a",
        "\u2066": None,
        "\u2068": None,
        "\u2069": None,
    }
)


class Encoding(StrEnum):
    """How a text travels."""

    GSM = "gsm"
    UCS2 = "ucs2"


_ALONE: Final = {Encoding.GSM: 160, Encoding.UCS2: 70}
_EACH: Final = {Encoding.GSM: 153, Encoding.UCS2: 67}


@dataclass(frozen=True, slots=True)
class Size:
    """What a text weighs.

    Attributes:
        encoding: How it travels.
        units: Septets in the GSM alphabet, 16-bit units in UCS-2.
        segments: Messages that are billed; 0 for an empty text.
    """

    encoding: Encoding
    units: int
    segments: int


def size_of(text: str) -> Size:
    """Measure a text as a network would send it.

    Pure and total. Every character counts where it stands: a pair (an escape and its
    character, or two surrogates) that does not fit begins the next segment.
    """
    encoding = Encoding.GSM if is_gsm(text) else Encoding.UCS2
    widths = [_width(character, encoding) for character in text]
    units = sum(widths)
    if units <= _ALONE[encoding]:
        return Size(encoding, units, 1 if units else 0)
    return Size(encoding, units, _cut(widths, _EACH[encoding]))


def is_gsm(text: str) -> bool:
    """Say whether every character is in the GSM alphabet or its extension."""
    return all(one in _BASIC or one in _EXTENSION for one in text)


def texted(text: str, language: str) -> str:
    """Write a text as it is texted: typographic signs plain, accents where they fit.

    In the languages that stay readable without them, an accent that the alphabet
    lacks is left out, so that a message of one segment is not billed as three. Any
    other text leaves as it is written.
    """
    plain = text.translate(_SIGNS)
    if language not in _WITHOUT_LOSS or is_gsm(plain):
        return plain
    folded = "".join(one if one in _BASIC else _bare(one) for one in plain)
    return folded if is_gsm(folded) else plain


def _bare(character: str) -> str:
    taken_apart = unicodedata.normalize("NFKD", character)
    bare = "".join(one for one in taken_apart if not unicodedata.combining(one))
    return bare or character


def _width(character: str, encoding: Encoding) -> int:
    if encoding is Encoding.GSM:
        return 2 if character in _EXTENSION else 1
    return 2 if ord(character) > 0xFFFF else 1


def _cut(widths: list[int], room: int) -> int:
    segments, used = 1, 0
    for width in widths:
        if used + width > room:
            segments, used = segments + 1, 0
        used += width
    return segments
