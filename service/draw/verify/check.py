"""One look at a transcript, and its outcome."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Result: TypeAlias = Literal["passed", "failed", "not made"]

_LONGEST_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Check:
    """One look at a transcript.

    Attributes:
        name: What was looked at, one word.
        outcome: Passed, failed, or not made for want of material.
        detail: What was found, on one line.
    """

    name: str
    outcome: Result
    detail: str

    def __str__(self) -> str:
        return f"{self.outcome}: {self.name}: {self.detail}"


def exit_code(checks: Sequence[Check]) -> int:
    """Return 0 when every check made holds, else 1."""
    return int(any(check.outcome == "failed" for check in checks))


class DifferenceError(Exception):
    """What a check found."""


class NotMadeError(Exception):
    """Why a check was not made."""


def look(name: str, finding: Callable[[], str]) -> Check:
    """Make one check: what it returns is the detail, what it raises the outcome."""
    try:
        return Check(name, "passed", finding())
    except DifferenceError as found:
        return Check(name, "failed", str(found))
    except NotMadeError as why:
        return Check(name, "not made", str(why))


def same(published: object, computed: object, what: str) -> None:
    """Raise a difference unless both are equal."""
    if published != computed:
        both = f"{shown(published)} is published, {shown(computed)} is computed"
        raise DifferenceError(f"{what}: {both}")


def same_for_all(
    published: Mapping[str, object], computed: Mapping[str, object]
) -> None:
    """Name the first label, in order, on which two answers differ."""
    for label in sorted(published.keys() | computed.keys()):
        same(published.get(label), computed.get(label), shown(label))


def shown(value: object) -> str:
    """Return a value of the file on one short line, whatever it holds."""
    written = ascii(value)
    return written if len(written) <= _LONGEST_SHOWN else written[:_LONGEST_SHOWN] + "…"
