"""What a transcript and a pool must look like, read a second time.

Nothing here comes from the program that writes transcripts: a mistake there
must not be repeated here. Shapes are written as values, and one function walks
them.

Source: ``spec/draw-v1.md`` sections 1, 2, 6 and 7.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from typing import Any, Final, NoReturn

from service.draw.canonical import (
    LARGEST_INTEGER,
    RefusedInputError,
    canonical_bytes,
    is_array,
    is_mapping,
    item,
    member,
)

SPEC: Final = "tour-de-role/draw/1"


class NotATranscriptError(RefusedInputError):
    """The file is not a transcript, nor anything close to one."""


def _refuse(place: str, why: str) -> NoReturn:
    raise RefusedInputError(place, why)


def _hex(octets: int) -> Callable[[object], bool]:
    pattern = re.compile(f"[0-9a-f]{{{2 * octets}}}")
    return lambda value: isinstance(value, str) and bool(pattern.fullmatch(value))


def _from(least: int, most: int = LARGEST_INTEGER) -> Callable[[object], bool]:
    return lambda value: type(value) is int and least <= value <= most


def _text(value: object) -> bool:
    return isinstance(value, str)


def _this_rule(value: object) -> bool:
    return value == SPEC


def _acknowledgement(version: int) -> Callable[[object], bool]:
    return lambda value: value == f"tour-de-role/acknowledgement/{version}"


def _day(value: object) -> bool:
    return isinstance(value, str) and _is_date(value)


def _hex_text(value: object) -> bool:
    # Not ([0-9a-f]{2})*: a group that repeats remembers each time, eighty octets of it.
    if not isinstance(value, str) or len(value) % 2:
        return False
    return re.fullmatch("[0-9a-f]*", value) is not None


def _hash_or_null(value: object) -> bool:
    return value is None or _HASH(value)


def _anything(_value: object) -> bool:
    return True


_HASH: Final = _hex(32)

# A shape is a test, a dict of members, a one-item list (an array of that), or
# {str: shape} (an object with any keys).
_COMMITMENT: Final[dict[object, object]] = {
    "spec": _this_rule,
    "draw": _text,
    "ruleset_sha256": _HASH,
    "slots_sha256": _HASH,
    "classes_sha256": _HASH,
    "quotas_sha256": _HASH,
    "registrations": {"count": _from(0), "root": _HASH},
    "beacon": {"chain": _text, "round": _from(1)},
    "previous": _hash_or_null,
}
_RESULT: Final[dict[object, object]] = {
    "tickets": {str: _HASH},
    "allocations": [{"label": _text, "slot": _text, "tier": _text, "through": _text}],
    "unserved": [{"label": _text, "reason": _text}],
    "free": [{"slot": _text, "places": _from(0)}],
}
_ALWAYS: Final[dict[object, object]] = {
    "spec": _this_rule,
    "commitment": _COMMITMENT,
    "signature": {"key": _HASH, "value": _hex(64)},
    "beacon": {
        "chain": _text,
        "round": _from(1),
        "signature": _hex_text,
        "randomness": _HASH,
    },
    "result": _RESULT,
}
_STATEMENT: Final[dict[object, object]] = {
    name: _ALWAYS[name] for name in ("spec", "commitment", "signature")
}
_FULL: Final = _ALWAYS | {"pool": {str: _anything}, "nonces": {str: _HASH}}
_REDUCED: Final = _ALWAYS | {"leaves": [_HASH]}
_REGISTRATION: Final[dict[object, object]] = {
    "label": _HASH,
    "class": _text,
    "band": _from(0),
    "waited_days": _from(0),
    "quotas": [_text],
    "size": _from(1, 8),
}
_POOL: Final[dict[object, object]] = {
    "spec": _this_rule,
    "draw": _text,
    "ruleset": {str: _anything},
    "slots": [{"slot": _text, "starts_at": _text, "places": _from(0)}],
    "classes": {str: {"in_time": [_text], "late": [_text]}},
    "quotas": [{"quota": _text, "places": _from(0)}],
    "registrations": [_REGISTRATION],
}
_LINE: Final[dict[object, object]] = {
    "spec": _this_rule,
    "commitment_sha256": _HASH,
    "registration": _REGISTRATION,
    "nonce": _HASH,
    "index": _from(0),
    "path": [_HASH],
}
_ACKNOWLEDGEMENT: Final[dict[object, object]] = {
    "spec": _acknowledgement(1),
    "reference": _text,
    "received_at": _text,
    "first_night_on": _day,
    "prefecture": _text,
    "motif": _text,
    "signature": {"key": _HASH, "value": _hex(64)},
}
_WITH_LABEL_KEY: Final = _ACKNOWLEDGEMENT | {
    "spec": _acknowledgement(2),
    "label_key": _HASH,
    "first_label_on": _day,
}


def read_statement(value: object) -> Mapping[str, Any]:
    """Return a signed commitment as witnesses receive it.

    Raises:
        NotATranscriptError: Naming the first place that is not as it should be.
    """
    return _as_transcript(value, _STATEMENT)


def read_transcript(value: object) -> Mapping[str, Any]:
    """Return a transcript whose every part has the right shape.

    The pool is only looked at as an object: whether it keeps the rule is a
    check of its own.

    Raises:
        NotATranscriptError: Naming the first place that is not as it should be.
    """
    reduced = is_mapping(value) and "leaves" in value
    return _as_transcript(value, _REDUCED if reduced else _FULL)


def read_line(value: object) -> Mapping[str, Any]:
    """Return one registration's own line.

    Raises:
        NotATranscriptError: Naming the first place that is not as it should be.
    """
    return _as_transcript(value, _LINE)


def read_acknowledgement(value: object) -> Mapping[str, Any]:
    """Return a signed acknowledgement, of version 1 or 2 (with the label key).

    Raises:
        NotATranscriptError: Naming the first place that is not as it should be.
    """
    has_key = is_mapping(value) and "label_key" in value
    return _as_transcript(value, _WITH_LABEL_KEY if has_key else _ACKNOWLEDGEMENT)


def _as_transcript(value: Any, shape: object) -> Mapping[str, Any]:  # noqa: ANN401 - any JSON
    try:
        canonical_bytes(value)
        _walk(value, shape, "")
    except RefusedInputError as error:
        place = error.place or "the document"
        raise NotATranscriptError(place, error.why) from None
    found: Mapping[str, Any] = value
    return found


def _walk(value: Any, shape: Any, place: str) -> None:  # noqa: ANN401 - any JSON
    if callable(shape):
        if not shape(value):
            _refuse(place, "not what the rule asks for here")
    elif isinstance(shape, list):
        if not is_array(value):
            _refuse(place, "an array is expected")
        for index, each in enumerate(value):
            _walk(each, shape[0], item(place, index))
    elif not is_mapping(value):
        _refuse(place, "an object is expected")
    else:
        for key in shape:
            if key is not str and key not in value:
                _refuse(member(place, key), "missing")
        for key, each in value.items():
            if key not in shape and str not in shape:
                _refuse(member(place, key), "unknown key")
            _walk(each, shape.get(key, shape.get(str)), member(place, key))


def check_pool(pool: Any) -> None:  # noqa: ANN401 - any JSON
    """Check every rule of section 1.

    Raises:
        RefusedInputError: Naming the first place that breaks one.
    """
    _walk(pool, _POOL, "pool")
    drawn = re.fullmatch(r"[a-z0-9-]+/([0-9]{4}-[0-9]{2}-[0-9]{2})", pool["draw"])
    if drawn is None or not _is_date(drawn[1]):
        _refuse("pool.draw", "a prefecture code, / and a date are expected")
    for index, slot in enumerate(pool["slots"]):
        if not _is_moment(slot["starts_at"]):
            _refuse(item("pool.slots", index), "starts_at is no date and time")
    order = [(slot["starts_at"], slot["slot"]) for slot in pool["slots"]]
    _check_increasing(order, "pool.slots")
    position = {name: index for index, (_, name) in enumerate(order)}
    if len(position) < len(order):
        _refuse("pool.slots", "repeated identifier")
    for name, lists in pool["classes"].items():
        _check_lists(lists, position, member("pool.classes", name))
    quotas = [quota["quota"] for quota in pool["quotas"]]
    if len(set(quotas)) < len(quotas):
        _refuse("pool.quotas", "repeated identifier")
    rows = pool["registrations"]
    _check_increasing([row["label"] for row in rows], "pool.registrations")
    for index, row in enumerate(rows):
        place = item("pool.registrations", index)
        if row["class"] not in pool["classes"]:
            _refuse(place, "its class is not one of this pool")
        if not set(quotas).issuperset(row["quotas"]):
            _refuse(place, "a quota is not one of this pool")
        _check_increasing(row["quotas"], f"{place}.quotas")


def _check_lists(
    lists: Mapping[str, Sequence[str]], position: Mapping[str, int], place: str
) -> None:
    for tier in ("in_time", "late"):
        if not position.keys() >= set(lists[tier]):
            _refuse(f"{place}.{tier}", "a slot is not one of this pool")
        _check_increasing([position[name] for name in lists[tier]], f"{place}.{tier}")
    if set(lists["in_time"]) & set(lists["late"]):
        _refuse(place, "a slot stands in both lists")


def _check_increasing(values: Sequence[Any], place: str) -> None:
    for index in range(1, len(values)):
        if not values[index - 1] < values[index]:
            _refuse(item(place, index), "repeated, or out of order")


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    day, _, hour = text.partition("T")
    try:
        return _is_date(day) and time.fromisoformat(hour).strftime("%H:%M") == hour
    except ValueError:
        return False
