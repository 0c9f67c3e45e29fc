"""Every number that went in, with its range and where it comes from."""

from collections.abc import Iterator
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from itertools import groupby
from typing import Any, Final

from simulation.names import namings, unit_said
from simulation.parameters import ASSUMPTION, SETTING, Provenance
from simulation.report.cited import Cited, short
from simulation.report.numbers import NARROW, Language, exact, spaced
from simulation.report.words import WORDS
from simulation.scenarios.model import Scenario, Words


@dataclass(frozen=True, slots=True)
class Assumption:
    """One parameter of the scenario as it was played.

    Attributes:
        key: Its place in the scenario file: what one edits.
        of: The title of the table it stands in.
        which: The file's own name for it, where there are several such tables.
        name: What people call it.
        is_own: The scenario says it; what the sources say is of another value.
        note: What the sources say.
        cited: The sources, by themselves.
        is_assumption: No source measured it.
    """

    key: str
    of: str
    which: str
    name: str
    value: str
    range: str
    is_own: bool
    note: str
    cited: tuple[Cited, ...]
    is_assumption: bool


def assumptions(scenario: Scenario, language: Language) -> list[Assumption]:
    """List the parameters of a scenario, in the order of its file."""
    return [_assumption(each, language) for each in _inside(scenario, "", "")]


def grouped(lines: list[Assumption]) -> list[list[Assumption]]:
    """Return the lines of each table together, in order; none is empty."""
    return [
        list(mine) for _, mine in groupby(lines, lambda each: (each.of, each.which))
    ]


@dataclass(frozen=True, slots=True)
class _Played:
    """A value with its key, its place (the key without numbers) and what is known."""

    key: str
    place: str
    value: object
    note: Provenance
    is_own: bool


def _inside(record: object, key: str, place: str) -> Iterator[_Played]:
    if not is_dataclass(record):
        return
    for each in fields(record):
        value = getattr(record, each.name)
        here, there = f"{key}{each.name}", f"{place}{each.name}"
        note: Provenance | None = each.metadata.get("provenance")
        if note is not None:
            yield _Played(here, there, value, note, is_own=value != _usual(each))
        elif is_dataclass(value):
            yield from _inside(value, f"{here}.", f"{there}.")
        elif isinstance(value, tuple):
            for number, item in enumerate(value):  # pyright: ignore
                label = getattr(item, "slug", None) or number + 1  # pyright: ignore
                yield from _inside(item, f"{here}[{label}].", f"{there}.")  # pyright: ignore


def _usual(each: Field[Any]) -> object:
    """Return the value that the field's source speaks of; nothing when it has none."""
    if each.default is not MISSING:
        return each.default
    return each.default_factory() if each.default_factory is not MISSING else MISSING


def _assumption(played: _Played, language: Language) -> Assumption:
    naming, note = namings()[played.place], played.note
    return Assumption(
        key=played.key,
        of=_in(naming.of, language),
        which=_which(played.key),
        name=_in(naming.name, language),
        value=value_said(played.value, note, language),
        range=range_said(note, language),
        is_own=played.is_own,
        note=_in(naming.note, language),
        cited=tuple(
            Cited(each, short(each, language))
            for each in note.source
            if each not in {ASSUMPTION, SETTING}
        ),
        is_assumption=ASSUMPTION in note.source,
    )


def _which(key: str) -> str:
    _, bracket, rest = key.rpartition("[")
    return rest.partition("]")[0] if bracket else ""


def _in(words: Words, language: Language) -> str:
    return spaced(words.fr, language) if language == "fr" else words.en


def value_said(value: object, note: Provenance, language: Language) -> str:
    """Write a value as people read it: a share in percent, a number with its unit."""
    if isinstance(value, bool):
        return WORDS[language]["yes" if value else "no"]
    if isinstance(value, tuple):
        numbers = [float(each) for each in value]  # pyright: ignore
        if not note.is_span:
            return ", ".join(exact(each, language) for each in numbers)
        return _between(numbers[0], numbers[-1], note, language)
    if isinstance(value, int | float):
        return f"{_number(value, note, language)}{_unit(value, note, language)}"
    return str(value)


def range_said(note: Provenance, language: Language) -> str:
    """Write the range of a parameter; nothing where it has none."""
    if note.low is None or note.high is None:
        return ""
    return _between(note.low, note.high, note, language)


def _between(low: float, high: float, note: Provenance, language: Language) -> str:
    first, last = (_number(each, note, language) for each in (low, high))
    to = WORDS[language]["to"]
    return f"{first} {to} {last}{_unit(high, note, language)}"


def _number(value: float, note: Provenance, language: Language) -> str:
    return exact(round(100 * value, 9) if _is_share(note) else value, language)


def _unit(value: float, note: Provenance, language: Language) -> str:
    said = "%" if _is_share(note) else unit_said(note.unit, value, language)
    return f"{NARROW}{said}" if said else ""


SHARES_END_AT: Final = 1.0


def _is_share(note: Provenance) -> bool:
    """A number without a unit that never passes 1 is a share of something."""
    return not note.unit and note.high is not None and note.high <= SHARES_END_AT
