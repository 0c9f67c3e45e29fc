"""Turn a TOML table into a frozen dataclass, refusing what is not known."""

import math
import types
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from simulation.errors import ScenarioError
from simulation.numbers import exact
from simulation.parameters import Provenance

T = TypeVar("T")


def build(record: type[T], table: object, place: str) -> T:
    """Read one table into ``record``.

    Args:
        record: A dataclass whose fields carry their ranges.
        table: What ``tomllib`` found at that place.
        place: Where we are in the file, for the refusal.

    Raises:
        ScenarioError: Unknown or missing key, wrong kind of value, value outside
            its range; the text names the place and what is accepted.
    """
    if not isinstance(table, dict):
        raise ScenarioError(f"{place}: a table is expected here, e.g. [{place}]")
    given = cast("dict[str, object]", table)
    known = {each.name: each for each in fields(record)}  # type: ignore[arg-type]
    for name in given:
        if name not in known:
            raise ScenarioError(_unknown(name, list(known), place))
    hints = get_type_hints(record)
    values: dict[str, object] = {}
    for name, each in known.items():
        here = f"{place}.{name}" if place else name
        if name in given:
            values[name] = _value(hints[name], given[name], here)
            _check_range(each.metadata.get("provenance"), values[name], here)
        elif each.default is MISSING and each.default_factory is MISSING:
            raise ScenarioError(f"{here}: this key is missing; add it")
    return record(**values)


def _unknown(name: str, known: list[str], place: str) -> str:
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean '{near[0]}'? " if near else ""
    at = f"{place}: " if place else ""
    return f"{at}unknown key '{name}'; {hint}known keys: {', '.join(sorted(known))}"


def _value(kind: object, value: object, place: str) -> object:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _value(
            next(k for k in get_args(kind) if k is not type(None)), value, place
        )
    if is_dataclass(kind):
        return build(cast("type[object]", kind), value, place)
    if origin is tuple:
        return _sequence(get_args(kind), value, place)
    if origin is dict:
        return _mapping(get_args(kind)[1], value, place)
    return _scalar(kind, value, place)


def _sequence(
    kinds: tuple[object, ...], value: object, place: str
) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise ScenarioError(f"{place}: a list is expected, e.g. {place} = [...]")
    items = cast("list[object]", value)
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        each = (kinds[0],) * len(items)
    elif len(items) == len(kinds):
        each = kinds
    else:
        raise ScenarioError(f"{place}: exactly {len(kinds)} values are expected")
    return tuple(
        _value(kind, item, f"{place}[{number}]")
        for number, (kind, item) in enumerate(zip(each, items, strict=True))
    )


def _mapping(kind: object, value: object, place: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ScenarioError(f"{place}: a table is expected, e.g. [{place}]")
    items = cast("dict[str, object]", value)
    return {
        name: _value(kind, items[name], f"{place}.{name}") for name in sorted(items)
    }


_EXPECTED: Final[dict[object, tuple[str, str]]] = {
    float: ("a number", "un nombre est attendu"),
    int: ("a whole number", "un nombre entier est attendu"),
    str: ("a text in quotes", "un texte entre guillemets est attendu"),
    bool: ("true or false", "true ou false est attendu"),
    date: ("a date such as 2024-05-21", "une date est attendue, p. ex. 2024-05-21"),
}


def _scalar(kind: object, value: object, place: str) -> object:
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    right = isinstance(kind, type) and isinstance(value, kind)
    right = right and (kind is bool or not isinstance(value, bool))
    if not right:
        en, fr = _EXPECTED.get(kind, (str(kind), str(kind)))
        raise ScenarioError(f"{place}: {en} is expected", f"{place} : {fr}")
    if isinstance(value, float) and not math.isfinite(value):
        raise ScenarioError(
            f"{place}: a finite number is expected",
            f"{place} : un nombre fini est attendu",
        )
    return value


def _check_range(note: Provenance | None, value: object, place: str) -> None:
    if note is None:
        return
    if isinstance(value, tuple):
        _check_pair(note, cast("tuple[object, ...]", value), place)
    if not isinstance(value, (int, float)):
        return
    too_low = note.low is not None and value < note.low
    too_high = note.high is not None and value > note.high
    if too_low or too_high:
        ends = [exact(end, "fr") for end in (note.low, note.high) if end is not None]
        low = "any" if note.low is None else exact(note.low, "en")
        high = "any" if note.high is None else exact(note.high, "en")
        unit = f" {note.unit}" if note.unit else ""
        raise ScenarioError(
            f"{place}: {exact(value, 'en')} is outside the range {low} to {high}{unit}",
            f"{place} : {exact(value, 'fr')} est hors de l'étendue {' à '.join(ends)}",
        )


def _check_pair(note: Provenance, pair: tuple[object, ...], place: str) -> None:
    """Hold each number of a list to the range; a span goes from less to more."""
    for number, each in enumerate(pair):
        _check_range(note, each, f"{place}[{number}]")
    if note.is_span and list(pair) != sorted(pair):  # type: ignore[type-var]
        raise ScenarioError(f"{place}: [from, to] with from <= to is expected")


def checked(record: type[object], name: str, value: object, place: str) -> object:
    """Check one value as :func:`build` would, for a field of ``record``."""
    hints = get_type_hints(record)
    found = _value(hints[name], value, place)
    note = next(e.metadata.get("provenance") for e in fields(record) if e.name == name)  # type: ignore[arg-type]
    _check_range(note, found, place)
    return found
