"""Signing in with a password and a code: how often one may try, and what is typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

RECOVERY_CODES: Final = 10
"""How many recovery codes are shown, once, when a second factor is enrolled."""

WINDOW: Final = timedelta(minutes=15)
"""How far back tries are counted."""

MOST_CODES: Final = 5
"""Wrong codes within the window before nothing is looked at any more.

Codes are counted only after the right password, so that a stranger who knows a login
cannot lock its owner out with five requests; six digits and five tries in a quarter
of an hour leave one chance in sixty thousand (ASVS 6.1.1, 6.6.3).
"""


class TryKind(StrEnum):
    """What was wrong with a try."""

    PASSWORD = "password"  # noqa: S105 - a kind, no secret
    CODE = "code"


@dataclass(frozen=True, slots=True)
class FailedTry:
    """One wrong try."""

    kind: TryKind
    at: datetime


def wrong_within(tries: Iterable[FailedTry], kind: TryKind, now: datetime) -> int:
    """Count the wrong tries of a kind within the window."""
    return sum(one.kind is kind and one.at > now - WINDOW for one in tries)


def may_try(
    tries: Iterable[FailedTry], now: datetime, most: Mapping[TryKind, int]
) -> bool:
    """Tell whether another try is looked at; pure, whatever the order of the tries."""
    made = tuple(tries)
    return all(wrong_within(made, kind, now) < limit for kind, limit in most.items())


def plain(code: str) -> str:
    """Return a code without the spaces and hyphens people type in it, in small."""
    return "".join(code.split()).replace("-", "").lower()
