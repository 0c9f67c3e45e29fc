"""How people type numbers: other digits, full-width letters, spaces everywhere.

The keyboard of a telephone set to Arabic, Persian or Bengali writes its own digits,
and a number copied from a card comes with spaces. None of this is a fault of the
person.
"""

from __future__ import annotations

import unicodedata


def ascii_digits(typed: str) -> str:
    """Return ``typed`` with every decimal digit of any script as 0 to 9.

    Total: anything that is no digit is left as it is.
    """
    return "".join(_digit_or_self(character) for character in typed)


def compact(typed: str) -> str:
    """Return ``typed`` in plain capitals and digits, without any space.

    Full-width forms become ordinary ones (NFKC), digits become ASCII ones.
    """
    plain = ascii_digits(unicodedata.normalize("NFKC", typed))
    return "".join(plain.split()).upper()


def _digit_or_self(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)
