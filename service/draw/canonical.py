"""Canonical bytes: the one spelling of a JSON value that is hashed.

Objects, arrays, strings, whole numbers within ±(2^53 - 1), booleans and null:
nothing else has canonical bytes, and nothing else is read. A refusal names the
place, so that one line tells an operator which member to look at.

Source: RFC 8785 (JCS); ``spec/draw-v1.md`` section 1.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias, TypeGuard

Json: TypeAlias = (
    "dict[str, Json] | list[Json] | tuple[Json, ...] | str | int | bool | None"
)

LARGEST_INTEGER: Final = 2**53 - 1
_LONGEST_INTEGER: Final = len(str(-LARGEST_INTEGER))
# A limit of this program, not of the rule: far below what Python's own
# recursion bears, so that the answer is the same on every machine.
DEEPEST_NESTING: Final = 100
_NOT_WHOLE: Final = "a whole number within ±(2^53 - 1) is expected"
_TOO_DEEP: Final = "nested too deeply"
_HALF_PAIR: Final = "half of a surrogate pair"
_PLAIN_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,79}")


class RefusedInputError(ValueError):
    """The input is refused whole.

    Attributes:
        place: Where, as a path such as ``pool.registrations[3].band``.
        why: What the rule asks for there, in words.
    """

    def __init__(self, place: str, why: str) -> None:
        """Name the place and the reason; never the value found there."""
        super().__init__(f"{place}: {why}")
        self.place = place
        self.why = why


class InvalidJsonError(RefusedInputError):
    """The text is not JSON of the kind that has canonical bytes."""


def member(place: str, key: str) -> str:
    """Return the path of an object's member, on one line whatever the key is."""
    if not _PLAIN_KEY.fullmatch(key):
        return f"{place}[{json.dumps(key[:80])}]"
    return f"{place}.{key}" if place else key


def item(place: str, index: int) -> str:
    """Return the path of an array's item."""
    return f"{place}[{index}]"


def is_array(value: object) -> TypeGuard[list[Any] | tuple[Any, ...]]:
    """Tell whether JSON writes the value between brackets."""
    return isinstance(value, (list, tuple))


def is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """Tell whether JSON writes the value between braces."""
    return isinstance(value, Mapping)


def canonical_bytes(value: object, place: str = "") -> bytes:
    """Write a value the one way that everybody writes it.

    Pure: equal values give equal bytes on every machine. Keys are ordered by
    UTF-16 code units, without spaces, and only the escapes JSON requires.

    Args:
        value: Mappings with text keys, lists or tuples, text, ``int``, ``bool``
            and ``None``, nested as needed.
        place: Path of the value, with which a refusal begins.

    Raises:
        InvalidJsonError: Something inside has no canonical bytes.

    Source:
        RFC 8785 sections 3.2.1 to 3.2.4.
    """
    try:
        ordered = _ordered(value, 0)
    except _UnwritableError as error:
        for step in reversed(error.steps):
            place = item(place, step) if isinstance(step, int) else member(place, step)
        raise InvalidJsonError(place or "the document", error.why) from None
    return json.dumps(ordered, ensure_ascii=False, separators=(",", ":")).encode()


def parse_strict(text: bytes) -> Json:
    """Read JSON and refuse whatever canonical bytes could not hold.

    A duplicate key is refused here: once read, nobody could tell that two
    readers kept different ones.

    Args:
        text: UTF-8, no byte order mark.

    Raises:
        InvalidJsonError: Not JSON, or a duplicate key, a number that is not a
            whole one within ±(2^53 - 1), a lone surrogate, or nesting too deep for
            this machine (what canonical bytes bear is for them to refuse).
    """
    faults: list[_Fault] = []
    value = _load(_decoded(text), faults)
    if faults or b"\\" in text:  # only an escape can spell half of a pair
        _refuse_first_fault(value)
    return value


class _Fault:
    """Stands where something refused was read, until its place is known."""

    def __init__(self, why: str) -> None:
        self.why = why


