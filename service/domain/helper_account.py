"""A helper's account: which passwords do, and how often one may try."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from service.domain.help_errors import WeakPasswordError

SHORTEST: Final = 12
LONGEST: Final = 128
INVITATION_LIFE: Final = timedelta(days=7)
RECOVERY_CODES: Final = 10
"""How many recovery codes are shown, once, when an account is opened."""

WINDOW: Final = timedelta(minutes=15)
"""How far back tries are counted."""

_TOO_COMMON: Final = frozenset(
    {
        "motdepasse123",
        "password1234",
        "passwordpassword",
        "azertyuiop123",
        "azertyuiopqs",
        "qwertyuiop123",
        "123456789012",
        "1234567890123",
        "bonjourbonjour",
        "demonstration",
        "prefecture38",
        "administrateur",
    }
)


class TryKind(StrEnum):
    """What was wrong with a try."""

    PASSWORD = "password"  # noqa: S105 - a kind, no secret
    CODE = "code"


MOST_TRIES: Final = {TryKind.CODE: 5, TryKind.PASSWORD: 20}
"""Wrong tries within the window before nothing is looked at any more.

Codes are counted only after the right password, so that a stranger who knows a login
cannot lock its owner out with five requests; six digits and five tries in a quarter
of an hour leave one chance in sixty thousand (ASVS 6.1.1, 6.6.3).
"""


@dataclass(frozen=True, slots=True)
class FailedTry:
    """One wrong try."""

    kind: TryKind
    at: datetime


def may_try(tries: Iterable[FailedTry], now: datetime) -> bool:
    """Tell whether another try is looked at; pure, whatever the order of the tries."""
    recent = [one for one in tries if one.at > now - WINDOW]
    return all(
        sum(one.kind is kind for one in recent) < most
        for kind, most in MOST_TRIES.items()
    )


def refuse_weak(password: str, login: str) -> None:
    """Let a password pass that is long, and neither common nor the login.

    No rule about capitals or signs: length is what counts (ASVS 6.2.1, 6.2.5).

    Raises:
        WeakPasswordError: Too short, too long, too common, or made of the login.
    """
    folded = password.casefold()
    name = login.partition("@")[0].casefold()
    if (
        not SHORTEST <= len(password) <= LONGEST
        or folded in _TOO_COMMON
        or len(set(folded)) < 5
        or (len(name) >= 4 and name in folded)
    ):
        raise WeakPasswordError("password")
