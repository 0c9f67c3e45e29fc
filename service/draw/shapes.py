"""Reading a value of unknown shape: each look either narrows it or refuses it."""

from collections.abc import Sequence
from itertools import islice
from operator import lt
from typing import Any, NoReturn, TypeGuard

from service.draw.canonical import RefusedInputError, member


def refuse(place: str, why: str) -> NoReturn:
    """Refuse the input, naming the place."""
    raise RefusedInputError(place, why)


def members(value: object, place: str, keys: Sequence[str]) -> dict[str, Any]:
    """Return an object that has exactly these members."""
    if _is_object(value) and value.keys() == set(keys):
        return value
    found = mapping(value, place)
    for key in keys:
        if key not in found:
            refuse(member(place, key), "missing")
    for key in found:
        if key not in keys:
            refuse(member(place, key), "unknown key")
    return found


def mapping(value: object, place: str) -> dict[str, Any]:
    """Return an object whose keys are text."""
    if not _is_object(value):
        refuse(place, "an object is expected")
    if not all(isinstance(key, str) for key in value):
        refuse(place, "a key must be text")
    return value


def array(value: object, place: str) -> list[Any]:
    """Return an array."""
    if not _is_array(value):
        refuse(place, "an array is expected")
    return value


def increasing(values: Sequence[Any]) -> bool:
    """Tell whether each value is below the next."""
    return all(map(lt, values, islice(values, 1, None)))


def _is_object(value: object) -> TypeGuard[dict[Any, Any]]:
    return isinstance(value, dict)


def _is_array(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def text(value: object, place: str) -> str:
    """Return text that can be written as UTF-8."""
    if not isinstance(value, str):
        refuse(place, "text is expected")
    try:
        value.encode()
    except UnicodeEncodeError:
        refuse(place, "half of a surrogate pair")
    return value


def whole(value: object, place: str, *, least: int = 0, most: int) -> int:
    """Return a whole number between two bounds, both allowed."""
    if type(value) is not int or not least <= value <= most:
        refuse(place, f"a whole number from {least} to {most} is expected")
    return value


def hexadecimal(value: object, place: str, *, octets: int) -> str:
    """Return lower-case hex digits that spell this many octets."""
    digits = text(value, place)
    if len(digits) != 2 * octets or digits.strip("0123456789abcdef"):
        refuse(place, f"{2 * octets} lower-case hex digits are expected")
    return digits
