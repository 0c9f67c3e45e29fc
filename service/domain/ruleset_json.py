"""Plain JSON of frozen dataclasses, read strictly.

Strict on purpose: a key nobody knows, a missing one or a number written as text is
refused by name, so that no parameter can be thought to be in force and is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, time
from typing import Any, Final, TypeVar, cast

from service.domain.errors import InvalidRulesetError

_CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Made = TypeVar("Made")
Reader = Callable[[object], object]
"""Turns a JSON value into a domain value or refuses it, without its place."""


def to_json(value: object) -> object:
    """Return dates and wall times as text, tuples as lists, dataclasses as objects."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, tuple):
        return [to_json(item) for item in cast("tuple[object, ...]", value)]
    if is_dataclass(value):
        return {
            field.name: to_json(getattr(value, field.name)) for field in fields(value)
        }
    return value


def read_object(kind: type[Made], value: object, readers: Mapping[str, Reader]) -> Made:
    """Make ``kind`` from an object with exactly the keys of ``readers``.

    Raises:
        InvalidRulesetError: At the key that is unknown, missing or malformed.
    """
    if not isinstance(value, Mapping):
        raise InvalidRulesetError
    given = cast("Mapping[str, object]", value)
    for name in sorted(given.keys() ^ readers.keys()):
        raise InvalidRulesetError(name)
    return kind(
        **{name: _at(name, read, given[name]) for name, read in readers.items()}
    )


def section(kind: type[Any]) -> Reader:
    """Return the reader of a section whose attributes are plain values."""
    readers = {field.name: _PLAIN[str(field.type)] for field in fields(kind)}
    return lambda value: read_object(kind, value, readers)


def list_of(read: Reader) -> Reader:
    """Return the reader of a list; refusals carry the index of the item."""
    return lambda value: tuple(
        _at(str(at), read, item) for at, item in enumerate(_list(value))
    )


def read_text(value: object) -> str:
    """Read a string."""
    if not isinstance(value, str):
        raise InvalidRulesetError
    return value


def read_day(value: object) -> date:
    """Read ``2026-11-01``."""
    text = read_text(value)
    if not _DAY.fullmatch(text):  # fromisoformat alone also reads 20261101
        raise InvalidRulesetError
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidRulesetError from None


def _at(name: str, read: Reader, value: object) -> object:
    try:
        return read(value)
    except InvalidRulesetError as error:
        raise error.under(name) from None


def _list(value: object) -> Sequence[object]:
    if not isinstance(value, list | tuple):
        raise InvalidRulesetError
    return cast("Sequence[object]", value)


def _integer(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidRulesetError
    return value


def _claim(value: object) -> bool:
    if not isinstance(value, bool):
        raise InvalidRulesetError
    return value


def _clock(value: object) -> time:
    found = _CLOCK.fullmatch(read_text(value))
    if found is None:
        raise InvalidRulesetError
    return time(int(found[1]), int(found[2]))


# Annotations are text (PEP 563): each names the reader of its attribute, and one that
# nobody foresaw fails when the module is imported.
_PLAIN: Final[Mapping[str, Reader]] = {
    "int": _integer,
    "bool": _claim,
    "str": read_text,
    "time": _clock,
    "tuple[int, ...]": list_of(_integer),
}
