"""Shapes that several bodies share: strict, bounded, unknown fields refused."""

import re
from datetime import date, time
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}")


class Inbound(BaseModel):
    """A body that comes in: exact types, nothing unknown, values never shown."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, hide_input_in_errors=True
    )


class Outbound(BaseModel):
    """A body that goes out: an explicit projection of what a use case returned."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _iso_date(value: Any) -> Any:  # noqa: ANN401 - anything may be sent
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("iso_date", "a date is expected")


def _iso_time(value: Any) -> Any:  # noqa: ANN401 - anything may be sent
    if isinstance(value, time):
        return value
    if isinstance(value, str) and _TIME.fullmatch(value):
        try:
            return time.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("iso_time", "a time is expected")


IsoDate = Annotated[
    date,
    BeforeValidator(_iso_date),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2027-04-30"]}),
]
"""A day as ``YYYY-MM-DD``; numbers and instants are not days."""

IsoTime = Annotated[
    time,
    BeforeValidator(_iso_time),
    WithJsonSchema(
        {"type": "string", "pattern": "^[0-9]{2}:[0-9]{2}$", "examples": ["09:30"]}
    ),
]
"""A wall time of Europe/Paris as ``HH:MM``."""

Slug = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9_-]+$")]
"""A name of ours: what has another form is unknown before anybody is asked."""

Line = Annotated[str, Field(min_length=1, max_length=200)]
