"""A parameter is a number, a range, a unit and the place it comes from.

Its name in people's words, and what its source says of it, stand in
``parameters.toml``; its source is a key of ``references.toml``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any, Final, TypeVar

ASSUMPTION: Final = "assumption"
"""The key of what nobody measured: a slider, always shown as such."""

SETTING: Final = "setting"
"""The key of what a policymaker chooses; nothing to measure."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What stands beside a parameter: its range, its unit, its sources by key."""

    low: float | None
    high: float | None
    unit: str
    source: tuple[str, ...]
    is_span: bool = False


def parameter(
    default: T,
    *,
    source: str | tuple[str, ...],
    low: float | None = None,
    high: float | None = None,
    unit: str = "",
    is_span: bool = False,
) -> T:
    """Declare a dataclass field together with its range and its sources."""
    keys = (source,) if isinstance(source, str) else source
    note = Provenance(low=low, high=high, unit=unit, source=keys, is_span=is_span)
    found: T = field(default=default, metadata={"provenance": note})
    return found


def provenances(record: type[Any]) -> Iterator[tuple[str, Any, Provenance | None]]:
    """Yield name, default and provenance of every field of a dataclass."""
    for each in fields(record):
        yield each.name, each.default, each.metadata.get("provenance")
