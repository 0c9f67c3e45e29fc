"""The digits of a number as each language writes them; the rest is the report's."""

from typing import Final, Literal

Language = Literal["fr", "en"]

NARROW: Final = "\u202f"


def exact(value: float, language: Language) -> str:
    """Write a number that somebody chose, every digit of it: 0.002, 2,000,000."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text if language == "en" else as_french(text)


def as_french(number: str) -> str:
    """Write an English number as French does: comma, narrow space in thousands."""
    return number.replace(",", NARROW).replace(".", ",")