class _Whole(dict[str, object]):
    """Whole numbers by their digits: read once, however often they are written.

    Half of the time of reading a pool would otherwise go into its numbers.
    """

    def __init__(self, fault: Callable[[str], _Fault]) -> None:
        super().__init__()
        self._fault = fault

    def __missing__(self, digits: str) -> object:
        # The length first: reading a million digits would take minutes.
        if len(digits) <= _LONGEST_INTEGER:
            number = int(digits)
            if -LARGEST_INTEGER <= number <= LARGEST_INTEGER:
                self[digits] = number
                return number
        return self._fault(_NOT_WHOLE)


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidJsonError(f"byte {error.start}", "not UTF-8") from None


def _load(text: str, faults: list[_Fault]) -> Json:
    def fault(why: str) -> _Fault:
        faults.append(_Fault(why))
        return faults[-1]

    def unique(pairs: list[tuple[str, Json]]) -> object:
        members = dict(pairs)
        if len(members) < len(pairs):
            return fault("a key is repeated in this object")
        return members

    def fraction(_digits: str) -> _Fault:
        return fault("a number must be whole, without point or exponent")

    try:
        value: Json = json.loads(
            text,
            object_pairs_hook=unique,
            parse_int=_Whole(fault).__getitem__,
            parse_float=fraction,
            parse_constant=fraction,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno} column {error.colno}"
        raise InvalidJsonError(where, "not JSON") from None
    except RecursionError:
        raise InvalidJsonError("the document", _TOO_DEEP) from None
    return value


def _refuse_first_fault(document: object) -> None:
    """Walk in document order; raise at the first thing that was refused.

    Without recursion: how deep one may nest must not depend on whether a letter
    somewhere is written with an escape. What lies deeper than canonical bytes go is
    named by what holds it there, so that no path outgrows the file.
    """
    open_: list[Iterator[tuple[str, object]]] = [iter([("", document)])]
    while open_:
        place, value = next(open_[-1], (None, None))
        if place is None:
            open_.pop()
        elif isinstance(value, _Fault):
            raise InvalidJsonError(place or "the document", value.why)
        elif isinstance(value, str):
            _refuse_half_pair(value, place)
        elif is_mapping(value) or is_array(value):
            open_.append(_contents(value, place, deep=len(open_) > DEEPEST_NESTING))


def _contents(
    value: Mapping[Any, Any] | list[Any] | tuple[Any, ...], place: str, *, deep: bool
) -> Iterator[tuple[str, object]]:
    """Yield what stands inside, each with its place; refuse a key as it is met."""
    if is_array(value):
        for index, inner in enumerate(value):
            yield place if deep else item(place, index), inner
    elif is_mapping(value):
        for key, inner in value.items():
            here = place if deep else member(place, key)
            _refuse_half_pair(key, here)
            yield here, inner


def _refuse_half_pair(text: str, place: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InvalidJsonError(place or "the document", _HALF_PAIR) from None


class _UnwritableError(Exception):
    """Something has no canonical bytes; where is added on the way out."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why
        self.steps: list[str | int] = []


def _ordered(value: object, depth: int) -> Json:
    """Check a value and put the keys of its objects in canonical order."""
    if isinstance(value, str):
        if not value.isascii():
            _code_units(value)
        return value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
            return value
        raise _UnwritableError(_NOT_WHOLE)
    if depth > DEEPEST_NESTING:
        raise _UnwritableError(_TOO_DEEP)
    if is_mapping(value):
        return {key: _inside(value[key], key, depth) for key in _in_order(value)}
    if is_array(value):
        return [_inside(each, index, depth) for index, each in enumerate(value)]
    raise _UnwritableError("this kind of value has no JSON")


def _in_order(keys: Mapping[Any, Any]) -> list[Any]:
    """Sort the keys of an object by their UTF-16 code units.

    In ASCII, which all but a vector's keys are, that is the order of Python itself.
    """
    if all(isinstance(key, str) and key.isascii() for key in keys):
        return sorted(keys)
    return sorted(keys, key=_code_units)


def _inside(value: object, step: str | int, depth: int) -> Json:
    try:
        return _ordered(value, depth + 1)
    except _UnwritableError as error:
        error.steps.append(step)
        raise


def _code_units(text: object) -> bytes:
    """Return what orders keys: their UTF-16 code units."""
    if not isinstance(text, str):
        raise _UnwritableError("a key must be text")
    try:
        return text.encode("utf-16-be")
    except UnicodeEncodeError:
        raise _UnwritableError(_HALF_PAIR) from None
