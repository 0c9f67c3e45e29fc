"""Reading back what the domain itself wrote as JSON, before it was sealed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from service.domain.errors import MalformedRecordError


def record(value: object, *keys: str) -> Mapping[str, object]:
    """Return an object that has exactly these keys.

    Raises:
        MalformedRecordError: Anything else; what was found is not shown.
    """
    if not isinstance(value, Mapping):
        raise MalformedRecordError
    found = cast("Mapping[str, object]", value)
    if set(found) != set(keys):
        raise MalformedRecordError
    return found


def text(value: object) -> str:
    """Return a string.

    Raises:
        MalformedRecordError: Anything else.
    """
    if not isinstance(value, str):
        raise MalformedRecordError
    return value


def text_or_none(value: object) -> str | None:
    """Return a string or nothing.

    Raises:
        MalformedRecordError: Anything else.
    """
    return None if value is None else text(value)
