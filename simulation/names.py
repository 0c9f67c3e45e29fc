"""What people call a parameter: read from ``parameters.toml``."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from simulation.numbers import Language
from simulation.scenarios.model import Words

TITLES: Final = ("fr", "en")
"""Keys of a table that are its own title and no parameter."""


@dataclass(frozen=True, slots=True)
class Naming:
    """A parameter's name, and what its source says of it (nothing, where it is silent).

    Attributes:
        of: What it is a number of: the title of its table.
    """

    name: Words
    note: Words
    of: Words


@cache
def _table() -> dict[str, Any]:
    text = files("simulation").joinpath("parameters.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def namings() -> dict[str, Naming]:
    """Return the words of every parameter by its place in a scenario file."""
    found: dict[str, Naming] = {}
    for name, table in _table().items():
        if name != "units":
            _gather(table, "" if name == "scenario" else f"{name}.", found)
    return found


def _gather(table: dict[str, Any], place: str, found: dict[str, Naming]) -> None:
    of = Words(fr=table.get("fr", ""), en=table.get("en", ""))
    for name, each in table.items():
        if name in TITLES:
            continue
        if _is_table_of_parameters(each):
            _gather(each, f"{place}{name}.", found)
            continue
        found[f"{place}{name}"] = Naming(
            Words(fr=each["fr"], en=each["en"]),
            Words(fr=each.get("note_fr", ""), en=each.get("note_en", "")),
            of,
        )


def _is_table_of_parameters(table: dict[str, Any]) -> bool:
    return any(isinstance(each, dict) for each in table.values())


@cache
def units() -> dict[str, tuple[Words, Words]]:
    """Return each unit as it is called: one of it, and more than one."""
    return {
        unit: (Words(fr=words[0], en=words[2]), Words(fr=words[1], en=words[3]))
        for unit, words in _table()["units"].items()
    }


def unit_said(unit: str, value: float, language: Language) -> str:
    """Return a unit as people say it after that number.

    French counts 1.5 as one, English as many.
    """
    if not unit:
        return ""
    one, many = units()[unit]
    is_one = abs(value) < 2 if language == "fr" else value == 1
    chosen = one if is_one else many
    return chosen.fr if language == "fr" else chosen.en
