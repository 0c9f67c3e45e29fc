"""Every number that went in, with its range and where it comes from."""

from collections.abc import Iterator
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from typing import Any

from simulation.parameters import ASSUMPTION, SETTING, Provenance
from simulation.scenarios.model import Scenario


@dataclass(frozen=True, slots=True)
class Assumption:
    """One parameter of the scenario as it was played."""

    name: str
    value: str
    range: str
    source: str
    is_assumption: bool


def assumptions(scenario: Scenario) -> list[Assumption]:
    """List the parameters of a scenario, in the order of its file."""
    return list(_inside(scenario, ""))


def _inside(record: object, place: str) -> Iterator[Assumption]:
    if not is_dataclass(record):
        return
    for each in fields(record):
        name = f"{place}{each.name}"
        value = getattr(record, each.name)
        note: Provenance | None = each.metadata.get("provenance")
        if note is not None:
            yield _line(name, value, note, is_own=value != _usual(each))
        elif is_dataclass(value):
            yield from _inside(value, f"{name}.")
        elif isinstance(value, tuple):
            for number, item in enumerate(value):  # pyright: ignore
                label = getattr(item, "slug", None) or number + 1  # pyright: ignore
                yield from _inside(item, f"{name}[{label}].")  # pyright: ignore


def _usual(each: Field[Any]) -> object:
    """Return the value that the field's source speaks of; nothing when it has none."""
    if each.default is not MISSING:
        return each.default
    return each.default_factory() if each.default_factory is not MISSING else MISSING


def _line(name: str, value: object, note: Provenance, *, is_own: bool) -> Assumption:
    bounds = [note.low, note.high]
    range_ = " – ".join("" if each is None else f"{each:g}" for each in bounds)
    unit = f" {note.unit}" if note.unit else ""
    return Assumption(
        name=name,
        value=f"{_text(value)}{unit}",
        range="" if bounds == [None, None] else range_,
        source=_source(note, is_own=is_own),
        is_assumption=ASSUMPTION in note.source,
    )


def _source(note: Provenance, *, is_own: bool) -> str:
    """Return what stands beside the value that was played, not beside another one."""
    source = "" if note.source in {ASSUMPTION, SETTING} else note.source
    if not is_own:
        return source
    return f"this scenario; elsewhere: {source}" if source else "this scenario"


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, tuple):
        return " – ".join(_text(each) for each in value)  # pyright: ignore
    return str(value)
